/**
 * In which whole numbers a convolution reads its input: `q = clamp(floor(x / step + offset + 1/2), low, high)`, one step and one offset per
 * channel. Pure.
 */

import type { Convolution } from "../../../src/backbone/layers.ts";
import { hasWholeSteps, MAX_BYTE } from "../../../src/backbone/pack-weights.ts";
import type { ChannelRanges } from "./channel-ranges.ts";

export interface Reading {
  /** Per channel of the input, what one whole number stands for. */
  readonly steps: Float64Array;
  /** Per channel of the input, the number that stands for 0; whole or not. */
  readonly offsets: Float64Array;
  readonly low: number;
  readonly high: number;
  /** The largest whole weight with which every sum stays exact. */
  readonly largestWeight: number;
  /** Whether the kernel for bytes can multiply it. */
  readonly isBytes: boolean;
}

/** Depthwise convolutions and the first one compute with whole numbers in floats, which have room for more than seven bits. */
const WIDE_TOP = { depthwise: 2047, other: 511 };
const MOST_WIDE_WEIGHT = 1023;
/** Float32 holds all whole numbers below this: sums of them are exact, in whatever order a machine adds. */
const EXACT = 2 ** 24;
/** Other photos go beyond the range of these. Chosen, as what follows, by the embeddings of training photos of other sets than those that showed the ranges. */
const MARGIN = { bytes: 1.25, wide: 2 };
/** No channel is taken to stay below this share of the widest: what hardly speaks on these photos may speak on others. */
const LEAST_SHARE = 1 / 16;
const LEAST_SPAN = 1e-6;

/** `bound` is what the input cannot exceed. Null where the sums of this layer could not be exact. */
export function chooseReading(layer: Convolution, { low, high }: ChannelRanges, bound: number): Reading | null {
  const [, inputs, height, width] = layer.weight.dims;
  const depth = inputs * height * width;
  const isFramed = layer.top + layer.left + layer.bottom + layer.right > 0;
  const isSigned = low.some((least) => least < 0);
  // A frame of zeros is zeros in whole numbers only where 0 stands for 0, and bytes have no sign.
  const isBytes = !layer.isDepthwise && hasWholeSteps(layer.weight) && !(isFramed && isSigned);
  const top = isBytes ? MAX_BYTE : WIDE_TOP[layer.isDepthwise ? "depthwise" : "other"];
  const largestWeight = Math.min(isBytes ? MAX_BYTE : MOST_WIDE_WEIGHT, Math.floor((EXACT - 1) / (depth * top)));
  if (largestWeight < MAX_BYTE) return null;
  const hasOffsets = isBytes && isSigned;
  const spans = high.map((most, c) => (hasOffsets ? most - low[c] : Math.max(most, -low[c])));
  const widest = spans.reduce((most, span) => Math.max(most, span), LEAST_SPAN);
  const margin = MARGIN[isBytes ? "bytes" : "wide"];
  const isEven = inputs % 4 !== 0 && !layer.isDepthwise; // the picture's three channels, which the kernels do not take apart
  const steps = spans.map((span) => {
    // Half-way, by their ratio, between a step of its own, which weights would have to make up for, and one for all.
    const own = isEven ? widest : Math.sqrt(Math.max(span, widest * LEAST_SHARE) * widest);
    return Math.min(own * margin, isSigned ? Number.POSITIVE_INFINITY : bound) / top;
  });
  const middle = (c: number) => MAX_BYTE / 2 - (low[c] + high[c]) / 2 / steps[c];
  const offsets = Float64Array.from(spans, (_, c) => (hasOffsets ? middle(c) : 0));
  return { steps, offsets, low: isBytes || !isSigned ? 0 : -top, high: top, largestWeight, isBytes };
}
