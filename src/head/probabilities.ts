/**
 * Leave-one-out scores as the probabilities that would have been served, and the entropy threshold read from them.
 */
import type { RealArray } from "./kernels/kernels.ts";
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

/**
 * `p_i = softmax(s o_i + pi log n)`, n x K, where n counts the row's own class without the row. Overwrites the scores: at
 * a thousand classes a second array would be the largest of the fit.
 */
export function calibrateInPlace(rows: ScoredRows, calibration: Calibration): RealArray {
  const { scores, labels, classCount: K } = rows;
  const { temperature: s, priorExponent: pi, counts } = calibration;
  const row = new Float64Array(K);
  for (let i = 0; i < labels.length; i++) {
    for (let k = 0; k < K; k++) {
      const n = counts[k] - (k === labels[i] ? 1 : 0);
      row[k] = s * scores[i * K + k] + pi * Math.log(n);
    }
    scores.set(softmaxInPlace(row), i * K);
  }
  return scores;
}

/** `max_k (o_ik + pi log(n / N) / s)` per row, n as below: the best logit of a head without the row, by the temperature. */
export function nearestScores(rows: ScoredRows, calibration: Calibration, total: number): Float64Array {
  const { scores, labels, classCount: K } = rows;
  const { temperature: s, priorExponent: pi, counts } = calibration;
  return Float64Array.from(labels, (label, i) => {
    let best = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < K; k++) {
      const n = counts[k] - (k === label ? 1 : 0);
      best = Math.max(best, scores[i * K + k] + (pi * Math.log(n / total)) / s);
    }
    return best;
  });
}

/**
 * The `level` quantile (linear between order statistics) of the rows' entropies, in nats. With too few rows to tell,
 * a value above `log K`, the largest entropy there is: then nothing is called undecided.
 */
export function entropyQuantile(probabilities: RealArray, K: number, level: number): number {
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
