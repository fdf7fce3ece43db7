import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createNodeDecoder } from "../../cli/evaluate/node-embedder.ts";
import { readImageHeader } from "../../src/image/header.ts";
import { createSimdResample } from "../../src/image/kernels/simd-resample.ts";
import { photoToTensor } from "../../src/image/photo.ts";
import type { Resample } from "../../src/image/resample.ts";
import { resamplePlainly } from "../../src/image/resample.ts";
import { imageToTensor } from "../../src/image/tensor.ts";
import golden from "../fixtures/photos/golden.json" with { type: "json" };
import { compileResampleKernel } from "../support/resample-kernel.ts";

const decode = await createNodeDecoder();
const resampleByKernel = createSimdResample(await compileResampleKernel());

const LIMITS = { maxImageBytes: 1_000_000, maxImagePixels: 200_000 };
const [r, g, b] = golden.mean;
const [sr, sg, sb] = golden.std;
const SPEC = {
  height: golden.crop,
  width: golden.crop,
  resizeShortSide: golden.resizeShortSide,
  crop: "center" as const,
  mean: [r, g, b] as const,
  std: [sr, sg, sb] as const,
};

function read(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../fixtures/photos/${name}`, import.meta.url)));
}

async function tensorOf(name: string, resample: Resample): Promise<Float32Array> {
  const tensor = await photoToTensor(read(name), SPEC, LIMITS, decode, { resample });
  if (!tensor.ok) throw new Error(tensor.error.detail);
  return tensor.value;
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

/** Pillow rounds to 8 bits between its two passes: half a level is .5 / 255 / .225 = .0087, twice that is the bound. */
const ROUNDING = 0.018;
/** Two JPEG or WebP decoders may differ by a few levels at edges. */
const LOSSY = 0.08;

describe.each([
  ["by the kernel", resampleByKernel],
  ["plainly", resamplePlainly],
])("the tensor of a photo, resized %s,", (_how, resample) => {
  it("holds one view after the other, each as if it were the only one", async () => {
    const photo = read("orientation-6.jpg");
    const views = [SPEC.height, SPEC.resizeShortSide];
    const both = await photoToTensor(photo, { ...SPEC, views }, LIMITS, decode, { resample });
    const wide = await photoToTensor(photo, { ...SPEC, resizeShortSide: SPEC.height }, LIMITS, decode, { resample });
    const close = await tensorOf("orientation-6.jpg", resample);
    if (!(both.ok && wide.ok)) throw new Error("the photo was refused");
    expect(both.value).toEqual(Float32Array.of(...wide.value, ...close));
    expect(wide.value).not.toEqual(close);
  });

  it.each(Object.entries(golden.files))("agrees with Pillow's: %s", async (name, expected) => {
    const tensor = await tensorOf(name, resample);
    expect(tensor).toHaveLength(3 * SPEC.height * SPEC.width);
    const isLossless = /\.(png|gif)$|^(lossless|alpha|animated)/.test(name);
    const sample = tensor.filter((_, i) => i % 331 === 0);
    const worst = Math.max(...expected.sample.map((value, i) => Math.abs(value - sample[i])));
    expect(worst).toBeLessThan(isLossless ? ROUNDING : LOSSY);
    expect(Math.abs(mean(tensor) - expected.mean)).toBeLessThan(0.004);
  });

  it.each([2, 3, 4, 5, 6, 7, 8])("is the same upright picture under EXIF orientation %i", async (orientation) => {
    const upright = await tensorOf("orientation-1.jpg", resample);
    const turned = await tensorOf(`orientation-${orientation}.jpg`, resample);
    expect(mean(turned.map((value, i) => Math.abs(value - upright[i])))).toBeLessThan(0.02);
  });

  it("lays transparency on white", () => {
    const clear = { data: new Uint8ClampedArray(4 * 64 * 64), width: 64, height: 64 };
    const tensor = imageToTensor(clear, 1, SPEC, resample);
    const plane = SPEC.height * SPEC.width;
    expect(tensor[0]).toBeCloseTo((1 - r) / sr, 5);
    expect(tensor[plane]).toBeCloseTo((1 - g) / sg, 5);
    expect(tensor[2 * plane]).toBeCloseTo((1 - b) / sb, 5);
  });
});

describe("a photo is refused", () => {
  const cases: [string, Uint8Array<ArrayBuffer>, string][] = [
    ["over the byte limit", new Uint8Array(1_000_001), "body_too_large"],
    ["when it is empty", new Uint8Array(), "empty_body"],
    ["when it is text", new TextEncoder().encode("hello, world"), "not_an_image"],
    ["as a cut-off JPEG", read("progressive.jpg").slice(0, 3_000), "image_broken"],
    ["as a cut-off WebP", read("lossy.webp").slice(0, 1_000), "image_broken"],
    ["as a cut-off PNG", read("rgb.png").slice(0, 2_000), "image_broken"],
    ["as a JPEG of nothing but its magic bytes", new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), "image_broken"],
  ];
  it.each(cases)("%s", async (_name, bytes, code) => {
    expect(await photoToTensor(bytes, SPEC, LIMITS, decode)).toMatchObject({ ok: false, error: { code } });
  });

  it("over the pixel limit, before it is decoded", async () => {
    const limits = { ...LIMITS, maxImagePixels: 3 * 240 * 180 - 1 };
    const untouched = () => Promise.reject(new Error("decoded a photo over the limit"));
    const refused = await photoToTensor(read("rgb.png"), SPEC, limits, untouched);
    expect(refused).toMatchObject({ ok: false, error: { code: "image_too_large" } });
  });

  it("every time it is cut off, wherever", async () => {
    for (const name of ["orientation-6.jpg", "progressive.jpg", "lossless.webp", "palette.png"]) {
      const whole = read(name);
      for (let length = 0; length < whole.length; length += 97) {
        const refused = await photoToTensor(whole.slice(0, length), SPEC, LIMITS, decode);
        expect(refused.ok, `${name} at ${length} of ${whole.length} bytes`).toBe(false);
      }
    }
  });

  it("as an image, whatever single byte was changed, or decoded: never with a crash", async () => {
    for (const name of ["orientation-6.jpg", "palette.png", "lossy.webp"]) {
      const whole = read(name);
      for (let at = 0; at < whole.length; at += 41) {
        const damaged = whole.slice();
        damaged[at] ^= 0xff;
        const result = await photoToTensor(damaged, SPEC, LIMITS, decode);
        if (result.ok) expect(result.value.every(Number.isFinite)).toBe(true);
      }
    }
  });
});

describe("a header", () => {
  it("tells format, stored size and orientation", () => {
    expect(readImageHeader(read("orientation-6.jpg"))).toMatchObject({
      ok: true,
      value: { format: "jpeg", width: 180, height: 240, orientation: 6 },
    });
    expect(readImageHeader(read("lossy.webp"))).toMatchObject({ value: { format: "webp", width: 240, height: 180 } });
  });
});
