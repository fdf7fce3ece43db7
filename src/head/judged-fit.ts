/**
 * Whether labels that no person gave may count: two heads, without them and with them, on people's labels that were left out of each, and on
 * the test set where there is one. Pure.
 */
import { MIN_JUDGING_LABELS } from "../shared/judging-labels.ts";
import { ok, type Result } from "../shared/result.ts";
import type { Embedding } from "./embedding.ts";
import { isAhead, type JudgedRows, lossOf } from "./evaluate.ts";
import { type FitOptions, type FittedHead, fitHead } from "./fit.ts";
import type { FitError } from "./fit-problem.ts";
import { TEACHER_WEIGHT } from "./policy.ts";
import { type Taught, trainOnUnlabelled } from "./self-training.ts";
import { addWeighted, copyStatistics, type LabelledEmbedding, type Statistics } from "./statistics.ts";
import { compareOnTestSet } from "./test-set.ts";

/** What people's labels say of others. */
export interface JudgedLabels {
  /** The labels that would count. */
  readonly labels: number;
  /** Whether they do. */
  readonly isAllowed: boolean;
  /** People's labels that were left out in both fits. */
  readonly judged: number;
  /** How many of these the heads answer right, without the labels in question and with them. */
  readonly rightWithout: number;
  readonly rightWith: number;
  /** The same of the test set, which no head has learnt from; absent where there is none. */
  readonly tested?: { readonly examples: number; readonly rightWithout: number; readonly rightWith: number };
}

/** A fit that people's labels judge. */
export interface JudgedFitOptions extends FitOptions {
  /** Test examples; absent means none. */
  readonly testSet?: readonly LabelledEmbedding[];
  /** The place of each row of the sample, null if nobody named one; no place may lose right answers. */
  readonly places?: readonly (string | null)[];
}

/** Whether `labels` labels of no person may count: if `compareJudged` allows it, and no fewer of the test set get right answers. */
export function judgeLabels(
  labels: number,
  alone: FittedHead,
  together: FittedHead,
  { testSet = [], places = [] }: Pick<JudgedFitOptions, "testSet" | "places"> = {},
): JudgedLabels {
  const judged = { labels, ...compareJudged(alone.judged, together.judged, places) };
  const { examples, rightFrom, rightTo } = compareOnTestSet(alone.head, together.head, testSet, () => true);
  if (examples === 0) return judged;
  const tested = { examples, rightWithout: rightFrom, rightWith: rightTo };
  return { ...judged, isAllowed: judged.isAllowed && rightTo >= rightFrom, tested };
}

/**
 * Allowed where at least `MIN_JUDGING_LABELS` judge, no fewer of them are right and their loss is not higher. On the rows that both left out: a
 * class of one example can only be left out where the other labels know it too. And where no fewer are right at any place: a few labels
 * from there are lost among all others.
 */
function compareJudged(
  alone: JudgedRows | null,
  together: JudgedRows | null,
  places: readonly (string | null)[],
): Omit<JudgedLabels, "labels" | "tested"> {
  const without = judgeRows(alone);
  const withThem = judgeRows(together);
  const common = [...without.keys()].filter((row) => withThem.has(row));
  const rightOf = (rows: Judgements, among: readonly number[] = common) =>
    among.filter((row) => rows.get(row)?.isRight).length;
  const isWorse = (among: readonly number[]) => rightOf(withThem, among) < rightOf(without, among);
  const byPlace = Map.groupBy(common, (row) => places[row] ?? null);
  const lossSum = (rows: Judgements) => common.reduce((sum, row) => sum + (rows.get(row)?.loss ?? 0), 0);
  const [rightWithout, rightWith] = [rightOf(without), rightOf(withThem)];
  const isAllowed =
    common.length >= MIN_JUDGING_LABELS &&
    !isWorse(common) &&
    lossSum(withThem) <= lossSum(without) &&
    ![...byPlace].some(([place, rows]) => place !== null && isWorse(rows));
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

/*
 * Labels that no person gave join a fit at a weight of their own, and only where people's labels say that they do no harm: both heads are
 * judged on people's labels alone, each left out in turn. Pure.
 */

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

/*
 * What nobody has labelled joins a fit by the head's own surest answers, at a weight of its own (`SELF_TRAINING`), and only where people's labels
 * say that it does no harm. The rounds are in `self-training.ts`. Pure.
 */

/** The head to serve; the verdict is null where there is nothing unlabelled. */
export interface PooledFit {
  readonly fitted: FittedHead;
  readonly verdict: JudgedLabels | null;
}

/** `first` is the head of `taught` alone, which stays as it was; `pooled` are embeddings as the head takes them. */
export function fitPooled(
  first: FittedHead,
  taught: Taught,
  pooled: readonly Embedding[],
  options: JudgedFitOptions,
): Result<PooledFit, FitError> {
  if (pooled.length === 0) return ok({ fitted: first, verdict: null });
  const trained = trainOnUnlabelled(first, taught, pooled, { ...options, previousRho: first.rho });
  if (!trained.ok) return trained;
  const { fitted, used } = trained.value;
  const verdict = judgeLabels(used, first, fitted, options);
  return ok({ fitted: verdict.isAllowed ? fitted : first, verdict });
}
