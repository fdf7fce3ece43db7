/** The decoders that Squoosh compiled with Emscripten: mozjpeg and libwebp. Imports @jsquash's own glue. */
import jpegFactory from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import webpFactory from "@jsquash/webp/codec/dec/webp_dec.js";
import { freeMemory } from "../shared/free-memory.ts";
import { joinBytes } from "./bytes.ts";
import { type Decoder, MissingRows, type RgbaImage } from "./rgba-image.ts";

/**
 * What libjpeg says when the data end before the last row, of which it then makes grey ones and calls that a success. It tells
 * the first fault of a picture only.
 */
const ENDED_EARLY = /premature end|found marker 0xd9 instead of RST/i;

const END_MARKER_BYTES = 2;
/** Not FF, which begins a marker. */
const MORE_SCAN_DATA = Uint8Array.from({ length: 4_096 }, (_, i) => (i * i * 31 + i * 7) % 255);

type RunDecoder = (bytes: Uint8Array<ArrayBuffer>) => RgbaImage | null;

/** Makes a fresh instance of the compiled module. */
export async function startEmscriptenDecoder(format: "jpeg" | "webp", module: WebAssembly.Module): Promise<Decoder> {
  const memories: WebAssembly.Memory[] = [];
  let complaint = "";
  const run = await START[format](
    silentOptions(module, memories, (message) => {
      complaint = message;
    }),
  );
  return {
    decode(pieces) {
      complaint = "";
      const bytes = joinBytes(pieces);
      const image = run(bytes);
      if (image === null) throw new Error("the decoder gave no picture");
      if (ENDED_EARLY.test(complaint)) throw new MissingRows();
      if (format === "jpeg" && complaint !== "" && wantsMore(image, run(addScanData(bytes)))) throw new MissingRows();
      return image;
    },
    memoryBytes: () => memories.reduce((total, { buffer }) => total + buffer.byteLength, 0),
  };
}

/**
 * Whether a JPEG that is damaged is cut off as well, of which the decoder tells only the damage: more data before the end marker
 * are passed over where every row is there, and become pixels where rows are missing. Frees the second picture.
 */
function wantsMore(image: RgbaImage, withMore: RgbaImage | null): boolean {
  if (withMore === null) return true;
  const isSame = image.data.every((value, i) => value === withMore.data[i]);
  freeMemory(withMore.data);
  if (!isSame) freeMemory(image.data);
  return !isSame;
}

/** With bytes of many patterns before its end marker. */
function addScanData(jpeg: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return joinBytes([jpeg.subarray(0, -END_MARKER_BYTES), MORE_SCAN_DATA, jpeg.subarray(-END_MARKER_BYTES)]);
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

type EmscriptenOptions = ReturnType<typeof silentOptions>;

/**
 * Uses the compiled wasm, remembers its memory, and keeps its complaints off the console: a hostile sender must not fill the
 * log.
 */
function silentOptions(
  module: WebAssembly.Module,
  memories: WebAssembly.Memory[],
  onComplaint: (message: string) => void,
) {
  return {
    noInitialRun: true,
    printErr: onComplaint,
    instantiateWasm(imports: WebAssembly.Imports, callback: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports);
      memories.push(...Object.values(instance.exports).filter((value) => value instanceof WebAssembly.Memory));
      callback(instance);
      return instance.exports;
    },
  };
}
