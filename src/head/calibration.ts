/**
 * The temperature `s` that turns scores into probabilities `softmax(s o)`. Owns the loss it is chosen by, and the rule
 * that stands in where there are too few rows to choose.
 */
import { type Discriminant, prototypeNorms } from "./discriminant.ts";
import type { RealArray } from "./kernels/kernels.ts";
import { DEFAULT_PROTOTYPE_MARGIN, MIN_LEAVE_ONE_OUT_ROWS } from "./policy.ts";
import { entropyOf, softmaxInPlace, softmaxMoments } from "./softmax.ts";

/** Scores of n rows over K classes, with the class of each row. */
export interface ScoredRows {
  readonly scores: RealArray;
  readonly labels: Int32Array;
  readonly classCount: number;
}

/** A temperature and the loss it reaches. */
interface TemperatureChoice {
  readonly temperature: number;
  readonly loss: number;
}

/** The search spans five decades around the inverse spread of the scores. */
const SEARCH_FROM = 1e-2;
const SEARCH_TO = 1e3;
/** Newton takes 5 to 8 steps; halving the decades alone would take 24 to the same tolerance. */
const MAX_STEPS = 40;
const RELATIVE_TOLERANCE = 1e-5;

/** The class-weighted loss at one temperature, and its first two derivatives in s. */
interface LossAt {
  readonly loss: number;
  readonly slope: number;
  readonly curvature: number;
}

/**
 * Minimises over s > 0 the loss by which rho and temperature are chosen. Needs at least one row.
 *
 *   loss(s) = sum_i w_i [ logsumexp_k(s o_ik) - s ((1 - e) o_ic + e mean_k o_ik) ] / sum_i w_i,   w_i = 1 / n_c
 *
 * Every class with rows weighs the same. `e = 1 / (n + 2)` is Platt's prior: n rows that are all told apart do not prove
 * certainty. The loss is convex in s: Newton's steps, and halving in log s where one leaves the interval known to hold the
 * minimum.
 */
export function fitTemperature(rows: ScoredRows): TemperatureChoice {
  const lossAt = weighRows(rows);
  const centre = 1 / meanSpread(rows);
  let [low, high] = [centre * SEARCH_FROM, centre * SEARCH_TO];
  let temperature = centre;
  for (let step = 1; ; step++) {
    const { loss, slope, curvature } = lossAt(temperature);
    if (slope > 0) high = temperature;
    else low = temperature;
    const newton = temperature - slope / curvature;
    const next = newton > low && newton < high ? newton : Math.sqrt(low * high);
    const isSettled = Math.abs(next - temperature) <= RELATIVE_TOLERANCE * temperature;
    if (isSettled || step === MAX_STEPS) return { temperature, loss };
    temperature = next;
  }
}

/** The loss as a function of s, what does not depend on s computed once. */
function weighRows({ scores, labels, classCount: K }: ScoredRows): (temperature: number) => LossAt {
  const rowsPerClass = new Float64Array(K);
  for (const label of labels) rowsPerClass[label] += 1;
  const total = rowsPerClass.reduce((classes, rows) => classes + (rows > 0 ? 1 : 0), 0);
  const weights = Float64Array.from(labels, (label) => 1 / (rowsPerClass[label] * total));
  const smoothing = 1 / (labels.length + 2);
  const expected = Float64Array.from(
    labels,
    (label, i) => (1 - smoothing) * scores[i * K + label] + smoothing * meanOf(scores, i * K, K),
  );
  return function lossAt(temperature) {
    let [loss, slope, curvature] = [0, 0, 0];
    for (let i = 0; i < labels.length; i++) {
      const { logSum, mean, variance } = softmaxMoments(scores, i * K, K, temperature);
      loss += weights[i] * (logSum - temperature * expected[i]);
      slope += weights[i] * (mean - expected[i]);
      curvature += weights[i] * variance;
    }
    return { loss, slope, curvature };
  };
}

/**
 * `s = 12 / mean_k (top - median of the scores of prototype k)`, `z_kj = C_kj - q_j / 2`: a photo that equals its
 * prototype is believed, one halfway is not.
 */
export function defaultTemperature(discriminant: Discriminant): number {
  const { prototypeProducts } = discriminant;
  const q = prototypeNorms(discriminant);
  const K = q.length;
  let margin = 0;
  for (let k = 0; k < K; k++) {
    const scores = q.map((norm, j) => prototypeProducts[k * K + j] - norm / 2).sort();
    const median = (scores[Math.floor((K - 1) / 2)] + scores[Math.ceil((K - 1) / 2)]) / 2;
    margin += (scores[K - 1] - median) / K;
  }
  return margin > 0 ? DEFAULT_PROTOTYPE_MARGIN / margin : 1;
}

/**
 * By how much a head may be surer than it was of the rows that were left out. A margin stands on two means, and its noise is
 * theirs: `1/n` each, but for a row left out the own one had `1/(n - 1)`:
 *
 *   r = (mean_k 1/(n_k - 1) + mean_j 1/n_j) / (mean_k 1/n_k + mean_j 1/n_j)      k: classes that keep an example, j: all
 *
 * 1.5 at two examples each, 1.13 at five, 1.03 at twenty.
 */
export function surerThanLeftOut(counts: Float64Array): number {
  const kept = counts.filter((n) => n >= 2);
  if (kept.length === 0) return 1;
  const [own, left] = [meanInverse(kept, 0), meanInverse(kept, 1)];
  const rival = meanInverse(counts, 0);
  return (left + rival) / (own + rival);
}

/** `mean_k 1 / (n_k - less)`. */
function meanInverse(counts: Float64Array, less: number): number {
  return counts.reduce((sum, n) => sum + 1 / (n - less), 0) / counts.length;
}

/** Mean over the rows of (largest score - mean score); 1 where all scores are equal. */
function meanSpread({ scores, labels, classCount: K }: ScoredRows): number {
  let spread = 0;
  for (let i = 0; i < labels.length; i++) {
    let top = Number.NEGATIVE_INFINITY;
    let sum = 0;
    for (let k = i * K; k < (i + 1) * K; k++) {
      top = Math.max(top, scores[k]);
      sum += scores[k];
    }
    spread += (top - sum / K) / labels.length;
  }
  return spread > 0 ? spread : 1;
}

function meanOf(values: RealArray, start: number, length: number): number {
  let sum = 0;
  for (let k = start; k < start + length; k++) sum += values[k];
  return sum / length;
}

/*
 * Leave-one-out scores as the probabilities that would have been served, and the entropy threshold read from them.
 */

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
