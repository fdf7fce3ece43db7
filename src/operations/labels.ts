/** A correction, by receipt, by photo or by text, or a list of them. */
import { z } from "zod";
import { NONE_ID } from "../shared/none-label.ts";
import { once } from "../shared/once.ts";
import { refusedRow } from "./classification.ts";
import { contributor, count, humanHeader, labelId, origin, sampleId } from "./common.ts";
import { whenMissing } from "./field-faults.ts";
import { bytes, HUMAN_PROBLEMS, json, needs, type Operations, PHOTO_PROBLEMS } from "./operation.ts";
import { MAX_TEXTS_PER_REQUEST, sentText, thumbnailSchema } from "./sample-fields.ts";

const MAX_LABEL_CHARACTERS = 80;

const sentLabel = z
  .string({ error: whenMissing("give an item's id, name or alias") })
  .min(1)
  .max(MAX_LABEL_CHARACTERS)
  .meta({ description: `An item's id, name or alias, or \`${NONE_ID}\`: not on the menu` });

/** The body of a correction by receipt; a thumbnail shows staff what it is about. */
export const receiptSchema = z.strictObject({
  receipt: z
    .string({ error: whenMissing("send the receipt of an answer, a text, or a photo as multipart/form-data") })
    .max(16_384),
  label: sentLabel,
  thumbnail: thumbnailSchema.optional(),
  text: sentText.optional(),
});

/** A text and what it is, without a receipt: one row of `labels`, or a body of its own. */
export const textLabelSchema = z.strictObject({ text: sentText, label: sentLabel });

const LIST_ADVICE = `send 1 to ${MAX_TEXTS_PER_REQUEST} corrections`;

/** What of a list cannot be read is refused in its place, so the list takes anything. */
export const labelListSchema = z.strictObject({
  labels: z.array(z.unknown()).min(1, LIST_ADVICE).max(MAX_TEXTS_PER_REQUEST, LIST_ADVICE),
});

/** The fields of the form that carries a photo and its label. */
export const photoFieldsSchema = z.object({ label: sentLabel, thumbnail: thumbnailSchema.optional() });

const label = once(() =>
  z
    .strictObject({
      photo: sampleId,
      label: labelId,
      origin,
      contributor,
      status: z.enum(["counted", "pending", "decided"]).meta({
        description:
          "`counted`: it is an example. `pending`: it waits for staff; guests see this also when staff know it already. `decided`: staff have decided on it.",
      }),
      stored: z.boolean().meta({ description: "Whether it is new; for guests always true" }),
    })
    .meta({ id: "Label" }),
);

/** As it is checked, with what its rows should be. */
const labelList = labelListSchema.extend({
  labels: z
    .array(z.union([receiptSchema, textLabelSchema]))
    .min(1)
    .max(MAX_TEXTS_PER_REQUEST),
});

const labelled = once(() =>
  z.union([
    label(),
    z
      .strictObject({ results: z.array(z.union([label(), refusedRow()])), taken: count, refused: count })
      .meta({ id: "LabelList" }),
  ]),
);

/** The operation that takes corrections. */
export const labelOperations = {
  sendLabel: {
    route: "POST /v1/labels",
    access: needs("label", "publicCorrections"),
    repeats: "kept",
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
} as const satisfies Operations;
