/** How far to shrink a photo before it is sent. Pure; lengths are pixels. Nothing is ever enlarged. */

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Three times the backbone's input: at twice, resampling once here and once there moves the embedding (least cosine to that of
 * the photo itself .9965 on real photos; at three times .9991).
 */
const SHORT_SIDE_PER_INPUT = 3;

/** A photo that would shrink by less than this is sent as it is: resampling to nearly its own size blurs and saves little. */
const LEAST_SHRINK = 1.5;

/** The size at which a photo is sent: short side of three times `inputPixels`, and never more than `maxPixels` in all. */
export function fitForSending(size: Size, inputPixels: number, maxPixels: number): Size {
  const shortSide = Math.min(size.width, size.height);
  const wanted = (inputPixels * SHORT_SIDE_PER_INPUT) / shortSide;
  const byShortSide = wanted * LEAST_SHRINK > 1 ? 1 : wanted;
  // A very long panorama keeps its short side but would still exceed the server's limit.
  const byPixels = Math.sqrt(maxPixels / (size.width * size.height));
  return scale(size, Math.min(1, byShortSide, byPixels));
}

/** The size of a thumbnail whose long side is at most `longSide`. */
export function fitLongSide(size: Size, longSide: number): Size {
  return scale(size, Math.min(1, longSide / Math.max(size.width, size.height)));
}

/** Rounds down, so that a limit stays one, but never below one pixel. */
function scale({ width, height }: Size, factor: number): Size {
  if (factor === 1) return { width, height };
  return { width: Math.max(1, Math.floor(width * factor)), height: Math.max(1, Math.floor(height * factor)) };
}
