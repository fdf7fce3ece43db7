/**
 * Classes described in words: what a description is worth before anybody has labelled an example. People describe in other words than
 * they write, so descriptions are moved to where the texts lie; then each counts as a few examples. Pure.
 */
import { dequantiseInto, type Embedding, MAX_QUANTUM } from "./embedding.ts";
import { countExamples, type LabelledEmbedding, type Statistics } from "./statistics.ts";

/** What the sentences of one description come to: their mean, of any length. Needs at least one. */
export function joinSentences(sentences: readonly Embedding[]): Embedding {
  return quantiseVector(meanEmbedding(sentences));
}

/**
 * One row a class, in the order of their first sentences, of any length:
 *
 *   d'_k = d_k - mean_k d_k + m     d_k: mean over the sentences of class k, m: `target`, D numbers, where the texts lie
 *
 * Where nobody knows that, they stay where they are. So does a single one: moved, it would be the mean of all texts, and nothing of its own.
 */
export function placeDescriptions(
  sentences: readonly LabelledEmbedding[],
  target: Float64Array | null,
): LabelledEmbedding[] {
  const byClass = Map.groupBy(sentences, ({ classId }) => classId);
  const means = [...byClass].map(([classId, own]) => ({
    classId,
    mean: meanEmbedding(own.map(({ embedding }) => embedding)),
  }));
  const centre = meanOf(means.map(({ mean }) => mean));
  const goal = means.length < 2 ? centre : (target ?? centre);
  return means.map(({ classId, mean }) => ({
    classId,
    embedding: quantiseVector(mean.map((value, d) => value - centre[d] + goal[d])),
  }));
}

/** The mean of all examples, D numbers; null where there are none. */
export function meanOfExamples(stats: Statistics): Float64Array | null {
  const total = countExamples(stats);
  if (total === 0) return null;
  const sum = new Float64Array(stats.dimension);
  for (const { sum: own } of stats.classes.values()) for (let d = 0; d < sum.length; d++) sum[d] += own[d];
  return sum.map((value) => value / total);
}

/** Moves embeddings by `to - from`, D numbers each: what leads from one place to another. The results have any length. */
export function moveEmbeddings(embeddings: readonly Embedding[], from: Float64Array, to: Float64Array): Embedding[] {
  return embeddings.map((embedding) => {
    const vector = new Float64Array(from.length);
    dequantiseInto(embedding, vector);
    return quantiseVector(vector.map((value, d) => value - from[d] + to[d]));
  });
}

/** D numbers; needs at least one embedding. */
export function meanEmbedding(embeddings: readonly Embedding[]): Float64Array {
  const sum = new Float64Array(embeddings[0].values.length);
  for (const { values, scale } of embeddings) for (let d = 0; d < sum.length; d++) sum[d] += values[d] * scale;
  return sum.map((value) => value / embeddings.length);
}

/** Rounds to int8 like a stored embedding, but keeps the length: here it matters where the mean lies. */
export function quantiseVector(vector: Float64Array): Embedding {
  const peak = vector.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const step = peak === 0 ? 1 : peak / MAX_QUANTUM;
  return { values: Int8Array.from(vector, (value) => Math.round(value / step)), scale: Math.fround(step) };
}

function meanOf(vectors: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(vectors[0].length);
  for (const vector of vectors) for (let d = 0; d < sum.length; d++) sum[d] += vector[d] / vectors.length;
  return sum;
}
