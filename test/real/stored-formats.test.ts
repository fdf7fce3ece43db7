/** A real photo is one embedding, however it is stored: the Worker's own decoders and the backbone that ships with the project. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import encodeJpeg from "@jsquash/jpeg/encode.js";
import encodePng, { init as initPng } from "@jsquash/png/encode.js";
import encodeWebp, { init as initWebp } from "@jsquash/webp/encode.js";
import { beforeAll, describe, expect, it } from "vitest";
import { projectPlaces } from "../../cli/backbone/ensure-backbone.ts";
import { createNodeDecoder, createNodeEmbedder } from "../../cli/evaluate/node-embedder.ts";
import { cosineOf } from "../../cli/shared/cosine.ts";
import type { Embedder } from "../../src/backbone/embedder.ts";
import type { DecodeImage } from "../../src/image/decode.ts";
import { readImageHeader } from "../../src/image/header.ts";
import { photoToTensor } from "../../src/image/photo.ts";
import type { RgbaImage } from "../../src/image/rgba-image.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";
import { initialiseJpegEncoder } from "../support/photo-variants.ts";
import { MISSING_SHARED_DATA, readPhotoSet } from "../support/shared-data.ts";

const PHOTOS_PER_ITEM = 4;
const require = createRequire(import.meta.url);
const compile = async (file: string) => WebAssembly.compile(new Uint8Array(await readFile(require.resolve(file))));

type Store = (image: RgbaImage) => Promise<ArrayBuffer | Uint8Array>;

/** The encoders read these three fields; Node has no ImageData. */
const asImageData = (image: RgbaImage) => ({ ...image, colorSpace: "srgb" }) as ImageData;

const LOSSLESS: Record<string, Store> = {
  PNG: (image) => encodePng(asImageData(image)),
  "lossless WebP": (image) => encodeWebp(asImageData(image), { lossless: 1, exact: 1 }),
};

const LOSSY: Record<string, Store> = {
  "JPEG at quality 95": (image) => encodeJpeg(asImageData(image), { quality: 95 }),
  "JPEG at quality 95, turned, upright by EXIF": async (image) =>
    withOrientation(new Uint8Array(await encodeJpeg(asImageData(turnLeft(image)), { quality: 95 })), 6),
  "WebP at quality 95": (image) => encodeWebp(asImageData(image), { quality: 95, use_sharp_yuv: 1 }),
};

describe.skipIf(MISSING_SHARED_DATA !== undefined)("the embedding of a real photo", () => {
  let embedder: Embedder;
  let decode: DecodeImage;
  let images: RgbaImage[];

  beforeAll(async () => {
    const { manifest } = await readOwnBackbone();
    embedder = createNodeEmbedder({ manifest, file: `${projectPlaces().modelsDir}/${manifest.file}` });
    decode = await createNodeDecoder();
    await initialiseJpegEncoder();
    await initPng(await compile("@jsquash/png/codec/pkg/squoosh_png_bg.wasm"));
    await initWebp(await compile("@jsquash/webp/codec/enc/webp_enc_simd.wasm"));
    const photos = await readPhotoSet("pizza-menu", "test", PHOTOS_PER_ITEM);
    images = await Promise.all(photos.map(({ bytes }) => readPixels(bytes)));
  });

  async function readPixels(bytes: Uint8Array<ArrayBuffer>): Promise<RgbaImage> {
    const header = readImageHeader(bytes);
    const image = header.ok ? await decode(header.value) : header;
    if (!image.ok) throw new Error(image.error.detail);
    return { ...image.value, data: image.value.data.slice() };
  }

  async function embed(file: ArrayBuffer | Uint8Array): Promise<Int8Array> {
    const limits = { maxImageBytes: 10_000_000, maxImagePixels: 3_000_000 };
    const tensor = await photoToTensor(Uint8Array.from(new Uint8Array(file)), embedder.manifest.input, limits, decode);
    const embedding = tensor.ok ? await embedder.embed(tensor.value) : tensor;
    if (!embedding.ok) throw new Error(embedding.error.detail);
    return embedding.value.values;
  }

  async function compare(store: Store): Promise<number[]> {
    const cosines: number[] = [];
    for (const image of images)
      cosines.push(cosineOf(await embed(await store(image)), await embed(await LOSSLESS.PNG(image))));
    return cosines;
  }

  it("is the same number for number from every lossless format", async () => {
    expect(images.length).toBeGreaterThanOrEqual(20);
    for (const image of images) {
      const [png, webp] = await Promise.all(Object.values(LOSSLESS).map(async (store) => embed(await store(image))));
      expect(webp).toEqual(png);
    }
  });

  it.each(Object.entries(LOSSY))("has a cosine of .999 or more from %s", async (name, store) => {
    const cosines = await compare(store);
    console.log(`${name}: least cosine of ${cosines.length} photos ${Math.min(...cosines).toFixed(5)}`);
    expect(Math.min(...cosines)).toBeGreaterThanOrEqual(0.999);
  });
});

/** A quarter turn against the clock: what a camera stores that has to be turned by orientation 6. */
function turnLeft({ data, width, height }: RgbaImage): RgbaImage {
  const turned = new Uint8ClampedArray(data.length);
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < height; x++) {
      const from = (x * width + (width - 1 - y)) * 4;
      turned.set(data.subarray(from, from + 4), (y * height + x) * 4);
    }
  }
  return { data: turned, width: height, height: width };
}

/** Puts an EXIF segment with nothing but the orientation behind the start of a JPEG. */
function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const payload = [...Buffer.from("Exif\0\0"), ...tiff];
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, payload.length + 2, ...payload, ...jpeg.subarray(2)]);
}
