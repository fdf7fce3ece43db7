/**
 * The temperature `s` that turns scores into probabilities `softmax(s o)`. Owns the loss it is chosen by, and the rule
 * that stands in where there are too few rows to choose.
 */
import { type Discriminant, prototypeNorms } from "./discriminant.ts";
import type { RealArray } from "./kernels/kernels.ts";
import { DEFAULT_PROTOTYPE_MARGIN } from "./policy.ts";
import { logSumExp } from "./softmax.ts";

/** Scores of n rows over K classes, with the class of each row. */
export interface ScoredRows {
  readonly scores: RealArray;
  readonly labels: Int32Array;
  readonly classCount: number;
}

/** A temperature and the loss it reaches. */
export interface TemperatureChoice {
  readonly temperature: number;
  readonly loss: number;
}

/** The search spans five decades around the inverse spread of the scores; the loss is convex in s. */
const SEARCH_FROM = 1e-2;
const SEARCH_TO = 1e3;
/** Golden-section steps: five decades shrink to a relative error of 1e-5. */
const SEARCH_STEPS = 29;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * `loss(s) = sum_i w_i [ logsumexp_k(s o_ik) - s ((1 - e) o_ic + e mean_k o_ik) ] / sum_i w_i`, `w_i = 1 / n_c`: every class
 * with rows weighs the same. `e = 1 / (n + 2)` is Platt's prior: n rows that are all told apart do not prove certainty.
 */
export function classWeightedLoss({ scores, labels, classCount: K }: ScoredRows, temperature: number): number {
  const rowsPerClass = new Float64Array(K);
  for (const label of labels) rowsPerClass[label] += 1;
  const smoothing = 1 / (labels.length + 2);
  let loss = 0;
  let weights = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = 1 / rowsPerClass[labels[i]];
    const expected = (1 - smoothing) * scores[i * K + labels[i]] + smoothing * meanOf(scores, i * K, K);
    loss += weight * (logSumExp(scores, i * K, K, temperature) - temperature * expected);
    weights += weight;
  }
  return loss / weights;
}

/** Minimises the class-weighted loss over s > 0 by golden section on log s. Needs at least one row. */
export function fitTemperature(rows: ScoredRows): TemperatureChoice {
  const centre = 1 / meanSpread(rows);
  let low = Math.log(centre * SEARCH_FROM);
  let high = Math.log(centre * SEARCH_TO);
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  let lossLeft = classWeightedLoss(rows, Math.exp(left));
  let lossRight = classWeightedLoss(rows, Math.exp(right));
  for (let step = 0; step < SEARCH_STEPS; step++) {
    if (lossLeft <= lossRight) {
      [high, right, lossRight] = [right, left, lossLeft];
      left = high - GOLDEN * (high - low);
      lossLeft = classWeightedLoss(rows, Math.exp(left));
    } else {
      [low, left, lossLeft] = [left, right, lossRight];
      right = low + GOLDEN * (high - low);
      lossRight = classWeightedLoss(rows, Math.exp(right));
    }
  }
  return { temperature: Math.exp((low + high) / 2), loss: Math.min(lossLeft, lossRight) };
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
