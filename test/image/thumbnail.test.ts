import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { createNodeDecoder } from "../../cli/evaluate/node-embedder.ts";
import { readImageHeader } from "../../src/image/header.ts";
import { decodePhoto } from "../../src/image/photo.ts";
import type { RgbaImage } from "../../src/image/rgba-image.ts";
import { shrinkUpright, THUMBNAIL_SIDE_PIXELS } from "../../src/image/small-copy.ts";
import { createPictureEncoder } from "../../src/image/webp-encoder.ts";
import { createRandom } from "../support/random.ts";

const MAX_BYTES = 12 * 1024;
const LIMITS = { maxImageBytes: 1_000_000, maxImagePixels: 200_000 };

const decode = await createNodeDecoder();
const wasm = createRequire(import.meta.url).resolve("@jsquash/webp/codec/enc/webp_enc_simd.wasm");
const encode = createPictureEncoder(await WebAssembly.compile(new Uint8Array(await readFile(wasm))));

async function decodeAny(bytes: Uint8Array<ArrayBuffer>) {
  const decoded = await decodePhoto(bytes, LIMITS, decode, undefined);
  if (!decoded.ok) throw new Error(decoded.error.detail);
  return decoded.value;
}

async function thumbnailOf(name: string, side = 96): Promise<RgbaImage> {
  const file = await readFile(new URL(`../fixtures/photos/${name}`, import.meta.url));
  const { image, header } = await decodeAny(new Uint8Array(file));
  return shrinkUpright(image, header.orientation, side);
}

function meanDifference(a: RgbaImage, b: RgbaImage): number {
  return a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]), 0) / a.data.length;
}

describe("a thumbnail", () => {
  it.each([2, 3, 4, 5, 6, 7, 8])(
    "is the same upright picture, whole, under EXIF orientation %i",
    async (orientation) => {
      const upright = await thumbnailOf("orientation-1.jpg");
      const turned = await thumbnailOf(`orientation-${orientation}.jpg`);
      expect([upright.width, upright.height]).toEqual([96, 72]);
      expect([turned.width, turned.height]).toEqual([96, 72]);
      expect(meanDifference(upright, turned)).toBeLessThan(4);
    },
  );

  it("is never larger than the photo", async () => {
    const tiny = await thumbnailOf("tiny.png", THUMBNAIL_SIDE_PIXELS);
    expect(Math.max(tiny.width, tiny.height)).toBeLessThan(THUMBNAIL_SIDE_PIXELS);
  });

  it("is a WebP that looks like the photo, and fits even where the photo is noise", async () => {
    const random = createRandom("noise");
    const size = THUMBNAIL_SIDE_PIXELS;
    const noise = Uint8ClampedArray.from({ length: size * size * 4 }, (_, i) => (i % 4 === 3 ? 255 : 256 * random()));
    const photo = await thumbnailOf("orientation-1.jpg", size);
    for (const [image, tolerance] of [
      [photo, 6],
      [{ data: noise, width: size, height: size }, 80],
    ] as const) {
      const webp = await encode(image, MAX_BYTES);
      expect(webp.length).toBeLessThanOrEqual(MAX_BYTES);
      const { width, height } = image;
      expect(readImageHeader(webp)).toMatchObject({ ok: true, value: { format: "webp", width, height } });
      expect(meanDifference((await decodeAny(webp)).image, image)).toBeLessThan(tolerance);
    }
  });
});
