/**
 * Another camera: the same photos as a cheap one in a dim, yellow-lit room would take them. Blurred, dark, yellow and noisy, the same for the
 * same photo on every machine. Pure.
 */
import type { RgbaImage } from "../../../src/image/rgba-image.ts";

/** How bad the camera is. */
export interface Camera {
  /** Standard deviation of the blur, as a share of the short side. */
  readonly blur: number;
  /** Factors of red, green and blue. */
  readonly light: readonly [number, number, number];
  /** Standard deviation of the noise of each channel, of 255. */
  readonly noise: number;
}

/** So bad that MobileNetV2 tells half of the groceries: the question is what comes back, and a camera that harms nothing would ask none. */
export const OTHER_CAMERA: Camera = { blur: 0.01, light: [0.7, 0.62, 0.47], noise: 4 };

const CHANNELS = [0, 1, 2];
/** Box blurs in a row that make a Gaussian one. */
const PASSES = 3;
/** Uniform numbers whose sum is roughly normal, and the variance of that sum. */
const DRAWS = 4;
const DRAWN_VARIANCE = DRAWS / 12;

/** A new image; the alpha channel stays. */
export function seeThrough(image: RgbaImage, { blur, light, noise }: Camera): RgbaImage {
  const { width, height } = image;
  const data = new Uint8ClampedArray(image.data);
  const radius = boxRadius(blur * Math.min(width, height));
  const random = seededBy(image.data);
  const plane = new Float32Array(width * height);
  for (const channel of CHANNELS) {
    for (let i = 0; i < plane.length; i++) plane[i] = image.data[4 * i + channel];
    for (let pass = 0; pass < PASSES; pass++) {
      blurLines(plane, { lines: height, length: width, step: 1, jump: width }, radius);
      blurLines(plane, { lines: width, length: height, step: width, jump: 1 }, radius);
    }
    for (let i = 0; i < plane.length; i++) data[4 * i + channel] = plane[i] * light[channel] + noise * random();
  }
  return { data, width, height };
}

/** `PASSES` boxes of `2 r + 1` pixels have the variance `PASSES ((2 r + 1)^2 - 1) / 12`. */
function boxRadius(sigma: number): number {
  return Math.round((Math.sqrt((12 * sigma * sigma) / PASSES + 1) - 1) / 2);
}

interface Lines {
  readonly lines: number;
  readonly length: number;
  /** From a pixel to the next one of its line, and from a line to the next one. */
  readonly step: number;
  readonly jump: number;
}

/** Means over `2 radius + 1` pixels of each line; beyond its ends its last pixel goes on. */
function blurLines(plane: Float32Array, { lines, length, step, jump }: Lines, radius: number): void {
  const line = new Float32Array(length);
  const at = (i: number) => line[Math.min(length - 1, Math.max(0, i))];
  for (let start = 0; start < lines * jump; start += jump) {
    for (let i = 0; i < length; i++) line[i] = plane[start + i * step];
    let sum = 0;
    for (let i = -radius; i <= radius; i++) sum += at(i);
    for (let i = 0; i < length; i++) {
      plane[start + i * step] = sum / (2 * radius + 1);
      sum += at(i + radius + 1) - at(i - radius);
    }
  }
}

/** Roughly normal numbers of variance 1 (mulberry32), seeded with the FNV-1a hash of every 97th byte. */
function seededBy(bytes: Uint8ClampedArray): () => number {
  let state = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i += 97) state = Math.imul(state ^ bytes[i], 0x01000193) >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => {
    let sum = -DRAWS / 2;
    for (let i = 0; i < DRAWS; i++) sum += uniform();
    return sum / Math.sqrt(DRAWN_VARIANCE);
  };
}
