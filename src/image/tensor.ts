/** Pixels to the backbone's input: upright, resized, fitted and normalised. */

import { freeMemory } from "../shared/free-memory.ts";
import type { InputGeometry } from "./geometry.ts";
import type { Orientation } from "./image-header.ts";
import { type Resample, resamplePlainly } from "./resample.ts";
import type { RgbaImage } from "./rgba-image.ts";
import { type Placement, resizeStored, storedIndex } from "./stored-pixels.ts";

/** What a backbone expects; the numbers come from its manifest. */
export interface TensorSpec extends InputGeometry {
  /** Per channel R, G, B, in units of [0, 1]: output = (value / 255 - mean) / std. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

const CHANNELS = 3;

/** Returns the input tensor, float32, layout [3, height, width]. */
export function imageToTensor(
  image: RgbaImage,
  orientation: Orientation,
  spec: TensorSpec,
  resample: Resample = resamplePlainly,
): Float32Array {
  const { resized, placement } = resizeStored(image, orientation, spec, resample);
  const tensor = normalise(resized, placement, spec);
  freeMemory(resized);
  return tensor;
}

/** Turns the resized pixels upright into [3, height, width]. What no pixel covers stays 0, the mean colour. */
function normalise(resized: Float32Array, placement: Placement, spec: TensorSpec): Float32Array {
  const { across, down } = placement;
  const plane = spec.height * spec.width;
  const tensor = new Float32Array(CHANNELS * plane);
  for (let y = 0; y < down.count; y++) {
    for (let x = 0; x < across.count; x++) {
      const from = storedIndex(placement, x, y);
      const to = (y + down.offset) * spec.width + x + across.offset;
      for (let channel = 0; channel < CHANNELS; channel++) {
        tensor[channel * plane + to] = (resized[from + channel] / 255 - spec.mean[channel]) / spec.std[channel];
      }
    }
  }
  return tensor;
}
