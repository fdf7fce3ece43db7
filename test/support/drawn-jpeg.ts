/** JPEGs that are drawn in a test, and the digest of the pixels that our decoder makes of one at all sizes. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import encodeJpeg from "@jsquash/jpeg/encode.js";
import type { Eighths } from "../../src/image/decoded-size.ts";
import { startJpegDecoder } from "../../src/image/jpeg-decoder.ts";
import { MissingRows } from "../../src/image/rgba-image.ts";

type JpegOptions = NonNullable<Parameters<typeof encodeJpeg>[1]>;

const SIZES: readonly Eighths[] = [8, 4, 2, 1];
const DRAWN_SIZE = { width: 203, height: 149 };

const module = await WebAssembly.compile(
  new Uint8Array(await readFile(new URL("../../src/image/kernels/jpeg-decoder.wasm", import.meta.url))),
);

/** Slopes, hard edges and, in one half, noise of whole numbers: long runs of zeros, and blocks without any. Needs `initialiseJpegEncoder`. */
export async function drawJpeg(options: JpegOptions, { width, height } = DRAWN_SIZE): Promise<Uint8Array<ArrayBuffer>> {
  const data = new Uint8ClampedArray(width * height * 4);
  let state = 1;
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes' generator
    const noise = y % 64 < 32 ? state >>> 26 : 0;
    data.set([x + noise, (x >> 4) % 2 === 0 ? y : 200 - noise, (x * y) >> 7, 255], i * 4);
  }
  const image = { data, width, height, colorSpace: "srgb" } as ImageData; // -- Node has no ImageData
  return new Uint8Array(await encodeJpeg(image, options));
}

/** The digest of the pixels at all sizes, or what is wrong with the photo. */
export function digestPixels(photo: Uint8Array<ArrayBuffer>): string {
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
