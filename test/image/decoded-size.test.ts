/** A large JPEG is decoded as small as the backbone lets it be; the pixels that come out are counted, no time is. */

import { readFile } from "node:fs/promises";
import encodeJpeg from "@jsquash/jpeg/encode.js";
import { beforeAll, describe, expect, it } from "vitest";
import { createNodeDecoder } from "../../cli/evaluate/node-embedder.ts";
import { chooseEighths } from "../../src/image/decoded-size.ts";
import { readImageHeader } from "../../src/image/header.ts";
import type { ImageHeader, Orientation } from "../../src/image/image-header.ts";
import { startJpegDecoder } from "../../src/image/jpeg-decoder.ts";
import { decodePhoto, photoToTensor } from "../../src/image/photo.ts";
import { imageToTensor, type TensorSpec } from "../../src/image/tensor.ts";
import { initialiseJpegEncoder } from "../support/photo-variants.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const LIMITS = { maxImageBytes: 5_000_000, maxImagePixels: 3_000_000 };
const SPEC: TensorSpec = {
  height: 120,
  width: 120,
  resizeShortSide: 137,
  crop: "center",
  mean: [0, 0, 0],
  std: [1, 1, 1],
};
const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

const decode = await createNodeDecoder();
beforeAll(initialiseJpegEncoder);

async function draw(width: number, height: number, progressive: boolean): Promise<Bytes> {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    data.set(
      [128 + 100 * Math.sin(x / 41), 128 + 100 * Math.cos(y / 67), 128 + 60 * Math.sin((x + 2 * y) / 93), 255],
      i * 4,
    );
  }
  const image = { data, width, height, colorSpace: "srgb" } as ImageData; // -- Node has no ImageData
  return new Uint8Array(await encodeJpeg(image, { quality: 90, progressive }));
}

async function sizeOf(bytes: Bytes): Promise<number[]> {
  const decoded = await decodePhoto(bytes, LIMITS, decode, undefined, SPEC);
  if (!decoded.ok) throw new Error(decoded.error.detail);
  const { width, height, data } = decoded.value.image;
  expect(data).toHaveLength(width * height * 4);
  return [width, height];
}

describe("a JPEG is decoded", () => {
  it.each([true, false])("of two megapixels at a quarter of its sides (progressive: %s)", async (progressive) => {
    expect(await sizeOf(await draw(1_599, 1_249, progressive))).toEqual([400, 313]);
  });

  it("of 640 pixels at half of its sides, of 320 pixels as it is", async () => {
    expect(await sizeOf(await draw(853, 640, false))).toEqual([427, 320]);
    expect(await sizeOf(await draw(427, 320, false))).toEqual([427, 320]);
  });

  it("as it is where one of its sides is short, lying or standing", () => {
    const header = { ...headerOf(1_800, 300), orientation: 1 as Orientation };
    expect(chooseEighths(header, { ...SPEC, crop: "squash" })).toBe(8);
    expect(chooseEighths({ ...header, orientation: 6 }, { ...SPEC, crop: "squash" })).toBe(8);
  });

  it("by the sides of the upright photo, so that turning it changes nothing", () => {
    const tall = { ...SPEC, crop: "squash", height: 400 } as const;
    expect(chooseEighths({ ...headerOf(600, 1_900), orientation: 1 }, tall)).toBe(4);
    expect(chooseEighths({ ...headerOf(1_900, 600), orientation: 6 }, tall)).toBe(4);
    expect(chooseEighths({ ...headerOf(1_900, 600), orientation: 1 }, tall)).toBe(8);
  });

  it("whole where nobody says for what", async () => {
    const decoded = await decodePhoto(await draw(853, 640, false), LIMITS, decode, undefined);
    expect(decoded).toMatchObject({ ok: true, value: { image: { width: 853, height: 640 } } });
  });
});

it("no other format is decoded smaller", () => {
  for (const coding of ["png", "webp", "gif", "cmyk-jpeg"] as const)
    expect(chooseEighths({ ...headerOf(1_600, 1_250), coding }, SPEC)).toBe(8);
});

describe("the input made of fewer pixels is the one made of all, within a level of 255 on average and in its place,", () => {
  let bytes: Bytes;
  beforeAll(async () => {
    bytes = await draw(1_597, 1_251, false);
  });

  it.each(ORIENTATIONS)("stored by orientation %i, whatever the size leaves over", async (orientation) => {
    const header = readImageHeader(bytes);
    if (!header.ok) throw new Error(header.error.detail);
    const [whole, small] = [await decode(header.value), await decode(header.value, 2)];
    if (!whole.ok || !small.ok) throw new Error("not decoded");
    expect(small.value).toMatchObject({ width: 400, height: 313, whole: { width: 1_597, height: 1_251, eighths: 2 } });
    const [expected, given] = [whole, small].map(({ value }) => imageToTensor(value, orientation, SPEC));
    const differences = expected.map((value, i) => Math.abs(value - given[i]));
    expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThan(1 / 255);
    expect(differences.reduce((most, value) => Math.max(most, value), 0)).toBeLessThan(6 / 255);
  });
});

it("a JPEG of two megapixels takes less than 2 MB of the decoder's memory at a quarter of its sides", async () => {
  const wasm = await readFile(new URL("../../src/image/kernels/jpeg-decoder.wasm", import.meta.url));
  const decoder = startJpegDecoder(await WebAssembly.compile(new Uint8Array(wasm)));
  const photo = await draw(1_600, 1_250, false);
  for (let i = 0; i < 3; i++) expect(decoder.decode([photo], 2)).toMatchObject({ width: 400, height: 313 });
  expect(decoder.memoryBytes()).toBeLessThan(2_000_000);
});

it("a large JPEG that is cut off is refused as a small one is", async () => {
  const whole = await draw(1_600, 1_250, false);
  const cut = await photoToTensor(whole.slice(0, whole.length >> 1), SPEC, LIMITS, decode);
  expect(cut).toMatchObject({ ok: false, error: { detail: expect.stringContaining("rows are missing") } });
  expect((await photoToTensor(whole, SPEC, LIMITS, decode)).ok).toBe(true);
});

function headerOf(width: number, height: number): ImageHeader {
  const frame = { left: 0, top: 0, width, height };
  const size = { width, height, orientation: 1, frame } as const;
  return { format: "jpeg", coding: "jpeg", kind: "baseline JPEG", weight: 1, ...size, lacksEnd: false, pieces: [] };
}
