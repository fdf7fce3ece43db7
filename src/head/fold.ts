/**
 * Folds a fitted discriminant into the head that is served:
 *
 *   z_k = s [ w_k . (x - m) - (q_k - tau/(n_k + h)) / 2 ] + pi log(n_k / N)  =  scales_k (weights_k . x) + biases_k
 *
 * The bias is computed from the rounded weights, so that rounding acts on `x - m` alone.
 */
import type { FitProblem } from "./fit-problem.ts";
import type { RealArray } from "./kernels/kernels.ts";
import { SMALL_SAMPLE_OFFSET } from "./policy.ts";
import type { Head } from "./predict.ts";

const MAX_QUANTUM = 127;

/** A discriminant with its chosen numbers. */
export interface Solution {
  readonly rho: number;
  readonly temperature: number;
  readonly tau: number;
  /** W, K x D. */
  readonly weights: RealArray;
  /** `q_k`, K numbers. */
  readonly norms: Float64Array;
}

/** The head to serve: int8 weights, one float32 scale and bias per class. */
export function foldHead(
  problem: FitProblem,
  solution: Solution,
  priorExponent: number,
  entropyThreshold: number,
): Head {
  const D = problem.stats.dimension;
  const K = problem.classIds.length;
  const { temperature: s, tau, norms } = solution;
  const weights = new Int8Array(K * D);
  const scales = new Float32Array(K);
  const biases = new Float32Array(K);
  for (let k = 0; k < K; k++) {
    const row = solution.weights.subarray(k * D, (k + 1) * D);
    scales[k] = quantiseRow(row, s, weights.subarray(k * D, (k + 1) * D));
    let atMean = 0;
    for (let d = 0; d < D; d++) atMean += weights[k * D + d] * scales[k] * problem.mean[d];
    const norm = norms[k] - tau / (problem.counts[k] + SMALL_SAMPLE_OFFSET);
    biases[k] = -atMean - (s * norm) / 2 + priorExponent * Math.log(problem.counts[k] / problem.total);
  }
  return { dimension: D, classIds: problem.classIds, weights, scales, biases, entropyThreshold };
}

/** Writes `round(s row / scale)` and returns the scale, so that the largest weight is 127; 0 for a row of zeros. */
function quantiseRow(row: RealArray, s: number, out: Int8Array): number {
  let peak = 0;
  for (let d = 0; d < row.length; d++) peak = Math.max(peak, Math.abs(row[d]));
  if (peak === 0) return 0;
  for (let d = 0; d < row.length; d++) out[d] = Math.round((row[d] / peak) * MAX_QUANTUM);
  return Math.fround((s * peak) / MAX_QUANTUM);
}
