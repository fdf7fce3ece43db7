/**
 * A head of the second backbone, made beside the live one: of the labels that the statistics hold now, whose sums are added up from the second
 * embeddings each time. It answers only in Workers that run that backbone, so no gate judges it: staff see the figures of both.
 */
import { fitHead } from "../head/fit.ts";
import { MAX_STRANGERS, sampleCapPerClass } from "../head/policy.ts";
import { addExamples, countExamples, createStatistics, type Statistics } from "../head/statistics.ts";
import { taughtAccuracy } from "../head/taught-accuracy.ts";
import { NONE_ID } from "../shared/none-label.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Told } from "../shared/sentence.ts";
import { decodeEmbedding } from "../store/codecs.ts";
import { findHead, type HeadSummary, nextHeadVersion, readLivePointer } from "../store/heads.ts";
import { acquireLease, type Lease, releaseLease } from "../store/lease.ts";
import { countPending } from "../store/pending-labels.ts";
import { publishHead } from "../store/publish-head.ts";
import { countSecond } from "../store/second-embeddings.ts";
import { listSecondAfter, sampleSecond, sampleSecondStrangers, sampleSecondTest } from "../store/second-samples.ts";
import { pointAtSecond, type SecondSlot } from "../store/second-slot.ts";
import type { RunTrigger } from "../store/training-runs.ts";
import { type Candidate, drawCurves, judgeAside, pickDetails, pickFigures, pickMistakes } from "./candidate.ts";
import { type LeasedRun, type TrainingContext, writeNow } from "./context.ts";
import { makeScorecard } from "./gate.ts";
import type { DeploymentState } from "./state.ts";
import { readState } from "./state.ts";

/** Whether a head of the second backbone is missing, or would differ from the one that there is. */
export async function isSecondHeadDue({ db }: Pick<TrainingContext, "db">, slot: SecondSlot): Promise<boolean> {
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
    ...{ backboneId, statisticsVersion: state.statisticsVersion, archiveRevision: state.archiveRevision },
    ...{ classIds: head.classIds, examples: countExamples(statistics), rho, temperature },
    evaluation: evaluation && pickFigures(evaluation, candidate),
    ...{ gate: null, replay: null, parent: null, startedBy: run.trigger },
    tested: judgeAside(candidate.fitted, testRows),
    details: evaluation && pickDetails(evaluation, candidate, null),
    ...{ labelsReadAt: startedAt, labelsWaiting: await countPending(db) },
    ...{ rowsRead: run.usage.rowsRead, rowsWritten: run.usage.rowsWritten },
    ...{ durationMs: write.now - startedAt, createdAt: write.now },
  };
  const made = {
    ...{ report, head, classCounts, goesLive: false, forgetVersion: state.forgetVersion },
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
    ...{ fitted, taught: null, pooled: null, sampleIds: rows.map(({ sampleId }) => sampleId) },
    taughtAccuracy: fitted.judged && taughtAccuracy(fitted.head, fitted.judged, sample),
    curves: drawCurves(fitted, sample, kernels),
  };
  return ok({ candidate, testRows: pairs.map(({ second }) => second) });
}
