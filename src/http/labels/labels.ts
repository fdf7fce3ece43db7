/** `POST /v1/labels`: a correction, by receipt, by photo or by text, or up to 64 of them. What staff and trusted keys say counts at once, the rest waits for review. */
import type { Context } from "hono";
import { z } from "zod";
import type { Caller } from "../../application/caller.ts";
import {
  correct,
  embedCorrection,
  type LabelOutcome,
  openCorrection,
  type SentCorrection,
} from "../../application/correct.ts";
import { isRefused, workThroughRows } from "../../application/each-row.ts";
import {
  labelListSchema,
  labelOperations,
  photoFieldsSchema,
  receiptSchema,
  textLabelSchema,
} from "../../operations/labels.ts";
import { MAX_TEXT_BATCH_BYTES } from "../../operations/sample-fields.ts";
import type { Services } from "../../services.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Result } from "../../shared/result.ts";
import { callerOf } from "../access/caller.ts";
import type { AppEnv } from "../app-env.ts";
import { checkFields, isMultipart, readJson } from "../body/request-body.ts";
import { findModality } from "../modality/find-modality.ts";
import { reply, serve } from "../serve.ts";

/** Of `labelOperations`. */
export const labelHandlers = [
  serve(labelOperations.sendLabel, async (c) => {
    if (isMultipart(c)) return respondOutcome(c, await store(c, await readFormCorrection(c)));
    const body = await readJson(c, z.looseObject({}), MAX_TEXT_BATCH_BYTES);
    if (!body.ok) return body;
    if ("labels" in body.value) return storeLabelList(c, body.value);
    return respondOutcome(c, await store(c, await readCorrection(c.get("services"), callerOf(c), body.value)));
  }),
];

async function store(
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
  const services = c.get("services");
  const caller = callerOf(c);
  const rows = list.value.labels.map((row) => checkFields(row, z.looseObject({})));
  const results = await workThroughRows(caller, rows, async (row) => {
    const read = await readCorrection(services, caller, row);
    return read.ok ? correct(services, caller, read.value) : read;
  });
  const refused = results.filter(isRefused).length;
  return reply(c, labelOperations.sendLabel, 200, { results, taken: results.length - refused, refused });
}

/** By receipt, or by the text itself. */
async function readCorrection(
  services: Services,
  caller: Caller,
  body: object,
): Promise<Result<SentCorrection, Problem>> {
  if ("text" in body && !("receipt" in body)) return readTextCorrection(services, caller, body);
  const fields = checkFields(body, receiptSchema);
  return fields.ok ? openCorrection(services, () => findModality(services), fields.value) : fields;
}

async function readTextCorrection(
  services: Services,
  caller: Caller,
  body: object,
): Promise<Result<SentCorrection, Problem>> {
  const fields = checkFields(body, textLabelSchema);
  if (!fields.ok) return fields;
  const taken = (await findModality(services)).takeTexts(caller, [fields.value.text]);
  return taken.ok ? embedCorrection(services, caller, taken.value[0], fields.value) : taken;
}

/** Of a form; only a photo comes in one. */
async function readFormCorrection(c: Context<AppEnv>): Promise<Result<SentCorrection, Problem>> {
  const services = c.get("services");
  const body = await (await findModality(services)).readSent(c);
  if (!body.ok) return body;
  const fields = checkFields(body.value.fields, photoFieldsSchema);
  if (!fields.ok) return fields;
  const [row] = body.value.rows;
  return row.ok ? embedCorrection(services, callerOf(c), row.value, fields.value) : row;
}
