import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { readOrtModule, readShippedOrt } from "../../cli/runtime/ort-module.ts";
import { withPrivateMemory } from "../../cli/runtime/private-memory.ts";
import { createBackboneSession } from "../../src/backbone/session.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";
import { createRandom } from "../support/random.ts";

/** Runs the model in a thread of its own, with onnxruntime-web exactly as the package ships it. */
const RUN_AS_SHIPPED = `
  const { parentPort, workerData } = require("node:worker_threads");
  (async () => {
    const ort = await import("onnxruntime-web/wasm");
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmBinary = workerData.wasm.buffer;
    const session = await ort.InferenceSession.create(workerData.model, { graphOptimizationLevel: "all" });
    const feed = new ort.Tensor("float32", workerData.tensor, workerData.shape);
    const results = await session.run({ [session.inputNames[0]]: feed });
    parentPort.postMessage(results[session.outputNames[0]].data);
  })();
`;

describe("ONNX Runtime with private memory", () => {
  it("differs from the shipped file in one bit, where the memory is declared", async () => {
    const shipped = await readShippedOrt();
    const rewritten = await readOrtModule();
    const changed = [...shipped.keys()].filter((at) => shipped[at] !== rewritten[at]);
    expect(changed).toHaveLength(1);
    expect([shipped[changed[0]], rewritten[changed[0]]]).toEqual([3, 1]);
  });

  it("takes private memory where the shipped one refuses it", async () => {
    const rewritten = new WebAssembly.Module(await readOrtModule());
    const shipped = new WebAssembly.Module(await readShippedOrt());
    const memory = new WebAssembly.Memory({ initial: 256, maximum: 65_536 });
    const link = (module: WebAssembly.Module) => new WebAssembly.Instance(module, makeImports(module, memory));
    expect(() => link(rewritten)).not.toThrow();
    expect(() => link(shipped)).toThrow(/mismatch in shared state of memory/);
  });

  it("gives the very bits that the shipped one gives", async () => {
    const { manifest, model } = await readOwnBackbone();
    const random = createRandom("private memory");
    const { height, width } = manifest.input;
    const tensor = Float32Array.from({ length: 3 * height * width }, () => 4 * random() - 2);
    const ours = await createBackboneSession(await WebAssembly.compile(await readOrtModule()), model, manifest);
    const workerData = { wasm: await readShippedOrt(), model, tensor, shape: [1, 3, height, width] };
    const thread = new Worker(RUN_AS_SHIPPED, { eval: true, workerData });
    const shipped = await new Promise((resolve, reject) => thread.once("message", resolve).once("error", reject));
    await thread.terminate();
    expect(await ours.run(tensor)).toEqual(shipped);
  });

  it.each([
    ["has been rewritten already", () => readOrtModule(), "not shared"],
    ["imports no memory", async () => new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), "imports no memory"],
  ])("refuses a module that %s", async (_name, read, reason) => {
    const module = await read();
    expect(() => withPrivateMemory(module)).toThrow(reason);
  });
});

/** Imports that satisfy the linker: functions that do nothing, and this memory. */
function makeImports(module: WebAssembly.Module, memory: WebAssembly.Memory): WebAssembly.Imports {
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = kind === "memory" ? memory : () => 0;
  }
  return imports;
}
