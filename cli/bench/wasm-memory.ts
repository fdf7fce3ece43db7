/** Wasm memory of one backbone after one run, in a thread of its own: memory never shrinks, so no two may share it. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { PlacedBackbone } from "../backbone/placed-backbone.ts";

/** Bytes of ONNX Runtime's memory, weights included. */
export async function measureWasmMemory(placed: PlacedBackbone): Promise<number> {
  const worker = new Worker(new URL("./wasm-memory-worker.ts", import.meta.url), { workerData: placed });
  const [bytes]: unknown[] = await once(worker, "message");
  await worker.terminate();
  if (typeof bytes !== "number") throw new Error("the memory of the backbone could not be read");
  return bytes;
}
