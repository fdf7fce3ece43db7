/** Photos of a given number of pixels, drawn and encoded here, so that a measurement needs no files. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import encodeJpeg, { init as initJpeg } from "@jsquash/jpeg/encode.js";
import encodePng, { init as initPng } from "@jsquash/png/encode.js";
import encodeWebp, { init as initWebp } from "@jsquash/webp/encode.js";

const require = createRequire(import.meta.url);

/** What guests and programs send; the others cost a decoder more than a plain JPEG does. */
export const BIG_PHOTO_KINDS = ["JPEG", "progressive JPEG", "lossy WebP", "PNG", "lossless WebP"] as const;

export type BigPhotoKind = (typeof BIG_PHOTO_KINDS)[number];

/** Draws `count` photos of every kind, 3:2, of at most `pixelsOf(kind)` pixels. */
export async function makeBigPhotos(
  pixelsOf: (kind: BigPhotoKind) => number,
  count: number,
): Promise<ReadonlyMap<BigPhotoKind, readonly Uint8Array<ArrayBuffer>[]>> {
  await initEncoders();
  const photos = new Map<BigPhotoKind, Uint8Array<ArrayBuffer>[]>();
  for (const kind of BIG_PHOTO_KINDS) {
    const width = Math.round(Math.sqrt(pixelsOf(kind) * 1.5));
    const height = Math.floor(pixelsOf(kind) / width);
    const encoded: Uint8Array<ArrayBuffer>[] = [];
    for (let seed = 1; seed <= count; seed++) {
      encoded.push(new Uint8Array(await ENCODERS[kind](draw(width, height, seed))));
    }
    photos.set(kind, encoded);
  }
  return photos;
}

const ENCODERS: Record<BigPhotoKind, (image: ImageData) => Promise<ArrayBuffer>> = {
  JPEG: (image) => encodeJpeg(image, { quality: 85, progressive: false }),
  "progressive JPEG": (image) =>
    encodeJpeg(image, { quality: 85, progressive: true, auto_subsample: false, chroma_subsample: 1 }),
  "lossy WebP": (image) => encodeWebp(image, { quality: 85, method: 0 }),
  PNG: (image) => encodePng(image),
  "lossless WebP": (image) => encodeWebp(image, { lossless: 1, method: 0, quality: 0 }),
};

async function initEncoders(): Promise<void> {
  const compile = async (file: string) => WebAssembly.compile(new Uint8Array(await readFile(require.resolve(file))));
  await initJpeg(await compile("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm"));
  await initPng(await compile("@jsquash/png/codec/pkg/squoosh_png_bg.wasm"));
  await initWebp(await compile("@jsquash/webp/codec/enc/webp_enc_simd.wasm"));
}

/** Soft waves with a little noise: about the detail, and the size when encoded, of a phone's photo. */
function draw(width: number, height: number, seed: number): ImageData {
  const data = new Uint8ClampedArray(width * height * 4);
  let state = seed;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes' generator
      const noise = (state >>> 24) / 8 - 16;
      data[at] = 128 + 100 * Math.sin(x / 90 + seed) + noise;
      data[at + 1] = 128 + 100 * Math.sin(y / 70) + noise;
      data[at + 2] = 128 + 80 * Math.sin((x + y) / 110) + noise;
      data[at + 3] = 255;
    }
  }
  return { data, width, height, colorSpace: "srgb" } as ImageData;
}
