/** The memory of a Worker's isolate at work, to hold against a deployment's limit of 128 MB. */
import type { Inspector, IsolateMemory } from "./inspector.ts";

const PAUSE_MS = 20;

export interface WatchedIsolate<T> {
  readonly value: T;
  /** In the order in which they were taken, one before the work began. */
  readonly samples: readonly IsolateMemory[];
}

/** Samples as often as the isolate answers, until `work` has ended. */
export async function watchIsolate<T>(inspector: Inspector, work: () => Promise<T>): Promise<WatchedIsolate<T>> {
  const samples = [await inspector.readMemory()];
  let isRunning = true;
  const sampler = (async () => {
    while (isRunning) {
      samples.push(await inspector.readMemory());
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  })();
  const value = await work().finally(() => {
    isRunning = false;
  });
  await sampler;
  return { value, samples };
}

/** JavaScript heap, array buffers and wasm together, in bytes. */
export function totalOf({ heapBytes, bufferBytes, wasmBytes }: IsolateMemory): number {
  return heapBytes + bufferBytes + wasmBytes;
}
