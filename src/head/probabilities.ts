/**
 * Leave-one-out scores as the probabilities that would have been served, and the entropy threshold read from them.
 */
import { MIN_LEAVE_ONE_OUT_ROWS } from "./policy.ts";
import { entropyOf, softmaxInPlace } from "./softmax.ts";
import type { ScoredRows } from "./temperature.ts";

/** What turns scores into probabilities. */
export interface Calibration {
  readonly temperature: number;
  /** pi. */
  readonly priorExponent: number;
  /** `n_k`, K numbers. */
  readonly counts: Float64Array;
}

/** `p_i = softmax(s o_i + pi log n)`, n x K, where n counts the row's own class without the row. */
export function calibratedProbabilities(rows: ScoredRows, calibration: Calibration): Float64Array {
  const { scores, labels, classCount: K } = rows;
  const { temperature: s, priorExponent: pi, counts } = calibration;
  const probabilities = new Float64Array(labels.length * K);
  for (let i = 0; i < labels.length; i++) {
    const row = probabilities.subarray(i * K, (i + 1) * K);
    for (let k = 0; k < K; k++) {
      const n = counts[k] - (k === labels[i] ? 1 : 0);
      row[k] = s * scores[i * K + k] + pi * Math.log(n);
    }
    softmaxInPlace(row);
  }
  return probabilities;
}

/**
 * The `level` quantile (linear between order statistics) of the rows' entropies, in nats. With too few rows to tell,
 * a value above `log K`, the largest entropy there is: then nothing is called unknown.
 */
export function entropyQuantile(probabilities: Float64Array, K: number, level: number): number {
  const rowCount = probabilities.length / K;
  if (rowCount < MIN_LEAVE_ONE_OUT_ROWS) return Math.log(K) + 1;
  const entropies = Float64Array.from({ length: rowCount }, (_, i) =>
    entropyOf(probabilities.subarray(i * K, (i + 1) * K)),
  ).sort();
  const position = Math.min(1, Math.max(0, level)) * (rowCount - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, rowCount - 1);
  return entropies[below] + (position - below) * (entropies[above] - entropies[below]);
}
