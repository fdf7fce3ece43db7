/**
 * Serving: from a head and an embedding to ranked scores. Runs in every request, so it multiplies int8 by int8 and
 * allocates K numbers. Knows nothing of how the head was fitted.
 */
import type { Embedding } from "./embedding.ts";
import { entropyOf, softmaxInPlace } from "./softmax.ts";

/** `z_k = scales_k (weights_k . x) + biases_k` for K classes in D dimensions. */
export interface Head {
  readonly dimension: number;
  /** K ids, in the order of the rows below. */
  readonly classIds: readonly string[];
  /** K x D, row-major. */
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly biases: Float32Array;
  /** Entropy in nats above which a photo is called unknown. */
  readonly entropyThreshold: number;
}

/** A class and its probability. */
export interface ClassScore {
  readonly classId: string;
  readonly score: number;
}

/** The answer to one photo. */
export interface Prediction {
  /** Best first; they sum to 1. Masked classes are absent; empty when all are masked. */
  readonly scores: readonly ClassScore[];
  /** Of the scores, in nats. */
  readonly entropy: number;
  /** True when no class fits clearly enough, the best one stays below its own threshold, or none is left to answer with. */
  readonly isUnknown: boolean;
}

/**
 * `p = softmax(z)` over the classes that are not masked; equal scores keep the order of the head. Unknown is
 * `H(p) > entropyThreshold` or `p_best < thresholds(best)`, where the best class has a threshold. Throws a RangeError
 * for an embedding of another dimension: the caller mixed two backbones.
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
  const probabilities = softmaxInPlace(Float64Array.from(served, ({ k }) => logit(head, k, embedding)));
  const entropy = entropyOf(probabilities);
  const scores = served.map(({ classId }, i) => ({ classId, score: probabilities[i] }));
  scores.sort((a, b) => b.score - a.score);
  return { scores, entropy, isUnknown: entropy > head.entropyThreshold || !isClear(scores, thresholds) };
}

/** Whether there is a best class, and it reaches its threshold where it has one. */
function isClear([best]: readonly ClassScore[], thresholds?: ReadonlyMap<string, number>): boolean {
  return best !== undefined && best.score >= (thresholds?.get(best.classId) ?? 0);
}

/** `z_k`; the integer part is exact for D up to 133,000. */
function logit(head: Head, k: number, { values, scale }: Embedding): number {
  const { weights, dimension: D } = head;
  let sum = 0;
  for (let d = 0, w = k * D; d < D; d++, w++) sum = (sum + weights[w] * values[d]) | 0;
  return sum * scale * head.scales[k] + head.biases[k];
}
