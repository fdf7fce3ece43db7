/** The two things that every layer does in its innermost loop and at its end, in four lanes. */

/** `x * y + z`: rounded once in a build with relaxed SIMD, on every machine that can; else twice, on all of them. */
export function madd(x: v128, y: v128, z: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(x, y, z);
  return f32x4.add(f32x4.mul(x, y), z);
}

/** `min(max(x, low), high)`. */
export function clamp(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(high, f32x4.pmax(low, x));
}
