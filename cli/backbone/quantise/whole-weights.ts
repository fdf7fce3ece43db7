/** Weights of one convolution in whole numbers, with a scale per output. Pure. */

import type { Convolution } from "../../../src/backbone/layers.ts";
import { MAX_QUAD_SUM } from "../../../src/backbone/pack-weights.ts";
import type { Reading } from "./readings.ts";

export interface WholeWeights {
  /** [outputs, inputs, height, width], as in the layer. */
  readonly wholes: Float32Array;
  /** What a sum of products of whole numbers is multiplied by, and what is added then, to have the layer's own floats. */
  readonly scales: Float64Array;
  readonly biases: Float64Array;
}

/** What four weights of one sign may add up to (`fitsBytes`), less what rounding adds. */
const QUAD_SUM = MAX_QUAD_SUM - 2;

/**
 * With `x = (q - offset) step`, the layer is `sum W step (q - offset) + bias`. Scales take the steps in; the biases take in the offsets and what
 * rounding the weights does to the mean of each output over the photos.
 */
export function roundWeights(layer: Convolution, reading: Reading, means: Float64Array): WholeWeights {
  const { weight, bias, isDepthwise } = layer;
  const [outputs] = weight.dims;
  const perOutput = weight.data.length / outputs;
  const area = weight.dims[2] * weight.dims[3];
  const wholes = new Float32Array(weight.data.length);
  const scales = new Float64Array(outputs);
  const biases = Float64Array.from(bias);
  for (let output = 0; output < outputs; output++) {
    const channelOf = (i: number) => (isDepthwise ? output : Math.floor(i / area));
    const first = output * perOutput;
    const stepped = Float64Array.from(
      { length: perOutput },
      (_, i) => weight.data[first + i] * reading.steps[channelOf(i)],
    );
    const scale = scaleOf(stepped, reading, area);
    scales[output] = scale;
    for (let i = 0; i < perOutput; i++) {
      const channel = channelOf(i);
      const whole = Math.round(stepped[i] / scale);
      wholes[first + i] = whole;
      biases[output] -= whole * scale * reading.offsets[channel];
      biases[output] += (stepped[i] - whole * scale) * (means[channel] / reading.steps[channel]);
    }
  }
  return { wholes, scales, biases };
}

function scaleOf(stepped: Float64Array, { largestWeight, isBytes }: Reading, area: number): number {
  const peak = stepped.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (peak === 0) return 1;
  const scale = peak / largestWeight;
  return isBytes ? Math.max(scale, largestQuad(stepped, area) / QUAD_SUM) : scale;
}

/** The largest sum of those four of one sign that the kernel adds in 16 bits; the depth counts positions, then inputs. */
function largestQuad(stepped: Float64Array, area: number): number {
  const inputs = stepped.length / area;
  const at = (depth: number) => stepped[(depth % inputs) * area + Math.floor(depth / inputs)];
  let largest = 0;
  for (let depth = 0; depth < stepped.length; depth += 8) {
    for (const pair of [depth, depth + 2]) {
      const four = [at(pair), at(pair + 1), at(pair + 4), at(pair + 5)];
      const positive = four.reduce((sum, value) => sum + Math.max(value, 0), 0);
      largest = Math.max(largest, positive, positive - four.reduce((sum, value) => sum + value, 0));
    }
  }
  return largest;
}
