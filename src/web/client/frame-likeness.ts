/** Whether two frames of a camera show nearly the same: compared as tiny grey pictures, so that a sensor's noise is averaged away. Pure. */

/** The tiny picture is so many pixels wide and high. */
export const SIGNATURE_SIDE = 16;

/** Mean difference of two grey values, 0 to 255, below which frames are alike: a camera on a table stays below 1. */
const ALIKE_BELOW = 2;

/** Grey values of a frame drawn at `SIGNATURE_SIDE`, row by row; `rgba` is what a canvas gives. Weights: Rec. 601. */
export function toSignature(rgba: Uint8ClampedArray): Float32Array {
  return Float32Array.from(
    { length: rgba.length / 4 },
    (_, i) => 0.299 * rgba[4 * i] + 0.587 * rgba[4 * i + 1] + 0.114 * rgba[4 * i + 2],
  );
}

/** Whether a frame looks like one of those that are kept. */
export function isAlike(signature: Float32Array, kept: readonly Float32Array[]): boolean {
  return kept.some((other) => meanDifference(signature, other) < ALIKE_BELOW);
}

function meanDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
}
