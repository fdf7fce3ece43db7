/** What the head is least sure of and nobody has labelled. */
import { z } from "zod";
import { once } from "../shared/once.ts";
import { MAX_POOL_PAGE } from "../store/pool/tables.ts";
import { classId, contributor, count, labelId, sampleId, score, time } from "./common.ts";
import { whenMissing } from "./field-faults.ts";
import { BODY_PROBLEMS, empty, json, jsonBody, needs, type Operations } from "./operation.ts";

const USUAL_PAGE = 10;
/** The query of `GET /v1/admin/pool`. */
export const poolQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_POOL_PAGE).default(USUAL_PAGE).meta({
    description: "How many samples at most. They differ from one another as far as that many can",
  }),
});
/** The body of `POST /v1/admin/pool/{photo}`. */
export const poolLabel = z.strictObject({
  label: z
    .string({ error: whenMissing("give an item's id, name or alias") })
    .min(1)
    .max(80),
});

const pooled = once(() =>
  z
    .strictObject({
      photo: sampleId,
      thumbnail: z
        .string()
        .nullable()
        .meta({ description: "Data URL of a PNG of at most 96 x 96 pixels, where copies are kept" }),
      text: z.string().nullable().meta({
        description: "The text, or its first 2,000 characters; where the deployment reads texts and copies are kept",
      }),
      reason: z.enum(["unknown", "undecided", "place"]).meta({
        description: "Why it was kept: unlike anything taught, between items, or to show what its place is like",
      }),
      contributor,
      seenAt: time,
      answers: z.array(z.strictObject({ label: classId, score })).meta({ description: "The live head's best three" }),
    })
    .meta({ id: "PooledSample" }),
);

const photoPath = once(() => z.object({ photo: sampleId }));

/** The operations on what nobody has labelled. */
export const poolOperations = {
  listPool: {
    route: "GET /v1/admin/pool",
    access: needs("review"),
    isTagged: true,
    summary: "What the head is least sure of, each unlike the others",
    description:
      "Of the 200 samples that were least sure when they came; those that are labelled or wait as corrections are left out.",
    query: poolQuery,
    answers: {
      200: json("What to label first; empty while the pool is closed or no head is live", () =>
        z
          .strictObject({
            open: z.boolean().meta({ description: "Whether the operator keeps unsure answers (`POOL_SIZE`)" }),
            size: count.meta({ description: "How many may be kept" }),
            pooled: count.meta({ description: "How many are; 1,000 stands for more as well" }),
            samples: z.array(pooled()),
          })
          .meta({ id: "Pool" }),
      ),
    },
    problems: ["bad_request"],
  },
  labelPooled: {
    route: "POST /v1/admin/pool/:photo",
    access: needs("review"),
    repeats: "kept",
    summary: "Labels a sample of the pool",
    description: "It becomes an example labelled by the caller, and leaves the pool.",
    params: photoPath,
    body: jsonBody(poolLabel),
    answers: {
      200: json("The label", () => z.strictObject({ photo: sampleId, label: labelId }).meta({ id: "PooledLabel" })),
    },
    problems: [...BODY_PROBLEMS, "not_found", "unknown_class", "class_archived", "backbone_mismatch"],
  },
  dismissPooled: {
    route: "DELETE /v1/admin/pool/:photo",
    access: needs("review"),
    summary: "Takes a sample out of the pool without a label",
    description: "Nothing remembers it: if somebody sends it again, it may come back.",
    params: photoPath,
    answers: { 204: empty("It is gone") },
    problems: ["not_found"],
  },
  emptyPool: {
    route: "DELETE /v1/admin/pool",
    access: needs("admin"),
    summary: "Takes everything out of the pool",
    answers: {
      200: json("How many samples went", () => z.strictObject({ dropped: count }).meta({ id: "PoolEmptied" })),
    },
    problems: [],
  },
} as const satisfies Operations;
