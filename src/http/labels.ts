/** `POST /v1/labels`: a correction, by receipt, by photo or by text, or up to 64 of them. What staff and trusted keys say counts at once, the rest waits for review. */

import type { Context } from "hono";
import { z } from "zod";
import { correct, type LabelOutcome, type SentCorrection } from "../application/correct.ts";
import { isRefused, workThroughRows } from "../application/each-row.ts";
import { deriveReceiptKey, openReceipt } from "../application/receipt.ts";
import type { SentSample } from "../application/sample.ts";
import { keepsPictures } from "../config.ts";
import {
  labelListSchema,
  labelOperations,
  photoFieldsSchema,
  receiptSchema,
  textLabelSchema,
} from "../operations/labels.ts";
import { MAX_TEXT_BATCH_BYTES } from "../operations/text-fields.ts";
import { backboneChangedSince } from "../shared/english/labels.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { reaches } from "../shared/role.ts";
import { isSecondBackbone, requireSameBackbone } from "../store/backbone-guard.ts";
import type { Database } from "../store/database.ts";
import type { AppEnv } from "./app-env.ts";
import { callerOf } from "./caller.ts";
import { wishFor } from "./modality/embed-wish.ts";
import { findModality } from "./modality/find-modality.ts";
import { checkFields, isMultipart, readJson } from "./request-body.ts";
import { reply, serve } from "./serve.ts";

/** Of `labelOperations`. */
export const labelHandlers = [
  serve(labelOperations.sendLabel, async (c) => {
    if (isMultipart(c)) return respondOutcome(c, await storeRead(c, await readFormCorrection(c)));
    const body = await readJson(c, z.looseObject({}), MAX_TEXT_BATCH_BYTES);
    if (!body.ok) return body;
    if ("labels" in body.value) return storeLabelList(c, body.value);
    return respondOutcome(c, await storeRead(c, await readCorrection(c, body.value)));
  }),
];

async function storeRead(
  c: Context<AppEnv>,
  read: Result<SentCorrection, Problem>,
): Promise<Result<LabelOutcome, Problem>> {
  return read.ok ? correct(c.get("services"), callerOf(c), read.value) : read;
}

function respondOutcome(c: Context<AppEnv>, outcome: Result<LabelOutcome, Problem>) {
  return outcome.ok ? reply(c, labelOperations.sendLabel, outcome.value.stored ? 201 : 200, outcome.value) : outcome;
}

/** Each in its place, with what became of it or its own problem. */
async function storeLabelList(c: Context<AppEnv>, body: unknown) {
  const list = checkFields(body, labelListSchema);
  if (!list.ok) return list;
  const rows = list.value.labels.map((row) => checkFields(row, z.looseObject({})));
  const results = await workThroughRows(callerOf(c), rows, async (row) => storeRead(c, await readCorrection(c, row)));
  const refused = results.filter(isRefused).length;
  return reply(c, labelOperations.sendLabel, 200, { results, taken: results.length - refused, refused });
}

async function readCorrection(c: Context<AppEnv>, body: object): Promise<Result<SentCorrection, Problem>> {
  if ("text" in body && !("receipt" in body)) return readTextCorrection(c, body);
  const fields = checkFields(body, receiptSchema);
  return fields.ok ? openCorrection(c, fields.value) : fields;
}

async function readTextCorrection(c: Context<AppEnv>, body: unknown): Promise<Result<SentCorrection, Problem>> {
  const fields = checkFields(body, textLabelSchema);
  if (!fields.ok) return fields;
  const taken = (await findModality(c)).takeTexts(c, [fields.value.text]);
  return taken.ok ? embedCorrection(c, taken.value[0], fields.value.label) : taken;
}

/** A correction without a receipt: the sample itself came with it. */
async function embedCorrection(
  c: Context<AppEnv>,
  sent: SentSample,
  label: string,
  thumbnail: string | null = null,
): Promise<Result<SentCorrection, Problem>> {
  const embedded = await sent.embed(wishFor(c.get("services").config, reaches(c.get("role"), "label")));
  if (!embedded.ok) return embedded;
  const { sample, preview } = embedded.value;
  return ok({ sample, guess: null, label, preview: preview ?? thumbnail, receipt: null });
}

/** The correction that a receipt and a label make. */
export async function openCorrection(
  c: Context<AppEnv>,
  sent: z.infer<typeof receiptSchema>,
): Promise<Result<SentCorrection, Problem>> {
  const { config, clock } = c.get("services");
  const opened = await openReceipt(sent.receipt, await deriveReceiptKey(config.receiptSecret), clock());
  if (!opened.ok) return opened;
  const { photo, guess, id: receipt } = opened.value;
  const modality = await findModality(c);
  const { db } = c.get("services");
  if (photo.backboneId !== modality.backboneId && !(await isLabelled(db, photo.backboneId)))
    return err(backboneChangedSince());
  const preview = await modality.readPreview(c, sent, photo.sampleId);
  if (!preview.ok) return preview;
  const picture = keepsPictures(config) ? (preview.value ?? undefined) : undefined;
  return ok({ sample: { ...photo, picture }, guess, label: sent.label, preview: preview.value, receipt });
}

/** Whether this deployment has labels of that backbone, in use or beside it. */
async function isLabelled(db: Database, backboneId: string): Promise<boolean> {
  return (await requireSameBackbone(db, backboneId)).ok || isSecondBackbone(db, backboneId);
}

/** Of a form; only a photo comes in one. */
async function readFormCorrection(c: Context<AppEnv>): Promise<Result<SentCorrection, Problem>> {
  const body = await (await findModality(c)).readSent(c);
  if (!body.ok) return body;
  const fields = checkFields(body.value.fields, photoFieldsSchema);
  if (!fields.ok) return fields;
  const [row] = body.value.rows;
  return row.ok ? embedCorrection(c, row.value, fields.value.label, fields.value.thumbnail) : row;
}
