/**
 * libjpeg-turbo, compiled by `tools/image/jpeg/`: decodes at the size that is needed, and tells every fault of a picture. The module is
 * compiled by the caller: workerd compiles none from bytes.
 */
import { requireFunctions } from "../shared/wasm-exports.ts";
import { type Decoder, MissingRows } from "./rgba-image.ts";

/** Addresses are bytes; what each does is said beside its source. */
interface JpegExports {
  readonly memory: WebAssembly.Memory;
  readonly allocate: (bytes: number) => number;
  readonly release: (pointer: number) => void;
  readonly decode: (pointer: number, bytes: number, eighths: number) => number;
  readonly width: () => number;
  readonly height: () => number;
  readonly lacksRows: () => number;
}

const FUNCTIONS = ["allocate", "release", "decode", "width", "height", "lacksRows"];
const RGBA_BYTES = 4;

/** Makes a fresh instance. Throws when the module is not the one that this was written for. */
export function startJpegDecoder(module: WebAssembly.Module): Decoder {
  const fail = (code: number): never => {
    throw new Error(`libjpeg gives up with code ${code}`);
  };
  const wasm = readExports(new WebAssembly.Instance(module, { decoder: { fail } }).exports);

  return {
    decode(pieces, eighths) {
      const length = pieces.reduce((total, piece) => total + piece.length, 0);
      const input = allocate(wasm, length);
      let at = input;
      for (const piece of pieces) {
        new Uint8Array(wasm.memory.buffer, at, piece.length).set(piece);
        at += piece.length;
      }
      const pixels = wasm.decode(input, length, eighths);
      wasm.release(input);
      const [width, height] = [wasm.width(), wasm.height()];
      const seen = new Uint8ClampedArray(wasm.memory.buffer, pixels, width * height * RGBA_BYTES);
      const data = wasm.lacksRows() === 0 ? seen.slice() : null;
      wasm.release(pixels);
      if (data === null) throw new MissingRows();
      return { data, width, height };
    },
    memoryBytes: () => wasm.memory.buffer.byteLength,
  };
}

function allocate(wasm: JpegExports, bytes: number): number {
  const pointer = wasm.allocate(bytes);
  if (pointer === 0) throw new Error(`no room for ${bytes} bytes`);
  return pointer;
}

function readExports(exports: WebAssembly.Exports): JpegExports {
  requireFunctions(exports, FUNCTIONS);
  return exports as unknown as JpegExports; // -- names checked above; signatures are those of tools/image/jpeg/
}
