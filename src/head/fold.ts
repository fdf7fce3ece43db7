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

/** K rows of D weights in int8: row k is `peaks_k / 127 * values_k`. A quarter of the memory while rhos are compared. */
interface QuantisedRows {
  /** K x D. */
  readonly values: Int8Array;
  /** Largest magnitude of each row, K numbers. */
  readonly peaks: Float64Array;
}

/** A discriminant with its chosen numbers. */
export interface Solution {
  readonly rho: number;
  readonly temperature: number;
  readonly tau: number;
  /** W. */
  readonly weights: QuantisedRows;
  /** `q_k`, K numbers. */
  readonly norms: Float64Array;
}

/** Any linear scores `z_k = s w_k . (x - m) + offset_k` of K classes in D dimensions. */
interface LinearScores {
  readonly classIds: readonly string[];
  /** w. */
  readonly weights: QuantisedRows;
  readonly temperature: number;
  /** K numbers. */
  readonly offsets: Float64Array;
  /** m, D numbers. */
  readonly mean: Float64Array;
}

/** The head to serve a discriminant. */
export function foldHead(
  problem: FitProblem,
  solution: Solution,
  priorExponent: number,
  entropyThreshold: number,
): Head {
  const { classIds, counts, total, mean } = problem;
  const { temperature, tau, norms, weights } = solution;
  const offsets = counts.map((n, k) => {
    const norm = norms[k] - tau / (n + SMALL_SAMPLE_OFFSET);
    return priorExponent * Math.log(n / total) - (temperature * norm) / 2;
  });
  return foldScores({ classIds, weights, temperature, offsets, mean }, entropyThreshold);
}

/** The head to serve these scores: int8 weights, one float32 scale and bias per class. It takes the weights over. */
export function foldScores(scores: LinearScores, entropyThreshold: number): Head {
  const { classIds, mean, temperature: s, offsets } = scores;
  const { values, peaks } = scores.weights;
  const D = mean.length;
  const scales = Float32Array.from(peaks, (peak) => (s * peak) / MAX_QUANTUM);
  const biases = Float32Array.from(offsets, (offset, k) => {
    let atMean = 0;
    for (let d = 0; d < D; d++) atMean += values[k * D + d] * scales[k] * mean[d];
    return offset - atMean;
  });
  return { dimension: D, classIds, weights: values, scales, biases, entropyThreshold };
}

/** Rounds `weights` (K x D) so that the largest of each row is 127 or -127; a row of zeros stays zero. */
export function quantiseRows(weights: RealArray, K: number, room?: QuantisedRows): QuantisedRows {
  const D = weights.length / K;
  const { values, peaks } = room ?? { values: new Int8Array(weights.length), peaks: new Float64Array(K) };
  for (let k = 0; k < K; k++) {
    let peak = 0;
    for (let w = k * D; w < (k + 1) * D; w++) peak = Math.max(peak, Math.abs(weights[w]));
    for (let w = k * D; w < (k + 1) * D; w++) values[w] = Math.round((weights[w] / (peak || 1)) * MAX_QUANTUM);
    peaks[k] = peak;
  }
  return { values, peaks };
}
