/** The camera that the benchmark of places looks through. */
import { describe, expect, it } from "vitest";
import { OTHER_CAMERA, seeThrough } from "../../cli/bench/camera/other-camera.ts";

/** Left half black, right half white. */
const width = 64;
const data = Uint8ClampedArray.from({ length: width * width * 4 }, (_, i) =>
  i % 4 === 3 || (i >> 2) % width >= width / 2 ? 255 : 0,
);
const photo = { data, width, height: width };

describe("another camera", () => {
  const seen = seeThrough(photo, OTHER_CAMERA);
  const meanOf = (channel: number, from: number, to: number) => {
    const values = Array.from(seen.data).filter(
      (_, i) => i % 4 === channel && (i >> 2) % width >= from && (i >> 2) % width < to,
    );
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };

  it("sees the same photo the same way, and leaves the photo as it was", () => {
    expect(seeThrough(photo, OTHER_CAMERA)).toEqual(seen);
    expect(photo.data[4 * (width - 1)]).toBe(255);
  });

  it("is dark and yellow", () => {
    const [red, green, blue] = [0, 1, 2].map((channel) => meanOf(channel, 50, 64));
    expect([red, green, blue]).toEqual(OTHER_CAMERA.light.map((share) => expect.closeTo(255 * share, -1)));
    expect(blue).toBeLessThan(0.8 * red);
  });

  it("is blurred at edges and noisy everywhere", () => {
    const sharp = seeThrough(photo, { ...OTHER_CAMERA, noise: 0 });
    const row = Array.from({ length: width }, (_, x) => sharp.data[4 * x]);
    expect(seeThrough(photo, { ...OTHER_CAMERA, blur: 0.05, noise: 0 }).data[4 * (width / 2 - 1)]).toBeGreaterThan(20);
    expect(row[0]).toBe(0);
    expect(new Set(Array.from(seen.data.subarray(4 * 40, 4 * 60)).filter((_, i) => i % 4 === 0)).size).toBeGreaterThan(
      3,
    );
  });
});
