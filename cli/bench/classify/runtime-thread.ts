/** The thread of one runtime in `runtimes.ts`: embeds one tensor whenever it is asked, and posts what it took. */
import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { type BackboneManifest, backboneManifestSchema } from "../../../src/backbone/manifest.ts";
import { createNetwork } from "../../../src/backbone/network.ts";
import { type BackboneSession, createBackboneSession } from "../../../src/backbone/session.ts";
import { compileKernels } from "../../runtime/backbone-runtimes.ts";
import { compileOrtModule, readShippedOrt } from "../../runtime/ort-module.ts";
import { loadRivals } from "../rivals.ts";

const manifest = backboneManifestSchema.parse(workerData.manifest);
const model = new Uint8Array(await readFile(String(workerData.file)));
const { height, width } = manifest.input;
const tensor = Float32Array.from({ length: 3 * height * width }, (_, i) => Math.sin(i / 97) * Math.cos(i / 4_001));
const session = await startRuntime(String(workerData.runtime));

parentPort?.on("message", async () => {
  const start = performance.now();
  const embedding = await session.run(tensor);
  parentPort?.postMessage({ ms: performance.now() - start, embedding });
});
parentPort?.postMessage("ready");

async function startRuntime(name: string): Promise<BackboneSession> {
  if (name === "headstart") {
    const network = createNetwork(await compileKernels(), model, manifest);
    if (!network.ok) throw new Error(network.error);
    return { run: async (input) => network.value(input) };
  }
  if (name === "onnxruntime-web, private memory")
    return createBackboneSession(await compileOrtModule(), model, manifest);
  if (name === "onnxruntime-web as shipped") return startShippedOrt();
  if (name === "tfjs-backend-wasm") return (await loadRivals()).createTfjsSession(model, manifest);
  return startNativeOrt(manifest);
}

async function startShippedOrt(): Promise<BackboneSession> {
  const ort = await import("onnxruntime-web/wasm");
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = (await readShippedOrt()).buffer;
  const session = await ort.InferenceSession.create(model, { executionProviders: ["wasm"] });
  return {
    async run(input) {
      const results = await session.run({
        [manifest.input.name]: new ort.Tensor("float32", input, [1, 3, height, width]),
      });
      return readEmbedding(results[manifest.output.name]?.data);
    },
  };
}

/** onnxruntime-node is 288 MB and no dependency: `npm install --no-save --ignore-scripts onnxruntime-node@1.30.0`. */
async function startNativeOrt({ input, output }: BackboneManifest): Promise<BackboneSession> {
  const packageName = "onnxruntime-node";
  const { InferenceSession, Tensor } = (await import(packageName)) as typeof import("onnxruntime-common"); // -- its own interface
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1 };
  const session = await InferenceSession.create(model, options);
  return {
    async run(pixels) {
      const results = await session.run({ [input.name]: new Tensor("float32", pixels, [1, 3, height, width]) });
      return readEmbedding(results[output.name]?.data);
    },
  };
}

function readEmbedding(data: unknown): Float32Array {
  if (!(data instanceof Float32Array)) throw new Error("the runtime gave no float32 embedding");
  return data;
}
