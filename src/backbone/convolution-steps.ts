/**
 * The kernel calls of one convolution, by its shape: 1 x 1 is one product; depthwise slides over a framed picture; any other
 * gathers patches and multiplies those. Packs the weights for the kernel that will read them.
 */

import { CHANNEL_MULTIPLE, packFixed, WHOLE_BYTES } from "./fixed-point.ts";
import type { BackboneKernels } from "./kernels/backbone-kernels.ts";
import type { Convolution } from "./layers.ts";
import { FLOAT_BYTES, type MemoryPlan } from "./memory-plan.ts";
import { packDepthwise, packPanels } from "./pack-weights.ts";

/** A picture in memory: height x width x channels numbers from the address `at` on. */
export interface Picture {
  /** Absent in a picture of floats; in one of whole numbers the address of its scales, a float32 for each pixel. */
  readonly scales?: number;
  readonly at: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** One or more kernel calls on addresses fixed when the network was laid out; a run is the steps in order. */
export type Step = (kernels: BackboneKernels) => void;

/** Puts numbers into the memory for good and returns their address. */
export type Keep = (data: Float32Array | Int16Array) => number;

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
  const { stride } = layer;
  const bias = keep(layer.bias);
  const framed = frameSteps(layer, x, memory);
  const { at, width } = framed.picture;
  if (layer.isDepthwise) {
    const w = keep(packDepthwise(layer.weight));
    const slide = slideStep(layer, { ...framed.picture, at }, y, { w, bias }, memory);
    memory.release(framed.taken);
    return [...framed.steps, slide];
  }
  const rows = y.height * y.width;
  const depth = kernelHeight * kernelWidth * x.channels;
  const isPointwise = depth === x.channels && stride === 1;
  const patches = isPointwise ? undefined : memory.take(rows * depth);
  const gather: Step = (k) =>
    k.gather(at, patches ?? at, width, x.channels, kernelHeight, kernelWidth, stride, y.height, y.width);
  memory.release(framed.taken);
  const left = { at: patches ?? at, scales: x.scales, rows, depth };
  const product = productSteps(layer, left, { skip, y, bias }, memory, keep);
  memory.release(patches);
  return [...framed.steps, ...(isPointwise ? [] : [gather]), ...product];
}

function slideStep(
  { stride, low, high }: Convolution,
  { at, width, channels }: Picture,
  y: Picture,
  { w, bias }: { w: number; bias: number },
  memory: MemoryPlan,
): Step {
  const { scales } = y;
  if (scales === undefined)
    return (k) => k.slide(at, w, bias, y.at, width, channels, stride, y.height, y.width, low, high);
  const buffer = memory.take(2 * channels);
  memory.release(buffer);
  return (k) => k.slideFixed(at, w, bias, y.at, scales, buffer, width, channels, stride, y.height, y.width, low, high);
}

/** Whether a layer's input may be a picture of whole numbers. */
export function readsWholes({ weight, isDepthwise, stride, top, left, bottom, right }: Convolution): boolean {
  const [, inputs, height, width] = weight.dims;
  const isPointwise = height * width === 1 && stride === 1 && top + left + bottom + right === 0;
  return !isDepthwise && isPointwise && inputs % CHANNEL_MULTIPLE === 0;
}

/** The left side of a product, rows x depth; `scales` as in a picture. */
interface Left {
  readonly at: number;
  readonly scales: number | undefined;
  readonly rows: number;
  readonly depth: number;
}

/** In whole numbers where the channels can be cut into eights, which leaves the first layer of a network in floats. */
function productSteps(
  { weight, low, high }: Convolution,
  { at, scales, rows, depth }: Left,
  { skip, y, bias }: { skip: number; y: Picture; bias: number },
  memory: MemoryPlan,
  keep: Keep,
): Step[] {
  if (weight.dims[1] % CHANNEL_MULTIPLE !== 0) {
    const w = keep(packPanels(weight));
    return [(k) => k.multiply(at, w, bias, skip, y.at, rows, depth, y.channels, low, high)];
  }
  const packed = packFixed(weight);
  const w = keep(packed.wholes);
  const wScales = keep(packed.scales);
  const multiply =
    (q: number, qScales: number): Step =>
    (k) =>
      k.multiplyFixed(q, qScales, w, wScales, bias, skip, y.at, rows, depth, y.channels, low, high);
  if (scales !== undefined) return [multiply(at, scales)];
  const whole = takeWholes(rows, depth, memory);
  memory.release(whole.at);
  memory.release(whole.scales);
  return [(k) => k.roundRows(at, whole.at, whole.scales, rows, depth), multiply(whole.at, whole.scales)];
}

/** Room for a picture, or rows of a product, in whole numbers. */
export function takeWholes(rows: number, depth: number, memory: MemoryPlan): { at: number; scales: number } {
  return { at: memory.take((rows * depth * WHOLE_BYTES) / FLOAT_BYTES), scales: memory.take(rows) };
}

/** The picture with its frame of zeros, in memory that is to be released; the picture itself where no frame is needed. */
function frameSteps({ top, left, bottom, right }: Convolution, x: Picture, memory: MemoryPlan) {
  if (top + left + bottom + right === 0) return { picture: x, taken: undefined, steps: [] };
  const height = top + x.height + bottom;
  const width = left + x.width + right;
  const at = memory.take(height * width * x.channels);
  const frame: Step = (k) => k.frame(x.at, at, x.height, x.width, x.channels, top, left, bottom, right);
  return { picture: { ...x, at, height, width }, taken: at, steps: [frame] };
}
