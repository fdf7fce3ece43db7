/**
 * Running sufficient statistics of labelled embeddings: all that the head remembers of the photos it was taught. Owns
 * the updates (add, remove, relabel, merge) and the self-check. They are changed in place: one job run loads, updates
 * and stores them. Does not know how a head is computed from them.
 */
import { gramNotFinite, negativeCount, sumNotFinite, traceMismatch } from "../shared/english/sums.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Told } from "../shared/sentence.ts";
import { type Embedding, squaredNorm } from "./embedding.ts";
import { type Kernels, packedLength } from "./kernels/kernels.ts";
import { createPlainKernels } from "./kernels/plain-kernels.ts";
import { UPDATE_BATCH_ROWS } from "./policy.ts";

/** `n_k` and `S_k = sum of x over the examples of class k` (D numbers). */
export interface ClassSum {
  count: number;
  readonly sum: Float64Array;
}

/** Statistics of N examples of dimension D. */
export interface Statistics {
  readonly dimension: number;
  /** `G = sum of x x^T`: packed lower triangle, `G[i][j]`, j <= i, at `i(i+1)/2 + j`. */
  readonly gram: Float32Array;
  readonly classes: Map<string, ClassSum>;
  /** `sum of |x|^2` over all examples, kept beside `G` to check `trace(G)` against. */
  squaredNorms: number;
}

/** An embedding, and the class whose sums hold it. */
export interface LabelledEmbedding {
  readonly classId: string;
  readonly embedding: Embedding;
}

/** An embedding whose label changes. */
interface Relabelling {
  readonly from: string;
  readonly to: string;
  readonly embedding: Embedding;
}

/** What is inconsistent; each calls for a rebuild from the examples. */
interface StatisticsError {
  readonly code: "not_finite" | "negative_count" | "trace_mismatch";
  readonly told: Told;
}

/** Statistics of no examples: `gram` is D(D+1)/2 zeros. */
export function createStatistics(dimension: number): Statistics {
  return { dimension, gram: new Float32Array(packedLength(dimension)), classes: new Map(), squaredNorms: 0 };
}

/** `G += x x^T; S_k += x; n_k += 1` for each row; unknown classes are made. Cost `m D^2` for m rows. */
export function addExamples(stats: Statistics, rows: readonly LabelledEmbedding[], kernels?: Kernels): void {
  accumulate(stats, rows, 1, kernels ?? createPlainKernels());
}

/**
 * The same for rows that count as `weight` examples each, > 0: `G += w x x^T; S_k += w x; n_k += w`. Nothing here needs them to have
 * unit length.
 */
export function addWeighted(
  stats: Statistics,
  rows: readonly LabelledEmbedding[],
  weight: number,
  kernels?: Kernels,
): void {
  accumulate(stats, rows, weight, kernels ?? createPlainKernels());
}

/** A copy that shares nothing with it. */
export function copyStatistics(stats: Statistics): Statistics {
  const classes = [...stats.classes].map(
    ([classId, { count, sum }]) => [classId, { count, sum: sum.slice() }] as const,
  );
  return { ...stats, gram: stats.gram.slice(), classes: new Map(classes) };
}

/**
 * The negative of `addExamples`. Removing what was never added leaves a negative count or trace, which
 * `checkInvariants` reports. Statistics of no examples are exactly zero, whatever rounding came before.
 */
export function removeExamples(stats: Statistics, rows: readonly LabelledEmbedding[], kernels?: Kernels): void {
  accumulate(stats, rows, -1, kernels ?? createPlainKernels());
}

/** `S_a -= x; S_b += x; n_a -= 1; n_b += 1`; `G` does not depend on labels. */
export function relabelExamples(stats: Statistics, rows: readonly Relabelling[]): void {
  requireDimension(stats, rows);
  for (const { from, to, embedding } of rows) {
    addToClass(classSumOf(stats, from), embedding, -1);
    addToClass(classSumOf(stats, to), embedding, 1);
  }
}

/** N, the examples of all classes. */
export function countExamples(stats: Statistics): number {
  let total = 0;
  for (const { count } of stats.classes.values()) total += count;
  return total;
}

/**
 * Checks that counts are non-negative, everything is finite, and `trace(G)` equals the sum of squared norms to a quarter of
 * one unit example plus float32 drift: a lost or doubled example shows up to N = 75,000.
 */
export function checkInvariants(stats: Statistics): Result<void, StatisticsError> {
  let trace = 0;
  for (let i = 0; i < stats.dimension; i++) trace += stats.gram[packedLength(i) + i];
  for (const [classId, { count, sum }] of stats.classes) {
    if (!(count >= 0)) return inconsistent("negative_count", negativeCount({ id: classId, count }));
    if (!sum.every(Number.isFinite)) return inconsistent("not_finite", sumNotFinite({ id: classId }));
  }
  if (!stats.gram.every(Number.isFinite)) return inconsistent("not_finite", gramNotFinite());
  if (!(Math.abs(trace - stats.squaredNorms) <= 0.25 + 1e-5 * stats.squaredNorms)) {
    return inconsistent("trace_mismatch", traceMismatch({ trace, norms: stats.squaredNorms }));
  }
  return ok(undefined);
}

function inconsistent(code: StatisticsError["code"], told: Told): Result<void, StatisticsError> {
  return err({ code, told });
}

function accumulate(stats: Statistics, rows: readonly LabelledEmbedding[], weight: number, kernels: Kernels): void {
  if (rows.length === 0) return;
  requireDimension(stats, rows);
  const { dimension: D, gram } = stats;
  const batchRows = Math.min(UPDATE_BATCH_ROWS, rows.length);
  const root = Math.sqrt(Math.abs(weight));
  const arena = kernels.openArena(gram.length + batchRows * D);
  const sum = arena.take(gram.length);
  const batch = arena.take(batchRows * D);
  sum.set(gram);
  for (let first = 0; first < rows.length; first += batchRows) {
    const count = Math.min(batchRows, rows.length - first);
    for (let i = 0; i < count; i++) {
      const { values, scale } = rows[first + i].embedding;
      for (let d = 0; d < D; d++) batch[i * D + d] = root * values[d] * scale;
    }
    kernels.addOuterProducts(sum, batch, count, D, weight > 0 ? 1 : -1);
  }
  gram.set(sum);
  for (const { classId, embedding } of rows) {
    addToClass(classSumOf(stats, classId), embedding, weight);
    stats.squaredNorms += weight * squaredNorm(embedding);
  }
  if (isEmpty(stats)) clear(stats);
}

function addToClass(target: ClassSum, { values, scale }: Embedding, weight: number): void {
  target.count += weight;
  const step = weight * scale;
  for (let d = 0; d < values.length; d++) target.sum[d] += values[d] * step;
  if (target.count === 0) target.sum.fill(0);
}

function classSumOf(stats: Statistics, classId: string): ClassSum {
  const known = stats.classes.get(classId);
  if (known !== undefined) return known;
  const made = { count: 0, sum: new Float64Array(stats.dimension) };
  stats.classes.set(classId, made);
  return made;
}

function isEmpty(stats: Statistics): boolean {
  for (const { count } of stats.classes.values()) if (count !== 0) return false;
  return true;
}

function clear(stats: Statistics): void {
  stats.gram.fill(0);
  stats.squaredNorms = 0;
}

/** Checks before it changes anything: a mixed-up backbone must not spoil half of the statistics. */
function requireDimension(stats: Statistics, rows: readonly { readonly embedding: Embedding }[]): void {
  for (const { embedding } of rows) {
    if (embedding.values.length !== stats.dimension) {
      throw new RangeError(`An embedding of ${embedding.values.length} numbers met statistics of ${stats.dimension}.`);
    }
  }
}
