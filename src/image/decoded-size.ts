/**
 * At which size a photo is decoded. A JPEG's blocks can be made smaller before they become pixels, which saves most of the work of a
 * large one; what is left must still be finer than the backbone's input, or the embedding would tell.
 */
import { STORED_AS } from "./exif-orientation.ts";
import { type InputGeometry, layOut } from "./geometry.ts";
import type { ImageHeader } from "./image-header.ts";

/** How many eighths of its size a photo is decoded at: what libjpeg does in one step with a block of 8 x 8. */
export type Eighths = 1 | 2 | 4 | 8;

/** All of its size. */
export const WHOLE = 8;

/** From the smallest on. */
const REDUCED = [1, 2, 4] as const;

/** Decoded pixels for each of the input's, along each axis: what keeps the embedding at a cosine of .999 (docs/decisions/0078). */
const MIN_PIXELS = 2.25;

/** Depends on the photo and the backbone alone, so that a photo has one embedding, whoever asks and wherever. */
export function chooseEighths({ coding, width, height, orientation }: ImageHeader, input: InputGeometry): Eighths {
  if (coding !== "jpeg") return WHOLE;
  const { transposed } = STORED_AS[orientation];
  const { across, down } = transposed ? layOut(height, width, input) : layOut(width, height, input);
  const pixels = Math.min(across.source / across.target, down.source / down.target);
  return REDUCED.find((eighths) => (pixels * eighths) / WHOLE >= MIN_PIXELS) ?? WHOLE;
}
