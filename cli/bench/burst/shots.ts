/**
 * Shots of one thing in a row, made of one photo: what a hand that moves a little, and a camera that meters and focuses again, would have taken.
 * The same for the same photo on every machine. Pure.
 */
import type { RgbaImage } from "../../../src/image/rgba-image.ts";
import { seeThrough } from "../camera/other-camera.ts";
import { seededNumbers } from "../head-data.ts";

/** How much one shot differs from the next. */
export interface Hand {
  readonly name: "steady" | "moving";
  /** Sides of the visible part, as shares of the photo's, between these two; it may lie anywhere. */
  readonly least: number;
  readonly most: number;
  /** The exposure is between `1 - light` and `1 + light`. */
  readonly light: number;
  /** Standard deviation of the blur, at most, as a share of the short side. */
  readonly blur: number;
  /** Standard deviation of the noise of each channel, of 255. */
  readonly noise: number;
}

/** A phone that is held still, and one whose owner walks past. */
export const HANDS: readonly Hand[] = [
  { name: "steady", least: 0.88, most: 0.95, light: 0.05, blur: 0.001, noise: 2 },
  { name: "moving", least: 0.65, most: 0.9, light: 0.25, blur: 0.008, noise: 5 },
];

/** Windows of a photo that is there already, which cost no further shot. */
export const WINDOWS = { least: 0.85, most: 0.95, light: 0, blur: 0, noise: 0 } satisfies Omit<Hand, "name">;

/** `count` shots of what the photo shows; `number` tells one photo's shots from another's. */
export function takeShots(photo: RgbaImage, hand: Omit<Hand, "name">, count: number, number: number): RgbaImage[] {
  const uniform = seededNumbers(number * 7919 + 1);
  for (let i = 0; i < 8; i++) uniform(); // neighbouring seeds begin alike
  const between = (low: number, high: number) => low + (high - low) * uniform();
  return Array.from({ length: count }, () => {
    const share = between(hand.least, hand.most);
    const seen = cutOut(photo, share, uniform(), uniform());
    const exposure = between(1 - hand.light, 1 + hand.light);
    return seeThrough(seen, { blur: between(0, hand.blur), light: [exposure, exposure, exposure], noise: hand.noise });
  });
}

/** A window of `share` of each side; `x` and `y`, 0 to 1, say where. */
function cutOut({ data, width, height }: RgbaImage, share: number, x: number, y: number): RgbaImage {
  const [w, h] = [Math.round(width * share), Math.round(height * share)];
  const [left, top] = [Math.floor((width - w) * x), Math.floor((height - h) * y)];
  const cut = new Uint8ClampedArray(4 * w * h);
  for (let row = 0; row < h; row++) {
    const start = 4 * ((top + row) * width + left);
    cut.set(data.subarray(start, start + 4 * w), 4 * row * w);
  }
  return { data: cut, width: w, height: h };
}
