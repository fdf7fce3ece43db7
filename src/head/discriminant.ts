/**
 * The linear discriminant for one shrinkage rho, in the memory of one fit:
 *
 *   Sw = G - sum_k n_k mu_k mu_k^T            within-class scatter, D x D, over all classes
 *   A  = Sw + rho tr(Sw)/D I = L L^T
 *   E  = L^-1 (x_i - mu_c)   n x D            Y = L^-1 c_k   K x D          W = L^-T Y   K x D
 *   V  = E Y^T   n x K                        C = Y Y^T      K x K          q_k = C_kk = |Y_k|^2
 *
 * and the same of `c_0`, the mean of the strangers, which is served to nobody: Y_0, W_0, V_0, C_0.
 *
 * Rows enter as residuals, c being their own class: leave-one-out needs these, and differences of large scores would
 * cost float32 three digits where D exceeds N.
 *
 * Owns the arrays and the order of the kernels; the choice of rho and the temperature lie elsewhere.
 */
import { type FitProblem, writePrototypes, writeResiduals, writeStrangerPrototype } from "./fit-problem.ts";
import { type Kernels, packedLength, type RealArray } from "./kernels/kernels.ts";
import { MAX_DIRECTIONS, UPDATE_BATCH_ROWS } from "./policy.ts";
import type { Statistics } from "./statistics.ts";

/** `tr(Sw)` below this share of N is rounding: every class is one photo, or copies of one. */
export const NEGLIGIBLE_SCATTER = 1e-6;

/** The arrays of a fit of n rows, K classes, D dimensions. Each `solveAt` overwrites all but `scatter`. */
export interface Discriminant {
  readonly problem: FitProblem;
  readonly kernels: Kernels;
  /** Packed lower triangle of Sw. */
  readonly scatter: RealArray;
  /** `tr(Sw)`, or 0 where it is negligible: then `A = I`. */
  readonly trace: number;
  /** A, then L: D x D. */
  readonly factor: RealArray;
  /** E (n x D). */
  readonly rows: RealArray;
  /** Y (K x D), then W after `solveWeights`. */
  readonly prototypes: RealArray;
  /** V (n x K). */
  readonly products: RealArray;
  /** C (K x K). */
  readonly prototypeProducts: RealArray;
  /** Room for n x K scores. */
  readonly scores: RealArray;
  readonly stranger: StrangerPrototype;
  /** What leaving a row out adds to `Q(x) = (x - m)^T A^-1 (x - m)`, n numbers; written by `leaveOneOutInPlace`. */
  readonly shifts: Float64Array;
  /** E and Y in one block, so that their memory can serve again. */
  readonly vectors: RealArray;
}

/** The mean of the strangers beside the prototypes of the classes. */
interface StrangerPrototype {
  /** Y_0, D numbers; W_0 after `solveWeights`. */
  readonly prototype: RealArray;
  /** V_0, n numbers. */
  readonly products: RealArray;
  /** C_0, K numbers. */
  readonly prototypeProducts: RealArray;
}

/** Reserves the memory and computes Sw. Cost `N_classes D^2`. */
export function openDiscriminant(problem: FitProblem, kernels: Kernels): Discriminant {
  const D = problem.stats.dimension;
  const K = problem.classIds.length;
  const n = problem.rows.labels.length;
  const batch = Math.min(UPDATE_BATCH_ROWS, problem.stats.classes.size);
  const block = Math.max(n + K + 1, batch, 2 * Math.min(MAX_DIRECTIONS, D)) * D;
  const arena = kernels.openArena(packedLength(D) + D * D + block + (2 * n + 1) * K + K * K + n);
  const scatter = arena.take(packedLength(D));
  const factor = arena.take(D * D);
  const vectors = arena.take(block);
  const trace = writeScatter(problem.stats, kernels, scatter, vectors);
  return {
    problem,
    kernels,
    scatter,
    trace: trace > NEGLIGIBLE_SCATTER * problem.total ? trace : 0,
    factor,
    rows: vectors.subarray(0, n * D),
    prototypes: vectors.subarray(n * D, (n + K) * D),
    products: arena.take(n * K),
    prototypeProducts: arena.take(K * K),
    scores: arena.take(n * K),
    stranger: {
      prototype: vectors.subarray((n + K) * D, (n + K + 1) * D),
      products: arena.take(n),
      prototypeProducts: arena.take(K),
    },
    shifts: new Float64Array(n),
    vectors,
  };
}

/** Computes L, E, Y, V and C for this rho. False when A is not positive definite. Cost `D^3/3 + (n + K) D^2`. */
export function solveAt(discriminant: Discriminant, rho: number): boolean {
  const { problem, kernels, factor, rows, prototypes, products, prototypeProducts, stranger } = discriminant;
  const D = problem.stats.dimension;
  const K = problem.classIds.length;
  const n = problem.rows.labels.length;
  writeResiduals(problem, rows);
  writePrototypes(problem, prototypes, 0);
  writeStrangerPrototype(problem, stranger.prototype);
  if (discriminant.trace > 0) {
    writeRidged(discriminant, ridgeOf(discriminant, rho));
    if (!kernels.factorise(factor, D)) return false;
    kernels.solveForward(factor, D, rows, n);
    kernels.solveForward(factor, D, prototypes, K);
    kernels.solveForward(factor, D, stranger.prototype, 1);
  }
  kernels.multiplyTransposed({ m: n, n: K, depth: D }, rows, prototypes, products);
  kernels.multiplyTransposed({ m: K, n: K, depth: D }, prototypes, prototypes, prototypeProducts);
  kernels.multiplyTransposed({ m: n, n: 1, depth: D }, rows, stranger.prototype, stranger.products);
  kernels.multiplyTransposed({ m: K, n: 1, depth: D }, prototypes, stranger.prototype, stranger.prototypeProducts);
  return true;
}

/** The ridge, `rho tr(Sw)/D`; 1 without scatter, and then `A = I`. */
export function ridgeOf({ trace, problem }: Discriminant, rho: number): number {
  return trace > 0 ? (rho * trace) / problem.stats.dimension : 1;
}

/** Turns Y and Y_0 into `W = L^-T Y` and W_0 in place and returns W, a view that the next `solveAt` overwrites. */
export function solveWeights({ problem, kernels, trace, factor, prototypes, stranger }: Discriminant): RealArray {
  const D = problem.stats.dimension;
  if (trace > 0) {
    kernels.solveBackward(factor, D, prototypes, problem.classIds.length);
    kernels.solveBackward(factor, D, stranger.prototype, 1);
  }
  return prototypes;
}

/** `q_k = |Y_k|^2`, K numbers. */
export function prototypeNorms({ problem, prototypeProducts }: Discriminant): Float64Array {
  const K = problem.classIds.length;
  return Float64Array.from(problem.classIds, (_, k) => prototypeProducts[k * K + k]);
}

/** `q_0 = |Y_0|^2`: before `solveWeights`. */
export function strangerNorm({ stranger }: Discriminant): number {
  let norm = 0;
  for (const value of stranger.prototype) norm += value * value;
  return norm;
}

/** `G - sum_k n_k mu_k mu_k^T`, the classes as rows `S_k / sqrt(n_k)` in batches that fit `vectors`; returns the trace. */
function writeScatter(stats: Statistics, kernels: Kernels, scatter: RealArray, vectors: RealArray): number {
  const D = stats.dimension;
  const capacity = Math.min(UPDATE_BATCH_ROWS, vectors.length / D);
  scatter.set(stats.gram);
  let filled = 0;
  for (const { count, sum } of stats.classes.values()) {
    if (count < 1) continue;
    const root = Math.sqrt(count);
    for (let d = 0; d < D; d++) vectors[filled * D + d] = sum[d] / root;
    filled += 1;
    if (filled < capacity) continue;
    kernels.addOuterProducts(scatter, vectors, filled, D, -1);
    filled = 0;
  }
  if (filled > 0) kernels.addOuterProducts(scatter, vectors, filled, D, -1);
  let trace = 0;
  for (let i = 0; i < D; i++) trace += scatter[packedLength(i) + i];
  return trace;
}

function writeRidged({ problem, scatter, factor }: Discriminant, ridge: number): void {
  const D = problem.stats.dimension;
  for (let i = 0; i < D; i++) {
    const start = packedLength(i);
    factor.set(scatter.subarray(start, start + i + 1), i * D);
    factor[i * D + i] += ridge;
  }
}
