/** From floats to the whole numbers that `multiplyFixed` multiplies. */

/** The largest whole number, as in `src/backbone/fixed-point.ts`, which scales weights so that no sum leaves 32 bits. */
const LARGEST: f32 = 4095;
/** 1.5 x 2^23: added to a small float32, it rounds it to a whole number, which then stands in the lowest bits. */
const ROUNDER: f32 = 12582912;
const ROUNDER_BITS: i32 = 0x4b400000;

/** `floats` times `factor`, rounded to the nearest whole number, to the even one in the middle; 32 bits each. */
export function toWhole(floats: v128, factor: v128): v128 {
  return i32x4.sub(f32x4.add(f32x4.mul(floats, factor), f32x4.splat(ROUNDER)), i32x4.splat(ROUNDER_BITS));
}

/**
 * X is rows x depth float32, Q the same in 16-bit numbers up to LARGEST; a row's floats are its whole numbers times its scale.
 * `depth` is a multiple of 8. A row that holds NaN gets NaN for its scale.
 */
export function roundRows(x: usize, q: usize, scales: usize, rows: i32, depth: i32): void {
  const row = <usize>depth * 4;
  for (let i = 0; i < rows; i++) {
    const largest = largestOf(x, row);
    store<f32>(scales, largest / LARGEST);
    const factor = f32x4.splat(largest > 0 ? LARGEST / largest : 0);
    for (let k: usize = 0; k < row; k += 32) {
      const low = toWhole(v128.load(x + k), factor);
      const high = toWhole(v128.load(x + k, 16), factor);
      v128.store(q, i16x8.narrow_i32x4_s(low, high));
      q += 16;
    }
    x += row;
    scales += 4;
  }
}

/** The largest absolute value of a row: without their signs, floats are in the order of their bits, and NaN is above all. */
function largestOf(x: usize, row: usize): f32 {
  const noSign = i32x4.splat(0x7fffffff);
  let a = i32x4.splat(0);
  let b = a;
  for (let k: usize = 0; k < row; k += 32) {
    a = i32x4.max_s(a, v128.and(v128.load(x + k), noSign));
    b = i32x4.max_s(b, v128.and(v128.load(x + k, 16), noSign));
  }
  a = i32x4.max_s(a, b);
  const bits = max(
    max(i32x4.extract_lane(a, 0), i32x4.extract_lane(a, 1)),
    max(i32x4.extract_lane(a, 2), i32x4.extract_lane(a, 3)),
  );
  return reinterpret<f32>(bits);
}
