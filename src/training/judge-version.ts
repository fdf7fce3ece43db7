/** A stored version of the head, and two of them, on the test set as it is now. Neither is judged on what it has learnt from. */
import { compareOnTestSet, judgeTestSet, type TestComparison, type TestJudgement } from "../head/judge-test.ts";
import { sampleCapPerClass } from "../head/policy.ts";
import { noSuchVersion } from "../shared/english/versions.ts";
import { NONE_ID } from "../shared/none-label.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { type Interval, wilsonInterval } from "../shared/wilson.ts";
import type { Database } from "../store/database.ts";
import { findHead, type HeadSummary, loadHead } from "../store/heads.ts";
import { listMenu } from "../store/menu.ts";
import { sampleTestSet } from "../store/test-set.ts";

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
