/**
 * From statistics to a published head: solve, evaluate by leave-one-out, pass the gate, replay stored embeddings, publish
 * under the next number. A head that the gate holds back is stored all the same, for an admin to decide on.
 */

import { meanOfExamples, placeDescriptions } from "../head/descriptions.ts";
import type { FittedHead } from "../head/fit.ts";
import type { FitError } from "../head/fit-problem.ts";
import { fitPooled, fitTaught } from "../head/judged-fit.ts";
import { taughtAccuracy } from "../head/learning-curve.ts";
import { DESCRIPTION_WEIGHT, MAX_STRANGERS, sampleCapPerClass } from "../head/policy.ts";
import { type Head, predict } from "../head/predict.ts";
import { addWeighted, copyStatistics, type LabelledEmbedding, type Statistics } from "../head/statistics.ts";
import { forgetting, held, unopposed } from "../shared/english/gates.ts";
import { NONE_ID } from "../shared/none-label.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { decodeEmbedding } from "../store/codecs.ts";
import type { StoredGate, StoredReplay } from "../store/heads/head-record.ts";
import { type HeadJudgement, type LoadedHead, loadHead, loadJudgement } from "../store/heads/heads.ts";
import { publishHead } from "../store/heads/publish-head.ts";
import { readNewestSetAside, sampleTestSet, type TestRow } from "../store/labels/test-set.ts";
import { countPending } from "../store/learning/pending-labels.ts";
import {
  listRecentEmbeddings,
  type RecentEmbedding,
  sampleAbsorbed,
  sampleStrangers,
} from "../store/learning/sample.ts";
import type { VersionedStatistics } from "../store/learning/statistics.ts";
import { loadDescriptions } from "../store/menu/descriptions.ts";
import { loadTeacherLabels } from "../store/teaching/teacher-labels.ts";
import { type Candidate, drawCurves, judgeAside, pickDetails, pickFigures, pickMistakes } from "./candidate.ts";
import { type LeasedRun, writeNow } from "./context.ts";
import { judgeCandidate, judgeNewItems, makeScorecard, toGate } from "./gate.ts";
import { limitSites } from "./places.ts";
import { hasSeenForgotten, REPLAY_EXAMPLES, REPLAY_REVIEWS } from "./policy.ts";
import { loadUnlabelled } from "./pool.ts";
import type { MadeHead } from "./run-messages.ts";
import type { DeploymentState } from "./state.ts";
import { judgeOnTestSet } from "./test-gate.ts";

/* What guests would notice: stored embeddings through the live head and a new one, and which answers differ. Pure. */

/** Changes that are kept by sample; the rest is only counted. */
const MAX_CHANGES_KEPT = 50;

/** Compares first answers. A class that `isServed` rejects (archived since) gets no score from either head. */
function replayHeads(
  live: Head,
  candidate: Head,
  recent: readonly RecentEmbedding[],
  isServed: (classId: string) => boolean,
): StoredReplay {
  const answer = (head: Head, { embedding }: RecentEmbedding) =>
    predict(head, embedding, (classId) => !isServed(classId)).scores[0]?.classId ?? "";
  const changes = recent
    .map((row) => ({ photo: row.photo, from: answer(live, row), to: answer(candidate, row) }))
    .filter(({ from, to }) => from !== to);
  return { replayed: recent.length, changed: changes.length, changes: changes.slice(0, MAX_CHANGES_KEPT) };
}

/** Returns the stored head, null when another run was faster, or why the statistics give none. */
export async function refitHead(
  run: LeasedRun,
  stored: VersionedStatistics,
  state: DeploymentState,
): Promise<Result<MadeHead | null, FitError>> {
  const startedAt = run.clock();
  const testRows = await loadTestRows(run, state);
  const candidate = await fitCandidate(run, stored, state, testRows);
  if (!candidate.ok) return candidate;
  const { fitted, sampleIds } = candidate.value;
  const before = state.live && (await loadJudgement(run.db, state.live.version));
  const live = await loadLive(run, state);
  const gate = passGates(run, candidate.value, stored, { ...state, before, loaded: live, testRows });
  const replay = live === null ? null : await replayAgainst(run, live, fitted, state);
  const goesLive = gate.passed;
  const labelsWaiting = await countPending(run.db);
  const write = writeNow(run);
  const classCounts = fitted.head.classIds.map((id) => stored.statistics.classes.get(id)?.count ?? 0);
  const report = {
    version: state.nextVersion,
    backboneId: run.backboneId,
    statisticsVersion: stored.version,
    archiveRevision: state.archiveRevision,
    classIds: fitted.head.classIds,
    examples: classCounts.reduce((sum, count) => sum + count, 0),
    rho: fitted.rho,
    temperature: fitted.temperature,
    evaluation: fitted.evaluation && pickFigures(fitted.evaluation, candidate.value),
    gate,
    replay,
    tested: judgeAside(fitted, testRows),
    details: fitted.evaluation && pickDetails(fitted.evaluation, candidate.value, before),
    parent: state.live?.version ?? null,
    startedBy: run.trigger,
    labelsReadAt: startedAt,
    labelsWaiting,
    rowsRead: run.usage.rowsRead,
    rowsWritten: run.usage.rowsWritten,
    durationMs: write.now - startedAt,
    createdAt: write.now,
  };
  const scorecard = fitted.judged && makeScorecard(fitted.judged, sampleIds);
  const mistakes = fitted.evaluation && pickMistakes(fitted.evaluation, candidate.value);
  const { forgetVersion } = stored;
  const made = { report, head: fitted.head, classCounts, scorecard, mistakes, goesLive, forgetVersion };
  if (!(await publishHead(run.db, made, write.lease, write.leaseUntil))) return ok(null);
  return ok({
    version: report.version,
    isLive: goesLive,
    gate,
    replay,
    examples: report.examples,
    classCount: report.classIds.length,
    accuracy: fitted.evaluation?.accuracy ?? null,
  });
}

async function fitCandidate(
  run: LeasedRun,
  stored: VersionedStatistics,
  { classIds, live }: DeploymentState,
  testSet: readonly TestRow[],
): Promise<Result<Candidate, FitError>> {
  const { db, backboneId, priorExponent, unknownAlpha, kernels, words, publicTeaching } = run;
  const { forgetVersion } = stored;
  const rows = await sampleAbsorbed(db, classIds, sampleCapPerClass(classIds.length));
  const sample = rows.map((row) => ({ classId: row.classId, embedding: decodeEmbedding(row) }));
  // A shrinkage that forgotten examples, or examples now set aside, helped to choose goes with them: then the whole grid is tried again.
  const strangers = (await sampleStrangers(db, MAX_STRANGERS)).map(decodeEmbedding);
  const hasSeen = live !== null && (await hasSeenSetAside(db, live, forgetVersion));
  const previous = live === null || hasSeen ? {} : { previousRho: live.rho };
  const options = { classIds, priorExponent, unknownAlpha, strangers, kernels, testSet, ...previous };
  const statistics = words === undefined ? stored.statistics : await withDescriptions(run, stored.statistics, classIds);
  // Samples of one guest, each telling the teacher what to say, would else be all that it has taught.
  const said = limitSites(await loadTeacherLabels(db, backboneId, classIds, publicTeaching));
  const fit = fitTaught(statistics, sample, said, options);
  if (!fit.ok) return err(fit.error);
  const { verdict: taught } = fit.value;
  const places = rows.map(({ place }) => place);
  const unlabelled = await loadUnlabelled(run, stored.statistics, places);
  const pooling = { ...options, places };
  const joined = fitPooled(fit.value.fitted, { statistics: fit.value.statistics, sample }, unlabelled, pooling);
  if (!joined.ok) return err(joined.error);
  const { fitted, verdict: pooled } = joined.value;
  const sampleIds = rows.map(({ sampleId }) => sampleId);
  const known = fitted.judged && taughtAccuracy(fitted.head, fitted.judged, sample);
  return ok({ fitted, taught, pooled, taughtAccuracy: known, sampleIds, curves: drawCurves(fitted, sample, kernels) });
}

/**
 * The stored statistics, which know labels alone, with the descriptions of items without examples. The other descriptions only show what all
 * descriptions have in common: beside examples a description made every text look like a stranger (decision 55).
 */
async function withDescriptions(
  { db, kernels }: LeasedRun,
  stored: Statistics,
  classIds: readonly string[],
): Promise<Statistics> {
  const described = (await loadDescriptions(db)).filter(({ classId }) => classIds.includes(classId));
  const isUntaught = ({ classId }: LabelledEmbedding) => (stored.classes.get(classId)?.count ?? 0) === 0;
  if (!described.some(isUntaught)) return stored;
  const statistics = copyStatistics(stored);
  const placed = placeDescriptions(described, meanOfExamples(stored));
  addWeighted(statistics, placed.filter(isUntaught), DESCRIPTION_WEIGHT, kernels);
  return statistics;
}

/** Whether the head was made with examples that have been forgotten or set aside since. */
async function hasSeenSetAside(
  db: LeasedRun["db"],
  live: NonNullable<DeploymentState["live"]>,
  forgetVersion: number,
): Promise<boolean> {
  return hasSeenForgotten({ live, forgetVersion }) || live.statisticsVersion < (await readNewestSetAside(db));
}

/** Null where no head is live, or the live one's weights are gone. */
async function loadLive({ db }: LeasedRun, { live }: DeploymentState): Promise<LoadedHead | null> {
  const loaded = live && (await loadHead(db, live.version));
  return loaded?.ok ? loaded.value : null;
}

/** The test set that judges heads: as many examples of each item, and of none, as leave-one-out takes. */
async function loadTestRows({ db }: LeasedRun, { classIds }: DeploymentState): Promise<TestRow[]> {
  return sampleTestSet(db, [...classIds, NONE_ID], sampleCapPerClass(classIds.length));
}

/** What a new head is compared with. */
interface GateState extends DeploymentState {
  readonly before: HeadJudgement | null;
  readonly loaded: LoadedHead | null;
  readonly testRows: readonly TestRow[];
}

/** Asks the gate and, where that lets the head pass, the test set; a head that must go live does not wait for the test set. */
function passGates(run: LeasedRun, candidate: Candidate, stored: VersionedStatistics, state: GateState): StoredGate {
  const gate = passGate(run, candidate, stored, state);
  const { live, loaded, testRows } = state;
  if (!gate.passed || live === null || loaded === null || hasSeenForgotten({ live, ...stored })) return gate;
  return judgeOnTestSet({ ...live, head: loaded.head }, candidate.fitted.head, testRows) ?? gate;
}

/** The gate, and the two cases that it does not decide: nothing to compare with, and nothing to wait for. */
function passGate(
  run: LeasedRun,
  { fitted, sampleIds }: Candidate,
  { forgetVersion }: VersionedStatistics,
  { live, isHeld, before }: DeploymentState & { readonly before: HeadJudgement | null },
): StoredGate {
  if (live === null) return toGate(true, unopposed());
  if (hasSeenForgotten({ live, forgetVersion })) return toGate(true, forgetting({ version: live.version }));
  if (isHeld) return toGate(false, held({ version: live.version }));
  const shared = new Set(live.classIds.filter((id) => fitted.head.classIds.includes(id)));
  const liveCard = before?.scorecard ?? null;
  const card = fitted.judged && makeScorecard(fitted.judged, sampleIds, shared);
  const verdict = judgeCandidate(live.version, liveCard, card);
  if (!verdict.passed) return verdict;
  const newItems = { count: fitted.head.classIds.length - shared.size, mayTake: run.newItemsMayTake };
  const wholeCard = fitted.judged && makeScorecard(fitted.judged, sampleIds);
  return judgeNewItems(live.version, liveCard, wholeCard, newItems) ?? verdict;
}

async function replayAgainst(
  { db }: LeasedRun,
  live: LoadedHead,
  { head }: FittedHead,
  { classIds }: DeploymentState,
): Promise<StoredReplay> {
  const served = new Set(classIds);
  const recent = await listRecentEmbeddings(db, REPLAY_EXAMPLES, REPLAY_REVIEWS);
  return replayHeads(live.head, head, recent, (classId) => served.has(classId));
}
