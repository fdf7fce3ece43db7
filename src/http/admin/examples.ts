/** Photos or texts of a menu item, one or many at a time, and the question which of them are stored already. */

import { type Context, Hono } from "hono";
import { z } from "zod";
import { decidedBefore } from "../../shared/english/labels.ts";
import type { Problem } from "../../shared/problem.ts";
import { PURPOSES, type Purpose } from "../../shared/purpose.ts";
import { ok, type Result } from "../../shared/result.ts";
import { requireSameBackbone } from "../../store/backbone-guard.ts";
import type { Database } from "../../store/database.ts";
import { findForgotten } from "../../store/forgotten-samples.ts";
import { type EmbeddedSample, findLabels, type LabelOutcome, labelSamples } from "../../store/labels.ts";
import { requireLabel } from "../../store/menu.ts";
import { storeOriginals } from "../../store/originals.ts";
import type { AppEnv } from "../app-env.ts";
import { readLabeller } from "../contributor.ts";
import { type InnerProblem, toInnerProblem } from "../each-row.ts";
import { queueCorrection } from "../labels.ts";
import { wishFor } from "../modality/embed-wish.ts";
import { findModality } from "../modality/find-modality.ts";
import type { SentSample } from "../modality/modality.ts";
import { MAX_TEXT_BATCH_BYTES, MAX_TEXTS_PER_REQUEST } from "../modality/text-body.ts";
import { respondProblem } from "../problem-response.ts";
import { checkFields, readJson } from "../request-body.ts";

/** Hashes of one question "which of these do you have?". */
export const MAX_KNOWN_PHOTOS = 1_000;

/** The query of uploads: staff by hand, or a command that imports folders. */
export const examplesQuery = z.object({
  source: z
    .enum(["admin", "import"])
    .default("admin")
    .meta({ description: "What the examples are listed as having come from" }),
  purpose: z.enum(PURPOSES).optional().meta({
    description:
      "`test` sets them aside: heads are judged on them and never learn from them. Without it new examples are learnt from, and known ones stay what they are",
  }),
});
/** The body of `POST /v1/admin/examples/known`: hashes of photos, or texts, never both. */
export const knownSchema = z.union(
  [
    z.strictObject({
      photos: z.array(z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in lower-case hex")).max(MAX_KNOWN_PHOTOS),
    }),
    z.strictObject({ texts: z.array(z.string()).max(MAX_TEXTS_PER_REQUEST) }),
  ],
  { error: `send up to ${MAX_KNOWN_PHOTOS} photos by their SHA-256, or up to ${MAX_TEXTS_PER_REQUEST} texts` },
);

interface SampleResult {
  readonly file: string;
  readonly photo: string | null;
  readonly status: Exclude<LabelOutcome, "contested"> | "pending" | "refused";
  readonly problem?: InnerProblem;
}

/** Mounted at `/v1/admin`. */
export const exampleRoutes = new Hono<AppEnv>()
  .post("/examples/known", async (c) => {
    const body = await readJson(c, knownSchema, MAX_TEXT_BATCH_BYTES);
    if (!body.ok) return respondProblem(c, body.error);
    const { db } = c.get("services");
    if ("photos" in body.value) return c.json(await findKnown(db, body.value.photos));
    const texts = (await findModality(c)).takeTexts(c, body.value.texts);
    if (!texts.ok) return respondProblem(c, texts.error);
    const samples = await Promise.all(texts.value.map((text) => text.identify()));
    const known = await findKnown(
      db,
      samples.filter((id) => id !== null),
    );
    return c.json({ ...known, samples });
  })
  .post("/classes/:id/examples", async (c) => {
    const query = checkFields(c.req.query(), examplesQuery);
    if (!query.ok) return respondProblem(c, query.error);
    const { db } = c.get("services");
    const item = await requireLabel(db, c.req.param("id"));
    if (!item.ok) return respondProblem(c, item.error);
    const modality = await findModality(c);
    const same = await requireSameBackbone(db, modality.backboneId);
    if (!same.ok) return respondProblem(c, same.error);
    const sent = await modality.readExamples(c);
    if (!sent.ok) return respondProblem(c, sent.error);
    const { isList, rows } = sent.value;
    const teaching = { classId: item.value, ...query.value };
    return isList ? teachAll(c, teaching, rows) : teachOne(c, teaching, rows[0]);
  });

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
  if (!embedded.ok) return respondProblem(c, embedded.error);
  const settling = { file: "", ...embedded.value };
  const settled = await labelAll(c, teaching, [settling]);
  if (!settled.ok) return respondProblem(c, settled.error);
  const [{ status }] = settled.value;
  return c.json(summarise(settled.value), status !== "duplicate" && status !== "refused" ? 201 : 200);
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
  return settled.ok ? c.json(summarise(settled.value)) : respondProblem(c, settled.error);
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
  const labelled = await labelSamples(db, classId, samples, intent, clock(), await readLabeller(c));
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

/** What somebody else has labelled otherwise waits for staff as a correction. */
async function settle(
  c: Context<AppEnv>,
  label: string,
  { file, sample, preview }: Settling,
  outcome: LabelOutcome,
): Promise<SampleResult> {
  const photo = sample.sampleId;
  if (outcome !== "contested") return { file, photo, status: outcome };
  const queued = await queueCorrection(c, { sample, label, guess: null, preview, receipt: null });
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
