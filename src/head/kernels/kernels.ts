/**
 * The dense linear algebra that the head needs, as an interface with two implementations: plain TypeScript in float64
 * (`plain-kernels.ts`) and SIMD WebAssembly in float32 (`wasm-kernels.ts`). All matrices are row-major.
 */

/** Numbers in the precision of the kernels that made the array. */
export type RealArray = Float32Array | Float64Array;

/** Hands out arrays from one block of memory. */
export interface Arena {
  /** `length` zeros. Throws a RangeError when the arena was opened too small: a bug of the caller. */
  take(length: number): RealArray;
}

/** Arrays passed to the methods must come from the arena opened last. */
export interface Kernels {
  /**
   * Opens an arena of at least `elements` numbers. Arrays of the previous arena are void: their memory is reused, so
   * that an isolate which refits for days holds one block.
   */
  openArena(elements: number): Arena;

  /** `G += sign * X^T X` with `G` the packed lower triangle (D(D+1)/2) and `X` rowCount x D. */
  addOuterProducts(gram: RealArray, rows: RealArray, rowCount: number, dimension: number, sign: 1 | -1): void;

  /**
   * Cholesky factorisation in place: the lower triangle of `a` (n x n) becomes `L` with `A = L L^T`; what lies above
   * the diagonal is neither read nor kept. Returns false when A is not positive definite to working precision.
   */
  factorise(a: RealArray, n: number): boolean;

  /** Replaces each row `b` (rowCount x n) by `L^-1 b`. */
  solveForward(lower: RealArray, n: number, rows: RealArray, rowCount: number): void;

  /** Replaces each row `b` (rowCount x n) by `L^-T b`. */
  solveBackward(lower: RealArray, n: number, rows: RealArray, rowCount: number): void;

  /** `out = A B^T`: `a` is m x depth, `b` is n x depth, `out` is m x n. */
  multiplyTransposed(shape: ProductShape, a: RealArray, b: RealArray, out: RealArray): void;
}

/** Sizes of `out[m x n] = A[m x depth] B[n x depth]^T`. */
export interface ProductShape {
  readonly m: number;
  readonly n: number;
  readonly depth: number;
}

/** Elements of a packed lower triangle of a D x D matrix; entry (i, j <= i) lies at `i(i+1)/2 + j`. */
export function packedLength(dimension: number): number {
  return (dimension * (dimension + 1)) / 2;
}
