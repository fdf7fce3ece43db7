/** libwebp, as Squoosh compiled it with Emscripten. Imports @jsquash's own glue. */
import webpFactory from "@jsquash/webp/codec/dec/webp_dec.js";
import { joinBytes } from "./bytes.ts";
import type { Decoder } from "./rgba-image.ts";

/** Makes a fresh instance of the compiled module. It decodes the whole picture, whatever is asked for. */
export async function startWebpDecoder(module: WebAssembly.Module): Promise<Decoder> {
  const memories: WebAssembly.Memory[] = [];
  const glue = await webpFactory(silentOptions(module, memories));
  return {
    decode(pieces) {
      const image = glue.decode(joinBytes(pieces));
      if (image === null) throw new Error("the decoder gave no picture");
      return image;
    },
    memoryBytes: () => memories.reduce((total, { buffer }) => total + buffer.byteLength, 0),
  };
}

/**
 * Uses the compiled wasm, remembers its memory, and keeps its complaints off the console: a hostile sender must not fill the
 * log.
 */
function silentOptions(module: WebAssembly.Module, memories: WebAssembly.Memory[]) {
  return {
    noInitialRun: true,
    printErr: () => {},
    instantiateWasm(imports: WebAssembly.Imports, callback: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports);
      memories.push(...Object.values(instance.exports).filter((value) => value instanceof WebAssembly.Memory));
      callback(instance);
      return instance.exports;
    },
  };
}
