/** Photos or texts of a menu item, one or many at a time, and the question which of them are stored already. */

import type { Context } from "hono";
import { labellerOf } from "../../application/caller.ts";
import { queueCorrection } from "../../application/correct.ts";
import { type InnerProblem, toInnerProblem } from "../../application/each-row.ts";
import type { SentSample } from "../../application/sample.ts";
import { exampleOperations } from "../../operations/examples.ts";
import { decidedBefore } from "../../shared/english/labels.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Purpose } from "../../shared/purpose.ts";
import { ok, type Result } from "../../shared/result.ts";
import { requireSameBackbone } from "../../store/backbone-guard.ts";
import type { Database } from "../../store/database.ts";
import { findForgotten } from "../../store/forgotten-samples.ts";
import { type EmbeddedSample, findLabels, type LabelOutcome, labelSamples } from "../../store/labels.ts";
import { requireLabel } from "../../store/menu.ts";
import { storeOriginals } from "../../store/originals.ts";
import type { AppEnv } from "../app-env.ts";
import { callerOf } from "../caller.ts";
import { wishFor } from "../modality/embed-wish.ts";
import { findModality } from "../modality/find-modality.ts";
import { reply, serve } from "../serve.ts";

interface SampleResult {
  readonly file: string;
  readonly photo: string | null;
  readonly status: Exclude<LabelOutcome, "contested"> | "pending" | "refused";
  readonly problem?: InnerProblem;
}

/** Of `exampleOperations`. */
export const exampleHandlers = [
  serve(exampleOperations.findKnownPhotos, async (c, { body }) => {
    const { db } = c.get("services");
    if ("photos" in body) return ok(await findKnown(db, body.photos));
    const texts = (await findModality(c)).takeTexts(c, body.texts);
    if (!texts.ok) return texts;
    const samples = await Promise.all(texts.value.map((text) => text.identify()));
    const known = await findKnown(
      db,
      samples.filter((id) => id !== null),
    );
    return ok({ ...known, samples });
  }),
  serve(exampleOperations.addExamples, async (c, { params, query }) => {
    const { db } = c.get("services");
    const item = await requireLabel(db, params.id);
    if (!item.ok) return item;
    const modality = await findModality(c);
    const same = await requireSameBackbone(db, modality.backboneId);
    if (!same.ok) return same;
    const sent = await modality.readExamples(c);
    if (!sent.ok) return sent;
    const { isList, rows } = sent.value;
    const teaching = { classId: item.value, ...query };
    return isList ? teachAll(c, teaching, rows) : teachOne(c, teaching, rows[0]);
  }),
];

/** What the samples of an upload are taught as. */
interface Teaching {
  readonly classId: string;
  readonly source: "admin" | "import";
  readonly purpose?: Purpose | undefined;
}

async function findKnown(db: Database, ids: readonly string[]) {
  const [known, forgotten] = await Promise.all([findLabels(db, ids), findForgotten(db, ids)]);
  return { known, forgotten };
}

function wishOf(c: Context<AppEnv>) {
  return wishFor(c.get("services").config, true);
}

/** A sample that cannot be read is the request's own problem. */
async function teachOne(c: Context<AppEnv>, teaching: Teaching, row: Result<SentSample, Problem>) {
  const embedded = row.ok ? await row.value.embed(wishOf(c)) : row;
  if (!embedded.ok) return embedded;
  const settling = { file: "", ...embedded.value };
  const settled = await labelAll(c, teaching, [settling]);
  if (!settled.ok) return settled;
  const [{ status }] = settled.value;
  const isNew = status !== "duplicate" && status !== "refused";
  return reply(c, exampleOperations.addExamples, isNew ? 201 : 200, summarise(settled.value));
}

/** Embeds one after another; a refused sample never stops the rest. */
async function teachAll(c: Context<AppEnv>, teaching: Teaching, rows: readonly Result<SentSample, Problem>[]) {
  const results: (SampleResult | Settling)[] = [];
  const place = c.get("identity")?.place ?? undefined;
  for (const row of rows) {
    const embedded = row.ok ? await row.value.embed(wishOf(c)) : row;
    const file = row.ok ? row.value.name : "";
    if (embedded.ok) results.push({ file, ...embedded.value, sample: { ...embedded.value.sample, place } });
    else results.push({ file, photo: null, status: "refused", problem: toInnerProblem(embedded.error) });
  }
  const settled = await labelAll(c, teaching, results);
  return settled.ok ? reply(c, exampleOperations.addExamples, 200, summarise(settled.value)) : settled;
}

/** A sample whose label may turn out to be another person's, who then decides; `preview` is what they see of it. */
interface Settling {
  readonly file: string;
  readonly sample: EmbeddedSample;
  readonly preview: string | null;
}

async function labelAll(
  c: Context<AppEnv>,
  { classId, ...intent }: Teaching,
  results: readonly (SampleResult | Settling)[],
): Promise<Result<SampleResult[], Problem>> {
  const { db, clock, originals } = c.get("services");
  const samples = results.flatMap((result) => ("sample" in result ? [result.sample] : []));
  const labelled = await labelSamples(db, classId, samples, intent, clock(), await labellerOf(callerOf(c)));
  if (!labelled.ok) return labelled;
  if (originals !== undefined) await storeOriginals(db, originals, samples);
  const outcomeOf = new Map(samples.map((sample, i) => [sample, labelled.value[i]]));
  const settled: SampleResult[] = [];
  for (const result of results) {
    if ("status" in result) settled.push(result);
    else settled.push(await settle(c, classId, result, outcomeOf.get(result.sample) ?? "duplicate"));
  }
  return ok(settled);
}

/** What somebody else has labelled differently waits for staff as a correction. */
async function settle(
  c: Context<AppEnv>,
  label: string,
  { file, sample, preview }: Settling,
  outcome: LabelOutcome,
): Promise<SampleResult> {
  const photo = sample.sampleId;
  if (outcome !== "contested") return { file, photo, status: outcome };
  const queued = await queueCorrection(c.get("services"), callerOf(c), {
    sample,
    label,
    guess: null,
    preview,
    receipt: null,
  });
  if (!queued.ok) return { file, photo, status: "refused", problem: toInnerProblem(queued.error) };
  if (queued.value.status === "decided")
    return { file, photo, status: "refused", problem: toInnerProblem(decidedBefore()) };
  return { file, photo, status: queued.value.status === "pending" ? "pending" : "duplicate" };
}

function summarise(results: readonly SampleResult[]) {
  const count = (status: SampleResult["status"]) => results.filter((result) => result.status === status).length;
  return {
    results,
    stored: count("stored"),
    relabelled: count("relabelled"),
    duplicates: count("duplicate"),
    pending: count("pending"),
    refused: count("refused"),
  };
}
