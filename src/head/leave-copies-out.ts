/**
 * What the discriminant would have said of a picture, had it seen no copy of it. Leaving out one of several photos that show the same
 * leaves the others in, and it lies near them, whatever is new to it. Exact and in closed form, as leave-one-out is (m and the ridge
 * held fixed): without the group S of g rows of class c, D_S their residuals x_j - mu_c (g x D),
 *
 *   A' = A - D_S^T M D_S,                        M = I + 1 1^T / (n - g),   M^-1 = I - 1 1^T / n
 *   A'^-1 = A^-1 + A^-1 D_S^T P D_S A^-1,        P = (M^-1 - H)^-1,         H = E_S E_S^T,   E_S = D_S L^-T
 */

import type { Calibration } from "./calibration.ts";
import type { Discriminant } from "./discriminant.ts";
import type { FitProblem } from "./fit-problem.ts";
import type { RealArray } from "./kernels/kernels.ts";
import { SMALL_SAMPLE_OFFSET } from "./policy.ts";

/** One picture without its copies. */
export interface LeftOutPicture {
  /** Its rows, the judged one first. */
  readonly members: readonly number[];
  /** `o_k` of that row, K numbers, without the small-sample term. */
  readonly scores: Float64Array;
  /** Its score for the strangers' mean. */
  readonly stranger: number;
  /** What the absence of the group adds to `Q`. */
  readonly shift: number;
}

/** Pivots are positive in exact arithmetic; float32 may round one that A barely covers below this. */
const SMALLEST_PIVOT = 1e-6;

/**
 * Judges the first member, x. With `v_k = E_S Y_k`, `u = E_S L^-1 x = H_x + v_c`, and for its own class `z`, `q` and v by the mean that
 * the group has left, `c_c - D_S^T 1 / (n - g)`:
 *
 *   o_k = z_k + u^T P v_k - (q_k + v_k^T P v_k) / 2,    shift = u^T P u
 *
 * @param members rows of one class, fewer than it has
 * @param strangerNorm `q_0`
 */
export function leavePictureOut(
  discriminant: Discriminant,
  members: readonly number[],
  strangerNorm: number,
): LeftOutPicture {
  const { problem, rows, products, prototypeProducts: C, stranger } = discriminant;
  const K = problem.counts.length;
  const c = problem.rows.labels[members[0]];
  const g = members.length;
  const left = problem.counts[c] - g;
  const H = multiplyRows(rows, members, problem.stats.dimension);
  const sums = Float64Array.from(members, (_, i) => sumOf(H.subarray(i * g, (i + 1) * g)));
  const factor = factorise(
    H.map((value, at) => (at % (g + 1) === 0 ? 1 : 0) - 1 / problem.counts[c] - value),
    g,
  );
  const whiten = (values: ArrayLike<number>) => solveForward(factor, Float64Array.from(values));
  const column = (k: number) => Float64Array.from(members, (row) => products[row * K + k]);
  const own = column(c);
  const u = whiten(own.map((value, j) => value + H[j]));
  const score = (z: number, q: number, v: Float64Array) => z + dot(u, v) - (q + dot(v, v)) / 2;
  const scores = Float64Array.from(problem.counts, (_, k) => {
    const [z, q] = [products[members[0] * K + k] + C[c * K + k], C[k * K + k]];
    if (k !== c) return score(z, q, whiten(column(k)));
    const norm = q - (2 * sumOf(own)) / left + sumOf(sums) / left ** 2;
    return score(z - (sumOf(own) + sums[0]) / left, norm, whiten(own.map((value, j) => value - sums[j] / left)));
  });
  const toStrangers = Float64Array.from(members, (row) => stranger.products[row]);
  const z0 = toStrangers[0] + stranger.prototypeProducts[c];
  return { members, scores, stranger: score(z0, strangerNorm, whiten(toStrangers)), shift: dot(u, u) };
}

/** `max_k (o_k + tau / (2 (n_k + h)) + pi log(n_k / N) / s)`, n as the group leaves it: the best logit, by the temperature. */
export function nearestOfPicture(
  { members, scores }: LeftOutPicture,
  { counts, total, rows }: FitProblem,
  { temperature, priorExponent }: Pick<Calibration, "temperature" | "priorExponent">,
  tau: number,
): number {
  const c = rows.labels[members[0]];
  return scores.reduce((best, score, k) => {
    const n = counts[k] - (k === c ? members.length : 0);
    const term = tau / (2 * (n + SMALL_SAMPLE_OFFSET)) + (priorExponent * Math.log(n / total)) / temperature;
    return Math.max(best, score + term);
  }, Number.NEGATIVE_INFINITY);
}

/** `H`, g x g. */
function multiplyRows(rows: RealArray, members: readonly number[], D: number): Float64Array {
  const g = members.length;
  const vectors = members.map((row) => rows.subarray(row * D, (row + 1) * D));
  const H = new Float64Array(g * g);
  for (let i = 0; i < g; i++) {
    for (let j = 0; j <= i; j++) {
      H[i * g + j] = dot(vectors[i], vectors[j]);
      H[j * g + i] = H[i * g + j];
    }
  }
  return H;
}

/** Cholesky of a g x g matrix in place: F, `A = F F^T`. */
function factorise(A: Float64Array, g: number): Float64Array {
  for (let i = 0; i < g; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = A[i * g + j];
      for (let k = 0; k < j; k++) sum -= A[i * g + k] * A[j * g + k];
      A[i * g + j] = i === j ? Math.sqrt(Math.max(SMALLEST_PIVOT, sum)) : sum / A[j * g + j];
    }
  }
  return A;
}

/** `F^-1 b` in place, so that `a^T P b` is a plain product of two such. */
function solveForward(F: Float64Array, b: Float64Array): Float64Array {
  const g = b.length;
  for (let i = 0; i < g; i++) {
    for (let k = 0; k < i; k++) b[i] -= F[i * g + k] * b[k];
    b[i] /= F[i * g + i];
  }
  return b;
}

function dot(a: RealArray, b: RealArray): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
