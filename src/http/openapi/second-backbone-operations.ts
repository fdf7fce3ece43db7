/** A change of the backbone that keeps the labels. */
import { z } from "zod";
import { embeddingsSchema, missingQuery, newBackboneSchema, secondHeadSchema } from "../admin/second-backbone.ts";
import { backboneId, count, labelId, nextOf, sampleId, time } from "./common.ts";
import { head } from "./head-operations.ts";
import { example } from "./labelled-schemas.ts";
import { BODY_PROBLEMS, empty, json, jsonBody, type OperationGroup } from "./operation.ts";

const comparison = z
  .strictObject({ examples: count, rightFrom: count, rightTo: count, onlyFrom: count, onlyTo: count })
  .meta({
    id: "BackboneComparison",
    description:
      "The head in use (`from`) and the second backbone's (`to`) on the same examples; `only`: right by one alone",
  });

const change = z
  .strictObject({
    running: backboneId.meta({ description: "The backbone that this Worker was deployed with, by which it answers" }),
    inUse: backboneId
      .nullable()
      .meta({ description: "The backbone whose embeddings the examples hold; null without examples" }),
    second: z
      .strictObject({
        ...{ id: backboneId, name: z.string(), dimension: z.int().min(1), inUseName: z.string() },
        embedded: count.meta({ description: "Examples that it has embedded" }),
        missing: z.int().meta({ description: "Examples that it has not" }),
        left: count.meta({
          description: "Labels that were left behind: only another backbone than the one in use has embedded them",
        }),
        ...{ beganAt: time, readyAt: time.nullable() },
        movedAt: time.nullable().meta({ description: "When the backbones last changed places" }),
        head: head.nullable(),
        comparison: z
          .strictObject({ leaveOneOut: comparison.nullable(), test: comparison.nullable() })
          .nullable()
          .meta({ description: "Null until both have a head; its parts are null where no example is in both" }),
      })
      .nullable()
      .meta({ description: "Null where there is one backbone alone" }),
  })
  .meta({ id: "BackboneChange" });

const missing = z.strictObject({
  ...{ photo: sampleId, label: labelId, purpose: example.shape.purpose },
  ...{ picture: example.shape.picture, text: example.shape.text },
  original: z.boolean().meta({
    description: "Whether its original is in the bucket: `GET /v1/admin/examples/{photo}/picture?size=original`",
  }),
});

const operations = {
  "GET /v1/admin/second-backbone": {
    id: "showBackboneChange",
    summary: "Where a change of the backbone stands",
    description: "Reads at most about a thousand examples twice.",
    answers: { 200: json("The change", change) },
    problems: ["backbone_unavailable"],
  },
  "PUT /v1/admin/second-backbone": {
    id: "beginBackboneChange",
    summary: "Begins a change to another backbone, or goes on with it",
    description: "Guests are answered as before until a Worker with that backbone is deployed.",
    body: jsonBody(newBackboneSchema),
    answers: { 204: empty("It has begun") },
    problems: [...BODY_PROBLEMS, "backbone_mismatch", "backbone_unavailable"],
  },
  "DELETE /v1/admin/second-backbone": {
    id: "endBackboneChange",
    summary: "Ends the change: what is kept of the backbone that is not in use is deleted",
    description: "Its embeddings and heads go, and labels that were left behind.",
    answers: { 204: empty("It has ended") },
    problems: ["not_found", "backbone_mismatch", "backbone_unavailable"],
  },
  "GET /v1/admin/second-backbone/missing": {
    id: "listMissingEmbeddings",
    summary: "Examples that a backbone has not embedded",
    description: "Of the backbone in use: labels that were left behind.",
    query: missingQuery,
    answers: {
      200: json(
        "By id",
        z
          .strictObject({
            missing: z.array(missing),
            next: nextOf(sampleId),
          })
          .meta({ id: "MissingEmbeddings" }),
      ),
    },
    problems: ["bad_request"],
  },
  "POST /v1/admin/second-backbone/embeddings": {
    id: "sendEmbeddings",
    summary: "Brings embeddings of examples, made by the operator's machine",
    description:
      "Safe to repeat: what is there stays. Samples that are no examples are passed over. Of the backbone in use they make examples again of labels that were left behind.",
    body: jsonBody(embeddingsSchema),
    answers: {
      200: json(
        "How many were new, and which are no embeddings of that length",
        z.strictObject({ stored: count, refused: z.array(sampleId) }).meta({ id: "SentEmbeddings" }),
      ),
    },
    problems: [...BODY_PROBLEMS, "backbone_mismatch"],
  },
  "POST /v1/admin/second-backbone/head": {
    id: "trainSecondHead",
    summary: "Makes a head of the second backbone and compares both",
    description:
      "From then on every training run keeps it up to date. Refused while examples lack an embedding that `leave` does not name. On a Worker that runs the second backbone it completes the change.",
    body: jsonBody(secondHeadSchema),
    answers: { 200: json("The change with the new head; without one where another run is at work", change) },
    problems: [...BODY_PROBLEMS, "not_found", "backbone_mismatch", "backbone_unavailable"],
  },
} as const satisfies OperationGroup["operations"];

/** The operations on a second backbone. */
export const secondBackboneGroup: OperationGroup = {
  tag: "Change of the backbone",
  description:
    "A better network for the same labels: embedded anew beside the one in use, compared, and switched by a deployment.",
  operations,
};
