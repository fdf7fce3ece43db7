/** Numbers that are rescaled and rounded where no convolution does it in passing. */
import { settle } from "./epilogue.as";

/**
 * `Y = form(X * scale + bias)` for `count` numbers whose constants repeat after `period`, a multiple of 4: channels of a picture. What lies
 * behind the last of them, up to 16 bytes, is overwritten too.
 */
export function rescale(
  x: usize,
  scale: usize,
  bias: usize,
  y: usize,
  count: i32,
  period: i32,
  low: f32,
  high: f32,
  form: i32,
): void {
  const lows = f32x4.splat(low);
  const highs = f32x4.splat(high);
  for (let at: usize = 0; at < <usize>count; ) {
    const end = min(at + <usize>period, <usize>count);
    for (let c: usize = 0; at < end; at += 4, c += 16) {
      settle(v128.load(x + 4 * at), scale + c, bias + c, y, at, lows, highs, form);
    }
  }
}
