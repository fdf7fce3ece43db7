/**
 * Pixels to the backbone's input: upright, resized, fitted and normalised. Orientation only changes how the axes are read.
 */

import { freeMemory } from "../shared/free-memory.ts";
import { createFilterTable } from "./filter-table.ts";
import { type AxisLayout, type InputGeometry, layOut } from "./geometry.ts";
import type { Orientation } from "./image-header.ts";
import { PIXEL_FLOATS, type Resample, resamplePlainly } from "./resample.ts";
import type { RgbaImage } from "./rgba-image.ts";

/** What a backbone expects; the numbers come from its manifest. */
export interface TensorSpec extends InputGeometry {
  /** Per channel R, G, B, in units of [0, 1]: output = (value / 255 - mean) / std. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

const CHANNELS = 3;

/** How each EXIF orientation stores an upright photo: mirrored along the stored axes, then transposed. */
const STORED_AS: Record<Orientation, { transposed: boolean; flipX: boolean; flipY: boolean }> = {
  1: { transposed: false, flipX: false, flipY: false },
  2: { transposed: false, flipX: true, flipY: false },
  3: { transposed: false, flipX: true, flipY: true },
  4: { transposed: false, flipX: false, flipY: true },
  5: { transposed: true, flipX: false, flipY: false },
  6: { transposed: true, flipX: false, flipY: true },
  7: { transposed: true, flipX: true, flipY: true },
  8: { transposed: true, flipX: true, flipY: false },
};

/** Returns the input tensor, float32, layout [3, height, width]. */
export function imageToTensor(
  image: RgbaImage,
  orientation: Orientation,
  spec: TensorSpec,
  resample: Resample = resamplePlainly,
): Float32Array {
  const { transposed, flipX, flipY } = STORED_AS[orientation];
  const upright = transposed ? [image.height, image.width] : [image.width, image.height];
  const { across, down } = layOut(upright[0], upright[1], spec);
  const alongX = createFilterTable(axisOf(transposed ? down : across, flipX));
  const alongY = createFilterTable(axisOf(transposed ? across : down, flipY));
  const resized = resample(image, alongX, alongY);
  const tensor = normalise(resized, { transposed, across, down }, spec);
  freeMemory(resized);
  return tensor;
}

function axisOf({ source, target, first, count }: AxisLayout, flipped: boolean) {
  return { sourceSize: source, targetSize: target, first, count, flipped };
}

interface Placement {
  readonly transposed: boolean;
  readonly across: AxisLayout;
  readonly down: AxisLayout;
}

/** Turns the resized pixels upright into [3, height, width]. What no pixel covers stays 0, the mean colour. */
function normalise(resized: Float32Array, { transposed, across, down }: Placement, spec: TensorSpec): Float32Array {
  const plane = spec.height * spec.width;
  const tensor = new Float32Array(CHANNELS * plane);
  for (let y = 0; y < down.count; y++) {
    for (let x = 0; x < across.count; x++) {
      const from = (transposed ? x * down.count + y : y * across.count + x) * PIXEL_FLOATS;
      const to = (y + down.offset) * spec.width + x + across.offset;
      for (let channel = 0; channel < CHANNELS; channel++) {
        tensor[channel * plane + to] = (resized[from + channel] / 255 - spec.mean[channel]) / spec.std[channel];
      }
    }
  }
  return tensor;
}
