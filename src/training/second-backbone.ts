/**
 * A training run of a deployment that has two backbones. The labels' own backbone is trained as always, whichever of the two this Worker runs:
 * a run is arithmetic on stored embeddings. Then the second one's head is brought up to date; and where this Worker runs the second backbone,
 * since it was deployed with it, the two change places.
 */
import { fitHead } from "../head/fit.ts";
import { taughtAccuracy } from "../head/learning-curve.ts";
import { MAX_STRANGERS, sampleCapPerClass } from "../head/policy.ts";
import { addExamples, countExamples, createStatistics, type Statistics } from "../head/statistics.ts";
import { NONE_ID } from "../shared/none-label.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Told } from "../shared/sentence.ts";
import { decodeEmbedding } from "../store/codecs.ts";
import type { Database } from "../store/database.ts";
import { findHead, type HeadSummary, nextHeadVersion, readLivePointer } from "../store/heads/heads.ts";
import { publishHead } from "../store/heads/publish-head.ts";
import { acquireLease, type Lease, releaseLease } from "../store/learning/lease.ts";
import { countPending } from "../store/learning/pending-labels.ts";
import type { RunTrigger } from "../store/learning/training-runs.ts";
import { moveIn } from "../store/second-backbone/move-in.ts";
import { countSecond } from "../store/second-backbone/second-embeddings.ts";
import {
  listSecondAfter,
  sampleSecond,
  sampleSecondStrangers,
  sampleSecondTest,
} from "../store/second-backbone/second-samples.ts";
import {
  pointAtSecond,
  readHomeBackbone,
  readSecondSlot,
  type SecondSlot,
} from "../store/second-backbone/second-slot.ts";
import { type Candidate, drawCurves, judgeAside, pickDetails, pickFigures, pickMistakes } from "./candidate.ts";
import { type LeasedRun, type RunRequest, type TrainingContext, writeNow } from "./context.ts";
import { makeScorecard } from "./gate.ts";
import { type RunReport, runTraining } from "./run.ts";
import { type DeploymentState, readState } from "./state.ts";

/*
 * A head of the second backbone, made beside the live one: of the labels that the statistics hold now, whose sums are added up from the second
 * embeddings each time. It answers only in Workers that run that backbone, so no gate judges it: staff see the figures of both.
 */

/** Whether a head of the second backbone is missing, or would differ from the one that there is. */
async function isSecondHeadDue({ db }: Pick<TrainingContext, "db">, slot: SecondSlot): Promise<boolean> {
  if (slot.readyAt === null) return false;
  const { secondHead, archiveRevision } = await readLivePointer(db);
  const head = secondHead === null ? null : await findHead(db, secondHead);
  if (head === null || head.purgedAt !== null) return true;
  const { statisticsVersion } = await readState({ db, words: undefined });
  if (head.statisticsVersion !== statisticsVersion || head.archiveRevision !== archiveRevision) return true;
  return (await countSecond(db, slot.backboneId)).embedded !== slot.trainedWith;
}

/** Makes one and stores it. Null where training is at work or was faster; an error says why the embeddings give none. */
export async function trainSecondHead(
  context: TrainingContext,
  slot: SecondSlot,
  trigger: RunTrigger,
): Promise<Result<HeadSummary | null, Told>> {
  const { db, clock, leaseMs } = context;
  const taken = await acquireLease(db, clock(), leaseMs);
  if ("heldUntil" in taken) return ok(null);
  try {
    return await makeHead({ ...context, ...identityOf(slot), trigger, lease: taken.lease });
  } finally {
    await release(context, taken.lease);
  }
}

function identityOf({ backboneId, dimension }: SecondSlot) {
  return { backboneId, dimension, words: undefined, pool: undefined };
}

async function release({ db }: TrainingContext, lease: Lease): Promise<void> {
  await releaseLease(db, lease).catch(() => undefined); // -- it expires by itself
}

async function makeHead(run: LeasedRun): Promise<Result<HeadSummary | null, Told>> {
  const startedAt = run.clock();
  const { db, backboneId } = run;
  const state = await readState(run);
  const embedded = (await countSecond(db, backboneId)).embedded;
  const statistics = await sumUp(run);
  const fitted = await fitSecond(run, state, statistics);
  if (!fitted.ok) return fitted;
  const { candidate, testRows } = fitted.value;
  const { head, rho, temperature, evaluation, judged } = candidate.fitted;
  const write = writeNow(run);
  const classCounts = head.classIds.map((id) => statistics.classes.get(id)?.count ?? 0);
  const report = {
    version: await nextHeadVersion(db),
    backboneId,
    statisticsVersion: state.statisticsVersion,
    archiveRevision: state.archiveRevision,
    classIds: head.classIds,
    examples: countExamples(statistics),
    rho,
    temperature,
    evaluation: evaluation && pickFigures(evaluation, candidate),
    gate: null,
    replay: null,
    parent: null,
    startedBy: run.trigger,
    tested: judgeAside(candidate.fitted, testRows),
    details: evaluation && pickDetails(evaluation, candidate, null),
    labelsReadAt: startedAt,
    labelsWaiting: await countPending(db),
    rowsRead: run.usage.rowsRead,
    rowsWritten: run.usage.rowsWritten,
    durationMs: write.now - startedAt,
    createdAt: write.now,
  };
  const made = {
    report,
    head,
    classCounts,
    goesLive: false,
    forgetVersion: state.forgetVersion,
    scorecard: judged && makeScorecard(judged, candidate.sampleIds),
    mistakes: evaluation && pickMistakes(evaluation, candidate),
    second: pointAtSecond(db, backboneId, report.version, embedded),
  };
  if (!(await publishHead(db, made, write.lease, write.leaseUntil))) return ok(null);
  return ok(await findHead(db, report.version));
}

/** From at most as many examples as a rebuild takes in one run: their ids are hashes, so the first ones are a random choice. */
async function sumUp(run: LeasedRun): Promise<Statistics> {
  const { db, backboneId, dimension, limits, kernels } = run;
  const statistics = createStatistics(dimension);
  let [cursor, taken] = ["", 0];
  while (taken < limits.rebuildRows) {
    const page = await listSecondAfter(db, backboneId, cursor, limits.pageRows);
    const rows = page.map((row) => ({ classId: row.classId, embedding: decodeEmbedding(row) }));
    addExamples(statistics, rows, kernels);
    taken += page.length;
    cursor = page.at(-1)?.sampleId ?? cursor;
    if (page.length < limits.pageRows) break;
  }
  return statistics;
}

async function fitSecond(run: LeasedRun, { classIds }: DeploymentState, statistics: Statistics) {
  const { db, backboneId, priorExponent, unknownAlpha, kernels } = run;
  const cap = sampleCapPerClass(classIds.length);
  const rows = await sampleSecond(db, backboneId, classIds, cap);
  const sample = rows.map((row) => ({ classId: row.classId, embedding: decodeEmbedding(row) }));
  const strangers = await sampleSecondStrangers(db, backboneId, MAX_STRANGERS);
  const fit = fitHead(statistics, sample, { classIds, priorExponent, unknownAlpha, strangers, kernels });
  if (!fit.ok) return err({ text: fit.error.message, says: fit.error.says });
  const fitted = fit.value;
  const pairs = await sampleSecondTest(db, backboneId, [...classIds, NONE_ID], cap);
  const candidate: Candidate = {
    fitted,
    taught: null,
    pooled: null,
    sampleIds: rows.map(({ sampleId }) => sampleId),
    taughtAccuracy: fitted.judged && taughtAccuracy(fitted.head, fitted.judged, sample),
    curves: drawCurves(fitted, sample, kernels),
  };
  return ok({ candidate, testRows: pairs.map(({ second }) => second) });
}

/** A Worker of the former version may still get its last cron: by itself nothing moves back so soon. */
const MOVES_BACK_AFTER_MS = 3_600_000;

/** The slots as a run finds them: `home` has the examples. */
export interface Slots {
  readonly home: string;
  readonly second: SecondSlot;
}

/** Null where there is one backbone alone. Reads one row then, and two otherwise. */
export async function readSlots(db: Database): Promise<Slots | null> {
  const second = await readSecondSlot(db);
  if (second === null) return null;
  const home = await readHomeBackbone(db);
  return home === null ? null : { home, second };
}

/** `context` is of the backbone that this Worker runs; of a third one's it is refused as always. */
export async function runBoth(context: TrainingContext, request: RunRequest, slots: Slots): Promise<RunReport> {
  const { home, second } = slots;
  const { db, backboneId, clock, leaseMs } = context;
  const isHome = backboneId === home;
  if (!isHome && backboneId !== second.backboneId) return runTraining(context, request);
  const own = isHome ? context : { ...context, backboneId: home, dimension: second.homeDimension, words: undefined };
  const report = await runTraining(own, request);
  if (report.outcome === "busy" || report.outcome === "failed") return report;
  // -- a run that published has done its share of work; the next one, minutes later, finds nothing else to do
  const hasTime = request.trigger === "admin" || report.outcome === "idle" || !isHome;
  if (hasTime && (await isSecondHeadDue(own, second))) await trainAndTell(own, second, request);
  if (isHome || !mayMove(second, request, clock())) return report;
  const moved = await moveIn(db, home, second, { actor: request.trigger, now: clock(), leaseMs });
  return moved ? runTraining(context, request) : report;
}

async function trainAndTell(own: TrainingContext, second: SecondSlot, { trigger }: RunRequest): Promise<void> {
  const made = await trainSecondHead(own, second, trigger);
  const outcome = made.ok ? { version: made.value?.version ?? null } : { reason: made.error.text };
  console.log(JSON.stringify({ event: "second_head", backbone: second.name, ...outcome }));
}

function mayMove({ readyAt, movedAt }: SecondSlot, { trigger }: RunRequest, now: number): boolean {
  if (readyAt === null) return false;
  return trigger === "admin" || movedAt === null || now - movedAt > MOVES_BACK_AFTER_MS;
}
