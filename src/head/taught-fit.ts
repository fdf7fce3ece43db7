/**
 * Labels that no person gave join a fit at a weight of their own, and only where people's labels say that they do no harm: both heads are
 * judged on people's labels alone, each left out in turn. Pure.
 */
import { MIN_JUDGING_LABELS } from "../shared/judging-labels.ts";
import { ok, type Result } from "../shared/result.ts";
import type { JudgedRows } from "./evaluate.ts";
import { type FitOptions, type FittedHead, fitHead } from "./fit.ts";
import type { FitError } from "./fit-problem.ts";
import { isAhead, lossOf } from "./judge-row.ts";
import { TEACHER_WEIGHT } from "./policy.ts";
import { addWeighted, copyStatistics, type LabelledEmbedding, type Statistics } from "./statistics.ts";

/** What people's labels say of the teacher's. */
export interface TaughtVerdict {
  /** The teacher's labels that would count. */
  readonly labels: number;
  /** Whether they do. */
  readonly isAllowed: boolean;
  /** People's labels that were left out in both fits. */
  readonly judged: number;
  /** Of these, those answered rightly without the teacher's labels and with them. */
  readonly rightWithout: number;
  readonly rightWith: number;
}

/** The head to serve; the verdict is null where the teacher has said nothing. */
export interface TaughtFit {
  readonly fitted: FittedHead;
  readonly verdict: TaughtVerdict | null;
}

/**
 * `stats` and `sample` hold people's labels, `taught` the teacher's, each as `TEACHER_WEIGHT` of an example. Allowed where at least
 * `MIN_JUDGING_LABELS` judge, no fewer of them are right and their loss is not higher. Leaves `stats` as it was.
 */
export function fitTaught(
  stats: Statistics,
  sample: readonly LabelledEmbedding[],
  taught: readonly LabelledEmbedding[],
  options: FitOptions,
): Result<TaughtFit, FitError> {
  const alone = fitHead(stats, sample, options);
  if (!alone.ok) return alone;
  if (taught.length === 0) return ok({ fitted: alone.value, verdict: null });
  const joined = copyStatistics(stats);
  addWeighted(joined, taught, TEACHER_WEIGHT, options.kernels);
  const together = fitHead(joined, sample, options);
  if (!together.ok) return together;
  const { isAllowed, ...figures } = compare(alone.value.judged, together.value.judged);
  const verdict = { labels: taught.length, isAllowed, ...figures };
  return ok({ fitted: isAllowed ? together.value : alone.value, verdict });
}

/** On the rows that both left out: a class of one example can only be left out where the teacher knows it too. */
function compare(alone: JudgedRows | null, together: JudgedRows | null): Omit<TaughtVerdict, "labels"> {
  const without = judgeRows(alone);
  const withThem = judgeRows(together);
  const common = [...without.keys()].filter((row) => withThem.has(row));
  const rightOf = (rows: Judgements) => common.filter((row) => rows.get(row)?.isRight).length;
  const lossSum = (rows: Judgements) => common.reduce((sum, row) => sum + (rows.get(row)?.loss ?? 0), 0);
  const [rightWithout, rightWith] = [rightOf(without), rightOf(withThem)];
  const isAllowed =
    common.length >= MIN_JUDGING_LABELS && rightWith >= rightWithout && lossSum(withThem) <= lossSum(without);
  return { isAllowed, judged: common.length, rightWithout, rightWith };
}

/** By the row of the sample. */
type Judgements = ReadonlyMap<number, { readonly isRight: boolean; readonly loss: number }>;

function judgeRows(judged: JudgedRows | null): Judgements {
  if (judged === null) return new Map();
  const { classIds, labels, sampleIndex, probabilities } = judged;
  const K = classIds.length;
  return new Map(
    Array.from(labels, (label, i) => {
      const row = probabilities.subarray(i * K, (i + 1) * K);
      return [sampleIndex[i], { isRight: isAhead(row, label), loss: lossOf(row[label]) }];
    }),
  );
}
