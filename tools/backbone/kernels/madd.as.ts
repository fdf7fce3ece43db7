/** The two things that every layer does in its innermost loop and at its end, in four lanes. */

/** `x * y + z`, rounded twice: relaxed SIMD would fuse it where a machine can, and phones would answer unlike servers. */
export function madd(x: v128, y: v128, z: v128): v128 {
  return f32x4.add(f32x4.mul(x, y), z);
}

/** `min(max(x, low), high)`. */
export function clamp(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(high, f32x4.pmax(low, x));
}
