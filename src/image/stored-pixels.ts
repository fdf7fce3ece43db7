/** A photo's pixels resized as they are stored, and where each upright pixel then stands: orientation only changes how the axes are read. */
import { WHOLE } from "./decoded-size.ts";
import { createFilterTable } from "./filter-table.ts";
import { type AxisLayout, type InputGeometry, layOut } from "./geometry.ts";
import type { Orientation } from "./image-header.ts";
import { PIXEL_FLOATS, type Resample } from "./resample.ts";
import type { RgbaImage } from "./rgba-image.ts";

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
