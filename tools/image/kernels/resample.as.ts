/**
 * The kernel of `src/image/resample.ts`, in AssemblyScript: `npm run kernels` compiles it to
 * `src/image/kernels/resample-kernel.wasm`. It holds no state: who calls decides what lies where.
 */

const OPAQUE: u32 = 255;

/**
 * One stored row to the outputs that it counts for. `pixels` is RGBA bytes; `starts` (i32) and `weights` (f32, `taps` each) say
 * from which pixels each of `columns` outputs comes; `row` gets them, four floats each, the fourth of no meaning.
 * Transparent pixels are laid on white.
 */
export function filterRow(pixels: usize, starts: usize, weights: usize, taps: i32, columns: i32, row: usize): void {
  const white = f32x4.splat(255);
  for (let o = 0; o < columns; o++) {
    let sum = f32x4.splat(0);
    let from = pixels + 4 * <usize>load<i32>(starts + 4 * <usize>o);
    for (let tap = 0; tap < taps; tap++, from += 4, weights += 4) {
      const weight = load<f32>(weights);
      if (weight === 0) continue; // what ends a row of weights may lie behind the end of the pixels
      const colour = f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from))));
      const alpha: u32 = load<u8>(from, 3);
      if (alpha === OPAQUE) {
        sum = f32x4.add(sum, f32x4.mul(f32x4.splat(weight), colour));
      } else {
        const share: f32 = (weight * <f32>alpha) / 255;
        sum = f32x4.add(sum, f32x4.mul(f32x4.splat(share), colour));
        sum = f32x4.add(sum, f32x4.mul(f32x4.splat(weight - share), white));
      }
    }
    v128.store(row + 16 * <usize>o, sum);
  }
}

/** `sums += weight * row`, of `columns` times four floats. */
export function addRow(sums: usize, row: usize, weight: f32, columns: i32): void {
  const factor = f32x4.splat(weight);
  for (let at: usize = 0; at < 16 * <usize>columns; at += 16) {
    v128.store(sums + at, f32x4.add(v128.load(sums + at), f32x4.mul(factor, v128.load(row + at))));
  }
}
