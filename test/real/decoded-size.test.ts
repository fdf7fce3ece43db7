/** Photos of a camera, decoded smaller: the embedding is that of all their pixels, with every backbone that ships. */

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { projectPlaces } from "../../cli/backbone/ensure-backbone.ts";
import { createNodeDecoder, createNodeEmbedder, createNodeResample } from "../../cli/evaluate/node-embedder.ts";
import { cosineOf } from "../../cli/shared/cosine.ts";
import { sharedDir } from "../../cli/shared/project-paths.ts";
import { decodePhoto } from "../../src/image/photo.ts";
import { imageToTensor } from "../../src/image/tensor.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";
import { MISSING_SHARED_DATA } from "../support/shared-data.ts";

const LIMITS = { maxImageBytes: 10_000_000, maxImagePixels: 3_000_000 };
const FOLDER = path.join(sharedDir(process.env), "data/tricky-images/exif-orientation");

describe.skipIf(MISSING_SHARED_DATA !== undefined)("a photo of 1,800 x 1,200 pixels, however it was held,", () => {
  it.each(["headstart-128", "headstart-mobilenet-120"])("has one embedding with %s (cosine >= .999)", async (name) => {
    const [decode, resample, { manifest }] = [
      await createNodeDecoder(),
      await createNodeResample(),
      await readOwnBackbone(name),
    ];
    const embedder = createNodeEmbedder({ manifest, file: `${projectPlaces().modelsDir}/${manifest.file}` });
    const embed = async (bytes: Uint8Array<ArrayBuffer>, isWhole: boolean) => {
      const decoded = await decodePhoto(bytes, LIMITS, decode, undefined, isWhole ? undefined : manifest.input);
      if (!decoded.ok) throw new Error(decoded.error.detail);
      const { image, header } = decoded.value;
      const embedding = await embedder.embed(imageToTensor(image, header.orientation, manifest.input, resample));
      if (!embedding.ok) throw new Error(embedding.error.detail);
      return { values: embedding.value.values, pixels: image.width * image.height };
    };
    const cosines: number[] = [];
    for (const file of (await readdir(FOLDER)).filter((entry) => entry.endsWith(".jpg"))) {
      const bytes = new Uint8Array(await readFile(path.join(FOLDER, file)));
      const [whole, small] = [await embed(bytes, true), await embed(bytes, false)];
      expect(small.pixels, file).toBeLessThanOrEqual(whole.pixels / 4);
      cosines.push(cosineOf(small.values, whole.values));
    }
    expect(cosines.length).toBeGreaterThan(10);
    expect(Math.min(...cosines)).toBeGreaterThanOrEqual(0.999);
  });
});
