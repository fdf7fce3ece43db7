/**
 * What is made of a layer's sums: `clamp(sum * scale + bias (+ skip), low, high)`, in one of three forms. Bounds of whole numbers are whole, so
 * rounding down comes to the same after them as before.
 */
import { clamp } from "./madd.as";

/** The forms of a layer's numbers, as in `src/backbone/kernels/backbone-kernels.ts`. */
export const FLOATS: i32 = 0;
/** Rounded down to whole numbers, float32 each. */
export const WHOLE_FLOATS: i32 = 1;
/** Rounded down to whole numbers from 0 to 127, a byte each. */
export const WHOLE_BYTES: i32 = 2;

/**
 * Four numbers. The product and the sum round one after the other in every build: fused, they would make other whole numbers on some
 * machines.
 */
function scaled(sum: v128, scale: usize, bias: usize): v128 {
  return f32x4.add(f32x4.mul(sum, v128.load(scale)), v128.load(bias));
}

/** Rounds down what is not below 0: bounded to a byte, it fits, so that the relaxed one gives the same. */
function truncate(bounded: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_trunc_f32x4_s(bounded);
  return i32x4.trunc_sat_f32x4_s(bounded);
}

/** Eight neighbours, from whole sums; `at` counts numbers from the beginning of y and of skip. */
export function finish(
  s0: v128,
  s1: v128,
  scale: usize,
  bias: usize,
  skip: usize,
  y: usize,
  at: usize,
  low: v128,
  high: v128,
  form: i32,
): void {
  let f0 = scaled(f32x4.convert_i32x4_s(s0), scale, bias);
  let f1 = scaled(f32x4.convert_i32x4_s(s1), scale + 16, bias + 16);
  if (skip !== 0) {
    f0 = f32x4.add(f0, v128.load(skip + 4 * at));
    f1 = f32x4.add(f1, v128.load(skip + 4 * at, 16));
  }
  f0 = clamp(f0, low, high);
  f1 = clamp(f1, low, high);
  if (form === WHOLE_BYTES) {
    const words = i16x8.narrow_i32x4_s(truncate(f0), truncate(f1));
    v128.store64_lane(y + at, i8x16.narrow_i16x8_s(words, words), 0);
    return;
  }
  if (form === WHOLE_FLOATS) {
    f0 = f32x4.floor(f0);
    f1 = f32x4.floor(f1);
  }
  v128.store(y + 4 * at, f0);
  v128.store(y + 4 * at, f1, 16);
}

/** Four neighbours, from whole sums in floats. */
export function settle(
  sum: v128,
  scale: usize,
  bias: usize,
  y: usize,
  at: usize,
  low: v128,
  high: v128,
  form: i32,
): void {
  const f = clamp(scaled(sum, scale, bias), low, high);
  if (form === WHOLE_BYTES) {
    const words = i16x8.narrow_i32x4_s(truncate(f), i32x4.splat(0));
    v128.store32_lane(y + at, i8x16.narrow_i16x8_s(words, words), 0);
  } else v128.store(y + 4 * at, form === FLOATS ? f : f32x4.floor(f));
}
