/**
 * The Rust png decoder of Squoosh. Its wasm is run without @jsquash's glue: that one keeps a single instance for ever, so a
 * decoder that has trapped or grown could never be replaced.
 */
import type { Decoder, RgbaImage } from "./rgba-image.ts";

/** The imports and exports that decoding uses, as wasm-bindgen named them. */
const NEW_IMAGE_DATA = /^__wbg_newwithownedu8clampedarrayandsh_/;
const THROW = "__wbindgen_throw";

interface PngExports {
  readonly memory: WebAssembly.Memory;
  readonly malloc: (bytes: number, alignment: number) => number;
  readonly free: (pointer: number, bytes: number, alignment: number) => void;
  readonly decode: (pointer: number, bytes: number) => number;
}

/** Makes a fresh instance. Throws when the module is not the one that this glue was written for. */
export function startPngDecoder(module: WebAssembly.Module): Decoder {
  let decoded: RgbaImage | null = null;
  const instance = new WebAssembly.Instance(module, {
    wbg: importsOf(module, (pointer, bytes, width, height) => {
      // The decoder hands its pixels over: they are copied out and given back to its allocator.
      decoded = { data: new Uint8ClampedArray(wasm.memory.buffer, pointer, bytes).slice(), width, height };
      wasm.free(pointer, bytes, 1);
      return 0;
    }),
  });
  const wasm = readExports(instance.exports);
  return {
    decode(pieces) {
      decoded = null;
      const length = pieces.reduce((total, piece) => total + piece.length, 0);
      const pointer = wasm.malloc(length, 1);
      const input = new Uint8Array(wasm.memory.buffer, pointer, length);
      let at = 0;
      for (const piece of pieces) {
        input.set(piece, at);
        at += piece.length;
      }
      wasm.decode(pointer, length); // frees its input
      if (decoded === null) throw new Error("the decoder gave no picture");
      return decoded;
    },
    memoryBytes: () => wasm.memory.buffer.byteLength,
  };
}

type OnImage = (pointer: number, bytes: number, width: number, height: number) => number;

/** What the module imports: a way to hand over the pixels, a way to throw, and what only 16-bit decoding needs. */
function importsOf(module: WebAssembly.Module, onImage: OnImage): WebAssembly.ModuleImports {
  const imports: WebAssembly.ModuleImports = {};
  for (const { name } of WebAssembly.Module.imports(module)) {
    imports[name] = NEW_IMAGE_DATA.test(name)
      ? onImage
      : () => {
          throw new Error(name === THROW ? "damaged data" : `unexpected call of ${name}`);
        };
  }
  return imports;
}

function readExports(exports: WebAssembly.Exports): PngExports {
  const { memory, decode, __wbindgen_malloc: malloc, __wbindgen_free: free } = exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error("the PNG decoder exports no memory");
  // A decoder of foreign values: wasm exports have no types beyond "function".
  return { memory, decode, malloc, free } as PngExports;
}
