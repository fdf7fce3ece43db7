/** `C += sign * A B^T`: the register tile, its edges, and the chunks that keep operands in cache. */
import { CHUNK, DEPTH, EDGE, PACKED_A, PACKED_B, PACKED_TRIANGLE, PANEL } from "./layout.as";
import { packRows } from "./packing.as";

/** `C += sign * A B^T` for operands of any size, by chunks: A m x depth, B n x depth, each with its stride. */
export function addProduct(
  c: usize,
  cStride: i32,
  a: usize,
  aStride: i32,
  m: i32,
  b: usize,
  bStride: i32,
  n: i32,
  depth: i32,
  sign: f32,
): void {
  for (let k = 0; k < depth; k += DEPTH) {
    const part = min(DEPTH, depth - k);
    for (let j = 0; j < n; j += CHUNK) {
      const width = min(CHUNK, n - j);
      packRows(PACKED_B, b + 4 * (<usize>j * bStride + k), bStride, width, part);
      for (let i = 0; i < m; i += CHUNK) {
        const height = min(CHUNK, m - i);
        packRows(PACKED_A, a + 4 * (<usize>i * aStride + k), aStride, height, part);
        accumulate(c + 4 * (<usize>i * cStride + j), cStride, 0, height, 0, width, part, sign, false);
      }
    }
  }
}

/**
 * `C[i0.., j0..] += sign * A B^T` from the packed operands, height x width. With `isLower`, only entries on or below the
 * diagonal of C are touched (i and j then count from the corner of C).
 */
export function accumulate(
  c: usize,
  cStride: i32,
  i0: i32,
  height: i32,
  j0: i32,
  width: i32,
  depth: i32,
  sign: f32,
  isLower: bool,
): void {
  const panelBytes: usize = 4 * PANEL * depth;
  for (let i = 0; i < height; i += 4) {
    const row = i0 + i;
    const a = PACKED_A + <usize>(i / PANEL) * panelBytes + 4 * (i % PANEL);
    const rows = min(4, height - i);
    let b = PACKED_B;
    for (let j = 0; j < width; j += PANEL) {
      const column = j0 + j;
      if (isLower && column > row + rows - 1) break;
      const isInside = rows === 4 && j + PANEL <= width && (!isLower || column + PANEL - 1 <= row);
      const c0 = rowAddress(c, cStride, row) + 4 * column;
      if (isInside) {
        const c1 = rowAddress(c, cStride, row + 1) + 4 * column;
        const c2 = rowAddress(c, cStride, row + 2) + 4 * column;
        const c3 = rowAddress(c, cStride, row + 3) + 4 * column;
        addTile(a, b, depth, sign, c0, c1, c2, c3);
      } else {
        addEdgeTile(a, b, depth, sign, c, cStride, row, rows, column, width - j, isLower);
      }
      b += panelBytes;
    }
  }
}

/** A tile that crosses an edge or the diagonal: computed aside, then added entry by entry where it may. */
function addEdgeTile(
  a: usize,
  b: usize,
  depth: i32,
  sign: f32,
  c: usize,
  cStride: i32,
  row: i32,
  rows: i32,
  column: i32,
  columnsLeft: i32,
  isLower: bool,
): void {
  memory.fill(EDGE, 0, 4 * 4 * PANEL);
  addTile(a, b, depth, sign, EDGE, EDGE + 32, EDGE + 64, EDGE + 96);
  for (let p = 0; p < rows; p++) {
    const target = rowAddress(c, cStride, row + p) + 4 * column;
    const allowed = isLower ? min(columnsLeft, row + p - column + 1) : columnsLeft;
    for (let q = 0; q < min(PANEL, allowed); q++) {
      const at = target + 4 * q;
      store<f32>(at, load<f32>(at) + load<f32>(EDGE + 4 * (p * PANEL + q)));
    }
  }
}
function rowAddress(c: usize, stride: i32, row: i32): usize {
  return c + 4 * (stride === PACKED_TRIANGLE ? (<usize>row * (row + 1)) / 2 : <usize>row * stride);
}

/** The 4 x 8 register tile: 8 vector sums, 2 loads of B and 4 splats of A per step. */
function addTile(a: usize, b: usize, depth: i32, sign: f32, c0: usize, c1: usize, c2: usize, c3: usize): void {
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  const end = b + 4 * PANEL * usize(depth);
  while (b < end) {
    const y0 = v128.load(b);
    const y1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(a);
    const x1 = v128.load_splat<f32>(a, 4);
    s00 = f32x4.add(s00, f32x4.mul(x0, y0));
    s01 = f32x4.add(s01, f32x4.mul(x0, y1));
    s10 = f32x4.add(s10, f32x4.mul(x1, y0));
    s11 = f32x4.add(s11, f32x4.mul(x1, y1));
    const x2 = v128.load_splat<f32>(a, 8);
    const x3 = v128.load_splat<f32>(a, 12);
    s20 = f32x4.add(s20, f32x4.mul(x2, y0));
    s21 = f32x4.add(s21, f32x4.mul(x2, y1));
    s30 = f32x4.add(s30, f32x4.mul(x3, y0));
    s31 = f32x4.add(s31, f32x4.mul(x3, y1));
    a += 32;
    b += 32;
  }
  const scale = f32x4.splat(sign);
  addPair(c0, s00, s01, scale);
  addPair(c1, s10, s11, scale);
  addPair(c2, s20, s21, scale);
  addPair(c3, s30, s31, scale);
}

function addPair(c: usize, s0: v128, s1: v128, scale: v128): void {
  v128.store(c, f32x4.add(v128.load(c), f32x4.mul(s0, scale)));
  v128.store(c, f32x4.add(v128.load(c, 16), f32x4.mul(s1, scale)), 16);
}
