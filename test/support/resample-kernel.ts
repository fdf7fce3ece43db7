/** The kernel of the resize, compiled in Node. */
import { readFile } from "node:fs/promises";

const FILE = new URL("../../src/image/kernels/resample-kernel.wasm", import.meta.url);

export async function compileResampleKernel(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(new Uint8Array(await readFile(FILE)));
}
