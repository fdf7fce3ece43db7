/** Relabelling, confirming and forgetting labelled photos. */
import { z } from "zod";
import { PURPOSES } from "../shared/closed-lists.ts";
import { MAX_CHANGES } from "../shared/list-limits.ts";
import { once } from "../shared/once.ts";
import { classId, contributor, count, forgotten, innerProblem, labelId, sampleId, score, version } from "./common.ts";
import { BODY_PROBLEMS, json, jsonBody, needs, type Operations } from "./operation.ts";

const sentId = z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in lower-case hex");

const copies = z
  .array(sentId)
  .max(200)
  .meta({ description: "Photos of the same picture: all get the label, and it is confirmed" });

/** The body of `PATCH /v1/admin/examples/{photo}`: a new label, another purpose, or the word that the present label is right. */
export const changeSchema = z.union(
  [
    z.strictObject({ label: z.string(), copies: copies.optional() }),
    z.strictObject({ purpose: z.enum(PURPOSES) }),
    z.strictObject({ confirmed: z.literal(true) }),
  ],
  {
    error:
      'send { "label": "<item>" } to relabel, with "copies": ["<photo>"] for the same picture under other items, { "purpose": "test" } or "learn", or { "confirmed": true } to say that the label is right',
  },
);

/** The body of `POST /v1/admin/examples/forget`: SHA-256 hashes in hex. */
export const forgetSchema = z.strictObject({ photos: z.array(sentId).min(1).max(1_000) });

const label = z.string().min(1).max(64);

const change = z
  .strictObject({
    photo: sentId,
    label: label.optional().meta({ description: "What it is to be labelled as: id, name or alias" }),
    purpose: z.enum(PURPOSES).optional(),
    confirmed: z.boolean().optional().meta({ description: "Whether staff say that the label is right" }),
    from: label.optional().meta({ description: "The id of the label that it must still have" }),
  })
  .refine(({ label: to, purpose, confirmed }) => to !== undefined || purpose !== undefined || confirmed !== undefined, {
    message: "give label, purpose or confirmed",
  });

/** The body of `PATCH /v1/admin/examples`. */
export const changesSchema = z.strictObject({ changes: z.array(change).min(1).max(MAX_CHANGES) });

const state = once(() => z.strictObject({ label: labelId, purpose: z.enum(PURPOSES), confirmed: z.boolean() }));

const changed = once(() =>
  z
    .strictObject({
      results: z.array(
        z.strictObject({
          photo: sampleId,
          status: z.enum(["done", "refused"]),
          label: labelId.optional().meta({ description: "Its label now, where it is done" }),
          before: state().optional().meta({ description: "What it was: sent as a change, it takes this one back" }),
          problem: innerProblem.optional(),
        }),
      ),
      done: count,
      refused: count,
    })
    .meta({ id: "ChangedExamples" }),
);

const suspect = once(() =>
  z.strictObject({
    photo: sampleId,
    given: classId,
    suggested: labelId,
    givenProbability: score,
    suggestedProbability: score,
    copies: z
      .array(z.strictObject({ photo: sampleId, label: classId }))
      .meta({ description: "The same picture under other items, in doubt as well: one decision settles them all" }),
    picture: z.boolean().meta({ description: "Whether a picture is kept: `GET /v1/admin/examples/{photo}/picture`" }),
    text: z
      .string()
      .nullable()
      .meta({ description: "Where the deployment reads texts: what is kept of it, or a correction of it still holds" }),
  }),
);

const photoParam = once(() => z.object({ photo: sampleId }));

/** The operations that change labelled photos. */
export const exampleChangeOperations = {
  changeExamples: {
    route: "PATCH /v1/admin/examples",
    access: needs("review"),
    summary: "Relabels examples, sets them aside or confirms their labels, up to 100 at once",
    description:
      "Each row has an outcome of its own, and none stops the others. With `from` a row is refused (`cannot_undo`) where the label is another one by now. What staff have done by mistake is taken back by sending `before` of the answer, with the new label as `from`.",
    body: jsonBody(changesSchema),
    answers: { 200: json("What became of each, in the order sent", changed) },
    problems: BODY_PROBLEMS,
  },
  changeExample: {
    route: "PATCH /v1/admin/examples/:photo",
    access: needs("review"),
    summary: "Relabels an example, sets it aside, or confirms its doubted label, for its copies as well",
    description:
      "One that has been learnt from and is set aside (`purpose`: `test`) is subtracted by the next training run, exactly.",
    params: photoParam,
    body: jsonBody(changeSchema),
    answers: {
      200: json("What was changed", () =>
        z
          .union([
            z.strictObject({ photo: z.string(), label: labelId }),
            z.strictObject({ photo: z.string(), purpose: z.enum(PURPOSES) }),
            z.strictObject({ photo: z.string(), confirmed: z.literal(true) }),
          ])
          .meta({ id: "ChangedExample" }),
      ),
    },
    problems: [...BODY_PROBLEMS, "not_found", "unknown_class", "class_archived"],
  },
  forgetExamples: {
    route: "POST /v1/admin/examples/forget",
    access: needs("admin"),
    repeats: "kept",
    summary: "Forgets examples",
    body: jsonBody(forgetSchema),
    answers: { 200: json("How many there were", () => forgotten) },
    problems: [...BODY_PROBLEMS, "not_found"],
  },
  forgetExample: {
    route: "DELETE /v1/admin/examples/:photo",
    access: needs("admin"),
    summary: "Forgets an example",
    params: photoParam,
    answers: { 200: json("Done", () => forgotten) },
    problems: ["not_found"],
  },
  forgetContributor: {
    route: "DELETE /v1/admin/contributors/:contributor",
    access: needs("admin"),
    summary: "Forgets all that one contributor sent",
    params: () => z.object({ contributor }),
    answers: { 200: json("How much that was", () => forgotten) },
    problems: [],
  },
  listSuspects: {
    route: "GET /v1/admin/suspects",
    access: needs("review"),
    isTagged: true,
    summary: "Labels that leave-one-out doubts and nobody has dealt with",
    answers: {
      200: json("Least probable first", () =>
        z.strictObject({ headVersion: version.nullable(), suspects: z.array(suspect()) }).meta({ id: "Suspects" }),
      ),
    },
    problems: [],
  },
} as const satisfies Operations;
