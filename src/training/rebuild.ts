/**
 * Rebuilds the statistics from the stored examples, run by run, and says how far the old ones were off. The repair for
 * every fault of derived data, and the proof that incremental updates are exact.
 */
import { addExamples, countExamples, createStatistics, type Statistics } from "../head/statistics.ts";
import type { Told } from "../shared/sentence.ts";
import { decodeEmbedding } from "../store/codecs.ts";
import {
  countAbsorbedStrangers,
  listAbsorbedAfter,
  loadRebuild,
  type Rebuild,
  saveRebuild,
} from "../store/learning/rebuild.ts";
import type { SampledExample } from "../store/learning/sample.ts";
import { storeRebuilt, type VersionedStatistics } from "../store/learning/statistics.ts";
import { type LeasedRun, writeNow } from "./context.ts";
import { tellRebuilding, tellRebuilt } from "./run-messages.ts";

type RebuildOutcome =
  | { readonly kind: "finished"; readonly stored: VersionedStatistics; readonly told: Told }
  | { readonly kind: "unfinished"; readonly told: Told }
  | { readonly kind: "overtaken" };

/**
 * Continues with the rebuild that is under way, or starts one for `reason`.
 *
 * @param old the current statistics where they can be read, to compare with
 */
export async function advanceRebuild(run: LeasedRun, old: VersionedStatistics, reason: Told): Promise<RebuildOutcome> {
  const begun = (await loadRebuild(run.db, run.dimension)) ?? beginRebuild(run, old.statistics, reason);
  const { rebuilt, isComplete } = await takeInExamples(run, begun);
  const { progress } = rebuilt;
  if (!isComplete) {
    if (!(await saveRebuild(run.db, rebuilt, writeNow(run)))) return { kind: "overtaken" };
    return { kind: "unfinished", told: tellRebuilding(progress) };
  }
  const difference = largestDifference(old.statistics, rebuilt.statistics);
  // Heads of the old statistics may be spoilt but have seen nothing that is gone: `forgetVersion` stays.
  const { forgetVersion } = old;
  const strangers = await countAbsorbedStrangers(run.db); // -- nothing else takes labels in while this run has the lease
  const next = { version: old.version + 1, forgetVersion, strangers, statistics: rebuilt.statistics };
  const stored = await storeRebuilt(run.db, next, writeNow(run));
  if (stored === null) return { kind: "overtaken" };
  return { kind: "finished", stored, told: tellRebuilt(progress, difference) };
}

function beginRebuild({ clock }: LeasedRun, { dimension }: Statistics, reason: Told): Rebuild {
  return {
    progress: { cursor: "", examples: 0, reason, startedAt: clock() },
    statistics: createStatistics(dimension),
  };
}

async function takeInExamples(run: LeasedRun, begun: Rebuild) {
  let { cursor, examples } = begun.progress;
  const limit = examples + run.limits.rebuildRows;
  let isComplete = false;
  while (!isComplete && examples < limit) {
    const page = await listAbsorbedAfter(run.db, cursor, run.limits.pageRows);
    addExamples(begun.statistics, page.map(toLabelled), run.kernels);
    examples += page.length;
    cursor = page.at(-1)?.sampleId ?? cursor;
    isComplete = page.length < run.limits.pageRows;
  }
  return { rebuilt: { ...begun, progress: { ...begun.progress, cursor, examples } }, isComplete };
}

function toLabelled(row: SampledExample) {
  return { classId: row.classId, embedding: decodeEmbedding(row) };
}

/** Largest absolute difference of any entry of G or of any class sum, null where there were none or they hold no numbers. */
function largestDifference(old: Statistics, rebuilt: Statistics): number | null {
  if (countExamples(old) === 0) return null;
  let largest = 0;
  for (let i = 0; i < rebuilt.gram.length; i++) largest = Math.max(largest, Math.abs(old.gram[i] - rebuilt.gram[i]));
  for (const [classId, { sum }] of rebuilt.classes) {
    const before = old.classes.get(classId)?.sum;
    for (let d = 0; d < sum.length; d++) largest = Math.max(largest, Math.abs((before?.[d] ?? 0) - sum[d]));
  }
  return Number.isFinite(largest) ? largest : null;
}
