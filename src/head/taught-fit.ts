/**
 * Labels that no person gave join a fit at a weight of their own, and only where people's labels say that they do no harm: both heads are
 * judged on people's labels alone, each left out in turn. Pure.
 */
import { ok, type Result } from "../shared/result.ts";
import { type JudgedFitOptions, type JudgedLabels, judgeLabels } from "./compare-judged.ts";
import { type FittedHead, fitHead } from "./fit.ts";
import type { FitError } from "./fit-problem.ts";
import { TEACHER_WEIGHT } from "./policy.ts";
import { addWeighted, copyStatistics, type LabelledEmbedding, type Statistics } from "./statistics.ts";

/** The head to serve; the verdict is null where the teacher has said nothing. */
export interface TaughtFit {
  readonly fitted: FittedHead;
  readonly verdict: JudgedLabels | null;
  /** The statistics behind it: `stats` itself, or a copy with the teacher's labels. */
  readonly statistics: Statistics;
}

/**
 * `stats` and `sample` hold people's labels, `taught` the teacher's, each as `TEACHER_WEIGHT` of an example, where
 * `judgeLabels` allows it. Leaves `stats` as it was.
 */
export function fitTaught(
  stats: Statistics,
  sample: readonly LabelledEmbedding[],
  taught: readonly LabelledEmbedding[],
  options: JudgedFitOptions,
): Result<TaughtFit, FitError> {
  const alone = fitHead(stats, sample, options);
  if (!alone.ok) return alone;
  if (taught.length === 0) return ok({ fitted: alone.value, verdict: null, statistics: stats });
  const joined = copyStatistics(stats);
  addWeighted(joined, taught, TEACHER_WEIGHT, options.kernels);
  const together = fitHead(joined, sample, options);
  if (!together.ok) return together;
  const verdict = judgeLabels(taught.length, alone.value, together.value, options);
  const isAllowed = verdict.isAllowed;
  return ok({ fitted: isAllowed ? together.value : alone.value, verdict, statistics: isAllowed ? joined : stats });
}
