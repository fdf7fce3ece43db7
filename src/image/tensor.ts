/** Pixels to the backbone's input: upright, resized, fitted and normalised. */

import { freeMemory } from "../shared/free-memory.ts";
import { WHOLE } from "./decoded-size.ts";
import { STORED_AS } from "./exif-orientation.ts";
import { type AxisLayout, type InputGeometry, layOut } from "./geometry.ts";
import type { Orientation } from "./image-header.ts";
import { createFilterTable, PIXEL_FLOATS, type Resample, resamplePlainly } from "./resample.ts";
import type { RgbaImage } from "./rgba-image.ts";

/** How the upright photo was laid out, and whether its rows are stored as columns. */
export interface Placement {
  readonly transposed: boolean;
  readonly across: AxisLayout;
  readonly down: AxisLayout;
}

/** `resized` is float32 [rows, columns, 4] in 0..255, in the order of the file; `storedIndex` finds an upright pixel in it. */
export function resizeStored(
  image: RgbaImage,
  orientation: Orientation,
  geometry: InputGeometry,
  resample: Resample,
): { resized: Float32Array; placement: Placement } {
  const { transposed, flipX, flipY } = STORED_AS[orientation];
  const whole = image.whole ?? { ...image, eighths: WHOLE };
  const upright = transposed ? [whole.height, whole.width] : [whole.width, whole.height];
  const share = whole.eighths / WHOLE;
  const { across, down } = layOut(upright[0], upright[1], geometry);
  const alongX = createFilterTable(axisOf(transposed ? down : across, share, image.width, flipX));
  const alongY = createFilterTable(axisOf(transposed ? across : down, share, image.height, flipY));
  return { resized: resample(image, alongX, alongY), placement: { transposed, across, down } };
}

/** Where the upright pixel (x, y), counted from the first that was resized, begins in `resized`. */
export function storedIndex({ transposed, across, down }: Placement, x: number, y: number): number {
  return (transposed ? x * down.count + y : y * across.count + x) * PIXEL_FLOATS;
}

function axisOf({ source, target, first, count }: AxisLayout, share: number, pixels: number, flipped: boolean) {
  return { sourceSize: source * share, pixels, targetSize: target, first, count, flipped };
}

/** What a backbone expects; the numbers come from its manifest. */
export interface TensorSpec extends InputGeometry {
  /** Short sides of several views of one photo, instead of `resizeShortSide`. */
  readonly views?: readonly number[] | undefined;
  /** Per channel R, G, B, in units of [0, 1]: output = (value / 255 - mean) / std. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

const CHANNELS = 3;

/** Returns the input tensor, float32, layout [3, height, width], or [views, 3, height, width] where there are several. */
export function imageToTensor(
  image: RgbaImage,
  orientation: Orientation,
  spec: TensorSpec,
  resample: Resample = resamplePlainly,
): Float32Array {
  const { views = [spec.resizeShortSide] } = spec;
  const floats = CHANNELS * spec.height * spec.width;
  const tensor = new Float32Array(views.length * floats);
  for (const [index, resizeShortSide] of views.entries()) {
    const { resized, placement } = resizeStored(image, orientation, { ...spec, resizeShortSide }, resample);
    normalise(resized, placement, spec, tensor.subarray(index * floats, (index + 1) * floats));
    freeMemory(resized);
  }
  return tensor;
}

/** Turns the resized pixels upright into `tensor`, [3, height, width] of zeros. What no pixel covers stays 0, the mean colour. */
function normalise(resized: Float32Array, placement: Placement, spec: TensorSpec, tensor: Float32Array): void {
  const { across, down } = placement;
  const plane = spec.height * spec.width;
  for (let y = 0; y < down.count; y++) {
    for (let x = 0; x < across.count; x++) {
      const from = storedIndex(placement, x, y);
      const to = (y + down.offset) * spec.width + x + across.offset;
      for (let channel = 0; channel < CHANNELS; channel++) {
        tensor[channel * plane + to] = (resized[from + channel] / 255 - spec.mean[channel]) / spec.std[channel];
      }
    }
  }
}
