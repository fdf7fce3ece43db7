/**
 * The kernels in plain TypeScript and float64: the reference that the SIMD module is tested against, and what serves
 * where WebAssembly cannot. Everything rests on one 4 x 4 tile of dot products, which keeps 16 sums in registers and
 * reads each operand once per four uses.
 */
import type { Arena, Kernels, ProductShape, RealArray } from "./kernels.ts";

const TILE = 4;

/** Four rows of a matrix: where each begins. Rows past the end repeat the last one; their results are not used. */
type RowQuad = Int32Array;

/** Makes the plain kernels; each holds its own memory. */
export function createPlainKernels(): Kernels {
  let block = new Float64Array(0);
  const tile = new Float64Array(TILE * TILE);
  const left: RowQuad = new Int32Array(TILE);
  const right: RowQuad = new Int32Array(TILE);

  return {
    openArena(elements) {
      if (block.length < elements) block = new Float64Array(elements);
      return arenaOver(block);
    },

    addOuterProducts(gram, rows, rowCount, dimension, sign) {
      const columns = transpose(rows, rowCount, dimension);
      for (let i = 0; i < dimension; i += TILE) {
        pointAtRows(left, i, dimension, rowCount);
        for (let j = 0; j <= i; j += TILE) {
          pointAtRows(right, j, dimension, rowCount);
          dotTile(columns, left, columns, right, rowCount, tile);
          addTileToPacked(gram, i, j, dimension, sign, tile);
        }
      }
    },

    factorise(a, n) {
      for (let i = 0; i < n; i += TILE) {
        pointAtRows(left, i, n, n);
        for (let j = 0; j < i; j += TILE) {
          pointAtRows(right, j, n, n);
          dotTile(a, left, a, right, j, tile);
          eliminateBlock(a, n, j, a, left, Math.min(TILE, n - i), tile);
        }
        dotTile(a, left, a, left, i, tile);
        if (!factoriseDiagonal(a, n, i, tile)) return false;
      }
      return true;
    },

    solveForward(lower, n, rows, rowCount) {
      for (let i = 0; i < rowCount; i += TILE) {
        pointAtRows(left, i, rowCount, n);
        for (let j = 0; j < n; j += TILE) {
          pointAtRows(right, j, n, n);
          dotTile(rows, left, lower, right, j, tile);
          eliminateBlock(lower, n, j, rows, left, Math.min(TILE, rowCount - i), tile);
        }
      }
    },

    solveBackward(lower, n, rows, rowCount) {
      for (let i = 0; i < rowCount; i++) backSubstitute(lower, n, rows, i * n);
    },

    multiplyTransposed({ m, n, depth }: ProductShape, a, b, out) {
      for (let i = 0; i < m; i += TILE) {
        pointAtRows(left, i, m, depth);
        for (let j = 0; j < n; j += TILE) {
          pointAtRows(right, j, n, depth);
          dotTile(a, left, b, right, depth, tile);
          for (let p = 0; p < TILE && i + p < m; p++) {
            for (let q = 0; q < TILE && j + q < n; q++) out[(i + p) * n + j + q] = tile[p * TILE + q];
          }
        }
      }
    },
  };
}

function arenaOver(block: Float64Array): Arena {
  let used = 0;
  return {
    take(length) {
      if (used + length > block.length) throw new RangeError(`The arena of ${block.length} numbers is too small.`);
      const part = block.subarray(used, used + length);
      used += length;
      return part.fill(0);
    },
  };
}

function transpose(rows: RealArray, rowCount: number, dimension: number): Float64Array {
  const columns = new Float64Array(rowCount * dimension);
  for (let i = 0; i < rowCount; i++) {
    for (let d = 0; d < dimension; d++) columns[d * rowCount + i] = rows[i * dimension + d];
  }
  return columns;
}

function pointAtRows(quad: RowQuad, first: number, rowCount: number, stride: number): void {
  for (let p = 0; p < TILE; p++) quad[p] = Math.min(first + p, rowCount - 1) * stride;
}

/** `tile[p][q] = sum over k < depth of a[left_p + k] b[right_q + k]`. Unrolled: the sums must stay in registers. */
function dotTile(a: RealArray, left: RowQuad, b: RealArray, right: RowQuad, depth: number, tile: Float64Array): void {
  const [a0, a1, a2, a3] = [left[0], left[1], left[2], left[3]];
  for (let q = 0; q < TILE; q += 2) {
    const b0 = right[q];
    const b1 = right[q + 1];
    let [s00, s01, s10, s11, s20, s21, s30, s31] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let k = 0; k < depth; k++) {
      const y0 = b[b0 + k];
      const y1 = b[b1 + k];
      const x0 = a[a0 + k];
      const x1 = a[a1 + k];
      const x2 = a[a2 + k];
      const x3 = a[a3 + k];
      s00 += x0 * y0;
      s01 += x0 * y1;
      s10 += x1 * y0;
      s11 += x1 * y1;
      s20 += x2 * y0;
      s21 += x2 * y1;
      s30 += x3 * y0;
      s31 += x3 * y1;
    }
    tile[q] = s00;
    tile[q + 1] = s01;
    tile[TILE + q] = s10;
    tile[TILE + q + 1] = s11;
    tile[2 * TILE + q] = s20;
    tile[2 * TILE + q + 1] = s21;
    tile[3 * TILE + q] = s30;
    tile[3 * TILE + q + 1] = s31;
  }
}

/** Adds `sign * tile` at (i, j), leaving out what lies above the diagonal or beyond the edge. */
function addTileToPacked(
  gram: RealArray,
  i: number,
  j: number,
  dimension: number,
  sign: number,
  tile: Float64Array,
): void {
  for (let p = 0; p < TILE && i + p < dimension; p++) {
    const row = ((i + p) * (i + p + 1)) / 2;
    for (let q = 0; q < TILE && j + q <= i + p; q++) gram[row + j + q] += sign * tile[p * TILE + q];
  }
}

/** Columns j..j+3 of up to four rows: subtracts `tile`, then divides by the diagonal block of L at j. */
function eliminateBlock(
  lower: RealArray,
  n: number,
  j: number,
  rows: RealArray,
  starts: RowQuad,
  rowCount: number,
  tile: Float64Array,
): void {
  for (let p = 0; p < rowCount; p++) {
    for (let q = 0; q < TILE && j + q < n; q++) {
      const diagonalRow = (j + q) * n + j;
      let value = rows[starts[p] + j + q] - tile[p * TILE + q];
      for (let t = 0; t < q; t++) value -= rows[starts[p] + j + t] * lower[diagonalRow + t];
      rows[starts[p] + j + q] = value / lower[diagonalRow + q];
    }
  }
}

/** Cholesky of the 4 x 4 block at (i, i), after subtracting `tile`; false where a pivot is not positive. */
function factoriseDiagonal(a: RealArray, n: number, i: number, tile: Float64Array): boolean {
  for (let p = 0; p < TILE && i + p < n; p++) {
    const rowP = (i + p) * n + i;
    for (let q = 0; q <= p; q++) {
      const rowQ = (i + q) * n + i;
      let value = a[rowP + q] - tile[p * TILE + q];
      for (let t = 0; t < q; t++) value -= a[rowP + t] * a[rowQ + t];
      if (q < p) a[rowP + q] = value / a[rowQ + q];
      else if (value > 0) a[rowP + p] = Math.sqrt(value);
      else return false;
    }
  }
  return true;
}

/** Solves `L^T x = b` in place for the row that begins at `start`: each solved entry leaves the ones before it. */
function backSubstitute(lower: RealArray, n: number, rows: RealArray, start: number): void {
  for (let j = n - 1; j >= 0; j--) {
    const x = rows[start + j] / lower[j * n + j];
    rows[start + j] = x;
    for (let i = 0; i < j; i++) rows[start + i] -= x * lower[j * n + i];
  }
}
