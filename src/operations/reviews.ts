/** Guests' corrections, and decisions on them. */
import { z } from "zod";
import { once } from "../shared/once.ts";
import { MAX_DECISIONS } from "../store/reviews/review-limits.ts";
import { classId, contributor, count, innerProblem, labelId, origin, sampleId, score, time } from "./common.ts";
import { BODY_PROBLEMS, json, jsonBody, needs, type Operations } from "./operation.ts";

const id = z.string().min(1).max(64);
/** The body of a decision on one correction; `relabel` accepts the sample under another item. */
export const decision = z.discriminatedUnion("decision", [
  z.strictObject({ decision: z.enum(["accept", "reject"]) }),
  z.strictObject({ decision: z.literal("relabel"), to: id }),
]);
/** The body of many decisions at once; each gets an outcome of its own. */
export const decisions = z.strictObject({
  decisions: z
    .array(
      z.discriminatedUnion("decision", [
        z.strictObject({ photo: id, label: id, decision: z.enum(["accept", "reject"]) }),
        z.strictObject({ photo: id, label: id, decision: z.literal("relabel"), to: id }),
      ]),
    )
    .min(1)
    .max(MAX_DECISIONS),
});
/** Corrections by what a decision is about: one photo and one label. */
export const reviewKeys = z.strictObject({
  reviews: z
    .array(z.strictObject({ photo: id, label: id }))
    .min(1)
    .max(MAX_DECISIONS),
});

const thumbnail = once(() =>
  z.string().nullable().meta({ description: "Data URL of a JPEG or WebP of at most 20 KB" }),
);

const text = once(() =>
  z
    .string()
    .nullable()
    .meta({ description: "The text, or its first 2,000 characters; where the deployment reads texts" }),
);

const group = once(() =>
  z
    .strictObject({
      photo: sampleId,
      thumbnail: thumbnail(),
      text: text(),
      guess: classId.nullable().meta({ description: "What the head had put first" }),
      origin,
      createdAt: time,
      proposals: z.array(z.strictObject({ label: labelId, name: z.string(), sources: count })),
      sources: count.meta({ description: "Guests independent of each other" }),
      priority: z.number(),
      conflicts: z.array(labelId).meta({ description: "Every label that somebody gave it, if they differ" }),
      why: z.strictObject({ disagreement: z.number(), entropy: z.number(), suspicion: z.number() }),
      doubted: z.boolean().meta({
        description:
          "The label may be a mistake; about one in ten right ones gets this mark. Never if the head cannot tell",
      }),
      answers: z.array(z.strictObject({ label: classId, score })).meta({ description: "The live head's best three" }),
      skippedAt: time.nullable().meta({ description: "When staff put it back; null if something about it is new" }),
      members: z.array(z.strictObject({ photo: sampleId, label: labelId, origin })),
    })
    .meta({ id: "ReviewGroup", description: "One picture under review, in one photo or in several that look alike" }),
);

const review = once(() =>
  z
    .strictObject({
      photo: sampleId,
      label: labelId,
      name: z.string(),
      guess: classId.nullable(),
      createdAt: time,
      thumbnail: thumbnail(),
      text: text(),
      contributor,
      origin,
      usefulness: z.number(),
    })
    .meta({ id: "Review" }),
);

const decided = once(() => ({
  accept: { photo: z.string(), label: z.string(), decision: z.enum(["accept", "reject"]) },
  relabel: { photo: z.string(), label: z.string(), decision: z.literal("relabel"), to: labelId },
}));
const verdict = once(() => ({ status: z.enum(["done", "refused"]), problem: innerProblem.optional() }));

/** The operations on corrections that wait. */
export const reviewOperations = {
  listReviews: {
    route: "GET /v1/admin/reviews",
    access: needs("review"),
    isTagged: true,
    summary: "Corrections that wait, most useful first",
    answers: {
      200: json("At most 100 corrections, in groups of one picture each", () =>
        z
          .strictObject({ groups: z.array(group()), reviews: z.array(review()), pending: count })
          .meta({ id: "ReviewQueue" }),
      ),
    },
    problems: [],
  },
  decideReviews: {
    route: "POST /v1/admin/reviews",
    access: needs("review"),
    repeats: "kept",
    summary: "Decides on many corrections at once",
    description: "The answer names one that cannot be decided; it never stops the others.",
    body: jsonBody(decisions),
    answers: {
      200: json("What became of each", () =>
        z
          .strictObject({
            results: z.array(
              z.union([
                z.strictObject({ ...decided().accept, ...verdict() }),
                z.strictObject({ ...decided().relabel, ...verdict() }),
              ]),
            ),
            done: count,
            refused: count,
          })
          .meta({ id: "Decisions" }),
      ),
    },
    problems: BODY_PROBLEMS,
  },
  readNextReview: {
    route: "GET /v1/admin/reviews/next",
    access: needs("review"),
    summary: "The picture that staff should look at next",
    answers: {
      200: json("The first group of the queue, null where nothing waits", () =>
        z
          .strictObject({ group: group().nullable(), reviews: z.array(review()), pending: count })
          .meta({ id: "NextReview" }),
      ),
    },
    problems: [],
  },
  skipReviews: {
    route: "POST /v1/admin/reviews/skip",
    access: needs("review"),
    repeats: "kept",
    summary: "Puts corrections at the back of the queue",
    description: "Behind all that nobody has skipped; among the skipped ones, the longest ago comes first.",
    body: jsonBody(reviewKeys),
    answers: {
      200: json("How many corrections waited", () => z.strictObject({ skipped: count }).meta({ id: "Skipped" })),
    },
    problems: BODY_PROBLEMS,
  },
  undoReviews: {
    route: "POST /v1/admin/reviews/undo",
    access: needs("review"),
    repeats: "kept",
    summary: "Undoes decisions that are at most a day old",
    description:
      "The corrections wait again and the photo is what it was. One that is too late never stops the others.",
    body: jsonBody(reviewKeys),
    answers: {
      200: json("What became of each; a problem has the code not_found or cannot_undo", () =>
        z
          .strictObject({
            results: z.array(z.strictObject({ photo: z.string(), label: z.string(), ...verdict() })),
            done: count,
            refused: count,
          })
          .meta({ id: "UndoneReviews" }),
      ),
    },
    problems: BODY_PROBLEMS,
  },
  decideReview: {
    route: "POST /v1/admin/reviews/:photo/:label",
    access: needs("review"),
    repeats: "kept",
    summary: "Decides on all corrections of one photo to one label",
    description: "Accepting or relabelling makes the photo an example and rejects whatever else guests said about it.",
    params: () => z.object({ photo: sampleId, label: labelId }),
    body: jsonBody(decision),
    answers: {
      200: json("The decision", () =>
        z.union([z.strictObject(decided().accept), z.strictObject(decided().relabel)]).meta({ id: "Decision" }),
      ),
    },
    problems: [
      ...BODY_PROBLEMS,
      "not_found",
      "already_decided",
      "unknown_class",
      "class_archived",
      "backbone_mismatch",
    ],
  },
} as const satisfies Operations;
