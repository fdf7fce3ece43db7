/** The whole photo, upright and small, for people who judge by looking: the backbone's own input may be a part of it. */
import { freeMemory } from "../shared/free-memory.ts";
import type { Orientation } from "./image-header.ts";
import { PIXEL_FLOATS, type Resample, resamplePlainly } from "./resample.ts";
import type { RgbaImage } from "./rgba-image.ts";
import { resizeStored, storedIndex } from "./stored-pixels.ts";

/** Pixels of a thumbnail's longer side: sharp on a tile of a grid, and enough to name a dish. */
export const THUMBNAIL_SIDE_PIXELS = 256;

/** Pixels of an original's longer side: more than any backbone looks at. */
export const ORIGINAL_SIDE_PIXELS = 1_024;

/** The pixels of `image`, at most `side` along its longer side, never enlarged; transparent ones are laid on white. */
export function shrinkUpright(
  image: RgbaImage,
  orientation: Orientation,
  side: number,
  resample: Resample = resamplePlainly,
): RgbaImage {
  const bound = Math.min(side, Math.max(image.width, image.height));
  const geometry = { width: bound, height: bound, resizeShortSide: bound, crop: "letterbox" } as const;
  const { resized, placement } = resizeStored(image, orientation, geometry, resample);
  const [width, height] = [placement.across.count, placement.down.count];
  const data = new Uint8ClampedArray(width * height * PIXEL_FLOATS);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [storedIndex(placement, x, y), (y * width + x) * PIXEL_FLOATS];
      for (let channel = 0; channel < 3; channel++) data[to + channel] = resized[from + channel];
      data[to + 3] = 255;
    }
  }
  freeMemory(resized);
  return { data, width, height };
}
