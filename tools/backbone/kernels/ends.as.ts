/** The kernels of `src/backbone/network.ts` that end and begin a network. They hold no state: who calls decides what lies where. */

/** Mean over the pixels: x is pixels x channels, y is channels; channels a multiple of 4. */
export function average(x: usize, y: usize, pixels: i32, channels: i32): void {
  const pixel = <usize>channels * 4;
  const share = f32x4.splat(<f32>1 / <f32>pixels);
  for (let c: usize = 0; c < pixel; c += 16) {
    let sum = f32x4.splat(0);
    let from = x + c;
    for (let i = 0; i < pixels; i++, from += pixel) sum = f32x4.add(sum, v128.load(from));
    v128.store(y + c, f32x4.mul(sum, share));
  }
}

/** Planes to pixels: x is 3 x pixels, y is pixels x 3. */
export function interleave(x: usize, y: usize, pixels: i32): void {
  const plane = <usize>pixels * 4;
  for (let i: usize = 0; i < plane; i += 4) {
    store<f32>(y, load<f32>(x + i));
    store<f32>(y, load<f32>(x + i + plane), 4);
    store<f32>(y, load<f32>(x + i + 2 * plane), 8);
    y += 12;
  }
}
