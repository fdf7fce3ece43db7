/** The thread of `wasm-memory.ts`: runs one backbone once and posts how large ONNX Runtime's memory has become. */
import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { backboneManifestSchema } from "../../src/backbone/manifest.ts";
import { createBackboneSession } from "../../src/backbone/session.ts";
import { compileOrtModule } from "../runtime/ort-module.ts";

const memories: WebAssembly.Memory[] = [];
const { Memory } = WebAssembly;
// The session makes its memory from whatever class is here, and hands it to nobody.
Object.assign(WebAssembly, {
  Memory: class RecordedMemory extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      memories.push(this);
    }
  },
});

const manifest = backboneManifestSchema.parse(workerData.manifest);
const model = await readFile(String(workerData.file));
const session = await createBackboneSession(await compileOrtModule(), model, manifest);
const { height, width, views = [height] } = manifest.input;
await session.run(new Float32Array(views.length * 3 * height * width));
parentPort?.postMessage(memories.reduce((total, { buffer }) => total + buffer.byteLength, 0));
