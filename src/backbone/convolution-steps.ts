/**
 * The kernel calls of one convolution, by its shape: 1 x 1 is one product; depthwise slides over a framed picture; any other
 * gathers patches and multiplies those. Packs the weights for the kernel that will read them.
 */

import { type BackboneKernels, FORM } from "./kernels/backbone-kernels.ts";
import type { Convolution, Rescaling } from "./layers.ts";
import { FLOAT_BYTES, type MemoryPlan } from "./memory-plan.ts";
import type { OnnxWeight } from "./onnx-file.ts";

const PANEL = 8;

/** Depth x outputs in panels of 8 outputs, depth counting height, width, inputs; `outputs` is a multiple of 8. */
function packPanels({ dims, data }: OnnxWeight): Float32Array {
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
/** What a byte holds: activations from 0, weights from its negative on. */
export const MAX_BYTE = 127;
/** What four weights of one sign may add up to, so that 16 bits hold their products with 127. */
export const MAX_QUAD_SUM = Math.floor((2 ** 15 - 1) / MAX_BYTE);

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
  if (!hasWholeSteps(weight)) return false;
  const { data } = weight;
  for (let i = 0; i < data.length; i++) if (data[i] > MAX_BYTE || data[i] < -MAX_BYTE) return false;
  return largestSum(packBytes(weight)) <= MAX_QUAD_SUM;
}

/** Whether `multiplyBytes` can take the depth of such weights step by step, whatever numbers they hold. */
export function hasWholeSteps({ dims: [, inputs, height, width] }: Pick<OnnxWeight, "dims">): boolean {
  return inputs % QUAD === 0 && (inputs * height * width) % STEP === 0;
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

/** A picture in memory: height x width x channels numbers from the address `at` on. */
export interface Picture {
  /** Bytes from 0 to 127; otherwise float32. */
  readonly isBytes: boolean;
  readonly at: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** One or more kernel calls on addresses fixed when the network was laid out; a run is the steps in order. */
export type Step = (kernels: BackboneKernels) => void;

/** Puts numbers into the memory for good and returns their address. */
export type Keep = (data: Float32Array | Int8Array) => number;

/** The calls that compute y from x; `skip` is the address of a picture to add, 0 for none. */
export function convolutionSteps(
  layer: Convolution,
  x: Picture,
  skip: number,
  y: Picture,
  memory: MemoryPlan,
  keep: Keep,
): Step[] {
  const [, , kernelHeight, kernelWidth] = layer.weight.dims;
  const { stride, low, high } = layer;
  const bias = keep(layer.bias);
  const scale = layer.scale === null ? 0 : keep(layer.scale);
  const form = formOf(layer, y);
  const framed = frameSteps(layer, x, memory);
  const { at, width } = framed.picture;
  if (layer.isDepthwise) {
    const w = keep(packDepthwise(layer.weight));
    memory.release(framed.taken);
    return [
      ...framed.steps,
      (k) => k.slide(at, w, scale, bias, y.at, width, x.channels, stride, y.height, y.width, low, high, form),
    ];
  }
  const rows = y.height * y.width;
  const depth = kernelHeight * kernelWidth * x.channels;
  const isPointwise = depth === x.channels && stride === 1;
  const patches = isPointwise ? undefined : memory.take(floatsOf(rows * depth, x.isBytes));
  const words = floatsOf(x.channels, x.isBytes);
  const gather: Step = (k) =>
    k.gather(at, patches ?? at, width, words, kernelHeight, kernelWidth, stride, y.height, y.width);
  memory.release(framed.taken);
  memory.release(patches);
  const rowsOf = { at: patches ?? at, rows, depth, isBytes: x.isBytes };
  return [
    ...framed.steps,
    ...(isPointwise ? [] : [gather]),
    ...productSteps(layer, rowsOf, { scale, bias, skip, form }, y, keep),
  ];
}

interface Rows {
  readonly at: number;
  readonly rows: number;
  readonly depth: number;
  readonly isBytes: boolean;
}

interface Ending {
  readonly scale: number;
  readonly bias: number;
  readonly skip: number;
  readonly form: number;
}

function productSteps(
  { weight, low, high, scale: scales }: Convolution,
  { at, rows, depth, isBytes }: Rows,
  { scale, bias, skip, form }: Ending,
  y: Picture,
  keep: Keep,
): Step[] {
  const { channels } = y;
  if (isBytes) {
    const w = keep(packBytes(weight));
    return [(k) => k.multiplyBytes(at, w, scale, bias, skip, y.at, rows, depth, channels, low, high, form)];
  }
  const w = keep(packPanels(weight));
  if (scales === null) return [(k) => k.multiply(at, w, bias, skip, y.at, rows, depth, channels, low, high)];
  const zeros = keep(new Float32Array(channels));
  return [
    (k) => k.multiply(at, w, zeros, 0, y.at, rows, depth, channels, -Infinity, Infinity),
    (k) => k.rescale(y.at, scale, bias, y.at, rows * channels, channels, low, high, form),
  ];
}

/** The call that computes y from x. */
export function rescalingStep(
  { scale, bias, low, high, isFloored }: Rescaling,
  x: Picture,
  y: Picture,
  keep: Keep,
): Step {
  const count = x.height * x.width * x.channels;
  const isOne = scale.length === 1;
  const [factors, offsets] = [scale, bias].map((data) => keep(isOne ? new Float32Array(VECTOR).fill(data[0]) : data));
  const period = isOne ? VECTOR : x.channels;
  const form = formOf({ isFloored }, y);
  return (k) => k.rescale(x.at, factors, offsets, y.at, count, period, low, high, form);
}

/** Floats in a vector. */
const VECTOR = 4;

function formOf({ isFloored }: Pick<Convolution, "isFloored">, { isBytes }: Picture): number {
  if (isBytes) return FORM.wholeBytes;
  return isFloored ? FORM.wholeFloats : FORM.floats;
}

/** How many floats take the room of so many numbers. */
export function floatsOf(count: number, isBytes: boolean): number {
  return isBytes ? Math.ceil(count / FLOAT_BYTES) : count;
}

/** The picture with its frame of zeros, in memory that is to be released; the picture itself where no frame is needed. */
function frameSteps({ top, left, bottom, right }: Convolution, x: Picture, memory: MemoryPlan) {
  if (top + left + bottom + right === 0) return { picture: x, taken: undefined, steps: [] };
  const height = top + x.height + bottom;
  const width = left + x.width + right;
  const at = memory.take(floatsOf(height * width * x.channels, x.isBytes));
  const words = floatsOf(x.channels, x.isBytes);
  const frame: Step = (k) => k.frame(x.at, at, x.height, x.width, words, top, left, bottom, right);
  return { picture: { ...x, at, height, width }, taken: at, steps: [frame] };
}
