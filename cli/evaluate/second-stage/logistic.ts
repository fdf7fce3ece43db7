/**
 * Multinomial logistic regression as a head: what `logistic-loss.ts` states, minimised by preconditioned L-BFGS and put
 * into the form that is served. Needs every example, where the discriminant needs their sums.
 */

import { dequantiseInto } from "../../../src/head/embedding.ts";
import type { FitError } from "../../../src/head/fit-problem.ts";
import { foldScores, quantiseRows } from "../../../src/head/fold.ts";
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import { createPlainKernels } from "../../../src/head/kernels/plain-kernels.ts";
import type { Head } from "../../../src/head/predict.ts";
import type { LabelledEmbedding } from "../../../src/head/statistics.ts";
import { err, ok, type Result } from "../../../src/shared/result.ts";
import { minimise } from "./lbfgs.ts";
import { type LogisticProblem, openLogisticLoss, parameterCount } from "./logistic-loss.ts";

/** What to fit, beyond the rows. */
export interface LogisticOptions {
  /** Classes to serve, in this order; those without rows are left out, and so are the rows of other classes. */
  readonly classIds: readonly string[];
  /** C: `lambda = 1 / (C n)`, as scikit-learn counts it. */
  readonly strength: number;
  /** pi, as for the discriminant: the fit itself learns pi = 1, the difference is put into the biases. */
  readonly priorExponent: number;
  /** Plain TypeScript in float64 where absent. */
  readonly kernels?: Kernels;
  /** Largest component of the gradient of the mean loss at the end, 1e-5 where absent; scikit-learn stops at 1e-4. */
  readonly tolerance?: number;
  /** False only to measure what the preconditioner saves. */
  readonly isPreconditioned?: boolean;
}

/** Fitted scores `z_k = w_k . (x - m) + offset_k`, and what they cost. */
export interface LogisticFit {
  readonly classIds: readonly string[];
  /** W, K x D. */
  readonly weights: Float64Array;
  /** K numbers. */
  readonly offsets: Float64Array;
  /** m of the rows, D numbers. */
  readonly mean: Float64Array;
  readonly iterations: number;
  readonly hasConverged: boolean;
}

/** Float32 kernels resolve about a tenth of it. */
const TOLERANCE = 1e-5;
const MAX_ITERATIONS = 200;

/** Fits; `too_few_classes` under two classes with rows, `dimension_mismatch` for rows of different lengths. */
export function fitLogistic(
  rows: readonly LabelledEmbedding[],
  options: LogisticOptions,
): Result<LogisticFit, FitError> {
  const posed = poseLogistic(rows, options);
  if (!posed.ok) return posed;
  const { problem, classIds, mean } = posed.value;
  const loss = openLogisticLoss(problem, options.kernels ?? createPlainKernels());
  const objective = options.isPreconditioned === false ? { evaluate: loss.evaluate } : loss;
  const start = new Float64Array(parameterCount(problem));
  const { x, iterations, hasConverged } = minimise(objective, start, {
    tolerance: options.tolerance ?? TOLERANCE,
    maxIterations: MAX_ITERATIONS,
  });
  const weightCount = classIds.length * mean.length;
  const offsets = withPrior(x.subarray(weightCount), problem.labels, options.priorExponent);
  return ok({ classIds, weights: x.subarray(0, weightCount), offsets, mean, iterations, hasConverged });
}

/** The head to serve a fit. */
export function foldLogistic(fit: LogisticFit, entropyThreshold: number): Head {
  const weights = quantiseRows(fit.weights, fit.classIds.length);
  return foldScores({ ...fit, weights, temperature: 1 }, entropyThreshold);
}

interface Posed {
  readonly problem: LogisticProblem;
  readonly classIds: readonly string[];
  /** m of the rows, D numbers. */
  readonly mean: Float64Array;
}

function poseLogistic(
  rows: readonly LabelledEmbedding[],
  { classIds: requested, strength }: LogisticOptions,
): Result<Posed, FitError> {
  const present = new Set(rows.map(({ classId }) => classId));
  const classIds = requested.filter((classId) => present.has(classId));
  if (classIds.length < 2) {
    const message = `${classIds.length} items have examples to learn from: teach at least two items.`;
    return err({ code: "too_few_classes", message, says: [] });
  }
  const indexOf = new Map(classIds.map((classId, k) => [classId, k]));
  const kept = rows.filter(({ classId }) => indexOf.has(classId));
  const dimension = kept[0].embedding.values.length;
  if (kept.some(({ embedding }) => embedding.values.length !== dimension)) {
    const message = "The rows hold embeddings of different lengths: embed them again with one backbone.";
    return err({ code: "dimension_mismatch", message, says: [] });
  }
  const matrix = new Float64Array(kept.length * dimension);
  kept.forEach(({ embedding }, i) => {
    dequantiseInto(embedding, matrix, i * dimension);
  });
  const mean = centre(matrix, dimension);
  const labels = Int32Array.from(kept, ({ classId }) => indexOf.get(classId) ?? 0);
  const penalty = 1 / (strength * kept.length);
  return ok({ problem: { rows: matrix, labels, classCount: classIds.length, dimension, penalty }, classIds, mean });
}

/** Subtracts the mean row in place and returns it. */
function centre(matrix: Float64Array, D: number): Float64Array {
  const mean = new Float64Array(D);
  for (let at = 0; at < matrix.length; at++) mean[at % D] += (matrix[at] * D) / matrix.length;
  for (let at = 0; at < matrix.length; at++) matrix[at] -= mean[at % D];
  return mean;
}

/** `b_k + (pi - 1) log(n_k / N)`. */
function withPrior(biases: Float64Array, labels: Int32Array, priorExponent: number): Float64Array {
  const counts = new Float64Array(biases.length);
  for (const label of labels) counts[label] += 1;
  return biases.map((bias, k) => bias + (priorExponent - 1) * Math.log(counts[k] / labels.length));
}
