import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { averageViews } from "../../cli/onnx/average-views.ts";
import { compileKernels, compileRuntimes } from "../../cli/runtime/backbone-runtimes.ts";
import { compileOrtModule } from "../../cli/runtime/ort-module.ts";
import { cosineOf } from "../../cli/shared/cosine.ts";
import type { BackboneManifest } from "../../src/backbone/manifest.ts";
import { createNetwork } from "../../src/backbone/network.ts";
import { createBackboneSession } from "../../src/backbone/session.ts";
import { startBackboneSession } from "../../src/backbone/start-session.ts";
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { makeConvolution, makeModel, makeNode, makeTinyBackbone, makeValue } from "../support/onnx-graphs.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";
import { createRandom } from "../support/random.ts";

/** A manifest of a graph from `input` [1, 3, height, width] to `embedding`. */
async function describeGraph(height: number, width: number, dimension: number): Promise<BackboneManifest> {
  const { manifest } = await readOwnBackbone();
  const input = { ...manifest.input, name: "input", height, width };
  return { ...manifest, input, output: { name: "embedding", dimension } };
}

function makeTensor({ input }: BackboneManifest, seed: string): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: 3 * input.height * input.width }, () => 4 * random() - 2);
}

/** The largest difference of the two runtimes, as a share of the largest number. */
async function compareWithOrt(model: Uint8Array, manifest: BackboneManifest): Promise<number> {
  const network = createNetwork(await compileKernels(), model, manifest);
  if (!network.ok) throw new Error(network.error);
  const ort = await createBackboneSession(await compileOrtModule(), model, manifest);
  let worst = 0;
  for (const seed of ["a", "b"]) {
    const tensor = makeTensor(manifest, seed);
    const [ours, theirs] = [network.value(tensor), await ort.run(tensor)];
    expect(ours.length).toBe(theirs.length);
    const largest = Math.max(...theirs.map(Math.abs));
    expect(largest).toBeGreaterThan(0);
    worst = Math.max(worst, ...ours.map((value, i) => Math.abs(value - theirs[i]) / largest));
  }
  return worst;
}

describe("our own kernels on the backbone that ships with the project", () => {
  it("embed as ONNX Runtime does: cosine above .9999, no stored number off by more than one", async () => {
    const { manifest, model } = await readOwnBackbone();
    const network = createNetwork(await compileKernels(), model, manifest);
    if (!network.ok) throw new Error(network.error);
    const ort = await createBackboneSession(await compileOrtModule(), model, manifest);
    for (const seed of ["a", "b", "c"]) {
      const tensor = makeTensor(manifest, seed);
      const raws = [network.value(tensor), await ort.run(tensor)];
      expect(cosineOf(raws[0], raws[1])).toBeGreaterThan(0.9999);
      const [ours, theirs] = raws.map((raw) => quantiseEmbedding(raw, manifest.output.dimension));
      if (!ours.ok || !theirs.ok) throw new Error("an embedding was refused");
      const steps = ours.value.values.map((value, i) => Math.abs(value - theirs.value.values[i]));
      expect(Math.max(...steps)).toBeLessThanOrEqual(1);
    }
  });

  it("embed alike with multiply-adds that round once or twice: cosine above .9999999, no stored number off by more than one", async () => {
    const { manifest, model } = await readOwnBackbone();
    const twice = new URL("../../src/backbone/kernels/backbone-kernels.wasm", import.meta.url);
    const builds = [await compileKernels(), await WebAssembly.compile(await readFile(twice))];
    const [fused, plain] = builds.map((kernels) => createNetwork(kernels, model, manifest));
    if (!fused?.ok || !plain?.ok) throw new Error("the network was refused");
    for (const seed of ["a", "b", "c"]) {
      const raws = [fused.value(makeTensor(manifest, seed)), plain.value(makeTensor(manifest, seed))];
      expect(cosineOf(raws[0], raws[1])).toBeGreaterThan(0.9999999);
      const [one, other] = raws.map((raw) => quantiseEmbedding(raw, manifest.output.dimension));
      if (!one.ok || !other.ok) throw new Error("an embedding was refused");
      expect(Math.max(...one.value.values.map((v, i) => Math.abs(v - other.value.values[i])))).toBeLessThanOrEqual(1);
    }
  });

  it("give the mean of what they say of each view of a photo, as ONNX Runtime does", async () => {
    const { manifest, model } = await readOwnBackbone();
    const ends = { input: manifest.input.name, output: manifest.output.name };
    const joint = averageViews(model, ends, 2);
    const viewed = { ...manifest, input: { ...manifest.input, views: [120, 165] } };
    const kernels = await compileKernels();
    const [single, network] = [createNetwork(kernels, model, manifest), createNetwork(kernels, joint, viewed)];
    if (!(single.ok && network.ok)) throw new Error("the network was refused");
    const [a, b] = [makeTensor(manifest, "a"), makeTensor(manifest, "b")];
    const ours = network.value(Float32Array.of(...a, ...b));
    const [ofA, ofB] = [single.value(a), single.value(b)];
    expect(ours).toEqual(ofA.map((value, i) => (value + ofB[i]) / 2));
    const ort = await createBackboneSession(await compileOrtModule(), joint, viewed);
    expect(cosineOf(ours, await ort.run(Float32Array.of(...a, ...b)))).toBeGreaterThan(0.9999);
    expect(cosineOf(ours, ofA)).toBeLessThan(0.9999);
  });

  it("run no network that looks at a photo more or less often than its manifest says", async () => {
    const { manifest, model } = await readOwnBackbone();
    const joint = averageViews(model, { input: manifest.input.name, output: manifest.output.name }, 2);
    const viewed = { ...manifest, input: { ...manifest.input, views: [120, 165] } };
    const kernels = await compileKernels();
    const refused = { ok: false, error: "another number of views than the manifest says" };
    expect(createNetwork(kernels, joint, manifest)).toEqual(refused);
    expect(createNetwork(kernels, model, viewed)).toEqual(refused);
  });

  it("give the same bits again, whatever was embedded in between", async () => {
    const { manifest, model } = await readOwnBackbone();
    const network = createNetwork(await compileKernels(), model, manifest);
    if (!network.ok) throw new Error(network.error);
    const first = network.value(makeTensor(manifest, "a"));
    network.value(makeTensor(manifest, "b"));
    expect(network.value(makeTensor(manifest, "a"))).toEqual(first);
  });
});

describe("our own kernels on graphs of every shape that they know", () => {
  const pooled = [
    makeNode("GlobalAveragePool", ["last"], ["pooled"]),
    makeNode("Flatten", ["pooled"], ["embedding"], { axis: 1 }),
  ];
  const ends = (height: number, width: number) => ({
    input: [makeValue("input", [1, 3, height, width])],
    output: [makeValue("embedding", [1, "n"])],
  });

  it.each([
    ["3 x 3 with padding", { kernel: [3, 3], pads: [1, 1, 1, 1] }],
    ["3 x 3 with stride 2 and padding at one end", { kernel: [3, 3], strides: [2, 2], pads: [0, 0, 1, 1] }],
    ["2 x 2 with stride 2", { kernel: [2, 2], strides: [2, 2] }],
    ["1 x 1 with stride 2", { kernel: [1, 1], strides: [2, 2] }],
    ["5 x 3", { kernel: [5, 3], pads: [2, 1, 2, 1] }],
  ])("a convolution %s on a picture that is not square", async (_name, shape) => {
    const stem = makeConvolution("stem", "input", "last", { inputs: 3, outputs: 24, ...shape });
    const model = makeModel({ ...ends(11, 14), node: [stem.node, ...pooled], initializer: stem.weights });
    expect(await compareWithOrt(model, await describeGraph(11, 14, 24))).toBeLessThan(1e-5);
  });

  it.each([1, 2])("a depthwise convolution with stride %d, added to and bounded", async (stride) => {
    const parts = [
      makeConvolution("stem", "input", "grown", { inputs: 3, outputs: 40, kernel: [1, 1] }),
      makeConvolution("deep", "clipped", "slid", {
        inputs: 40,
        outputs: 40,
        kernel: [3, 3],
        group: 40,
        strides: [stride, stride],
        pads: [1, 1, 1, 1],
      }),
      makeConvolution("skip", "slid", "shrunk", { inputs: 40, outputs: 8, kernel: [1, 1] }),
      makeConvolution("side", "slid", "sided", { inputs: 40, outputs: 8, kernel: [1, 1] }),
    ];
    const node = [
      parts[0].node,
      makeNode("Relu", ["grown"], ["clipped"]),
      ...[parts[1].node, parts[2].node, parts[3].node],
      makeNode("Add", ["sided", "shrunk"], ["sum"]),
      makeNode("Relu", ["sum"], ["last"]),
      ...pooled,
    ];
    const initializer = parts.flatMap(({ weights }) => weights);
    const model = makeModel({ ...ends(9, 7), node, initializer });
    expect(await compareWithOrt(model, await describeGraph(9, 7, 8))).toBeLessThan(1e-5);
  });
});

describe("a graph that our kernels do not know", () => {
  it.each([
    ["six channels", makeTinyBackbone(), 6, "6 channels"],
    ["another operator", makeModel({ node: [makeNode("Sigmoid", ["input"], ["embedding"])] }), 3, "operator Sigmoid"],
    [
      "joining photos instead of channels",
      makeModel({ node: [makeNode("Concat", ["input", "input"], ["embedding"], { axis: 0 })] }),
      3,
      "a Concat along another axis than that of the channels",
    ],
  ])("is named for its %s", async (_name, model, dimension, reason) => {
    const network = createNetwork(await compileKernels(), model, await describeGraph(16, 16, dimension));
    expect(network).toEqual({ ok: false, error: reason });
  });

  it("is run by ONNX Runtime", async () => {
    const manifest = await describeGraph(16, 16, 6);
    const session = await startBackboneSession(await compileRuntimes(), makeTinyBackbone(), manifest);
    const tensor = makeTensor(manifest, "a");
    const ort = await createBackboneSession(await compileOrtModule(), makeTinyBackbone(), manifest);
    expect(await session.run(tensor)).toEqual(await ort.run(tensor));
  });

  it("is refused when the file ends early", async () => {
    const { manifest, model } = await readOwnBackbone();
    const kernels = await compileKernels();
    expect(() => createNetwork(kernels, model.subarray(0, 100_000), manifest)).toThrow(RangeError);
  });
});
