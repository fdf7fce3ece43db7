/**
 * "Would more photos help?": the same leave-one-out on a quarter, a half and all of the sample. Each point is a fit of
 * its own on those rows alone; the last one is known already where the whole sample has been evaluated. Not part of `fitHead`.
 */
import type { ClassEvaluation, JudgedRows } from "./evaluate.ts";
import { fitHead } from "./fit.ts";
import type { Kernels } from "./kernels/kernels.ts";
import { bestClass, type Head } from "./predict.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "./statistics.ts";

/** Shares of each class that the points stand for. */
const SHARES: readonly number[] = [0.25, 0.5, 1];

/** Recall of one class when it, and all others, had this share of their examples. */
interface LearningPoint {
  readonly share: number;
  readonly examples: number;
  readonly recall: number;
}

/** Points of one class, fewest examples first; a share that leaves it fewer than two examples has none. */
export interface LearningCurve {
  readonly classId: string;
  readonly points: readonly LearningPoint[];
}

/** How to fit the points. */
interface LearningCurveOptions {
  readonly classIds: readonly string[];
  /** The rho of the head in service. */
  readonly rho: number;
  /** The evaluation of the head in service, by class: the last point, which then costs no fit. */
  readonly whole?: readonly ClassEvaluation[];
  readonly kernels?: Kernels;
}

/**
 * One curve per class of `classIds`. The first rows of each class make the smaller shares: give the sample in an order
 * that is random within a class and does not change (a hash of the id).
 */
export function learningCurves(
  sample: readonly LabelledEmbedding[],
  options: LearningCurveOptions,
): readonly LearningCurve[] {
  const recalls = SHARES.map((share) => ({
    share,
    perClass: share === 1 && options.whole ? byClass(options.whole) : recallAt(takeShare(sample, share), options),
  }));
  return options.classIds.map((classId) => ({
    classId,
    points: recalls.flatMap(({ share, perClass }) => {
      const point = perClass.get(classId);
      return point === undefined ? [] : [{ share, ...point }];
    }),
  }));
}

function takeShare(sample: readonly LabelledEmbedding[], share: number): LabelledEmbedding[] {
  const totals = new Map<string, number>();
  for (const { classId } of sample) totals.set(classId, (totals.get(classId) ?? 0) + 1);
  const taken = new Map<string, number>();
  return sample.filter(({ classId }) => {
    const index = taken.get(classId) ?? 0;
    taken.set(classId, index + 1);
    return index < Math.ceil(share * (totals.get(classId) ?? 0));
  });
}

/** Recall by class id, of the classes that can be left out; empty if no head can be fitted. */
function recallAt(
  rows: readonly LabelledEmbedding[],
  { classIds, rho, kernels }: LearningCurveOptions,
): Map<string, Omit<LearningPoint, "share">> {
  if (rows.length === 0) return new Map();
  const stats = createStatistics(rows[0].embedding.values.length);
  addExamples(stats, rows, kernels);
  const shared = { classIds, priorExponent: 0, previousRho: rho, unknownAlpha: 0, isForJudgement: true };
  const fitted = fitHead(stats, rows, kernels === undefined ? shared : { ...shared, kernels });
  return byClass(fitted.ok ? (fitted.value.evaluation?.perClass ?? []) : []);
}

function byClass(perClass: readonly ClassEvaluation[]): Map<string, Omit<LearningPoint, "share">> {
  const judged = perClass.filter(({ examples }) => examples > 0);
  return new Map(judged.map(({ classId, examples, recall }) => [classId, { examples, recall }]));
}

/**
 * Share of the rows that leave-one-out judged to which this head, which has seen them, answers with their label; 0 to 1. `sample` is
 * what the fit was given. Costs `2 n K D` operations on int8 for n rows: the products that one shrinkage needs, of the several tried.
 */
export function taughtAccuracy(
  head: Head,
  { labels, classIds, sampleIndex }: JudgedRows,
  sample: readonly LabelledEmbedding[],
): number {
  let right = 0;
  sampleIndex.forEach((at, i) => {
    if (bestClass(head, sample[at].embedding) === classIds[labels[i]]) right += 1;
  });
  return right / labels.length;
}
