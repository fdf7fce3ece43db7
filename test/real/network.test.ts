/** Our kernels against ONNX Runtime on real photos, for every backbone that they know. */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { projectPlaces } from "../../cli/backbone/ensure-backbone.ts";
import { useBackbone } from "../../cli/backbone/use-backbone.ts";
import { createNodeDecoder } from "../../cli/evaluate/node-embedder.ts";
import { compileKernels } from "../../cli/runtime/backbone-runtimes.ts";
import { compileOrtModule } from "../../cli/runtime/ort-module.ts";
import { cosineOf } from "../../cli/shared/cosine.ts";
import { createNetwork } from "../../src/backbone/network.ts";
import { createBackboneSession } from "../../src/backbone/session.ts";
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { photoToTensor } from "../../src/image/photo.ts";
import { MISSING_SHARED_DATA, readPhotoSet, SHARED_DIR } from "../support/shared-data.ts";

const BACKBONES = ["mobilenetv2-1.0-224-fp32-backbone", "mobilenetv2-0.35-224-teachablemachine-fp32"];
const MODELS = [
  ...["headstart-128", "headstart-mobilenet-120"].map((name) => path.join(projectPlaces().modelsDir, `${name}.onnx`)),
  ...BACKBONES.map((name) => path.join(SHARED_DIR, "backbones", `${name}.onnx`)),
];
const LIMITS = { maxImageBytes: 10_485_760, maxImagePixels: 3_000_000 };
const PHOTOS_PER_CLASS = 5;

describe.skipIf(MISSING_SHARED_DATA)("our kernels on real photos", () => {
  it.each(MODELS.map((model) => [path.basename(model), model] as const))(
    "embed as ONNX Runtime does with %s",
    async (_name, model) => {
      const folder = await mkdtemp(path.join(tmpdir(), "headstart-network-"));
      try {
        const { manifest, file } = await useBackbone(model, {
          ...projectPlaces(),
          activeDir: path.join(folder, "active"),
        });
        const bytes = new Uint8Array(await readFile(file));
        const network = createNetwork(await compileKernels(), bytes, manifest);
        if (!network.ok) throw new Error(network.error);
        const ort = await createBackboneSession(await compileOrtModule(), bytes, manifest);
        const decode = await createNodeDecoder();
        const cosines: number[] = [];
        for (const photo of await readPhotoSet("pizza-menu", "test", PHOTOS_PER_CLASS)) {
          const tensor = await photoToTensor(photo.bytes, manifest.input, LIMITS, decode);
          if (!tensor.ok) throw new Error(tensor.error.detail);
          const ours = quantiseEmbedding(network.value(tensor.value), manifest.output.dimension);
          const theirs = quantiseEmbedding(await ort.run(tensor.value), manifest.output.dimension);
          if (!ours.ok || !theirs.ok) throw new Error("an embedding was refused");
          cosines.push(cosineOf(ours.value.values, theirs.value.values));
        }
        console.log(
          `${manifest.name}: ${cosines.length} photos, lowest cosine of the stored numbers ${Math.min(...cosines)}`,
        );
        expect(cosines.length).toBeGreaterThan(0);
        expect(Math.min(...cosines)).toBeGreaterThanOrEqual(0.9999);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});
