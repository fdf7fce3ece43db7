import { describe, expect, it } from "vitest";
import { isAlike, SIGNATURE_SIDE, toSignature } from "../../src/web/client/frame-likeness.ts";
import { drawPhoto } from "../support/photos.ts";
import { createNormal } from "../support/random.ts";

/** What a canvas would give of a photo, with the noise of a sensor of this strength on each averaged pixel. */
function frame(kind: string, seed: number, noise = 0, run = 0): Float32Array {
  const rgb = drawPhoto(kind, seed, SIGNATURE_SIDE, 0);
  const normal = createNormal(`sensor ${run}`);
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4);
  for (let i = 0; i < rgba.length; i++)
    rgba[i] = i % 4 === 3 ? 255 : rgb[3 * Math.floor(i / 4) + (i % 4)] + noise * normal();
  return toSignature(rgba);
}

describe("frames of a camera", () => {
  it("are weighed as the eye sees them: green most, blue least", () => {
    expect([...toSignature(new Uint8ClampedArray([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255]))]).toEqual(
      [76.245, 149.685, 29.07].map((value) => expect.closeTo(value, 3)),
    );
  });

  it("of a camera that stands still are alike, whatever its noise", () => {
    const first = frame("pepperoni", 1, 2, 1);
    for (let run = 2; run < 20; run++) expect(isAlike(frame("pepperoni", 1, 2, run), [first])).toBe(true);
  });

  it("of other pizzas of the same kind are not, nor is the first of all", () => {
    const kept = Array.from({ length: 10 }, (_, seed) => frame("pepperoni", seed));
    for (let seed = 10; seed < 30; seed++) expect(isAlike(frame("pepperoni", seed), kept)).toBe(false);
    expect(isAlike(kept[0], [])).toBe(false);
  });
});
