/** Cutting a classifier back to the backbone it was made of, and carrying along what the codec does not read. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { sha256Of } from "../../cli/backbone/file-identity.ts";
import { useBackbone } from "../../cli/backbone/use-backbone.ts";
import { cutClassifier } from "../../cli/onnx/cut-classifier.ts";
import { inspectGraph, runGraph } from "../../cli/onnx/inspect-graph.ts";
import { decodeOnnx, encodeOnnx } from "../../cli/onnx/onnx-model.ts";
import { sharedDir } from "../../cli/shared/project-paths.ts";
import { serveLocally } from "../support/local-server.ts";
import {
  addClassifier,
  type LinearStyle,
  makeModel,
  makeNode,
  makeTinyBackbone,
  makeValue,
  makeWeights,
} from "../support/onnx-graphs.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";
import { createRandom } from "../support/random.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const TINY = makeTinyBackbone();
const STYLES: LinearStyle[] = ["Gemm", "MatMul+Add", "Conv"];
const SHARED_BACKBONES = path.join(sharedDir(process.env), "backbones");
const MOBILENET = path.join(SHARED_BACKBONES, "mobilenetv2-1.0-224-fp32-backbone.onnx");

function makePixels(count: number): Float32Array {
  const random = createRandom("pixels");
  return Float32Array.from({ length: count }, () => 4 * random() - 2);
}

async function embed(model: Uint8Array): Promise<Float32Array> {
  const facts = await inspectGraph(model);
  return runGraph(model, facts, makePixels(3 * facts.input.height * facts.input.width));
}

describe.each(STYLES)("a last layer written as %s", (style) => {
  it.each([false, true])("is cut off, with softmax: %s, and the embeddings stay the same", async (softmax) => {
    const classifier = addClassifier(TINY, 6, 1_000, style, softmax);
    const output = { name: softmax ? "scores" : "logits", dimension: 1_000 };
    const cut = cutClassifier(classifier, output, "if-classifier");
    expect(cut?.dimension).toBe(6);
    expect(cut?.model.length).toBeLessThan(TINY.length + 60); // the classifier's weights are gone
    expect(await embed(cut?.model ?? TINY)).toEqual(await embed(TINY));
  });
});

it("leaves a network alone that does not look like a classifier, unless told to cut", () => {
  const projected = addClassifier(TINY, 6, 64, "Gemm");
  const output = { name: "logits", dimension: 64 };
  expect(cutClassifier(projected, output, "if-classifier")).toBeNull();
  expect(cutClassifier(projected, output, "always")?.dimension).toBe(6);
  expect(cutClassifier(TINY, { name: "embedding", dimension: 1_000 }, "if-classifier")).toBeNull();
});

it("refuses a classifier without a linear layer and names the way out", () => {
  const model = makeModel({
    node: [
      makeNode("Conv", ["a", "w"], ["c"]),
      makeNode("GlobalAveragePool", ["c"], ["p"]),
      makeNode("Flatten", ["p"], ["scores"], { axis: 1 }),
    ],
    initializer: [makeWeights("w", [1_000, 3, 1, 1])],
    input: [makeValue("a", ["N", 3, 8, 8])],
    output: [makeValue("scores", ["N", 1_000])],
  });
  expect(() => cutClassifier(model, { name: "scores", dimension: 1_000 }, "if-classifier")).toThrow("--no-cut");
});

// The own backbone ends in joined features: no single Flatten that a convolution could stand in front of.
it.each<LinearStyle>(["Gemm", "MatMul+Add"])(
  "gets the project's own backbone back from a classifier made of it, last layer %s",
  {
    timeout: 60_000,
  },
  async (style) => {
    const { manifest, model } = await readOwnBackbone();
    const { dimension } = manifest.output;
    const classifier = addClassifier(model, dimension, 1_000, style);
    const url = await serveLocally((_, response) => response.end(classifier));
    const folder = await makeTempFolder();
    const used = await useBackbone(`${url}/own.onnx`, {
      activeDir: path.join(folder, "active"),
      modelsDir: folder,
      sharedBackbonesDir: folder,
      sha256: sha256Of(classifier),
    });
    expect(used.manifest.output).toEqual(manifest.output);
    expect(await embed(readFileSync(used.file))).toEqual(await embed(model));
  },
);

describe.skipIf(!existsSync(MOBILENET))("with the shared backbones (skipped where ../shared is absent)", () => {
  it("survives decoding and encoding: same fields, same embeddings", async () => {
    const original = readFileSync(MOBILENET);
    const again = encodeOnnx(decodeOnnx(original));
    expect(again.length).toBe(original.length);
    expect(await embed(again)).toEqual(await embed(original));
  });

  it.each(STYLES)(
    "downloads MobileNetV2 with a %s layer put back on and finds the same embeddings",
    { timeout: 60_000 },
    async (style) => {
      const original = readFileSync(MOBILENET);
      const classifier = addClassifier(original, 1_280, 1_000, style);
      const url = await serveLocally((_, response) => response.end(classifier));
      const folder = await makeTempFolder();
      const places = { activeDir: path.join(folder, "active"), modelsDir: folder, sharedBackbonesDir: folder };
      const { manifest, file, notes } = await useBackbone(`${url}/classifier.onnx`, {
        ...places,
        sha256: sha256Of(classifier),
      });
      expect(notes.join()).toContain("Cut off the classifier");
      expect(manifest).toMatchObject({ name: "classifier", output: { name: "embedding", dimension: 1_280 } });
      expect(manifest.bytes).toBeLessThan(original.length + 200);
      expect(await embed(readFileSync(file))).toEqual(await embed(original));
    },
  );
});
