/**
 * `Y = clamp(X W + bias (+ skip))` in whole numbers of 16 bits: half the bytes of float32, and one instruction of plain SIMD
 * multiplies eight of them and adds the pairs. Every sum is exact, so the order does not matter and every machine finds the same.
 */
import { clamp } from "./madd.as";

/** Columns of a packed panel of W, and rows of a register tile. */
const PANEL: i32 = 8;
const TILE: i32 = 4;
/** Rows over which all panels pass before the next ones: few enough for the second cache. A multiple of TILE. */
const BLOCK: i32 = 64;
/** Bytes of a panel per pair of depth: 8 columns x 2 x 16 bits. */
const PAIR_BYTES: usize = 32;

/**
 * Q is rows x depth whole numbers, row-major; row i stands for them times its float32 of `scales`. W is depth x columns in panels of 8 columns, and there in pairs of depth: (w[0], w[1]) of column 0, of
 * column 1, ...; a column stands for its whole numbers times its `wScales`. Y and skip are rows x columns float32; skip 0 means
 * none. `depth` is even, `columns` a multiple of 8.
 */
export function multiplyFixed(
  q: usize,
  scales: usize,
  w: usize,
  wScales: usize,
  bias: usize,
  skip: usize,
  y: usize,
  rows: i32,
  depth: i32,
  columns: i32,
  low: f32,
  high: f32,
): void {
  const wPanel = <usize>depth * 2 * PANEL;
  const row = <usize>depth * 2;
  const yRow = <usize>columns * 4;
  for (let first = 0; first < rows; first += BLOCK) {
    const end = min(first + BLOCK, rows);
    for (let j: usize = 0; j < <usize>(columns / PANEL); j++) {
      const column = j * PANEL * 4;
      for (let i = first; i < end; i += TILE) {
        const at = <usize>i * yRow + column;
        tile(
          q + <usize>i * row,
          scales + <usize>i * 4,
          w + j * wPanel,
          wScales + column,
          bias + column,
          skip === 0 ? 0 : skip + at,
          y + at,
          rows - i,
          depth,
          columns,
          low,
          high,
        );
      }
    }
  }
}

/** `a b + c` over pairs of 16-bit numbers. */
function dot(a: v128, b: v128, c: v128): v128 {
  return i32x4.add(c, i32x4.dot_i16x8_s(a, b));
}

/** 4 x 8 outputs: 8 vector sums, 2 loads of W and 4 splats of X per pair of depth. With fewer rows left, the last one is repeated. */
function tile(
  q: usize,
  scales: usize,
  w: usize,
  wScales: usize,
  bias: usize,
  skip: usize,
  y: usize,
  rowsLeft: i32,
  depth: i32,
  columns: i32,
  low: f32,
  high: f32,
): void {
  const row = <usize>depth * 2;
  const q1 = q + (rowsLeft > 1 ? row : 0);
  const q2 = q1 + (rowsLeft > 2 ? row : 0);
  const q3 = q2 + (rowsLeft > 3 ? row : 0);
  let s00 = i32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  for (let k: usize = 0; k < row; k += 4) {
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    const v0 = v128.load_splat<u32>(q + k);
    s00 = dot(w0, v0, s00);
    s01 = dot(w1, v0, s01);
    const v1 = v128.load_splat<u32>(q1 + k);
    s10 = dot(w0, v1, s10);
    s11 = dot(w1, v1, s11);
    const v2 = v128.load_splat<u32>(q2 + k);
    s20 = dot(w0, v2, s20);
    s21 = dot(w1, v2, s21);
    const v3 = v128.load_splat<u32>(q3 + k);
    s30 = dot(w0, v3, s30);
    s31 = dot(w1, v3, s31);
    w += PAIR_BYTES;
  }
  const lows = f32x4.splat(low);
  const highs = f32x4.splat(high);
  const next = <usize>columns * 4;
  finish(y, skip, s00, s01, load<f32>(scales), wScales, bias, lows, highs);
  if (rowsLeft < 2) return;
  const hop: usize = skip === 0 ? 0 : next;
  finish(y + next, skip + hop, s10, s11, load<f32>(scales, 4), wScales, bias, lows, highs);
  if (rowsLeft < 3) return;
  finish(y + 2 * next, skip + 2 * hop, s20, s21, load<f32>(scales, 8), wScales, bias, lows, highs);
  if (rowsLeft < 4) return;
  finish(y + 3 * next, skip + 3 * hop, s30, s31, load<f32>(scales, 12), wScales, bias, lows, highs);
}

/** Whole sums of one row back to floats. */
function finish(
  y: usize,
  skip: usize,
  s0: v128,
  s1: v128,
  scale: f32,
  wScales: usize,
  bias: usize,
  low: v128,
  high: v128,
): void {
  const row = f32x4.splat(scale);
  let f0 = toFloat(s0, f32x4.mul(row, v128.load(wScales)), v128.load(bias));
  let f1 = toFloat(s1, f32x4.mul(row, v128.load(wScales, 16)), v128.load(bias, 16));
  if (skip !== 0) {
    f0 = f32x4.add(f0, v128.load(skip));
    f1 = f32x4.add(f1, v128.load(skip, 16));
  }
  v128.store(y, clamp(f0, low, high));
  v128.store(y, clamp(f1, low, high), 16);
}

function toFloat(whole: v128, scale: v128, bias: v128): v128 {
  return f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(whole), scale), bias);
}
