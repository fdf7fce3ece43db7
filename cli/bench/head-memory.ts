/** Memory of one fit, measured in a process of its own: heap and wasm memory of other work do not mix in. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { ProblemSize } from "./head-data.ts";

const CHILD = fileURLToPath(new URL("./head-memory-child.ts", import.meta.url));

const memorySchema = z.object({
  /** Largest sum of wasm memory, array buffers and JavaScript heap alive at any kernel call, less the process before it. */
  peakBytes: z.int(),
  /** Growth of the process's resident memory to its largest, garbage and compiled code included. */
  residentBytes: z.int(),
  /** Of `peakBytes`, the kernels' wasm memory. */
  wasmBytes: z.int(),
});

export type HeadMemory = z.infer<typeof memorySchema>;

/** Streams n rows into statistics and fits once. */
export function measureHeadMemory({ n, d, k }: ProblemSize): HeadMemory {
  const args = ["--expose-gc", CHILD, String(n), String(d), String(k)];
  return memorySchema.parse(JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })));
}
