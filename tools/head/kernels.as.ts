/**
 * The SIMD kernels of the head, in AssemblyScript: `npm run build:kernels` compiles this file to
 * `src/head/kernels/head-kernels.wasm`. Float32, row-major, no allocation: the first SCRATCH_BYTES of memory hold packed
 * operands, everything after belongs to the caller, who passes byte addresses.
 *
 * One routine carries everything: `C += sign * A B^T`, A and B packed into panels of 8 rows so that the 4 x 8 register
 * tile reads both as streams. Cholesky and the solves proceed by blocks of BLOCK columns: the diagonal block is inverted
 * once, so that what is left of them is that same product.
 */

/** Rows of A and of B that are packed at once: 512 x 128 x 4 bytes = 256 KiB each, half of a usual L2 cache. */
const CHUNK: i32 = 512;
/** Longest depth of one packed product. */
const DEPTH: i32 = 128;
/** Columns that Cholesky and the solves take at a time. */
const BLOCK: i32 = 64;
/** Rows of a packed panel. */
const PANEL: i32 = 8;

const PACKED_A: usize = 0;
const PACKED_B: usize = PACKED_A + 4 * CHUNK * DEPTH;
/** Inverse of a diagonal block, BLOCK x BLOCK. */
const INVERSE: usize = PACKED_B + 4 * CHUNK * DEPTH;
/** One 4 x 8 tile on its way to an edge. */
const EDGE: usize = INVERSE + 4 * BLOCK * BLOCK;
const SCRATCH_BYTES: usize = EDGE + 4 * 4 * PANEL;

/** How the rows of C follow each other: every `stride` numbers, or as a packed lower triangle. */
const PACKED_TRIANGLE: i32 = -1;

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

/** A register-only loop of 8 independent multiply-adds on 4 lanes: 64 flops a step; the ceiling of this machine. */
export function spin(steps: i32): f32 {
  const x = f32x4.splat(0.999);
  const y = f32x4.splat(0.001);
  let s0 = y;
  let s1 = x;
  let s2 = f32x4.splat(2);
  let s3 = f32x4.splat(3);
  let s4 = f32x4.splat(4);
  let s5 = f32x4.splat(5);
  let s6 = f32x4.splat(6);
  let s7 = f32x4.splat(7);
  for (let step = 0; step < steps; step++) {
    s0 = f32x4.add(f32x4.mul(s0, x), y);
    s1 = f32x4.add(f32x4.mul(s1, x), y);
    s2 = f32x4.add(f32x4.mul(s2, x), y);
    s3 = f32x4.add(f32x4.mul(s3, x), y);
    s4 = f32x4.add(f32x4.mul(s4, x), y);
    s5 = f32x4.add(f32x4.mul(s5, x), y);
    s6 = f32x4.add(f32x4.mul(s6, x), y);
    s7 = f32x4.add(f32x4.mul(s7, x), y);
  }
  const low = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  const high = f32x4.add(f32x4.add(s4, s5), f32x4.add(s6, s7));
  return f32x4.extract_lane(f32x4.add(low, high), 0);
}

/** `C += sign * A B^T` for operands of any size, by chunks: A m x depth, B n x depth, each with its stride. */
function addProduct(
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

/** Columns of `rows` (rowCount x width): `R = R M^T`, or `R M`, with M the inverse of the diagonal block. */
function applyInverse(rows: usize, stride: i32, rowCount: i32, width: i32, isTransposed: bool): void {
  if (isTransposed) packColumns(PACKED_B, INVERSE, BLOCK, width, width);
  else packRows(PACKED_B, INVERSE, BLOCK, width, width);
  for (let i = 0; i < rowCount; i += CHUNK) {
    const height = min(CHUNK, rowCount - i);
    const part = rows + 4 * (<usize>i * stride);
    packRows(PACKED_A, part, stride, height, width);
    for (let p = 0; p < height; p++) memory.fill(part + 4 * (<usize>p * stride), 0, 4 * width);
    accumulate(part, stride, 0, height, 0, width, width, 1, false);
  }
}

/** Packs rows of a row-major matrix: panel after panel, in each for k = 0.. the 8 numbers of column k; zeros past the end. */
function packRows(target: usize, source: usize, stride: i32, count: i32, depth: i32): void {
  const step: usize = 4 * stride;
  for (let i = 0; i < count; i += PANEL) {
    const rows = min(PANEL, count - i);
    if (rows === PANEL) {
      packEightRows(target, source + <usize>i * step, step, depth);
    } else {
      memory.fill(target, 0, 4 * PANEL * depth);
      for (let p = 0; p < rows; p++) {
        const row = source + <usize>(i + p) * step;
        for (let k = 0; k < depth; k++) {
          store<f32>(target + 4 * <usize>(k * PANEL + p), load<f32>(row + 4 * k));
        }
      }
    }
    target += 4 * PANEL * depth;
  }
}

/** Eight rows of `depth` numbers, transposed four columns at a time in registers. */
function packEightRows(target: usize, row: usize, step: usize, depth: i32): void {
  let k = 0;
  for (; k + 4 <= depth; k += 4) {
    packFourByFour(target + 4 * <usize>(k * PANEL), row + 4 * k, step);
    packFourByFour(target + 4 * <usize>(k * PANEL) + 16, row + 4 * k + 4 * step, step);
  }
  for (; k < depth; k++) {
    for (let p = 0; p < PANEL; p++) {
      store<f32>(target + 4 * <usize>(k * PANEL + p), load<f32>(row + <usize>p * step + 4 * k));
    }
  }
}

function packFourByFour(target: usize, row: usize, step: usize): void {
  const r0 = v128.load(row);
  const r1 = v128.load(row + step);
  const r2 = v128.load(row + 2 * step);
  const r3 = v128.load(row + 3 * step);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(target + 32, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  v128.store(target + 64, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(target + 96, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

/** Packs columns: as `packRows` on the transpose, where eight neighbours lie side by side already. */
function packColumns(target: usize, source: usize, stride: i32, count: i32, depth: i32): void {
  for (let i = 0; i < count; i += PANEL) {
    const columns = min(PANEL, count - i);
    for (let k = 0; k < depth; k++) {
      const from = source + 4 * (<usize>k * stride + i);
      if (columns === PANEL) {
        v128.store(target, v128.load(from));
        v128.store(target, v128.load(from, 16), 16);
      } else {
        for (let p = 0; p < PANEL; p++) {
          store<f32>(target + 4 * p, p < columns ? load<f32>(from + 4 * p) : 0);
        }
      }
      target += 4 * PANEL;
    }
  }
}

/**
 * `C[i0.., j0..] += sign * A B^T` from the packed operands, height x width. With `isLower`, only entries on or below the
 * diagonal of C are touched (i and j then count from the corner of C).
 */
function accumulate(
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
        memory.fill(EDGE, 0, 4 * 4 * PANEL);
        addTile(a, b, depth, sign, EDGE, EDGE + 32, EDGE + 64, EDGE + 96);
        for (let p = 0; p < rows; p++) {
          const target = rowAddress(c, cStride, row + p) + 4 * column;
          const columns = isLower ? min(width - j, row + p - column + 1) : width - j;
          for (let q = 0; q < min(PANEL, columns); q++) {
            const at = target + 4 * q;
            store<f32>(at, load<f32>(at) + load<f32>(EDGE + 4 * (p * PANEL + q)));
          }
        }
      }
      b += panelBytes;
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

/** Cholesky of one block of at most BLOCK columns; sums in float64, they are few. */
function factoriseBlock(a: usize, stride: i32, width: i32): bool {
  for (let i = 0; i < width; i++) {
    const rowI = a + 4 * (<usize>i * stride);
    for (let j = 0; j <= i; j++) {
      const rowJ = a + 4 * (<usize>j * stride);
      let value: f64 = load<f32>(rowI + 4 * j);
      for (let k = 0; k < j; k++) value -= <f64>load<f32>(rowI + 4 * k) * <f64>load<f32>(rowJ + 4 * k);
      if (j < i) {
        store<f32>(rowI + 4 * j, <f32>(value / <f64>load<f32>(rowJ + 4 * j)));
      } else {
        if (!(value > 0)) return false;
        store<f32>(rowI + 4 * i, <f32>Math.sqrt(value));
      }
    }
  }
  return true;
}

/** INVERSE = L^-1 of a diagonal block (BLOCK x BLOCK, row-major, zeros above), column by column. */
function invertBlock(lower: usize, stride: i32, width: i32): void {
  memory.fill(INVERSE, 0, 4 * BLOCK * BLOCK);
  for (let i = 0; i < width; i++) {
    const row = lower + 4 * (<usize>i * stride);
    const pivot: f64 = load<f32>(row + 4 * i);
    for (let j = 0; j <= i; j++) {
      let value: f64 = i === j ? 1 : 0;
      for (let k = j; k < i; k++) value -= <f64>load<f32>(row + 4 * k) * <f64>load<f32>(inverseAt(k, j));
      store<f32>(inverseAt(i, j), <f32>(value / pivot));
    }
  }
}

function inverseAt(i: i32, j: i32): usize {
  return INVERSE + 4 * <usize>(i * BLOCK + j);
}
