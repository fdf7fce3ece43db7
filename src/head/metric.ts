/**
 * The metric in which a head compares photos, apart from a fit: `A = Sw + rho tr(Sw)/D I = L L^T`, with
 *
 *   Sw = G - sum_k n_k mu_k mu_k^T      over all classes, taken off G in parts, as they are read
 *
 * At 1,000 classes of 1,280 numbers the sums alone would be 10 MB: here G's own memory (3.3 MB) becomes Sw and then L, and
 * beside it there are one part of the sums and, while it is factorised, D^2 numbers of the kernels.
 */
import { NEGLIGIBLE_SCATTER } from "./discriminant.ts";
import { type Kernels, packedLength } from "./kernels/kernels.ts";
import type { ClassSum } from "./statistics.ts";

/** Scatter on its way from G to Sw. */
export interface Scatter {
  readonly dimension: number;
  /** Packed lower triangle. */
  readonly matrix: Float32Array;
  /** `sum_k S_k` of the classes taken off so far, D numbers. */
  readonly sum: Float64Array;
  /** Their examples. */
  total: number;
}

/** `D` is `dimension`; L is packed as a lower triangle, row by row. */
export interface Metric {
  readonly dimension: number;
  /** N, examples of all classes. */
  readonly total: number;
  /** `m`, D numbers. */
  readonly mean: Float64Array;
  /** Packed L; null where `A = I`: every class is one photo, or copies of one. */
  readonly factor: Float32Array | null;
}

/** Begins with `G` (packed lower triangle), whose memory it takes over. */
export function openScatter(dimension: number, gram: Float32Array): Scatter {
  return { dimension, matrix: gram, sum: new Float64Array(dimension), total: 0 };
}

/** Takes `n_k mu_k mu_k^T` of these classes off. Cost `classes D^2 / 2`; no pause, so the kernels are free again afterwards. */
export function takeOffMeans(scatter: Scatter, classes: readonly ClassSum[], kernels: Kernels): void {
  const { dimension: D, matrix } = scatter;
  const known = classes.filter(({ count }) => count > 0);
  const arena = kernels.openArena(matrix.length + known.length * D);
  const sum = arena.take(matrix.length);
  const rows = arena.take(known.length * D);
  sum.set(matrix);
  known.forEach((one, k) => {
    const root = Math.sqrt(one.count);
    for (let d = 0; d < D; d++) {
      rows[k * D + d] = one.sum[d] / root;
      scatter.sum[d] += one.sum[d];
    }
    scatter.total += one.count;
  });
  kernels.addOuterProducts(sum, rows, known.length, D, -1);
  matrix.set(sum);
}

/** The metric for this shrinkage, in the memory of the scatter; null when A is not positive definite. Cost `D^3 / 3`. */
export function factoriseScatter(scatter: Scatter, rho: number, kernels: Kernels): Metric | null {
  const { dimension: D, matrix, total } = scatter;
  const mean = scatter.sum.map((value) => value / total);
  let trace = 0;
  for (let i = 0; i < D; i++) trace += matrix[packedLength(i) + i];
  if (trace <= NEGLIGIBLE_SCATTER * total) return { dimension: D, total, mean, factor: null };
  const factor = kernels.openArena(D * D).take(D * D);
  for (let i = 0; i < D; i++) {
    const start = packedLength(i);
    factor.set(matrix.subarray(start, start + i + 1), i * D);
    factor[i * D + i] += (rho * trace) / D;
  }
  if (!kernels.factorise(factor, D)) return null;
  for (let i = 0; i < D; i++) matrix.set(factor.subarray(i * D, i * D + i + 1), packedLength(i));
  return { dimension: D, total, mean, factor: matrix };
}

/** Replaces `b` by `A^-1 b`. Cost `D^2`. */
export function solveInMetric({ dimension: D, factor: L }: Metric, b: Float64Array): void {
  if (L === null) return;
  for (let i = 0; i < D; i++) {
    const start = packedLength(i);
    let value = b[i];
    for (let j = 0; j < i; j++) value -= L[start + j] * b[j];
    b[i] = value / L[start + i];
  }
  for (let i = D - 1; i >= 0; i--) {
    const start = packedLength(i);
    b[i] /= L[start + i];
    for (let j = 0; j < i; j++) b[j] -= L[start + j] * b[i];
  }
}
