/**
 * A progressive JPEG's pixels are those of libjpeg-turbo as it comes, though its scans are refined by a way of our own
 * (`tools/image/jpeg/progressive.c`). The digests were made with the library's own way.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import encodeJpeg from "@jsquash/jpeg/encode.js";
import { beforeAll, describe, expect, it } from "vitest";
import type { Eighths } from "../../src/image/decoded-size.ts";
import { startJpegDecoder } from "../../src/image/jpeg-decoder.ts";
import { MissingRows } from "../../src/image/rgba-image.ts";
import { initialiseJpegEncoder } from "../support/photo-variants.ts";

const SIZES: readonly Eighths[] = [8, 4, 2, 1];
const WIDTH = 203;
const HEIGHT = 149;

const module = await WebAssembly.compile(
  new Uint8Array(await readFile(new URL("../../src/image/kernels/jpeg-decoder.wasm", import.meta.url))),
);
beforeAll(initialiseJpegEncoder);

/** Slopes, hard edges and, in one half, noise of whole numbers: long runs of zeros, and blocks without any. */
async function draw(quality: number): Promise<Uint8Array<ArrayBuffer>> {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  let state = 1;
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes' generator
    const noise = y % 64 < 32 ? state >>> 26 : 0;
    data.set([x + noise, (x >> 4) % 2 === 0 ? y : 200 - noise, (x * y) >> 7, 255], i * 4);
  }
  const image = { data, width: WIDTH, height: HEIGHT, colorSpace: "srgb" } as ImageData; // -- Node has no ImageData
  return new Uint8Array(await encodeJpeg(image, { quality, progressive: true }));
}

/** The digest of the pixels at all sizes, or what is wrong with the photo. */
function digest(photo: Uint8Array<ArrayBuffer>): string {
  const hash = createHash("sha256");
  for (const eighths of SIZES) {
    try {
      hash.update(startJpegDecoder(module).decode([photo], eighths).data);
    } catch (cause) {
      if (cause instanceof MissingRows) return "rows are missing";
      throw cause;
    }
  }
  return hash.digest("hex").slice(0, 16);
}

describe("a progressive JPEG", () => {
  it.each([
    [30, "715267d8f5f8cab4"],
    [75, "9c23f8d32f326416"],
    [95, "05865be73de80d48"],
    [100, "f7a0509336a4dece"],
  ])("of quality %i has the library's pixels", async (quality, expected) => {
    expect(digest(await draw(quality))).toBe(expected);
  });

  it("with wrong bits in its last scans has the library's pixels", async () => {
    const photo = await draw(95);
    const wrong: string[] = [];
    for (const share of [0.6, 0.7, 0.8, 0.9, 0.97]) {
      const damaged = photo.slice();
      damaged[Math.floor(photo.length * share)] ^= 0x24;
      wrong.push(digest(damaged));
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
    expect(digest(photo.slice(0, Math.floor(photo.length * 0.97)))).toBe("rows are missing");
  });
});
