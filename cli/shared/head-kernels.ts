/** The head's SIMD kernels in Node: the same module that the Worker imports. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { createWasmKernels, type WasmKernels } from "../../src/head/kernels/wasm-kernels.ts";
import { PROJECT_ROOT } from "./project-paths.ts";

/** Compiles the committed module; each call makes kernels with a memory of their own. */
export function loadHeadKernels(): WasmKernels {
  const bytes = readFileSync(path.join(PROJECT_ROOT, "src/head/kernels/head-kernels.wasm"));
  return createWasmKernels(new WebAssembly.Module(bytes));
}
