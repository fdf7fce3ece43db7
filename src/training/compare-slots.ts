/** Both backbones' heads on the same examples: left out one by one, and on the test set. Neither head sees the other's embeddings. */
import { compareOnTestSet, type TestComparison } from "../head/judge-test.ts";
import { sampleCapPerClass } from "../head/policy.ts";
import { NONE_ID } from "../shared/none-label.ts";
import type { Database } from "../store/database.ts";
import type { StoredScorecard } from "../store/head-record.ts";
import { findHead, loadHead, loadJudgement, readLivePointer } from "../store/heads.ts";
import { listMenu } from "../store/menu.ts";
import { sampleSecondTest } from "../store/second-samples.ts";

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
