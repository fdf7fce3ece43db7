/** `Y = clamp(X W + bias (+ skip))`: a convolution by 1 x 1, or by any size over gathered patches. */
import { clamp, madd } from "./madd.as";

/** Columns of a packed panel of W, and rows of a register tile. */
const PANEL: i32 = 8;
const TILE: i32 = 4;
const PANEL_BYTES: usize = 32;

/**
 * X is rows x depth, row-major. W is depth x columns in panels of 8 columns: panel j holds its rows one after the other.
 * Y and skip are rows x columns, row-major; skip 0 means none. `columns` is a multiple of 8. The larger operand stays put
 * in the inner loop's cache: panels outside when W is larger, rows outside when X is.
 */
export function multiply(
  x: usize,
  w: usize,
  bias: usize,
  skip: usize,
  y: usize,
  rows: i32,
  depth: i32,
  columns: i32,
  low: f32,
  high: f32,
): void {
  const xTile = <usize>depth * 4 * TILE;
  const wPanel = <usize>depth * PANEL_BYTES;
  const yTile = <usize>columns * 4 * TILE;
  const panels = columns / PANEL;
  const tiles = (rows + TILE - 1) / TILE;
  const skipStep: usize = skip === 0 ? 0 : 1;
  if (rows < columns) {
    for (let j: usize = 0; j < <usize>panels; j++) {
      for (let i: usize = 0; i < <usize>tiles; i++) {
        const at = i * yTile + j * PANEL_BYTES;
        const left = rows - <i32>i * TILE;
        tile(
          x + i * xTile,
          w + j * wPanel,
          bias + j * PANEL_BYTES,
          skip + skipStep * at,
          y + at,
          left,
          depth,
          columns,
          low,
          high,
        );
      }
    }
  } else {
    for (let i: usize = 0; i < <usize>tiles; i++) {
      for (let j: usize = 0; j < <usize>panels; j++) {
        const at = i * yTile + j * PANEL_BYTES;
        const left = rows - <i32>i * TILE;
        tile(
          x + i * xTile,
          w + j * wPanel,
          bias + j * PANEL_BYTES,
          skip + skipStep * at,
          y + at,
          left,
          depth,
          columns,
          low,
          high,
        );
      }
    }
  }
}

/** 4 x 8 outputs: 8 vector sums, 2 loads of W and 4 splats of X per step. With fewer rows left, the last one is repeated. */
function tile(
  x: usize,
  w: usize,
  bias: usize,
  skip: usize,
  y: usize,
  rowsLeft: i32,
  depth: i32,
  columns: i32,
  low: f32,
  high: f32,
): void {
  const row = <usize>depth * 4;
  const x1 = x + (rowsLeft > 1 ? row : 0);
  const x2 = x1 + (rowsLeft > 2 ? row : 0);
  const x3 = x2 + (rowsLeft > 3 ? row : 0);
  let s00 = v128.load(bias);
  let s01 = v128.load(bias, 16);
  let s10 = s00;
  let s11 = s01;
  let s20 = s00;
  let s21 = s01;
  let s30 = s00;
  let s31 = s01;
  for (let k: usize = 0; k < row; k += 4) {
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    const v0 = v128.load_splat<f32>(x + k);
    s00 = madd(v0, w0, s00);
    s01 = madd(v0, w1, s01);
    const v1 = v128.load_splat<f32>(x1 + k);
    s10 = madd(v1, w0, s10);
    s11 = madd(v1, w1, s11);
    const v2 = v128.load_splat<f32>(x2 + k);
    s20 = madd(v2, w0, s20);
    s21 = madd(v2, w1, s21);
    const v3 = v128.load_splat<f32>(x3 + k);
    s30 = madd(v3, w0, s30);
    s31 = madd(v3, w1, s31);
    w += PANEL_BYTES;
  }
  const lows = f32x4.splat(low);
  const highs = f32x4.splat(high);
  const next = <usize>columns * 4;
  finish(y, skip, s00, s01, lows, highs);
  if (rowsLeft < 2) return;
  const hop: usize = skip === 0 ? 0 : next;
  finish(y + next, skip + hop, s10, s11, lows, highs);
  if (rowsLeft < 3) return;
  finish(y + 2 * next, skip + 2 * hop, s20, s21, lows, highs);
  if (rowsLeft < 4) return;
  finish(y + 3 * next, skip + 3 * hop, s30, s31, lows, highs);
}

function finish(y: usize, skip: usize, s0: v128, s1: v128, low: v128, high: v128): void {
  if (skip !== 0) {
    s0 = f32x4.add(s0, v128.load(skip));
    s1 = f32x4.add(s1, v128.load(skip, 16));
  }
  v128.store(y, clamp(s0, low, high));
  v128.store(y, clamp(s1, low, high), 16);
}
