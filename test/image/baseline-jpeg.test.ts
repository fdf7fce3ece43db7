/**
 * A baseline JPEG's pixels are those of libjpeg-turbo as it comes, though its codes are read, its blocks transformed and its colours
 * converted by ways of our own (`tools/image/jpeg`). The digests were made with the library's own ways.
 */
import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { digestPixels, drawJpeg } from "../support/drawn-jpeg.ts";
import { initialiseJpegEncoder } from "../support/photo-variants.ts";

beforeAll(initialiseJpegEncoder);

const WHOLE_COLOURS = { auto_subsample: false, chroma_subsample: 1 };
/** Half as many columns: what the encoder chooses at qualities from 80 to 89. */
const HALVED_COLOURS = { auto_subsample: true };
const QUARTERED_COLOURS = { auto_subsample: false, chroma_subsample: 2 };

describe("a baseline JPEG", () => {
  it.each([
    [20, QUARTERED_COLOURS, "c6551f16bd32f88b"],
    [75, QUARTERED_COLOURS, "16c4dc585a080cec"],
    [85, HALVED_COLOURS, "dcf6ae5e7103d4ca"],
    [95, WHOLE_COLOURS, "d727dfae6a48ae69"],
    [100, QUARTERED_COLOURS, "48418d22cb5a7264"],
    [100, WHOLE_COLOURS, "1d47469109e988e2"],
  ])("of quality %i with %j has the library's pixels", async (quality, colours, expected) => {
    expect(digestPixels(await drawJpeg({ quality, progressive: false, ...colours }))).toBe(expected);
  });

  it.each([
    [HALVED_COLOURS, "4bae1306b80c383b"],
    [QUARTERED_COLOURS, "c86868f34fdf9974"],
  ])("of up to 40 columns with %j has the library's pixels", async (colours, expected) => {
    const digests: string[] = [];
    for (let width = 1; width <= 40; width++) {
      digests.push(
        digestPixels(await drawJpeg({ quality: 80, progressive: false, ...colours }, { width, height: 19 })),
      );
    }
    expect(createHash("sha256").update(digests.join()).digest("hex").slice(0, 16)).toBe(expected);
  });

  it("with wrong bits has the library's pixels", async () => {
    const photo = await drawJpeg({ quality: 95, progressive: false });
    const wrong: string[] = [];
    for (const share of [0.3, 0.5, 0.7, 0.9, 0.97]) {
      const damaged = photo.slice();
      damaged[Math.floor(photo.length * share)] ^= 0x24;
      wrong.push(digestPixels(damaged));
    }
    expect(wrong).toEqual([
      "616614c781ce9855",
      "261bb80e9667f9b0",
      "2a2cbb4ff95a2935",
      "1ac800b73e34bb93",
      "660086149983fe59",
    ]);
  });

  it("that is cut off lacks rows", async () => {
    const photo = await drawJpeg({ quality: 95, progressive: false });
    expect(digestPixels(photo.slice(0, Math.floor(photo.length * 0.97)))).toBe("rows are missing");
  });
});
