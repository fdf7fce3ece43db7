/** One picture, however it is stored, is one embedding: real decoders, real backbone. */

import { beforeAll, describe, expect, it } from "vitest";
import { createNodeDecoder } from "../../cli/evaluate/node-embedder.ts";
import { compileOrtModule } from "../../cli/runtime/ort-module.ts";
import { cosineOf } from "../../cli/shared/cosine.ts";
import { type BackboneSession, createBackboneSession } from "../../src/backbone/session.ts";
import { photoToTensor } from "../../src/image/photo.ts";
import type { TensorSpec } from "../../src/image/tensor.ts";
import { readFixturePhotos } from "../support/fuzz-photos.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";

const LIMITS = { maxImageBytes: 1_000_000, maxImagePixels: 3_000_000 };
/** Not lossy.webp: its encoder halves the colours of these hard, saturated edges, and the embedding sees it (cosine .995). */
const STORED = [
  ...["progressive.jpg", "lossless.webp", "animated.webp", "animated.png"],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => `orientation-${orientation}.jpg`),
];

/** The bound is its: the newer backbone sees more of what a JPEG's colours at half the size do to such edges (cosine .9986). */
const YARDSTICK = "headstart-128";

describe("the embedding of a picture", () => {
  const photos = readFixturePhotos();
  let session: BackboneSession;
  let spec: TensorSpec;
  let decode: Awaited<ReturnType<typeof createNodeDecoder>>;

  beforeAll(async () => {
    const { manifest, model } = await readOwnBackbone(YARDSTICK);
    session = await createBackboneSession(await compileOrtModule(), model, manifest);
    spec = manifest.input;
    decode = await createNodeDecoder();
  });

  async function embed(name: string): Promise<Float32Array> {
    const tensor = await photoToTensor(photos.get(name) ?? new Uint8Array(), spec, LIMITS, decode);
    if (!tensor.ok) throw new Error(`${name}: ${tensor.error.detail}`);
    return (await session.run(tensor.value)).slice();
  }

  it.each(STORED)("is the same as %s and as PNG (cosine >= .999)", async (name) => {
    expect(cosineOf(await embed(name), await embed("rgb.png"))).toBeGreaterThanOrEqual(0.999);
  });
});
