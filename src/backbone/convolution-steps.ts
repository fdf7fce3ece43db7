/**
 * The kernel calls of one convolution, by its shape: 1 x 1 is one product; depthwise slides over a framed picture; any other
 * gathers patches and multiplies those. Packs the weights for the kernel that will read them.
 */
import type { BackboneKernels } from "./kernels/backbone-kernels.ts";
import type { Convolution } from "./layers.ts";
import type { MemoryPlan } from "./memory-plan.ts";
import { packDepthwise, packPanels } from "./pack-weights.ts";

/** A picture in memory: height x width x channels floats from the address `at` on. */
export interface Picture {
  readonly at: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** One or more kernel calls on addresses fixed when the network was laid out; a run is the steps in order. */
export type Step = (kernels: BackboneKernels) => void;

/** Puts numbers into the memory for good and returns their address. */
export type Keep = (data: Float32Array) => number;

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
  const framed = frameSteps(layer, x, memory);
  const { at, width } = framed.picture;
  if (layer.isDepthwise) {
    const w = keep(packDepthwise(layer.weight));
    memory.release(framed.taken);
    return [
      ...framed.steps,
      (k) => k.slide(at, w, bias, y.at, width, x.channels, stride, y.height, y.width, low, high),
    ];
  }
  const w = keep(packPanels(layer.weight));
  const rows = y.height * y.width;
  const depth = kernelHeight * kernelWidth * x.channels;
  const isPointwise = depth === x.channels && stride === 1;
  const patches = isPointwise ? undefined : memory.take(rows * depth);
  const gather: Step = (k) =>
    k.gather(at, patches ?? at, width, x.channels, kernelHeight, kernelWidth, stride, y.height, y.width);
  memory.release(framed.taken);
  memory.release(patches);
  return [
    ...framed.steps,
    ...(isPointwise ? [] : [gather]),
    (k) => k.multiply(patches ?? at, w, bias, skip, y.at, rows, depth, y.channels, low, high),
  ];
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
