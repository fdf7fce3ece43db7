/**
 * Weights from the order of an ONNX file, outputs x inputs x height x width, to that in which the kernels read them. Runs once, at the start of
 * a network: millions of numbers, for which the first photo waits.
 */

/** Columns of a panel, as in `product.as.ts` and `bytes.as.ts`. */
const PANEL: usize = 8;
/** How much of the depth lies together in a panel of bytes. */
const QUAD: usize = 4;

/**
 * IEEE 754 binary16 (sign, 5 bits of exponent with bias 15, 10 of fraction) to binary32 (8 bits, bias 127, 23). Subnormal halves become
 * normal floats, infinities and NaN keep their meaning. `count` is rounded up to a multiple of 4.
 */
export function widenHalves(x: usize, y: usize, count: usize): void {
  const magnitude = i32x4.splat(0x7fff);
  const rebias = i32x4.splat(112 << 23);
  const one = i32x4.splat(1 << 23);
  const smallest = i32x4.splat(113 << 23);
  const firstNormal = i32x4.splat(0x400);
  const lastFinite = i32x4.splat(0x7bff);
  for (const end = y + 4 * count; y < end; x += 8, y += 16) {
    const half = v128.load16x4_u(x);
    const bits = v128.and(half, magnitude);
    const wide = i32x4.add(i32x4.shl(bits, 13), rebias);
    const subnormal = f32x4.sub(i32x4.add(wide, one), smallest);
    const finite = v128.bitselect(subnormal, wide, i32x4.lt_s(bits, firstNormal));
    const special = v128.and(i32x4.gt_s(bits, lastFinite), rebias);
    const sign = i32x4.shl(v128.andnot(half, magnitude), 16);
    v128.store(y, v128.or(i32x4.add(finite, special), sign));
  }
}

/** Panels of 8 outputs; in a panel the depth, which counts height, width, inputs, one after the other. `outputs` is a multiple of 8. */
export function packPanels(x: usize, y: usize, outputs: usize, inputs: usize, area: usize): void {
  const depth = inputs * area;
  const row = depth * 4;
  const areFours = area === 1 && (inputs & 3) === 0;
  for (let panel: usize = 0; panel < outputs; panel += PANEL, x += PANEL * row) {
    if (areFours) {
      for (let k: usize = 0; k < row; k += 16, y += 128) {
        transpose(x + k, row, y);
        transpose(x + 4 * row + k, row, y + 16);
      }
      continue;
    }
    for (let position: usize = 0; position < area; position++) {
      for (let input: usize = 0; input < inputs; input++) {
        for (let lane: usize = 0; lane < PANEL; lane++, y += 4) {
          store<f32>(y, load<f32>(x + lane * row + (input * area + position) * 4));
        }
      }
    }
  }
}

/** Four numbers of each of four rows to columns, in rows of a panel. */
function transpose(x: usize, row: usize, y: usize): void {
  const a = v128.load(x);
  const b = v128.load(x + row);
  const c = v128.load(x + 2 * row);
  const d = v128.load(x + 3 * row);
  const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(y, v128.shuffle<i64>(ab, cd, 0, 2));
  v128.store(y, v128.shuffle<i64>(ab, cd, 1, 3), 32);
  v128.store(y, v128.shuffle<i64>(abHigh, cdHigh, 0, 2), 64);
  v128.store(y, v128.shuffle<i64>(abHigh, cdHigh, 1, 3), 96);
}

/** 9 x channels, from channels x 9. */
export function packDepthwise(x: usize, y: usize, channels: usize): void {
  for (let c: usize = 0; c < channels; c++, y += 4) {
    for (let k: usize = 0; k < 9; k++, x += 4) store<f32>(y + k * channels * 4, load<f32>(x));
  }
}

/**
 * Bytes as `multiplyBytes` reads them: panels of 8 outputs; in a panel, for every four of the depth, those four of each output. `inputs`
 * is a multiple of 4.
 */
export function packBytes(x: usize, y: usize, outputs: usize, inputs: usize, area: usize): void {
  const depth = inputs * area;
  for (let panel: usize = 0; panel < outputs; panel += PANEL, x += PANEL * depth) {
    for (let position: usize = 0; position < area; position++) {
      for (let input: usize = 0; input < inputs; input += QUAD) {
        let from = x + input * area + position;
        for (let lane: usize = 0; lane < PANEL; lane++, from += depth, y += QUAD) {
          if (area === 1) store<u32>(y, load<u32>(from));
          else for (let i: usize = 0; i < QUAD; i++) store<u8>(y + i, load<u8>(from + i * area));
        }
      }
    }
  }
}
