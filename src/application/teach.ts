/** What it means to show examples of an item: each sample is embedded and gets its label; what somebody else has labelled otherwise waits for staff. */
import type { exampleOperations } from "../operations/examples.ts";
import type { AnswerOf } from "../operations/operation.ts";
import type { Services } from "../services.ts";
import type { Purpose } from "../shared/closed-lists.ts";
import { decidedBefore } from "../shared/english/labels.ts";
import type { Problem } from "../shared/problem.ts";
import { ok, type Result } from "../shared/result.ts";
import { findForgotten } from "../store/labels/forgotten-samples.ts";
import { type EmbeddedSample, findLabels, type LabelOutcome, labelSamples } from "../store/labels/labels.ts";
import { requireLabel } from "../store/menu/menu.ts";
import { storeOriginals } from "../store/pictures/originals.ts";
import { requireSameBackbone } from "../store/second-backbone/backbone-guard.ts";
import { type Caller, labellerOf } from "./caller.ts";
import { queueCorrection } from "./correct.ts";
import { toInnerProblem } from "./each-row.ts";
import { type Embedded, type SentSample, type SentSamples, wishFor } from "./sample.ts";

/** What the samples are examples of, and what for. */
export interface Lesson {
  readonly label: string;
  readonly source: "admin" | "import";
  readonly purpose?: Purpose | undefined;
}

/** What became of each sample, and how many of each. */
export type Taught = AnswerOf<typeof exampleOperations.addExamples>;

type SampleOutcome = Taught["results"][number];

/** A sample that has its embedding and waits for its label; or one that has its outcome. */
type Settling = (Pick<Embedded, "sample" | "preview"> & { readonly file: string }) | SampleOutcome;

/** `read` is called once the item is there. A single sample that cannot be used is the request's own problem; one of a list never stops the rest. */
export async function teach(
  services: Services,
  caller: Caller,
  { label, ...intent }: Lesson,
  read: () => Promise<Result<Pick<SentSamples, "isList" | "rows">, Problem>>,
): Promise<Result<Taught & { readonly isList: boolean }, Problem>> {
  const item = await requireLabel(services.db, label);
  if (!item.ok) return item;
  const { manifest } = await services.loadEmbedder();
  const same = await requireSameBackbone(services.db, manifest.id);
  if (!same.ok) return same;
  const sent = await read();
  if (!sent.ok) return sent;
  const { isList, rows } = sent.value;
  const settling: Settling[] = [];
  for (const row of rows) {
    const embedded = await embed(services, caller, row);
    if (embedded.ok) settling.push(embedded.value);
    else if (isList) settling.push(refuse(row.ok ? row.value.name : "", null, embedded.error));
    else return embedded;
  }
  const results = await labelAll(services, caller, { label: item.value, ...intent }, settling);
  return results.ok ? ok({ isList, ...summarise(results.value) }) : results;
}

/** Which of these are stored under which label, and which staff have forgotten. */
export async function findKnown({ db }: Services, ids: readonly string[]) {
  const [known, forgotten] = await Promise.all([findLabels(db, ids), findForgotten(db, ids)]);
  return { known, forgotten };
}

async function embed(
  { config }: Services,
  { identity }: Caller,
  row: Result<SentSample, Problem>,
): Promise<Result<Settling, Problem>> {
  const embedded = row.ok ? await row.value.embed(wishFor(config, true)) : row;
  if (!embedded.ok) return embedded;
  const { sample, preview } = embedded.value;
  const file = row.ok ? row.value.name : "";
  return ok({ file, preview, sample: { ...sample, place: identity?.place ?? undefined } });
}

async function labelAll(
  services: Services,
  caller: Caller,
  { label, ...intent }: Lesson,
  settling: readonly Settling[],
): Promise<Result<SampleOutcome[], Problem>> {
  const { db, clock, originals } = services;
  const samples = settling.flatMap((one) => ("sample" in one ? [one.sample] : []));
  const labelled = await labelSamples(db, label, samples, intent, clock(), await labellerOf(caller));
  if (!labelled.ok) return labelled;
  if (originals !== undefined) await storeOriginals(db, originals, samples);
  const outcomeOf = new Map<EmbeddedSample, LabelOutcome>(samples.map((sample, i) => [sample, labelled.value[i]]));
  const settled: SampleOutcome[] = [];
  for (const one of settling) {
    if ("status" in one) settled.push(one);
    else settled.push(await settle(services, caller, label, one, outcomeOf.get(one.sample) ?? "duplicate"));
  }
  return ok(settled);
}

/** What somebody else has labelled otherwise waits for staff as a correction. */
async function settle(
  services: Services,
  caller: Caller,
  label: string,
  { file, sample, preview }: Exclude<Settling, SampleOutcome>,
  outcome: LabelOutcome,
): Promise<SampleOutcome> {
  const photo = sample.sampleId;
  if (outcome !== "contested") return { file, photo, status: outcome };
  const queued = await queueCorrection(services, caller, { sample, label, guess: null, preview, receipt: null });
  if (!queued.ok) return refuse(file, photo, queued.error);
  if (queued.value.status === "decided") return refuse(file, photo, decidedBefore());
  return { file, photo, status: queued.value.status === "pending" ? "pending" : "duplicate" };
}

function refuse(file: string, photo: string | null, problem: Problem): SampleOutcome {
  return { file, photo, status: "refused", problem: toInnerProblem(problem) };
}

function summarise(results: readonly SampleOutcome[]): Taught {
  const count = (status: SampleOutcome["status"]) => results.filter((result) => result.status === status).length;
  return {
    results,
    stored: count("stored"),
    relabelled: count("relabelled"),
    duplicates: count("duplicate"),
    pending: count("pending"),
    refused: count("refused"),
  };
}
