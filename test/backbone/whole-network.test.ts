/** A backbone in eight bits: the same bits wherever it is computed, and close to the floats that it was made of. */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as ort from "onnxruntime-web/wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { readTensors } from "../../cli/backbone/quantise/read-tensors.ts";
import { useBackbone } from "../../cli/backbone/use-backbone.ts";
import { compileOrtModule, readShippedOrt } from "../../cli/runtime/ort-module.ts";
import { cosineOf } from "../../cli/shared/cosine.ts";
import { warnOfEightBits } from "../../cli/transfer/exported-backbone.ts";
import { findByteTensors } from "../../src/backbone/byte-tensors.ts";
import { planLayers } from "../../src/backbone/layers.ts";
import { type BackboneManifest, backboneManifestSchema } from "../../src/backbone/manifest.ts";
import { createNetwork } from "../../src/backbone/network.ts";
import { readOnnxFile } from "../../src/backbone/onnx-file.ts";
import { joinBytes } from "../../src/backbone/portable/onnx-bytes.ts";
import { makePortableFile } from "../../src/backbone/portable/portable-file.ts";
import { createBackboneSession } from "../../src/backbone/session.ts";
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { predict } from "../../src/head/predict.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";
import { makePhoto, PHOTO_KINDS } from "../support/photos.ts";
import { createRandom } from "../support/random.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

const SIZE_PIXELS = 160;
const PHOTOS_PER_KIND = 3;

interface Quantised {
  readonly manifest: BackboneManifest;
  readonly model: Uint8Array<ArrayBuffer>;
  /** Drawings that showed no range. */
  readonly tensors: readonly Float32Array[];
}

async function drawPhotos(folder: string, firstSeed: number): Promise<string> {
  const drawn = PHOTO_KINDS.flatMap((kind) =>
    Array.from({ length: PHOTOS_PER_KIND }, (_, i) => [
      `${kind}-${i}.png`,
      makePhoto(kind, firstSeed + i, SIZE_PIXELS),
    ]),
  );
  await writeFiles(folder, Object.fromEntries(drawn));
  return folder;
}

async function quantise(name: string): Promise<Quantised> {
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-int8-"));
  try {
    const [shown, others] = [
      await drawPhotos(path.join(folder, "a"), 1),
      await drawPhotos(path.join(folder, "b"), 500),
    ];
    const modelsDir = path.join(import.meta.dirname, "../../models");
    const places = { activeDir: path.join(folder, "active"), modelsDir, sharedBackbonesDir: folder };
    const { file, manifest } = await useBackbone(name, { ...places, int8: shown });
    return {
      manifest,
      model: new Uint8Array(await readFile(file)),
      tensors: await readTensors(others, manifest.input),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function build(name: string, { model, manifest }: Pick<Quantised, "model" | "manifest">) {
  const file = new URL(`../../src/backbone/kernels/${name}.wasm`, import.meta.url);
  const network = createNetwork(await WebAssembly.compile(await readFile(file)), model, manifest);
  if (!network.ok) throw new Error(network.error);
  return network.value;
}

function storedNumbers(raw: Float32Array): Int8Array {
  const embedding = quantiseEmbedding(raw, raw.length);
  if (!embedding.ok) throw new Error(embedding.error.message);
  return embedding.value.values;
}

const ITEMS = ["one", "two", "three"].map((id) => ({ id, name: id, names: {}, threshold: null }));

function makeHead(dimension: number) {
  const random = createRandom("head");
  return {
    dimension,
    classIds: ITEMS.map(({ id }) => id),
    entropyThreshold: 1,
    biases: Float32Array.of(0.1, 0, -0.1),
    weights: Int8Array.from({ length: ITEMS.length * dimension }, () => Math.round(254 * random() - 127)),
    scales: new Float32Array(ITEMS.length).fill(0.05),
  };
}

async function exportHead({ manifest, model }: Pick<Quantised, "manifest" | "model">): Promise<Uint8Array> {
  const exported = { version: 1, head: makeHead(manifest.output.dimension), items: ITEMS };
  const file = await makePortableFile(manifest, async () => model, exported);
  return joinBytes(file?.pieces ?? []);
}

describe.each(["headstart-mobilenet", "headstart-128"])("%s in eight bits", (name) => {
  let quantised: Quantised;

  beforeAll(async () => {
    quantised = await quantise(name);
  });

  it("has an id and a manifest of its own, which say what it was made of", async () => {
    const { manifest, model } = quantised;
    const floats = await readOwnBackbone(manifest.name.replace("-int8", ""));
    expect(manifest.id).not.toBe(floats.manifest.id);
    expect(model.length).toBeLessThan(0.65 * floats.model.length);
    expect(manifest).toMatchObject({
      ...floats.manifest,
      id: manifest.id,
      name: manifest.name,
      bytes: model.length,
      file: manifest.file,
    });
    const photos = PHOTOS_PER_KIND * PHOTO_KINDS.length;
    expect(manifest.quantisation).toMatchObject({ of: floats.manifest.id, weightBits: 8, activationBits: 7, photos });
    expect(backboneManifestSchema.parse(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest);
  });

  it("multiplies all of its pointwise layers in bytes", () => {
    const plan = planLayers(readOnnxFile(quantised.model), quantised.manifest.output.name);
    if (!plan.ok) throw new Error(plan.error);
    const { layers, output } = plan.value;
    const bytes = findByteTensors(layers, output);
    const pointwise = layers.filter(
      (layer) => layer.kind === "convolution" && layer.weight.dims[1] > 3 && layer.weight.dims[3] === 1,
    );
    expect(pointwise.length).toBeGreaterThan(10);
    expect(pointwise.filter((layer) => layer.kind === "convolution" && !bytes.has(layer.input))).toEqual([]);
  });

  it("gives the same bits with relaxed SIMD and without, and the same stored numbers in ONNX Runtime", async () => {
    const [fused, plain] = [
      await build("fused-backbone-kernels", quantised),
      await build("backbone-kernels", quantised),
    ];
    const { manifest, model, tensors } = quantised;
    const session = await createBackboneSession(await compileOrtModule(), model, manifest);
    const random = createRandom("noise");
    const noise = Float32Array.from(tensors[0], () => 4 * random() - 2);
    for (const tensor of [...tensors, noise]) {
      const ours = fused(tensor);
      expect(plain(tensor)).toEqual(ours);
      const theirs = await session.run(tensor);
      expect(Math.max(...ours.map((value, i) => Math.abs(value - theirs[i])))).toBeLessThan(1e-5);
      expect(storedNumbers(theirs)).toEqual(storedNumbers(ours));
    }
  });

  it("embeds drawings that it has not seen as the floats do: cosine above .99 on the mean", async () => {
    const whole = await build("fused-backbone-kernels", quantised);
    const floats = await build(
      "fused-backbone-kernels",
      await readOwnBackbone(quantised.manifest.name.replace("-int8", "")),
    );
    const { tensors } = quantised;
    const sum = tensors.reduce((total, tensor) => total + cosineOf(whole(tensor), floats(tensor)), 0);
    expect(sum / tensors.length).toBeGreaterThan(0.99);
  });

  it("answers from an exported file as the Worker does", async () => {
    const { manifest, tensors } = quantised;
    const whole = await build("fused-backbone-kernels", quantised);
    const { dimension } = manifest.output;
    const head = makeHead(dimension);
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmBinary ??= (await readShippedOrt()).buffer;
    const session = await ort.InferenceSession.create(await exportHead(quantised), { executionProviders: ["wasm"] });
    const { height, width } = manifest.input;
    for (const tensor of tensors) {
      const { scores } = await session.run({
        [manifest.input.name]: new ort.Tensor("float32", tensor, [1, 3, height, width]),
      });
      const embedding = quantiseEmbedding(whole(tensor), dimension);
      if (!embedding.ok) throw new Error(embedding.error.message);
      const wanted = new Map(predict(head, embedding.value).scores.map(({ classId, score }) => [classId, score]));
      ITEMS.forEach(({ id }, k) => {
        expect(scores.data[k]).toBeCloseTo(wanted.get(id) ?? Number.NaN, 5);
      });
    }
    await session.release();
  });

  it("says of an exported file that its head fits no floats, and nothing where it was taught by floats", async () => {
    const { manifest } = quantised;
    const folder = await makeTempFolder();
    const floats = await readOwnBackbone(manifest.name.replace("-int8", ""));
    await writeFiles(folder, { "whole.onnx": await exportHead(quantised), "float.onnx": await exportHead(floats) });
    expect(await warnOfEightBits(path.join(folder, "whole.onnx"))).toContain(`belongs to ${manifest.name}, which`);
    expect(await warnOfEightBits(path.join(folder, "float.onnx"))).toBeUndefined();
  });
});
