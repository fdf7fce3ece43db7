/** What slides a window over a picture: framing it with zeros, gathering patches, and the depthwise convolution by 3 x 3. */
import { settle } from "./epilogue.as";
import { clamp, madd } from "./madd.as";

/** Copies height x width x channels into the middle of a zeroed frame of (top + height + bottom) x (left + width + right). */
export function frame(
  x: usize,
  y: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
  bottom: i32,
  right: i32,
): void {
  const pixel = <usize>channels * 4;
  const row = <usize>width * pixel;
  const before = <usize>left * pixel;
  const after = <usize>right * pixel;
  const full = before + row + after;
  memory.fill(y, 0, <usize>top * full);
  y += <usize>top * full;
  for (let i = 0; i < height; i++) {
    memory.fill(y, 0, before);
    memory.copy(y + before, x, row);
    memory.fill(y + before + row, 0, after);
    x += row;
    y += full;
  }
  memory.fill(y, 0, <usize>bottom * full);
}

/** Patches of a framed picture, one per output pixel, each kernelHeight x kernelWidth x channels: rows of `multiply`. */
export function gather(
  x: usize,
  y: usize,
  framedWidth: i32,
  channels: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  stride: i32,
  outHeight: i32,
  outWidth: i32,
): void {
  const pixel = <usize>channels * 4;
  const line = <usize>framedWidth * pixel;
  const run = <usize>kernelWidth * pixel;
  for (let i = 0; i < outHeight; i++) {
    const top = x + <usize>(i * stride) * line;
    for (let j = 0; j < outWidth; j++) {
      let from = top + <usize>(j * stride) * pixel;
      for (let k = 0; k < kernelHeight; k++) {
        copyRun(y, from, run);
        y += run;
        from += line;
      }
    }
  }
}

/** `memory.copy` for the few dozen bytes of a run, without its call. */
function copyRun(to: usize, from: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
}

/**
 * Depthwise 3 x 3 on a framed picture, channels a multiple of 4. W is 9 x channels. Two neighbouring outputs at a time share
 * the loads of W. With a `scale`, 0 for none, sums begin at zero and are settled in that form.
 */
export function slide(
  x: usize,
  w: usize,
  scale: usize,
  bias: usize,
  y: usize,
  framedWidth: i32,
  channels: i32,
  stride: i32,
  outHeight: i32,
  outWidth: i32,
  low: f32,
  high: f32,
  form: i32,
): void {
  const pixel = <usize>channels * 4;
  const line = <usize>framedWidth * pixel;
  const step = <usize>stride * pixel;
  const lows = f32x4.splat(low);
  const highs = f32x4.splat(high);
  let at: usize = 0;
  for (let i = 0; i < outHeight; i++) {
    let from = x + <usize>(i * stride) * line;
    for (let j = 0; j < outWidth; j += 2) {
      const count = min(outWidth - j, 2);
      slidePair(from, count === 2 ? step : 0, line, pixel, w, scale, bias, y, at, count, lows, highs, form);
      from += 2 * step;
      at += <usize>(count * channels);
    }
  }
}

/** Two neighbours, or one, for which it is computed twice. `at` counts numbers from the beginning of Y. */
function slidePair(
  x: usize,
  step: usize,
  line: usize,
  pixel: usize,
  w: usize,
  scale: usize,
  bias: usize,
  y: usize,
  at: usize,
  count: i32,
  low: v128,
  high: v128,
  form: i32,
): void {
  for (let c: usize = 0; c < pixel; c += 16) {
    let s0 = scale === 0 ? v128.load(bias + c) : f32x4.splat(0);
    let s1 = s0;
    let from = x + c;
    let weight = w + c;
    for (let k = 0; k < 3; k++) {
      const w0 = v128.load(weight);
      const w1 = v128.load(weight + pixel);
      const w2 = v128.load(weight + 2 * pixel);
      s0 = madd(v128.load(from), w0, s0);
      s1 = madd(v128.load(from + step), w0, s1);
      s0 = madd(v128.load(from + pixel), w1, s0);
      s1 = madd(v128.load(from + step + pixel), w1, s1);
      s0 = madd(v128.load(from + 2 * pixel), w2, s0);
      s1 = madd(v128.load(from + step + 2 * pixel), w2, s1);
      from += line;
      weight += 3 * pixel;
    }
    let to = at + c / 4;
    for (let n = count; n > 0; n--) {
      if (scale === 0) v128.store(y + 4 * to, clamp(s0, low, high));
      else settle(s0, scale + c, bias + c, y, to, low, high, form);
      s0 = s1;
      to += pixel / 4;
    }
  }
}
