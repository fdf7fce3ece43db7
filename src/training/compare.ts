/**
 * Heads side by side: two stored versions, by what they know and on the test set as it is now, and the heads of both
 * backbones.
 */

import { sampleCapPerClass } from "../head/policy.ts";
import { compareOnTestSet, judgeTestSet, type TestComparison, type TestJudgement } from "../head/test-set.ts";
import { noSuchVersion } from "../shared/english/versions.ts";
import { NONE_ID } from "../shared/none-label.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { type Interval, wilsonInterval } from "../shared/wilson.ts";
import type { Database } from "../store/database.ts";
import type { StoredEvaluation, StoredScorecard } from "../store/heads/head-record.ts";
import {
  findHead,
  type HeadReport,
  type HeadSummary,
  loadHead,
  loadJudgement,
  readLivePointer,
} from "../store/heads/heads.ts";
import { sampleTestSet } from "../store/labels/test-set.ts";
import { listMenu } from "../store/menu/menu.ts";
import { sampleSecondTest } from "../store/second-backbone/second-samples.ts";

/** A judgement with what its share may be by chance. */
export interface VersionJudgement extends TestJudgement {
  /** Bounds of the share of right answers, 0 to 1. */
  readonly interval: Interval;
  /** Examples that it could not be judged on, because it has learnt from them or a run has still to give them back. */
  readonly learnt: number;
}

/** Reads at most about a thousand examples. Errors: `not_found`, `head_purged`. */
export async function judgeVersion(db: Database, version: number): Promise<Result<VersionJudgement, Problem>> {
  const [found, loaded] = await Promise.all([findHead(db, version), loadHead(db, version)]);
  if (found === null) return err(noSuchVersion({ version }));
  if (!loaded.ok) return loaded;
  const { rows, isServed, learnt } = await loadFair(db, [found]);
  const judgement = judgeTestSet(loaded.value.head, rows, isServed);
  const share = judgement.right / Math.max(1, judgement.examples);
  return ok({ ...judgement, interval: wilsonInterval(share, judgement.examples), learnt });
}

/** Null where one of the heads has no weights any more, or no example is left that neither has learnt from. */
export async function compareVersions(
  db: Database,
  from: HeadSummary,
  to: HeadSummary,
): Promise<TestComparison | null> {
  const [one, other] = await Promise.all([loadHead(db, from.version), loadHead(db, to.version)]);
  if (!one.ok || !other.ok) return null;
  const { rows, isServed } = await loadFair(db, [from, to]);
  const compared = compareOnTestSet(one.value.head, other.value.head, rows, isServed);
  return compared.examples === 0 ? null : compared;
}

/** What none of these heads has learnt from, of items that are on the menu. */
async function loadFair(db: Database, heads: readonly HeadSummary[]) {
  const ids = (await listMenu(db)).map(({ id }) => id);
  const cap = sampleCapPerClass(ids.length);
  const sampled = await sampleTestSet(db, [...ids, NONE_ID], cap);
  const oldest = Math.min(...heads.map(({ statisticsVersion }) => statisticsVersion));
  const rows = sampled.filter(({ unseenSince }) => unseenSince <= oldest);
  const served = new Set(ids);
  return { rows, learnt: sampled.length - rows.length, isServed: (classId: string) => served.has(classId) };
}

/** Recall of a class in both versions; null where one does not know it or could not judge it. */
interface ClassChange {
  readonly classId: string;
  readonly recallFrom: number | null;
  readonly recallTo: number | null;
}

interface HeadComparison {
  readonly from: number;
  readonly to: number;
  readonly evaluationFrom: StoredEvaluation | null;
  readonly evaluationTo: StoredEvaluation | null;
  readonly addedClasses: readonly string[];
  readonly removedClasses: readonly string[];
  /** Classes whose recall differs, largest loss first; empty where a head has been purged. */
  readonly changedClasses: readonly ClassChange[];
  readonly examplesFrom: number;
  readonly examplesTo: number;
}

/** `changedClasses` starts with the largest loss of recall. Recall is null where a version did not measure the item. */
export function compareHeads(from: HeadReport, to: HeadReport): HeadComparison {
  const before = recallByClass(from);
  const after = recallByClass(to);
  const changed = from.classIds
    .filter((id) => to.classIds.includes(id) && before.get(id) !== after.get(id))
    .map((id) => ({ classId: id, recallFrom: before.get(id) ?? null, recallTo: after.get(id) ?? null }));
  return {
    from: from.version,
    to: to.version,
    evaluationFrom: from.evaluation,
    evaluationTo: to.evaluation,
    addedClasses: to.classIds.filter((id) => !from.classIds.includes(id)),
    removedClasses: from.classIds.filter((id) => !to.classIds.includes(id)),
    changedClasses: changed.sort((a, b) => gain(a) - gain(b)),
    examplesFrom: from.examples,
    examplesTo: to.examples,
  };
}

/** Classes with examples that could be left out. */
function recallByClass({ details }: HeadReport): Map<string, number> {
  const judged = details?.perClass.filter(({ examples }) => examples > 0) ?? [];
  return new Map(judged.map(({ classId, recall }) => [classId, recall]));
}

function gain({ recallFrom, recallTo }: ClassChange): number {
  return (recallTo ?? 0) - (recallFrom ?? 0);
}

/** `From` is the head in use, `To` the second backbone's; each part is null where it has no example in common. */
export interface SlotComparison {
  readonly leaveOneOut: TestComparison | null;
  readonly test: TestComparison | null;
}

/** Null where one of the heads is missing or has no weights any more. Reads at most about a thousand examples twice. */
export async function compareSlots(db: Database, backboneId: string): Promise<SlotComparison | null> {
  const { liveHead, secondHead } = await readLivePointer(db);
  if (liveHead === null || secondHead === null) return null;
  const [from, to] = [await loadHead(db, liveHead), await loadHead(db, secondHead)];
  if (!from.ok || !to.ok) return null;
  const [ours, theirs] = await Promise.all([loadJudgement(db, liveHead), loadJudgement(db, secondHead)]);
  const summaries = await Promise.all([findHead(db, liveHead), findHead(db, secondHead)]);
  const oldest = Math.min(...summaries.map((head) => head?.statisticsVersion ?? 0));
  const ids = (await listMenu(db)).map(({ id }) => id);
  const sampled = await sampleSecondTest(db, backboneId, [...ids, NONE_ID], sampleCapPerClass(ids.length));
  const pairs = sampled.filter(({ home }) => home.unseenSince <= oldest);
  const rows = { from: pairs.map(({ home }) => home), to: pairs.map(({ second }) => second) };
  const served = new Set(ids);
  const test = compareOnTestSet(from.value.head, to.value.head, rows.from, (id) => served.has(id), rows.to);
  return { leaveOneOut: compareCards(ours.scorecard, theirs.scorecard), test: test.examples === 0 ? null : test };
}

/** On the photos that both cards hold; null where there is none. */
function compareCards(from: StoredScorecard | null, to: StoredScorecard | null): TestComparison | null {
  const theirs = new Map(to?.map(([photo, , correct]) => [photo, correct === 1]));
  const common = (from ?? []).flatMap(([photo, , correct]) => {
    const inTo = theirs.get(photo);
    return inTo === undefined ? [] : [{ inFrom: correct === 1, inTo }];
  });
  if (common.length === 0) return null;
  return {
    examples: common.length,
    rightFrom: common.filter(({ inFrom }) => inFrom).length,
    rightTo: common.filter(({ inTo }) => inTo).length,
    onlyFrom: common.filter(({ inFrom, inTo }) => inFrom && !inTo).length,
    onlyTo: common.filter(({ inFrom, inTo }) => inTo && !inFrom).length,
  };
}
