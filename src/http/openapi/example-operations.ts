/** Labelled photos: adding, listing, relabelling and forgetting them. */
import { z } from "zod";
import { KEPT_PICTURES } from "../../shared/kept-pictures.ts";
import { PURPOSES } from "../../shared/purpose.ts";
import { changesSchema } from "../admin/example-changes.ts";
import { examplesQuery, knownSchema } from "../admin/examples.ts";
import { explanationQuery } from "../admin/explanations.ts";
import { changeSchema, forgetSchema, listSchema } from "../admin/labelled.ts";
import { pictureQuery } from "../admin/pictures.ts";
import { textBatchSchema } from "../modality/text-body.ts";
import {
  classId,
  contributor,
  count,
  forgotten,
  innerProblem,
  labelId,
  nextOf,
  sampleId,
  score,
  version,
} from "./common.ts";
import { photoContent, photoText, plainText } from "./guest-operations.ts";
import { example, explanation } from "./labelled-schemas.ts";
import { BODY_PROBLEMS, bytes, json, jsonBody, type OperationGroup, PHOTO_PROBLEMS } from "./operation.ts";

const added = z
  .strictObject({
    results: z.array(
      z.strictObject({
        file: z.string().meta({ description: "The name under which it was sent" }),
        photo: sampleId.nullable(),
        status: z
          .enum(["stored", "relabelled", "duplicate", "pending", "refused"])
          .meta({ description: "pending: somebody else labelled it otherwise; yours waits for staff as a correction" }),
        problem: innerProblem.optional(),
      }),
    ),
    stored: count,
    relabelled: count,
    duplicates: count,
    pending: count,
    refused: count,
  })
  .meta({ id: "AddedExamples" });

const state = z.strictObject({ label: labelId, purpose: z.enum(PURPOSES), confirmed: z.boolean() });
const changed = z
  .strictObject({
    results: z.array(
      z.strictObject({
        photo: sampleId,
        status: z.enum(["done", "refused"]),
        label: labelId.optional().meta({ description: "Its label now, where it is done" }),
        before: state.optional().meta({ description: "What it was: sent as a change, it takes this one back" }),
        problem: innerProblem.optional(),
      }),
    ),
    done: count,
    refused: count,
  })
  .meta({ id: "ChangedExamples" });

const suspect = z.strictObject({
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
});

const store = z.strictObject({
  kept: count,
  bytes: count,
  mostBytes: count.meta({ description: "Above it none is added" }),
});

const keptPictures = z
  .strictObject({ keeps: z.enum(KEPT_PICTURES), small: store, originals: store })
  .meta({ id: "KeptPictures" });

const photoParam = z.object({ photo: sampleId });

const exampleOperations = {
  "POST /v1/admin/classes/:id/examples": {
    id: "addExamples",
    summary: "Photos or texts of an item, one or many at a time",
    description:
      "A photo as the raw body, or up to 50 in fields `image` of a form; a text, or up to 64 in JSON. One that cannot be used is named in the answer, in the order sent, and never stops the others.",
    params: z.object({ id: labelId }),
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
  "POST /v1/admin/examples/known": {
    id: "findKnownPhotos",
    summary: "Which photos, or texts, are stored, and which staff have forgotten: what an import can skip",
    body: jsonBody(knownSchema),
    answers: {
      200: json(
        "Those that are, with their labels, and those that are to stay forgotten",
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
  "GET /v1/admin/examples": {
    id: "listExamples",
    summary: "Examples of one item, of one contributor, or those that count without staff",
    query: listSchema,
    answers: {
      200: json(
        "A page, by photo",
        z.strictObject({ examples: z.array(example), next: nextOf(sampleId) }).meta({ id: "Examples" }),
      ),
    },
    problems: ["bad_request"],
  },
  "GET /v1/admin/pictures": {
    id: "countPictures",
    summary: "How much is kept of what examples look like",
    answers: {
      200: json("Small pictures, or beginnings of texts, in the database; originals in the bucket", keptPictures),
    },
    problems: [],
  },
  "GET /v1/admin/examples/:photo/picture": {
    id: "getPicture",
    summary: "What an example looked like, where the operator keeps that (`KEEP_PICTURES`)",
    description:
      "A picture of at most 256 x 256 pixels, whole and upright; where texts are read, the first 2,000 characters. With `size=full` the photo as a WebP of at most 1,024 x 1,024 pixels, or the whole text, where that is kept (`KEEP_PICTURES`: `originals`).",
    params: photoParam,
    query: pictureQuery,
    answers: {
      200: {
        description: "The picture, or the text",
        content: { "image/webp": bytes, "image/jpeg": bytes, "image/png": bytes, "text/plain": z.string() },
      },
    },
    problems: ["bad_request", "not_found"],
  },
  "GET /v1/admin/photos/:photo/explanation": {
    id: "explainPhoto",
    summary: "Which labelled photos speak for the answer to a stored photo, and which against it",
    description:
      "Of a labelled photo, or of one that a correction is about. A first call after a training run reads the statistics; all weigh at most 500 photos of each of the two items.",
    params: photoParam,
    query: explanationQuery,
    answers: {
      200: json(
        "The photos; null where there is nothing to weigh",
        z.strictObject({ headVersion: version, explanation: explanation.nullable() }).meta({ id: "PhotoExplanation" }),
      ),
    },
    problems: ["bad_request", "not_found", "no_head", "unknown_class"],
  },
  "PATCH /v1/admin/examples": {
    id: "changeExamples",
    summary: "Relabels examples, sets them aside or confirms their labels, up to 100 at once",
    description:
      "Each row has an outcome of its own, and none stops the others. With `from` a row is refused (`cannot_undo`) where the label is another one by now. What staff have done by mistake is taken back by sending `before` of the answer, with the new label as `from`.",
    body: jsonBody(changesSchema),
    answers: { 200: json("What became of each, in the order sent", changed) },
    problems: BODY_PROBLEMS,
  },
  "PATCH /v1/admin/examples/:photo": {
    id: "changeExample",
    summary: "Relabels an example, sets it aside, or confirms its doubted label, for its copies as well",
    description:
      "One that has been learnt from and is set aside (`purpose`: `test`) is subtracted by the next training run, exactly.",
    params: photoParam,
    body: jsonBody(changeSchema),
    answers: {
      200: json(
        "What was changed",
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
  "POST /v1/admin/examples/forget": {
    id: "forgetExamples",
    summary: "Forgets examples",
    body: jsonBody(forgetSchema),
    answers: { 200: json("How many there were", forgotten) },
    problems: [...BODY_PROBLEMS, "not_found"],
  },
  "DELETE /v1/admin/examples/:photo": {
    id: "forgetExample",
    summary: "Forgets an example",
    params: photoParam,
    answers: { 200: json("Done", forgotten) },
    problems: ["not_found"],
  },
  "DELETE /v1/admin/contributors/:contributor": {
    id: "forgetContributor",
    summary: "Forgets all that one contributor sent",
    params: z.object({ contributor }),
    answers: { 200: json("How much that was", forgotten) },
    problems: [],
  },
  "GET /v1/admin/suspects": {
    id: "listSuspects",
    summary: "Labels that leave-one-out doubts and nobody has dealt with",
    answers: {
      200: json(
        "Least probable first",
        z.strictObject({ headVersion: version.nullable(), suspects: z.array(suspect) }).meta({ id: "Suspects" }),
      ),
    },
    problems: [],
  },
} as const satisfies OperationGroup["operations"];

/** The operations on labelled photos and texts. */
export const exampleGroup: OperationGroup = {
  tag: "Examples",
  description: "Labelled photos. What a photo looked like is kept only where the operator says so, and small.",
  operations: exampleOperations,
};
