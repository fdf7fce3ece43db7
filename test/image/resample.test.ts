/** The resize in SIMD beside the plain one, on pictures of every kind of shape. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Orientation } from "../../src/image/image-header.ts";
import { createSimdResample } from "../../src/image/kernels/simd-resample.ts";
import type { Resample } from "../../src/image/resample.ts";
import { imageToTensor } from "../../src/image/tensor.ts";
import { createRandom } from "../support/random.ts";
import { compileResampleKernel } from "../support/resample-kernel.ts";

const SPEC = {
  height: 64,
  width: 48,
  resizeShortSide: 72,
  mean: [0.485, 0.456, 0.406] as const,
  std: [0.229, 0.224, 0.225] as const,
};

/** Noise; `opaque` or with every alpha there is. */
function makeImage(width: number, height: number, opaque: boolean) {
  const random = createRandom(`${width} ${height}`);
  const data = new Uint8ClampedArray(width * height * 4).map(() => random() * 256);
  if (opaque) for (let i = 3; i < data.length; i += 4) data[i] = 255;
  return { data, width, height };
}

describe("the resize in SIMD", () => {
  let resample: Resample;

  beforeAll(async () => {
    resample = createSimdResample(await compileResampleKernel());
  });

  it.each([
    [320, 320, true],
    [1_600, 1_250, true],
    [333, 77, false],
    [1, 1, false],
    [3, 500, true],
    [30, 20, false],
    [900_000, 1, true], // longer than the kernel takes: done without it
    [1, 20_000, false],
  ])("of %d x %d pixels, opaque %s, is the plain one to 1e-5, however it lies", (width, height, opaque) => {
    const image = makeImage(width, height, opaque);
    for (const crop of ["center", "squash", "letterbox"] as const) {
      for (const orientation of [1, 3, 6] satisfies Orientation[]) {
        const plain = imageToTensor(image, orientation, { ...SPEC, crop });
        const simd = imageToTensor(image, orientation, { ...SPEC, crop }, resample);
        expect(simd.length).toBe(plain.length);
        const worst = simd.reduce((most, value, i) => Math.max(most, Math.abs(value - plain[i])), 0);
        expect(worst).toBeLessThan(1e-5);
      }
    }
  });

  it("gives the same bits again, whatever was resized in between", () => {
    const image = makeImage(200, 150, false);
    const first = imageToTensor(image, 1, { ...SPEC, crop: "center" }, resample);
    imageToTensor(makeImage(700, 900, true), 1, { ...SPEC, crop: "squash" }, resample);
    expect(imageToTensor(image, 1, { ...SPEC, crop: "center" }, resample)).toEqual(first);
  });
});
