/**
 * The directions in which a symmetric matrix is largest, by orthogonal iteration: multiply, orthonormalise, again. Directions
 * whose shares hardly differ may come out mixed, which changes nothing where only the shares count.
 */
import { type Kernels, packedLength, type RealArray } from "./kernels/kernels.ts";

/** More change no figure on any set measured (decision 49): directions decay fast, and what is left over counts as one mean. */
const ITERATIONS = 4;
/** Two passes of Gram-Schmidt are orthogonal to rounding. */
const PASSES = 2;
/** A vector this short, once it is orthogonal to the others, is rounding. */
const NEGLIGIBLE_NORM = 1e-6;

/** Memory of the caller, all from one arena. */
interface DirectionRoom {
  /** D x D. */
  readonly square: RealArray;
  /** 2 r x D. */
  readonly vectors: RealArray;
}

/** `v_j` (r x D, a view that the arena's next user overwrites) and `v_j^T S v_j`. */
interface Directions {
  readonly vectors: RealArray;
  readonly shares: Float64Array;
}

/**
 * The r largest directions of S, given as a packed lower triangle. Same input, same numbers. Cost `iterations r D^2`.
 *
 * @param iterations more of them where each direction matters and not their shares alone
 */
export function findDirections(
  kernels: Kernels,
  packed: RealArray,
  dimension: number,
  r: number,
  { square, vectors }: DirectionRoom,
  iterations: number = ITERATIONS,
): Directions {
  const D = dimension;
  unpack(packed, square, D);
  const basis = vectors.subarray(0, r * D);
  const images = vectors.subarray(r * D, 2 * r * D);
  scatterStart(basis);
  orthonormalise(basis, r, D);
  for (let step = 0; step < iterations; step++) {
    kernels.multiplyTransposed({ m: r, n: D, depth: D }, basis, square, images);
    basis.set(images);
    orthonormalise(basis, r, D);
  }
  kernels.multiplyTransposed({ m: r, n: D, depth: D }, basis, square, images);
  return { vectors: basis, shares: Float64Array.from({ length: r }, (_, j) => dot(basis, images, j * D, j * D, D)) };
}

function unpack(packed: RealArray, square: RealArray, D: number): void {
  for (let i = 0; i < D; i++) {
    for (let j = 0, at = packedLength(i); j <= i; j++, at++) {
      square[i * D + j] = packed[at];
      square[j * D + i] = packed[at];
    }
  }
}

/** Any start that no direction is orthogonal to: a fixed xorshift. */
function scatterStart(basis: RealArray): void {
  let state = 20;
  for (let at = 0; at < basis.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    basis[at] = (state >>> 0) / 2 ** 32 - 0.5;
  }
}

/** Rows to unit length, orthogonal to those before; a row that depends on them becomes zero. */
function orthonormalise(rows: RealArray, r: number, D: number): void {
  for (let j = 0; j < r; j++) {
    const length = Math.sqrt(dot(rows, rows, j * D, j * D, D));
    for (let pass = 0; pass < PASSES; pass++) {
      for (let i = 0; i < j; i++) {
        const overlap = dot(rows, rows, i * D, j * D, D);
        for (let d = 0; d < D; d++) rows[j * D + d] -= overlap * rows[i * D + d];
      }
    }
    const rest = Math.sqrt(dot(rows, rows, j * D, j * D, D));
    const factor = rest > NEGLIGIBLE_NORM * length ? 1 / rest : 0;
    for (let d = 0; d < D; d++) rows[j * D + d] *= factor;
  }
}

function dot(a: RealArray, b: RealArray, atA: number, atB: number, length: number): number {
  let sum = 0;
  for (let d = 0; d < length; d++) sum += a[atA + d] * b[atB + d];
  return sum;
}
