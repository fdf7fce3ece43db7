/**
 * Products of whole numbers: seven bits without a sign times eight with one. Sums are exact, so every build and every machine finds
 * the same bits. What is made of a sum is said in `epilogue.as.ts`.
 */
import { finish } from "./epilogue.as";

/** Columns of a packed panel of W, rows of a register tile, and how much of the depth one step takes. */
const PANEL: i32 = 8;
const TILE: i32 = 4;
const STEP: usize = 8;
/** Bytes of a panel per step. */
const STEP_BYTES: usize = 64;

/**
 * `Y = form(X W * scale + bias (+ skip))`. X is rows x depth bytes from 0 to 127, row-major. W is depth x columns from -127 to 127 in panels of
 * 8 columns; a panel holds, for every 4 of the depth, those 4 of column 0, of column 1, ... Sixteen bits must hold what four products
 * add up to, those of the depths 0, 1, 4, 5 and 2, 3, 6, 7 of every eight (`fitsBytes` of `pack-weights.ts`). `depth` and `columns` are multiples of 8. Y is rows x columns of what `form` says; skip is float32, 0 for none.
 */
export function multiplyBytes(
  x: usize,
  w: usize,
  scale: usize,
  bias: usize,
  skip: usize,
  y: usize,
  rows: i32,
  depth: i32,
  columns: i32,
  low: f32,
  high: f32,
  form: i32,
): void {
  const row = <usize>depth;
  const panels = <usize>(columns / PANEL);
  const tiles = <usize>((rows + TILE - 1) / TILE);
  const lows = f32x4.splat(low);
  const highs = f32x4.splat(high);
  const areRowsInside = rows < columns;
  const outer = areRowsInside ? panels : tiles;
  const inner = areRowsInside ? tiles : panels;
  for (let o: usize = 0; o < outer; o++) {
    for (let n: usize = 0; n < inner; n++) {
      const i = areRowsInside ? n : o;
      const j = areRowsInside ? o : n;
      tile(
        x + i * row * TILE,
        w + j * row * PANEL,
        scale + j * PANEL * 4,
        bias + j * PANEL * 4,
        skip,
        y,
        i * TILE * <usize>columns + j * PANEL,
        rows - <i32>i * TILE,
        row,
        <usize>columns,
        lows,
        highs,
        form,
      );
    }
  }
}

/** Sums of neighbouring pairs of products, 16 bits each. */
function dot(w: v128, x: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i16x8.relaxed_dot_i8x16_i7x16_s(w, x);
  const even = i16x8.mul(i16x8.shr_s(i16x8.shl(w, 8), 8), v128.and(x, i16x8.splat(0xff)));
  return i16x8.add(even, i16x8.mul(i16x8.shr_s(w, 8), i16x8.shr_u(x, 8)));
}

/** 4 x 8 outputs. With fewer rows left, the last one is repeated. `at` counts numbers from the beginning of Y. */
function tile(
  x: usize,
  w: usize,
  scale: usize,
  bias: usize,
  skip: usize,
  y: usize,
  at: usize,
  rowsLeft: i32,
  row: usize,
  columns: usize,
  low: v128,
  high: v128,
  form: i32,
): void {
  const x1 = x + (rowsLeft > 1 ? row : 0);
  const x2 = x1 + (rowsLeft > 2 ? row : 0);
  const x3 = x2 + (rowsLeft > 3 ? row : 0);
  let s00 = i32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  for (let k: usize = 0; k < row; k += STEP) {
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    const w2 = v128.load(w, 32);
    const w3 = v128.load(w, 48);
    let a = v128.load_splat<u32>(x + k);
    let b = v128.load_splat<u32>(x + k, 4);
    s00 = add(s00, dot(w0, a), dot(w2, b));
    s01 = add(s01, dot(w1, a), dot(w3, b));
    a = v128.load_splat<u32>(x1 + k);
    b = v128.load_splat<u32>(x1 + k, 4);
    s10 = add(s10, dot(w0, a), dot(w2, b));
    s11 = add(s11, dot(w1, a), dot(w3, b));
    a = v128.load_splat<u32>(x2 + k);
    b = v128.load_splat<u32>(x2 + k, 4);
    s20 = add(s20, dot(w0, a), dot(w2, b));
    s21 = add(s21, dot(w1, a), dot(w3, b));
    a = v128.load_splat<u32>(x3 + k);
    b = v128.load_splat<u32>(x3 + k, 4);
    s30 = add(s30, dot(w0, a), dot(w2, b));
    s31 = add(s31, dot(w1, a), dot(w3, b));
    w += STEP_BYTES;
  }
  // One call in the code, so that the compiler puts it in place: it takes as long as thirty products.
  for (let i = min(rowsLeft, TILE); i > 0; i--) {
    finish(s00, s01, scale, bias, skip, y, at, low, high, form);
    at += columns;
    s00 = s10;
    s01 = s11;
    s10 = s20;
    s11 = s21;
    s20 = s30;
    s21 = s31;
  }
}

/** Two times eight sums of pairs to four of 32 bits. */
function add(sum: v128, pairs: v128, more: v128): v128 {
  return i32x4.add(sum, i32x4.extadd_pairwise_i16x8_s(i16x8.add(pairs, more)));
}
