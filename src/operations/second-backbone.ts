/** A change of the backbone that keeps the labels. */
import { z } from "zod";
import { once } from "../shared/once.ts";
import { backboneId, count, labelId, nextOf, pageFields, sampleId, time } from "./common.ts";
import { whenMissing } from "./field-faults.ts";
import { head } from "./head-schemas.ts";
import { example } from "./labelled-samples.ts";
import { BODY_PROBLEMS, empty, json, jsonBody, needs, type Operations } from "./operation.ts";

/** Embeddings of one request. */
export const MAX_EMBEDDINGS = 250;
/** Of 2,048 numbers each, in base64, with room for the rest. */
const MAX_EMBEDDINGS_BYTES = MAX_EMBEDDINGS * 3_072;

/** Examples that a request can leave behind by name. */
const MAX_LEFT = 1_000;
const MAX_DIMENSION = 2_048;
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in lower-case hex");
/** The body of `PUT /v1/admin/second-backbone`, as the manifest has it. */
export const newBackboneSchema = z.strictObject({
  id: sha256.meta({ description: "SHA-256 of the backbone's file" }),
  name: z.string().min(1).max(100),
  dimension: z.int().min(1).max(MAX_DIMENSION),
});
/** The query of `GET /v1/admin/second-backbone/missing`. */
export const missingQuery = z.strictObject({
  backbone: sha256.meta({ description: "Which of the two lacks them" }),
  ...pageFields(sha256),
});
const embeddingRow = z.strictObject({
  photo: sha256,
  embedding: z
    .string()
    .max((4 * MAX_DIMENSION) / 3 + 4)
    .meta({ description: "int8 values in base64" }),
  scale: z.number().meta({ description: "A float32: the embedding is `scale * values`, of length 1" }),
});
/** The body of `POST /v1/admin/second-backbone/embeddings`. */
export const embeddingsSchema = z.strictObject({
  backbone: sha256.meta({ description: "Whose embeddings they are" }),
  embeddings: z.array(embeddingRow).min(1).max(MAX_EMBEDDINGS),
});
/** The body of `POST /v1/admin/second-backbone/head`. */
export const secondHeadSchema = z.strictObject({
  leave: z
    .union([z.literal("all"), z.array(sha256).max(MAX_LEFT)], {
      error: whenMissing('name the examples that may be left behind: [], their ids, or "all"'),
    })
    .meta({ description: "Examples without an embedding that may be left behind" }),
});

const comparison = once(() =>
  z.strictObject({ examples: count, rightFrom: count, rightTo: count, onlyFrom: count, onlyTo: count }).meta({
    id: "BackboneComparison",
    description:
      "The head in use (`from`) and the second backbone's (`to`) on the same examples; `only`: right by one alone",
  }),
);

const change = once(() =>
  z
    .strictObject({
      running: backboneId.meta({ description: "The backbone that this Worker was deployed with and answers by" }),
      inUse: backboneId
        .nullable()
        .meta({ description: "The backbone whose embeddings the examples hold; null without examples" }),
      second: z
        .strictObject({
          id: backboneId,
          name: z.string(),
          dimension: z.int().min(1),
          inUseName: z.string(),
          embedded: count.meta({ description: "Examples that it has embedded" }),
          missing: z.int().meta({ description: "Examples that it has not" }),
          left: count.meta({
            description: "Labels left behind: the backbone in use has not embedded them",
          }),
          beganAt: time,
          readyAt: time.nullable(),
          movedAt: time.nullable().meta({ description: "When the backbones last changed places" }),
          head: head().nullable(),
          comparison: z
            .strictObject({ leaveOneOut: comparison().nullable(), test: comparison().nullable() })
            .nullable()
            .meta({ description: "Null until both have a head; its parts are null where no example is in both" }),
        })
        .nullable()
        .meta({ description: "Null if there is only one backbone" }),
    })
    .meta({ id: "BackboneChange" }),
);

const missing = once(() =>
  z.strictObject({
    photo: sampleId,
    label: labelId,
    purpose: example().shape.purpose,
    picture: example().shape.picture,
    text: example().shape.text,
    original: z.boolean().meta({
      description: "Whether its original is in the bucket: `GET /v1/admin/examples/{photo}/picture?size=original`",
    }),
  }),
);

/** The operations on a second backbone. */
export const secondBackboneOperations = {
  showBackboneChange: {
    route: "GET /v1/admin/second-backbone",
    access: needs("review"),
    summary: "Where a change of the backbone stands",
    description: "Reads at most about a thousand examples twice.",
    answers: { 200: json("The change", change) },
    problems: ["backbone_unavailable"],
  },
  beginBackboneChange: {
    route: "PUT /v1/admin/second-backbone",
    access: needs("admin"),
    summary: "Starts or continues a change to another backbone",
    description: "Guests are answered as before until a Worker with that backbone is deployed.",
    body: jsonBody(newBackboneSchema),
    answers: { 204: empty("It has begun") },
    problems: [...BODY_PROBLEMS, "backbone_mismatch", "backbone_unavailable"],
  },
  endBackboneChange: {
    route: "DELETE /v1/admin/second-backbone",
    access: needs("admin"),
    summary: "Ends the change and deletes what is kept of the backbone that is not in use",
    description: "Its embeddings and heads go, and labels that were left behind.",
    answers: { 204: empty("It has ended") },
    problems: ["not_found", "backbone_mismatch", "backbone_unavailable"],
  },
  listMissingEmbeddings: {
    route: "GET /v1/admin/second-backbone/missing",
    access: needs("review"),
    summary: "Examples that a backbone has not embedded",
    description: "For the backbone in use: labels left behind.",
    query: missingQuery,
    answers: {
      200: json("By id", () =>
        z
          .strictObject({
            missing: z.array(missing()),
            next: nextOf(sampleId),
          })
          .meta({ id: "MissingEmbeddings" }),
      ),
    },
    problems: ["bad_request"],
  },
  sendEmbeddings: {
    route: "POST /v1/admin/second-backbone/embeddings",
    access: needs("admin"),
    summary: "Brings embeddings of examples, made by the operator's machine",
    description:
      "Safe to repeat: what is there stays. It passes over samples that are not examples. Embeddings of the backbone in use turn labels left behind into examples again.",
    body: jsonBody(embeddingsSchema, MAX_EMBEDDINGS_BYTES),
    answers: {
      200: json("How many were new, and which are not embeddings of that length", () =>
        z.strictObject({ stored: count, refused: z.array(sampleId) }).meta({ id: "SentEmbeddings" }),
      ),
    },
    problems: [...BODY_PROBLEMS, "backbone_mismatch"],
  },
  trainSecondHead: {
    route: "POST /v1/admin/second-backbone/head",
    access: needs("admin"),
    summary: "Makes a head of the second backbone and compares both",
    description:
      "From then on every training run keeps it up to date. Refused while examples lack an embedding that `leave` does not name. On a Worker that runs the second backbone it completes the change.",
    body: jsonBody(secondHeadSchema),
    answers: { 200: json("The change with the new head; without one where another run is at work", change) },
    problems: [...BODY_PROBLEMS, "not_found", "backbone_mismatch", "backbone_unavailable"],
  },
} as const satisfies Operations;
