/**
 * A progressive JPEG's pixels are those of libjpeg-turbo as it comes, though its scans are refined by a way of our own
 * (`tools/image/jpeg/progressive.c`). The digests were made with the library's own way.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { digestPixels, drawJpeg } from "../support/drawn-jpeg.ts";
import { initialiseJpegEncoder } from "../support/photo-variants.ts";

beforeAll(initialiseJpegEncoder);

const draw = (quality: number) => drawJpeg({ quality, progressive: true });

describe("a progressive JPEG", () => {
  it.each([
    [30, "715267d8f5f8cab4"],
    [75, "9c23f8d32f326416"],
    [95, "05865be73de80d48"],
    [100, "f7a0509336a4dece"],
  ])("of quality %i has the library's pixels", async (quality, expected) => {
    expect(digestPixels(await draw(quality))).toBe(expected);
  });

  it("with wrong bits in its last scans has the library's pixels", async () => {
    const photo = await draw(95);
    const wrong: string[] = [];
    for (const share of [0.6, 0.7, 0.8, 0.9, 0.97]) {
      const damaged = photo.slice();
      damaged[Math.floor(photo.length * share)] ^= 0x24;
      wrong.push(digestPixels(damaged));
    }
    expect(wrong).toEqual([
      "a359ee22adcdbf50",
      "20679076b51ef30e",
      "2f07bf7965656e1e",
      "b8817c786a3c338c",
      "4c12372508f6ff5d",
    ]);
  });

  it("that is cut off in its last scan lacks rows", async () => {
    const photo = await draw(95);
    expect(digestPixels(photo.slice(0, Math.floor(photo.length * 0.97)))).toBe("rows are missing");
  });
});
