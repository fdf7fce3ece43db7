/** The parts of the benchmark of bursts that decide what its figures mean. */
import { describe, expect, it } from "vitest";
import { HANDS, takeShots } from "../../cli/bench/burst/shots.ts";
import type { RgbaImage } from "../../src/image/rgba-image.ts";

const [STEADY, MOVING] = HANDS;

/** A ramp to the right in red, downwards in green. */
function drawRamp(): RgbaImage {
  const [width, height] = [100, 80];
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) data.set([2 * (i % width), 2 * Math.floor(i / width), 128, 255], 4 * i);
  return { data, width, height };
}

describe("shots in a row", () => {
  it("are the same for the same photo, and differ from each other and from another photo's", () => {
    const shots = takeShots(drawRamp(), MOVING, 3, 7);
    expect(takeShots(drawRamp(), MOVING, 3, 7)).toEqual(shots);
    const [first, second] = shots;
    expect(first).not.toEqual(second);
    expect(takeShots(drawRamp(), MOVING, 3, 8)).not.toEqual(shots);
  });

  it.each(HANDS)("lie within the photo, by a $name hand", (hand) => {
    for (const { width, height, data } of takeShots(drawRamp(), hand, 20, 1)) {
      expect(width).toBeGreaterThanOrEqual(Math.floor(100 * hand.least));
      expect(width).toBeLessThanOrEqual(Math.ceil(100 * hand.most));
      expect(data.length).toBe(4 * width * height);
    }
  });

  it("are nearly the photo by a steady hand, and brighter or darker by a moving one", () => {
    const blueOf = ({ data }: RgbaImage) =>
      data.reduce((sum, value, i) => sum + (i % 4 === 2 ? value : 0), 0) / (data.length / 4);
    const spread = (hand: typeof STEADY) => {
      const blues = takeShots(drawRamp(), hand, 30, 3).map(blueOf);
      return Math.max(...blues) - Math.min(...blues);
    };
    expect(spread(STEADY)).toBeLessThan(0.1 * 128 + 1);
    expect(spread(MOVING)).toBeGreaterThan(0.3 * 128);
  });
});
