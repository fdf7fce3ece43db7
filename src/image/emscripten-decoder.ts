/** The decoders that Squoosh compiled with Emscripten: mozjpeg and libwebp. Imports @jsquash's own glue. */
import jpegFactory from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import webpFactory from "@jsquash/webp/codec/dec/webp_dec.js";
import { joinBytes } from "./bytes.ts";
import type { Decoder, RgbaImage } from "./rgba-image.ts";

type RunDecoder = (bytes: Uint8Array<ArrayBuffer>) => RgbaImage | null;

/** Makes a fresh instance of the compiled module. */
export async function startEmscriptenDecoder(format: "jpeg" | "webp", module: WebAssembly.Module): Promise<Decoder> {
  const memories: WebAssembly.Memory[] = [];
  const run = await START[format](quietOptions(module, memories));
  return {
    decode(pieces) {
      const image = run(joinBytes(pieces));
      if (image === null) throw new Error("the decoder gave no picture");
      return image;
    },
    memoryBytes: () => memories.reduce((total, { buffer }) => total + buffer.byteLength, 0),
  };
}

const START: Record<"jpeg" | "webp", (options: EmscriptenOptions) => Promise<RunDecoder>> = {
  async jpeg(options) {
    const glue = await jpegFactory(options);
    return (bytes) => glue.decode(bytes, false);
  },
  async webp(options) {
    const glue = await webpFactory(options);
    return (bytes) => glue.decode(bytes);
  },
};

type EmscriptenOptions = ReturnType<typeof quietOptions>;

/**
 * Uses the compiled wasm, remembers its memory, and keeps silent: libjpeg reports every damaged byte on the console, and a
 * hostile sender must not fill the log.
 */
function quietOptions(module: WebAssembly.Module, memories: WebAssembly.Memory[]) {
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
