/** ONNX's order of weights, [outputs, inputs, height, width], to the order in which the kernels read them. Pure. */
import type { OnnxWeight } from "./onnx-file.ts";

const PANEL = 8;

/** Depth x outputs in panels of 8 outputs, depth counting height, width, inputs; `outputs` is a multiple of 8. */
export function packPanels({ dims, data }: OnnxWeight): Float32Array {
  const [outputs, inputs, height, width] = dims;
  const area = height * width;
  const packed = new Float32Array(data.length);
  let to = 0;
  for (let panel = 0; panel < outputs; panel += PANEL) {
    for (let position = 0; position < area; position++) {
      for (let input = 0; input < inputs; input++) {
        for (let lane = 0; lane < PANEL; lane++) {
          packed[to++] = data[((panel + lane) * inputs + input) * area + position];
        }
      }
    }
  }
  return packed;
}

/** 9 x channels, from [channels, 1, 3, 3]. */
export function packDepthwise({ dims, data }: OnnxWeight): Float32Array {
  const [channels] = dims;
  const area = data.length / channels;
  return Float32Array.from(data, (_, i) => data[(i % channels) * area + Math.floor(i / channels)]);
}

/** How much of the depth one vector takes of a column, and one step of the kernel. */
const QUAD = 4;
const STEP = 8;
const MAX_BYTE = 127;
/** What four weights of one sign may add up to, so that 16 bits hold their products with 127. */
const MAX_SUM = Math.floor((2 ** 15 - 1) / MAX_BYTE);

/**
 * Whole numbers as `multiplyBytes` reads them: panels of 8 outputs; in a panel, for every four of the depth, those four of each output. Depth
 * counts height, width, inputs, and inputs are a multiple of 4.
 */
export function packBytes({ dims, data }: OnnxWeight): Int8Array {
  const [outputs, inputs, height, width] = dims;
  const area = height * width;
  const depth = inputs * area;
  const packed = new Int8Array(data.length);
  for (let output = 0; output < outputs; output++) {
    const lane = output % PANEL;
    let to = (output - lane) * depth + lane * QUAD;
    for (let position = 0; position < area; position++) {
      const from = output * depth + position;
      for (let input = 0; input < inputs; input += QUAD, to += QUAD * PANEL) {
        for (let i = 0; i < QUAD; i++) packed[to + i] = data[from + (input + i) * area];
      }
    }
  }
  return packed;
}

/** Whether `multiplyBytes` can compute with these whole numbers: they are bytes, and what it adds in 16 bits fits there. */
export function fitsBytes(weight: OnnxWeight): boolean {
  const [, inputs, height, width] = weight.dims;
  if (inputs % QUAD !== 0 || (inputs * height * width) % STEP !== 0) return false;
  const { data } = weight;
  for (let i = 0; i < data.length; i++) if (data[i] > MAX_BYTE || data[i] < -MAX_BYTE) return false;
  return largestSum(packBytes(weight)) <= MAX_SUM;
}

/** The largest sum, without its sign, of those weights of one sign whose products the kernel adds in 16 bits. */
function largestSum(packed: Int8Array): number {
  const next = QUAD * PANEL;
  let largest = 0;
  for (let step = 0; step < packed.length; step += 2 * next) {
    for (let at = step; at < step + next; at += 2) {
      const a = packed[at];
      const b = packed[at + 1];
      const c = packed[at + next];
      const d = packed[at + next + 1];
      const positive = (a > 0 ? a : 0) + (b > 0 ? b : 0) + (c > 0 ? c : 0) + (d > 0 ? d : 0);
      const negative = positive - a - b - c - d;
      if (positive > largest) largest = positive;
      if (negative > largest) largest = negative;
    }
  }
  return largest;
}
