/**
 * Serving: from a head and an embedding to ranked scores, and whether to believe them. Runs in every request, so it multiplies int8 by int8 and
 * allocates K numbers. Knows nothing of how the head was fitted.
 */
import { type Embedding, integerProduct } from "./embedding.ts";
import { entropyOf, softmaxInPlace } from "./softmax.ts";
import { noneShare, type Strangeness, strangenessOf } from "./strangeness.ts";

/** `z_k = scales_k (weights_k . x) + biases_k` for K classes in D dimensions. */
export interface Head {
  readonly dimension: number;
  /** K ids, in the order of the rows below. */
  readonly classIds: readonly string[];
  /** K x D, row-major. */
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly biases: Float32Array;
  /** Entropy in nats above which a photo is called undecided; unknown by a head that cannot measure how strange it is. */
  readonly entropyThreshold: number;
  /** Absent in heads from before distances: these answer as they did. */
  readonly strangeness?: Strangeness;
}

/** A class and its probability. */
export interface ClassScore {
  readonly classId: string;
  readonly score: number;
}

/** The answer to one photo. */
export interface Prediction {
  /** Best first; with `none` they sum to 1. Masked classes are absent. */
  readonly scores: readonly ClassScore[];
  /** The probability that it is none of them; 0 from a head that cannot tell. */
  readonly none: number;
  /** The entropy of the scores among themselves, in nats. */
  readonly entropy: number;
  /** Share of the menu's own photos that look stranger than this one, 0 to 1; null from a head that cannot tell. */
  readonly strangeness: number | null;
  /** Unlike anything taught; or the best class stays below its own threshold, or none is left to answer with. */
  readonly isUnknown: boolean;
  /** The scores are too even to prefer one class. */
  readonly isUndecided: boolean;
}

/**
 * `p = (1 - none) softmax(z)` over the classes that are not masked; equal scores keep the order of the head. Unknown is a
 * strangeness of at most the head's alpha, where `none` is 1/2 or more, or `p_best < thresholds(best)`, where the best class
 * has a threshold. Undecided is `H(softmax(z)) > entropyThreshold`. Throws a RangeError for an embedding of another dimension:
 * the caller mixed two backbones.
 */
export function predict(
  head: Head,
  embedding: Embedding,
  isMasked?: (classId: string) => boolean,
  thresholds?: ReadonlyMap<string, number>,
): Prediction {
  if (embedding.values.length !== head.dimension) {
    throw new RangeError(`An embedding of ${embedding.values.length} numbers met a head of ${head.dimension}.`);
  }
  const served = head.classIds.map((classId, k) => ({ classId, k })).filter(({ classId }) => !isMasked?.(classId));
  const logits = Float64Array.from(served, ({ k }) => logit(head, k, embedding));
  const { strangeness, none, isStrange } = judgeStrangeness(head, embedding, logits);
  const probabilities = softmaxInPlace(logits);
  const entropy = entropyOf(probabilities);
  const scores = served.map(({ classId }, i) => ({ classId, score: (1 - none) * probabilities[i] }));
  scores.sort((a, b) => b.score - a.score);
  const isUndecided = entropy > head.entropyThreshold;
  const isUnknown = (isStrange ?? isUndecided) || !reachesThreshold(scores, thresholds);
  return { scores, none, entropy, strangeness, isUnknown, isUndecided };
}

/** The largest `z_k` of all classes. */
export function nearestLogit(head: Head, embedding: Embedding): number {
  return head.classIds.reduce((best, _, k) => Math.max(best, logit(head, k, embedding)), Number.NEGATIVE_INFINITY);
}

/** The id of the largest `z_k`, the first of several; no mask, no threshold, nothing about strangers. The head has a class. */
export function bestClass(head: Head, embedding: Embedding): string {
  let [best, nearest] = [0, Number.NEGATIVE_INFINITY];
  head.classIds.forEach((_, k) => {
    const z = logit(head, k, embedding);
    if (z > nearest) [best, nearest] = [k, z];
  });
  return head.classIds[best];
}

interface StrangenessJudgement {
  readonly strangeness: number | null;
  readonly none: number;
  /** Undefined from a head that cannot tell. */
  readonly isStrange: boolean | undefined;
}

function judgeStrangeness(head: Head, embedding: Embedding, logits: Float64Array): StrangenessJudgement {
  if (head.strangeness === undefined) return { strangeness: null, none: 0, isStrange: undefined };
  const nearest = logits.reduce((best, z) => Math.max(best, z), Number.NEGATIVE_INFINITY);
  const strangeness = strangenessOf(head.strangeness, embedding, nearest);
  const { alpha } = head.strangeness;
  return { strangeness, none: noneShare(strangeness, alpha), isStrange: strangeness <= alpha };
}

/** Whether there is a best class, and it reaches its threshold where it has one. */
function reachesThreshold([best]: readonly ClassScore[], thresholds?: ReadonlyMap<string, number>): boolean {
  return best !== undefined && best.score >= (thresholds?.get(best.classId) ?? 0);
}

/** `z_k`. */
function logit(head: Head, k: number, { values, scale }: Embedding): number {
  return integerProduct(head.weights, k, values) * scale * head.scales[k] + head.biases[k];
}
