/** The backbone's runtimes as the Worker has them, compiled for commands and tests in Node. */
import { readFile } from "node:fs/promises";
import type { BackboneRuntimes } from "../../src/backbone/start-session.ts";
import { compileOrtModule } from "./ort-module.ts";

const KERNELS_FILE = new URL("../../src/backbone/kernels/fused-backbone-kernels.wasm", import.meta.url);

export async function compileKernels(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(new Uint8Array(await readFile(KERNELS_FILE)));
}

export async function compileRuntimes(): Promise<BackboneRuntimes> {
  return { kernels: await compileKernels(), loadOrt: compileOrtModule };
}
