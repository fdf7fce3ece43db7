/** The ceiling of this machine for 4-lane multiply-adds, which the benchmark puts the kernels beside. */

/** Runs 12 independent chains of multiply and add in registers alone: 96 flops a step. Constants come as arguments: V8 would load literals anew in every step. */
export function runChains(steps: i32, factor: f32, term: f32): f32 {
  const x = f32x4.splat(factor);
  const y = f32x4.splat(term);
  let s0 = f32x4.splat(1);
  let s1 = f32x4.splat(2);
  let s2 = f32x4.splat(3);
  let s3 = f32x4.splat(4);
  let s4 = f32x4.splat(5);
  let s5 = f32x4.splat(6);
  let s6 = f32x4.splat(7);
  let s7 = f32x4.splat(8);
  let s8 = f32x4.splat(9);
  let s9 = f32x4.splat(10);
  let s10 = f32x4.splat(11);
  let s11 = f32x4.splat(12);
  for (let step = 0; step < steps; step++) {
    s0 = f32x4.add(f32x4.mul(s0, x), y);
    s1 = f32x4.add(f32x4.mul(s1, x), y);
    s2 = f32x4.add(f32x4.mul(s2, x), y);
    s3 = f32x4.add(f32x4.mul(s3, x), y);
    s4 = f32x4.add(f32x4.mul(s4, x), y);
    s5 = f32x4.add(f32x4.mul(s5, x), y);
    s6 = f32x4.add(f32x4.mul(s6, x), y);
    s7 = f32x4.add(f32x4.mul(s7, x), y);
    s8 = f32x4.add(f32x4.mul(s8, x), y);
    s9 = f32x4.add(f32x4.mul(s9, x), y);
    s10 = f32x4.add(f32x4.mul(s10, x), y);
    s11 = f32x4.add(f32x4.mul(s11, x), y);
  }
  let sum = s0;
  sum = f32x4.add(sum, s1);
  sum = f32x4.add(sum, s2);
  sum = f32x4.add(sum, s3);
  sum = f32x4.add(sum, s4);
  sum = f32x4.add(sum, s5);
  sum = f32x4.add(sum, s6);
  sum = f32x4.add(sum, s7);
  sum = f32x4.add(sum, s8);
  sum = f32x4.add(sum, s9);
  sum = f32x4.add(sum, s10);
  sum = f32x4.add(sum, s11);
  return f32x4.extract_lane(sum, 0);
}
