/** Deterministic data for the tests of the head: seeded numbers, class clouds, and embeddings whose sums are exact. */
import { type Embedding, quantiseEmbedding } from "../../src/head/embedding.ts";
import type { LabelledEmbedding, Statistics } from "../../src/head/statistics.ts";
import { addExamples, createStatistics } from "../../src/head/statistics.ts";

/** Uniform numbers in [0, 1) (mulberry32). */
export function uniformNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Standard normal numbers (Box-Muller). */
export function normalNumbers(seed: number): () => number {
  const uniform = uniformNumbers(seed);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

export interface CloudOptions {
  readonly dimension: number;
  /** Examples per class; class k is called `c<k>`. */
  readonly counts: readonly number[];
  readonly seed: number;
  /** Distance of the class centres in units of the noise. */
  readonly separation?: number;
}

/** Gaussian clouds around random centres, normalised and quantised, one class after the other. */
export function drawClouds({ dimension, counts, seed, separation = 1 }: CloudOptions): LabelledEmbedding[] {
  const normal = normalNumbers(seed);
  return counts.flatMap((count, k) => {
    const centre = Float64Array.from({ length: dimension }, () => normal() * separation);
    return Array.from({ length: count }, () => {
      const raw = Float32Array.from(centre, (value) => value + normal());
      return { classId: `c${k}`, embedding: embed(raw) };
    });
  });
}

/** Two classes on either side of a plane, one of them with far outliers along it: no Gaussians of one covariance. */
export function drawSkewed(count: number, seed: number): LabelledEmbedding[] {
  const normal = normalNumbers(seed);
  const uniform = uniformNumbers(seed);
  return Array.from({ length: count }, (_, i) => {
    const side = i % 2 === 0 ? 1 : -1;
    const isFar = side > 0 && uniform() < 0.25;
    const raw = [side * (isFar ? 9 : 0.35) + 0.1 * normal(), 4, normal(), normal()];
    return { classId: side > 0 ? "c0" : "c1", embedding: embed(raw) };
  });
}

/** The embedding of a vector that is known to be fine. */
export function embed(raw: ArrayLike<number>): Embedding {
  const result = quantiseEmbedding(Float32Array.from(raw), raw.length);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** The same rows with 6-bit values and scale 2^-6: their Gram matrix is exact in float32. Not of unit length. */
export function coarsen(rows: readonly LabelledEmbedding[]): LabelledEmbedding[] {
  return rows.map(({ classId, embedding }) => ({
    classId,
    embedding: { values: embedding.values.map((value) => Math.round(value / 4)), scale: 1 / 64 },
  }));
}

export function statisticsOf(rows: readonly LabelledEmbedding[]): Statistics {
  const stats = createStatistics(rows[0].embedding.values.length);
  addExamples(stats, rows);
  return stats;
}

export function classIdsOf(rows: readonly LabelledEmbedding[]): string[] {
  return [...new Set(rows.map(({ classId }) => classId))];
}

/** Float64 vector of an embedding. */
export function vectorOf({ values, scale }: Embedding): Float64Array {
  return Float64Array.from(values, (value) => value * scale);
}
