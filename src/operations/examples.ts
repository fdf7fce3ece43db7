/** Labelled photos: adding and listing them. */
import { z } from "zod";
import { PURPOSES } from "../shared/closed-lists.ts";
import { once } from "../shared/once.ts";
import { photoContent, photoText, plainText } from "./classification.ts";
import { count, innerProblem, labelId, nextOf, pageFields, sampleId } from "./common.ts";
import { example } from "./labelled-samples.ts";
import { BODY_PROBLEMS, bytes, json, jsonBody, needs, type Operations, PHOTO_PROBLEMS } from "./operation.ts";
import { MAX_TEXT_BATCH_BYTES, MAX_TEXTS_PER_REQUEST, textBatchSchema } from "./sample-fields.ts";

const sentId = z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in lower-case hex");

/** The query of `GET /v1/admin/examples`. */
export const listSchema = z
  .strictObject({
    class: z.string().optional().meta({ description: "Those of this item, by its id" }),
    contributor: z.string().optional().meta({ description: "Those that this key or guest sent" }),
    source: z.literal("auto").optional().meta({ description: "Those that count without staff" }),
    ...pageFields(sentId),
  })
  .refine(
    ({ class: of, contributor, source }) =>
      [of, contributor, source].filter((given) => given !== undefined).length === 1,
    {
      message: "give one of class, contributor and source",
    },
  );

/** Hashes of one question "which of these do you have?". */
export const MAX_KNOWN_PHOTOS = 1_000;

/** The query of uploads: staff by hand, or a command that imports folders. */
export const examplesQuery = z.object({
  source: z.enum(["admin", "import"]).default("admin").meta({ description: "The source that lists of examples show" }),
  purpose: z.enum(PURPOSES).optional().meta({
    description:
      "`test` sets them aside: heads are judged on them and never learn from them. Without it new examples are learnt from, and known ones stay what they are",
  }),
});

/** The body of `POST /v1/admin/examples/known`: hashes of photos, or texts, never both. */
export const knownSchema = z.union(
  [
    z.strictObject({
      photos: z.array(sentId).max(MAX_KNOWN_PHOTOS),
    }),
    z.strictObject({ texts: z.array(z.string()).max(MAX_TEXTS_PER_REQUEST) }),
  ],
  { error: `send up to ${MAX_KNOWN_PHOTOS} photos by their SHA-256, or up to ${MAX_TEXTS_PER_REQUEST} texts` },
);

const added = once(() =>
  z
    .strictObject({
      results: z.array(
        z.strictObject({
          file: z.string().meta({ description: "The name it was sent under" }),
          photo: sampleId.nullable(),
          status: z.enum(["stored", "relabelled", "duplicate", "pending", "refused"]).meta({
            description: "pending: somebody else labelled it otherwise; yours waits for staff as a correction",
          }),
          problem: innerProblem.optional(),
        }),
      ),
      stored: count,
      relabelled: count,
      duplicates: count,
      pending: count,
      refused: count,
    })
    .meta({ id: "AddedExamples" }),
);

/** The operations that add and list labelled photos. */
export const exampleOperations = {
  addExamples: {
    route: "POST /v1/admin/classes/:id/examples",
    access: needs("label"),
    repeats: "kept",
    summary: "Photos or texts of an item, one or many at a time",
    description:
      "A photo as the raw body, or up to 50 in fields `image` of a form; a text, or up to 64 in JSON. One that cannot be used is named in the answer, in the order sent, and never stops the others.",
    params: () => z.object({ id: labelId }),
    query: examplesQuery,
    body: {
      content: {
        ...photoContent,
        "multipart/form-data": z.object({ image: z.array(bytes) }),
        "application/json": z.union([photoText, textBatchSchema]),
        "text/plain": plainText,
      },
    },
    answers: { 200: json("What became of each", added), 201: json("One photo, and it was new", added) },
    problems: [...PHOTO_PROBLEMS, "unknown_class", "class_archived", "backbone_mismatch"],
  },
  findKnownPhotos: {
    route: "POST /v1/admin/examples/known",
    access: needs("label"),
    summary: "Which photos, or texts, are stored, and which staff have forgotten: what an import can skip",
    body: jsonBody(knownSchema, MAX_TEXT_BATCH_BYTES),
    answers: {
      200: json("Those that are, with their labels, and those that are to stay forgotten", () =>
        z
          .strictObject({
            known: z.array(z.strictObject({ photo: sampleId, label: labelId })),
            forgotten: z.array(sampleId).meta({ description: "Forgotten by staff, and not labelled since" }),
            samples: z.array(sampleId.nullable()).optional().meta({
              description: "Where texts were sent: the id of each, in their order; null of one that cannot be read",
            }),
          })
          .meta({ id: "KnownPhotos" }),
      ),
    },
    problems: BODY_PROBLEMS,
  },
  listExamples: {
    route: "GET /v1/admin/examples",
    access: needs("review"),
    isTagged: true,
    summary: "Examples of one item, of one contributor, or those that count without staff",
    query: listSchema,
    answers: {
      200: json("A page, by photo", () =>
        z.strictObject({ examples: z.array(example()), next: nextOf(sampleId) }).meta({ id: "Examples" }),
      ),
    },
    problems: ["bad_request"],
  },
} as const satisfies Operations;
