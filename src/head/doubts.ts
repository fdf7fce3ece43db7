/**
 * Which labels are perhaps mistakes: a rule that marks a given share of the right labels, set by what the head says of its own photos,
 * each left out. Pure. A label's score is what the answer gives its item, `(1 - none) p(label)`.
 *
 *   doubted   where  score <= below  and the answer is another: a better item, or none of them (none >= 1/2)
 *   below = the largest c with  mean_i sum_{k: p_ik <= c} p_ik <= share
 *
 * If the scores are calibrated, item k is right with probability p_ik, so the mean is the share of right labels at or below c. The
 * labels themselves do not enter: mistakes among them hardly move the rule.
 */
import { MIN_FOUND_MISTAKES, MIN_LEAVE_ONE_OUT_ROWS } from "./policy.ts";
import type { Prediction } from "./predict.ts";

/** What an answer says of a label. */
interface LabelScores {
  /** Score of the label's item, and of the best item; with `none` the scores of all items are 1. */
  readonly given: number;
  readonly best: number;
  /** Probability that it is none of the items. */
  readonly none: number;
}

/** n rows that were left out, judged over K classes. */
export interface DoubtRows {
  readonly classIds: readonly string[];
  readonly labels: Int32Array;
  /** n x K. */
  readonly probabilities: Float32Array | Float64Array;
}

/** From here on the answer is "none of the items". */
const NONE_WINS = 0.5;
/** Halvings of [0, 1]: finer than float32 scores. */
const HALVINGS = 30;
/** Tukey's fence: of a bell curve, .4 % lie beyond it on one side. */
const FENCE = 1.5;

/** Whether it is perhaps a mistake. Where `below` is null, only a photo that is none of the items speaks against its label. */
export function isDoubted({ given, best, none }: LabelScores, below: number | null): boolean {
  const isStrange = none >= NONE_WINS;
  return below === null ? isStrange : given <= below && (isStrange || given < best);
}

/** The same for a label and an answer. Knows nothing of labels that the head has not learnt, or from heads older than distances. */
export function isLabelDoubted(
  { scores, none, strangeness }: Prediction,
  label: string,
  below: number | null,
): boolean {
  const given = scores.find(({ classId }) => classId === label)?.score;
  return strangeness !== null && given !== undefined && isDoubted({ given, best: scores[0].score, none }, below);
}

/**
 * `below`, or null where it would find less than half of the mistakes (labels drawn among the other items), and where there are too
 * few rows to say.
 *
 * @param share of the right labels that may be marked
 */
export function doubtThreshold(rows: DoubtRows, share: number): number | null {
  if (rows.labels.length < MIN_LEAVE_ONE_OUT_ROWS) return null;
  let [low, high] = [0, 1];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (shareOfRightLabels(rows, middle) <= share) low = middle;
    else high = middle;
  }
  return shareOfMistakes(rows, low) >= MIN_FOUND_MISTAKES ? low : null;
}

/** Which rows lie far beyond the others: above the third quartile by 1.5 times what lies between the quartiles. None of few. */
export function findOutliers(distances: Float64Array): boolean[] {
  const sorted = distances.toSorted();
  const last = sorted.length - 1;
  const [lower, upper] = [sorted[Math.floor(last / 4)], sorted[Math.floor((3 * last) / 4)]];
  const isEnough = sorted.length >= MIN_LEAVE_ONE_OUT_ROWS;
  return Array.from(distances, (distance) => isEnough && distance > upper + FENCE * (upper - lower));
}

/** `mean_i sum_{k: p_ik <= c} p_ik`. */
function shareOfRightLabels({ labels, probabilities }: DoubtRows, c: number): number {
  let sum = 0;
  // By index, since `for of` over a typed array takes several times as long: a fit looks at its n x K numbers sixty times.
  for (let i = 0; i < probabilities.length; i++) if (probabilities[i] <= c) sum += probabilities[i];
  return sum / labels.length;
}

/** Share of the pairs of a row and an item that is not its label which the rule would mark. */
function shareOfMistakes({ labels, classIds, probabilities }: DoubtRows, below: number): number {
  const K = classIds.length;
  let marked = 0;
  labels.forEach((label, i) => {
    const scores = Float64Array.from(probabilities.subarray(i * K, (i + 1) * K));
    const best = scores.reduce((most, score) => Math.max(most, score), 0);
    scores.forEach((given, k) => {
      if (k !== label && isDoubted({ given, best, none: 0 }, below)) marked += 1;
    });
  });
  return marked / (labels.length * (K - 1));
}
