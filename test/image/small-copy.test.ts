import { describe, expect, it } from "vitest";
import { createNodeDecoder } from "../../cli/evaluate/node-embedder.ts";
import { readImageHeader } from "../../src/image/header.ts";
import { copySmall, encodeSmall } from "../../src/image/small-copy.ts";
import { imageToTensor, type TensorSpec } from "../../src/image/tensor.ts";
import { makePhoto } from "../support/photos.ts";

const SPEC: TensorSpec = {
  width: 128,
  height: 128,
  resizeShortSide: 128,
  crop: "center",
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

const decode = await createNodeDecoder();

async function decodePng(bytes: Uint8Array<ArrayBuffer>) {
  const header = readImageHeader(bytes);
  if (!header.ok) throw new Error(header.error.detail);
  const image = await decode(header.value);
  if (!image.ok) throw new Error(image.error.detail);
  return image.value;
}

describe("the small copy of a photo", () => {
  it("shows what the backbone was given, within two bits of each channel", async () => {
    const photo = await decodePng(makePhoto("pepperoni", 1, 128));
    const copy = copySmall(imageToTensor(photo, 1, SPEC), SPEC);
    expect([copy.width, copy.height]).toEqual([64, 64]);
    const shown = await decodePng(await encodeSmall(copy));
    expect([shown.width, shown.height]).toEqual([64, 64]);
    let worst = 0;
    for (let y = 0; y < 64; y++) {
      for (let x = 0; x < 64; x++) {
        for (let channel = 0; channel < 3; channel++) {
          const at = (row: number, column: number) => photo.data[((2 * y + row) * 128 + 2 * x + column) * 4 + channel];
          const mean = (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4;
          worst = Math.max(worst, Math.abs(mean - shown.data[(y * 64 + x) * 4 + channel]));
        }
      }
    }
    expect(worst).toBeLessThanOrEqual(4);
  });
});
