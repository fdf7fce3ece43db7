/**
 * The kernel calls of one convolution, by its shape: 1 x 1 is one product; depthwise slides over a framed picture; any other
 * gathers patches and multiplies those.
 */

import { type BackboneKernels, FORM } from "./kernels/backbone-kernels.ts";
import type { Convolution, Rescaling } from "./layers.ts";
import { FLOAT_BYTES, type MemoryPlan } from "./memory-plan.ts";
import type { OrderedWeight } from "./pack-weights.ts";

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

/** Puts numbers, or a weight in its order, into the memory for good and returns their address. */
export type Keep = (constant: Float32Array | OrderedWeight) => number;

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
    const w = keep({ weight: layer.weight, order: "depthwise" });
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
    const w = keep({ weight, order: "bytes" });
    return [(k) => k.multiplyBytes(at, w, scale, bias, skip, y.at, rows, depth, channels, low, high, form)];
  }
  const w = keep({ weight, order: "panels" });
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
