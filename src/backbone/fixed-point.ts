/**
 * The weights of `multiplyFixed` (`tools/backbone/kernels/fixed-product.as.ts`): whole numbers of 16 bits and one scale per output.
 * Scales are chosen so that no sum can leave 32 bits, whatever the picture holds. Pure.
 */
import type { OnnxWeight } from "./onnx-file.ts";

/** Inputs of a convolution in whole numbers are a multiple of this, and so is the depth that `roundRows` reads. */
export const CHANNEL_MULTIPLE = 8;

/** Bytes of a whole number, of a picture and of a weight alike. */
export const WHOLE_BYTES = 2;

/** As in `round.as.ts`: the largest whole number of a picture. */
const LARGEST_INPUT = 4095;
/** Columns of a panel. */
const PANEL = 8;
/** What the absolute values of an output's whole weights may add up to, so that times LARGEST_INPUT it is below 2^31. */
const LARGEST_SUM = Math.floor((2 ** 31 - 1) / LARGEST_INPUT);
/** 1.5 x 2^52: beside it a float64 has no room for fractions. */
const ROUNDER = 1.5 * 2 ** 52;
const LARGEST_WEIGHT = 2 ** 15 - 1;

/** Weights as the kernel reads them: `scales[output]` times its whole numbers gives its floats back. */
export interface FixedWeights {
  /** Panels of 8 outputs; in a panel pairs of depth, in a pair (w[0], w[1]) of each output. */
  readonly wholes: Int16Array;
  readonly scales: Float32Array;
}

/** From [outputs, inputs, height, width]; outputs and inputs are multiples of 8; the depth counts height, width, inputs. */
export function packFixed({ dims, data }: OnnxWeight): FixedWeights {
  const [outputs, inputs, height, width] = dims;
  const area = height * width;
  const depth = inputs * area;
  const wholes = new Int16Array(data.length);
  const scales = new Float32Array(outputs);
  for (let output = 0; output < outputs; output++) {
    const from = output * depth;
    const factor = findFactor(data, from, from + depth);
    const lane = output % PANEL;
    let even = (output - lane) * depth + 2 * lane;
    for (let position = 0; position < area; position++) {
      for (let at = from + position; at < from + depth; at += 2 * area, even += 2 * PANEL) {
        wholes[even] = roundOff(data[at] * factor);
        wholes[even + 1] = roundOff(data[at + area] * factor);
      }
    }
    scales[output] = factor === 0 ? 0 : 1 / factor;
  }
  return { wholes, scales };
}

/** To the nearest whole number, to the even one in the middle: three times as fast as Math.round, and a network has millions. */
function roundOff(value: number): number {
  return value + ROUNDER - ROUNDER;
}

/** By what the weights of one output are multiplied before they are rounded; rounding adds at most a half to each. */
function findFactor(weights: Float32Array, from: number, to: number): number {
  let peak = 0;
  let sum = 0;
  for (let at = from; at < to; at++) {
    const size = Math.abs(weights[at]);
    peak = Math.max(peak, size);
    sum += size;
  }
  if (peak === 0) return 0;
  return Math.min(LARGEST_WEIGHT / peak, (LARGEST_SUM - (to - from) / 2) / sum);
}
