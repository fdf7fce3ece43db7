/** What guests' programs use: the menu, an answer, a correction. */
import { z } from "zod";
import { EMBEDDING_TYPE } from "../../head/embedding-message.ts";
import { classifyQuery } from "../classify.ts";
import { labelListSchema, photoFieldsSchema, receiptSchema, textLabelSchema } from "../labels.ts";
import { MAX_ASKED_PHOTOS } from "../modality/photo-body.ts";
import { MAX_TEXTS_PER_REQUEST, textBatchSchema } from "../modality/text-body.ts";
import {
  backboneId,
  classId,
  contributor,
  count,
  humanHeader,
  innerProblem,
  labelId,
  origin,
  sampleId,
  score,
  time,
  version,
} from "./common.ts";
import { explanation } from "./labelled-schemas.ts";
import { bytes, HUMAN_PROBLEMS, json, type OperationGroup, PHOTO_PROBLEMS } from "./operation.ts";

const menu = z
  .strictObject({
    items: z.array(
      z.strictObject({ id: classId, name: z.string(), description: z.string(), aliases: z.array(z.string()) }),
    ),
    headVersion: version.nullable().meta({ description: "The live head; null before there is one" }),
    reads: z.enum(["photos", "texts"]).meta({ description: "What this deployment's backbone takes" }),
    limits: z.union([
      z.strictObject({
        maxImageBytes: count,
        maxImagePixels: count,
        inputPixels: count.meta({ description: "Short side to which the backbone wants a photo; more is wasted" }),
      }),
      z.strictObject({ maxTextCharacters: count }),
    ]),
    handsOnTo: z
      .string()
      .nullable()
      .meta({ description: "The model service that reads the texts, which are sent on to it; null where nothing is" }),
    humanCheck: z
      .strictObject({ siteKey: z.string() })
      .nullable()
      .meta({ description: "Turnstile's public key, where guests show that they are people before they write" }),
    picturesKept: z.boolean().meta({
      description: "Whether what staff see of a correction is kept with its label once they have agreed",
    }),
  })
  .meta({ id: "Menu" });

const prediction = z.strictObject({
  ...{ label: classId, name: z.string(), score },
  byDescription: z.literal(true).optional().meta({
    description:
      "There where the head knows the item by its description alone, because it has no example yet: only where texts are read. The score is a first guess",
  }),
  examples: count.optional().meta({
    description:
      "Labelled photos that the head learnt the item from. There while `SHOW_EVIDENCE` is `true`; not for heads from before they were counted.",
  }),
});

const classification = z
  .strictObject({
    predictions: z
      .array(prediction)
      .meta({ description: "Best first. The scores of all items and `none` add up to 1" }),
    none: score.meta({
      description:
        "The probability that it is none of the items: at least 1/2 where the photo is unlike anything taught",
    }),
    unknown: z.boolean().meta({
      description:
        "Unlike anything taught: `strangeness` is at most `UNKNOWN_ALPHA`. Or the best item stays below its own `threshold`",
    }),
    undecided: z.boolean().meta({ description: "Between items of the menu: the scores are too even to prefer one" }),
    strangeness: score.nullable().meta({
      description:
        "Share of the menu's own photos that look stranger than this one: near 0 for what was never taught. Null from heads made before this was measured, which call unknown what is undecided",
    }),
    unread: z.literal(true).optional().meta({
      description:
        "There where the backbone could read nothing of a text: signs alone, or a script that it does not know. Its characters are all that the answer goes by, and one by a description is `unknown`",
    }),
    fewPhotos: z.boolean().meta({
      description:
        "The head was taught too few photos that differ from each other to show a share of `UNKNOWN_ALPHA` (fewer than about 20 at .05): `strangeness`, `none` and `unknown` are a guess",
    }),
    headVersion: version,
    backboneId,
    receipt: z.string().meta({ description: "Sealed; carries the embedding, so that a correction needs no photo" }),
    receiptExpiresAt: time,
    photos: count.optional().meta({
      description: "There where `together` was asked for: the different photos that it is of",
    }),
    explanation: explanation.nullable().optional().meta({
      description: "There where `explain` was asked for; null where there is nothing to weigh",
    }),
  })
  .meta({ id: "Classification" });

const refusedRow = z.strictObject({ problem: innerProblem });

const classified = z.union([
  classification,
  z
    .strictObject({
      results: z.array(z.union([z.strictObject({ answer: classification }), refusedRow])),
      ...{ answered: count, refused: count },
    })
    .meta({ id: "ClassificationList" }),
]);

const label = z
  .strictObject({
    photo: sampleId,
    label: labelId,
    origin,
    contributor,
    status: z.enum(["counted", "pending", "decided"]).meta({
      description:
        "`counted`: it is an example. `pending`: it waits for staff; to guests also where staff know it already. `decided`: staff have decided on it.",
    }),
    stored: z.boolean().meta({ description: "Whether it is new; for guests always true" }),
  })
  .meta({ id: "Label" });

/** As it is checked, with what its rows should be. */
const labelList = labelListSchema.extend({
  labels: z
    .array(z.union([receiptSchema, textLabelSchema]))
    .min(1)
    .max(MAX_TEXTS_PER_REQUEST),
});

const labelled = z.union([
  label,
  z
    .strictObject({ results: z.array(z.union([label, refusedRow])), taken: count, refused: count })
    .meta({ id: "LabelList" }),
]);

const check = z.string().meta({ description: "`ok`, or what is missing" });
const readiness = z
  .strictObject({
    status: z.literal("ready"),
    checks: z.strictObject({ database: check, backbone: check, head: check }),
  })
  .meta({ id: "Readiness", description: "Being without a head is no fault: nothing has been taught yet" });

/** A photo as JSON carries it. */
export const photoText = z
  .object({ inputs: z.string().meta({ description: "The photo in base64, or as a data URL" }) })
  .meta({ description: "As clients of Hugging Face send it" });

/** A text, where the deployment reads texts. */
export const plainText = z.string().meta({ description: "In UTF-8; where the deployment reads texts" });

/** A photo as the raw body, as a field of a form, or as text. */
export const photoContent = {
  "image/jpeg": bytes,
  "image/png": bytes,
  "image/webp": bytes,
  "image/gif": bytes,
  "application/octet-stream": bytes,
  "multipart/form-data": z.object({ image: bytes }),
  "application/json": photoText,
};

const guestOperations = {
  "GET /v1/ready": {
    id: "checkReadiness",
    summary: "Whether guests could be answered now, and what is missing",
    answers: { 200: json("They could", readiness) },
    problems: ["backbone_unavailable"],
  },
  "GET /v1/health": {
    id: "checkHealth",
    summary: "Whether the Worker runs",
    answers: { 200: json("It does", z.strictObject({ status: z.literal("ok") }).meta({ id: "Health" })) },
    problems: [],
  },
  "GET /v1/menu": {
    id: "readMenu",
    summary: "What a client needs before it sends a photo",
    answers: { 200: json("The active items, in order", menu) },
    problems: ["backbone_unavailable"],
  },
  "POST /v1/classify": {
    id: "classifyPhoto",
    summary: "A photo or up to 16, a text or up to 64, or a device's embedding in; ranked menu items out",
    description:
      "Writes nothing. Two to 16 files in the field `image` of a form are answered by a list, like a list of texts; with `together` they are of one thing and get one answer and one receipt, and one that cannot be used refuses them all. The file's own bytes decide what it is, whatever the content type. `docs/api.md` explains the embedding's bytes.",
    query: classifyQuery,
    body: {
      content: {
        ...photoContent,
        "multipart/form-data": z.object({ image: z.union([bytes, z.array(bytes).max(MAX_ASKED_PHOTOS)]) }),
        "application/json": z.union([photoText, textBatchSchema]),
        "text/plain": plainText,
        [EMBEDDING_TYPE]: bytes,
      },
    },
    answers: { 200: json("What the head makes of it; of a list, of each in its place", classified) },
    headers: humanHeader,
    problems: [
      ...PHOTO_PROBLEMS,
      ...HUMAN_PROBLEMS,
      ...(["no_head", "not_found", "head_purged", "invalid_embedding", "backbone_mismatch"] as const),
    ],
  },
  "POST /v1/labels": {
    id: "sendLabel",
    summary: "A correction, by the receipt of an answer, by photo or by text; or up to 64",
    description: "Staff's counts from the next training run on; a guest's waits for review.",
    body: {
      content: {
        "application/json": z.union([receiptSchema, textLabelSchema, labelList]),
        "multipart/form-data": photoFieldsSchema.extend({ image: bytes }),
      },
    },
    headers: humanHeader,
    answers: {
      200: json("It was there already; or a list, each in its place", labelled),
      201: json("It has been stored", label),
    },
    problems: [
      ...PHOTO_PROBLEMS,
      ...HUMAN_PROBLEMS,
      ...(["unknown_class", "class_archived", "backbone_mismatch", "receipt_invalid", "receipt_expired"] as const),
      ...(["too_many_corrections", "review_queue_full"] as const),
    ],
  },
} as const satisfies OperationGroup["operations"];

/** The operations that guests may be allowed. */
export const guestGroup: OperationGroup = {
  tag: "Guests",
  description: "The menu, an answer, a correction.",
  operations: guestOperations,
};
