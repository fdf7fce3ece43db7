/**
 * The SIMD kernels of the head, in AssemblyScript: `npm run kernels` compiles this folder to
 * `src/head/kernels/head-kernels.wasm`. Float32, row-major, no allocation: the first SCRATCH_BYTES of memory hold packed
 * operands, everything after belongs to the caller, who passes byte addresses.
 *
 * One routine carries everything: `C += sign * A B^T`, A and B packed into panels of 8 rows so that the 4 x 8 register
 * tile reads both as streams. Cholesky and the solves proceed by blocks of BLOCK columns: the diagonal block is inverted
 * once, so that what is left of them is that same product.
 */
import { applyInverse, factoriseBlock, invertBlock } from "./blocks.as";
import { BLOCK, CHUNK, DEPTH, PACKED_A, PACKED_B, PACKED_TRIANGLE, SCRATCH_BYTES } from "./layout.as";
import { packColumns, packRows } from "./packing.as";
import { accumulate, addProduct } from "./product.as";
import { runChains } from "./spin.as";

/** Bytes at the beginning of memory that the caller must leave alone. */
export function scratchBytes(): usize {
  return SCRATCH_BYTES;
}

/** `G += sign * X^T X`: G packed lower triangle of n x n, X rowCount x n. */
export function addOuterProducts(gram: usize, x: usize, rowCount: i32, n: i32, sign: f32): void {
  for (let first = 0; first < rowCount; first += DEPTH) {
    const depth = min(DEPTH, rowCount - first);
    const rows = x + 4 * (<usize>first * n);
    for (let j = 0; j < n; j += CHUNK) {
      const width = min(CHUNK, n - j);
      packColumns(PACKED_B, rows + 4 * j, n, width, depth);
      for (let i = j; i < n; i += CHUNK) {
        const height = min(CHUNK, n - i);
        packColumns(PACKED_A, rows + 4 * i, n, height, depth);
        accumulate(gram, PACKED_TRIANGLE, i, height, j, width, depth, sign, true);
      }
    }
  }
}

/** `out = A B^T`: A m x depth, B n x depth. */
export function multiplyTransposed(m: i32, n: i32, depth: i32, a: usize, b: usize, out: usize): void {
  memory.fill(out, 0, 4 * (<usize>m * n));
  addProduct(out, n, a, depth, m, b, depth, n, depth, 1);
}

/** Cholesky in place on the lower triangle of n x n; 0 where a pivot is not positive. */
export function factorise(a: usize, n: i32): i32 {
  for (let j = 0; j < n; j += BLOCK) {
    const width = min(BLOCK, n - j);
    const corner = a + 4 * (<usize>j * n + j);
    if (!factoriseBlock(corner, n, width)) return 0;
    const below = n - j - width;
    if (below === 0) break;
    invertBlock(corner, n, width);
    const panel = corner + 4 * (<usize>width * n);
    applyInverse(panel, n, below, width, false);
    subtractPanelSquare(a, n, j + width, panel, width);
  }
  return 1;
}

/** Each row b of `rows` (rowCount x n) becomes `L^-1 b`. */
export function solveForward(lower: usize, n: i32, rows: usize, rowCount: i32): void {
  for (let j = 0; j < n; j += BLOCK) {
    const width = min(BLOCK, n - j);
    const corner = lower + 4 * (<usize>j * n + j);
    invertBlock(corner, n, width);
    applyInverse(rows + 4 * j, n, rowCount, width, false);
    const next = j + width;
    const rest = rows + 4 * next;
    addProduct(rest, n, rows + 4 * j, n, rowCount, corner + 4 * (<usize>width * n), n, n - next, width, -1);
  }
}

/** Each row b of `rows` (rowCount x n) becomes `L^-T b`. */
export function solveBackward(lower: usize, n: i32, rows: usize, rowCount: i32): void {
  for (let j = ((n - 1) / BLOCK) * BLOCK; j >= 0; j -= BLOCK) {
    const width = min(BLOCK, n - j);
    invertBlock(lower + 4 * (<usize>j * n + j), n, width);
    applyInverse(rows + 4 * j, n, rowCount, width, true);
    for (let k = 0; k < j; k += CHUNK) {
      const span = min(CHUNK, j - k);
      packColumns(PACKED_B, lower + 4 * (<usize>j * n + k), n, span, width);
      for (let i = 0; i < rowCount; i += CHUNK) {
        const height = min(CHUNK, rowCount - i);
        packRows(PACKED_A, rows + 4 * (<usize>i * n + j), n, height, width);
        accumulate(rows + 4 * (<usize>i * n + k), n, 0, height, 0, span, width, -1, false);
      }
    }
  }
}

/** Lower triangle of the trailing square at (first, first) of `a` (n x n): minus `P P^T`, P (n - first) x depth. */
function subtractPanelSquare(a: usize, n: i32, first: i32, panel: usize, depth: i32): void {
  for (let j = first; j < n; j += CHUNK) {
    const width = min(CHUNK, n - j);
    packRows(PACKED_B, panel + 4 * (<usize>(j - first) * n), n, width, depth);
    for (let i = j; i < n; i += CHUNK) {
      const height = min(CHUNK, n - i);
      packRows(PACKED_A, panel + 4 * (<usize>(i - first) * n), n, height, depth);
      accumulate(a, n, i, height, j, width, depth, -1, true);
    }
  }
}

/** The ceiling of this machine: 96 flops a step, in registers alone. */
export function spin(steps: i32, factor: f32, term: f32): f32 {
  return runChains(steps, factor, term);
}
