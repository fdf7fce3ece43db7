/**
 * Turns an encoded photo into RGBA pixels, with the decoders of Squoosh compiled to wasm. Only importer of @jsquash/*.
 * Checks completeness first: libjpeg fills what is missing of a cut-off file with grey and calls that a success.
 */
import decodeJpeg, { init as initJpeg } from "@jsquash/jpeg/decode.js";
import decodePng, { init as initPng } from "@jsquash/png/decode.js";
import decodeWebp, { init as initWebp } from "@jsquash/webp/decode.js";
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { ImageFormat, ImageHeader } from "./header.ts";

/** RGBA, 8 bits, row by row from the top, as stored in the file (orientation not yet applied). */
export interface RgbaImage {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** The decoders' compiled wasm. workerd refuses to compile bytes, so they come in from the bundle. */
export type DecoderModules = Readonly<Record<ImageFormat, WebAssembly.Module>>;

export type DecodeImage = (bytes: Uint8Array<ArrayBuffer>, header: ImageHeader) => Promise<Result<RgbaImage, Problem>>;

/** Makes the decoder of a process. Each wasm module is instantiated when its first photo arrives. */
export function createImageDecoder(modules: DecoderModules): DecodeImage {
  const initialise = {
    jpeg: () => initJpeg(quietEmscripten(modules.jpeg)),
    png: () => initPng(modules.png),
    webp: () => initWebp(quietEmscripten(modules.webp)),
  };
  const decoders = { jpeg: decodeJpeg, png: decodePng, webp: decodeWebp };
  const started = new Set<ImageFormat>();

  return async function decodeImage(bytes, header) {
    const { format } = header;
    if (!isComplete(bytes, format)) {
      return err(problem("image_broken", "The photo is cut off: its end is missing. Send it again."));
    }
    if (!started.has(format)) {
      await initialise[format]();
      started.add(format);
    }
    try {
      const { data, width, height } = await decoders[format](toArrayBuffer(bytes));
      return ok({ data, width, height });
    } catch {
      return err(problem("image_broken", `The ${format.toUpperCase()} data is damaged. Send the photo again.`));
    }
  };
}

/**
 * Options of an Emscripten module that uses the compiled wasm and keeps silent: libjpeg reports every damaged byte on
 * the console, and a hostile sender must not fill the log.
 */
function quietEmscripten(module: WebAssembly.Module) {
  return {
    printErr: () => {},
    instantiateWasm(imports: WebAssembly.Imports, callback: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports);
      callback(instance);
      return instance.exports;
    },
  };
}

/** A buffer of exactly these bytes; a copy only when `bytes` is a window into a larger one. */
function toArrayBuffer(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}

function isComplete(bytes: Uint8Array, format: ImageFormat): boolean {
  if (format === "jpeg") return hasJpegEnd(bytes);
  if (format === "webp") {
    const declared = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true) + 8;
    return bytes.length >= declared;
  }
  return true; // the PNG decoder checks every chunk's checksum itself
}

/**
 * True when an end-of-image marker (FF D9) follows the last start-of-scan (FF DA). Inside entropy-coded data FF is
 * always followed by 00 or a restart marker, so walking back from the end meets EOI first, or the scan it should close.
 */
function hasJpegEnd(bytes: Uint8Array): boolean {
  for (let i = bytes.length - 2; i > 0; i--) {
    if (bytes[i] !== 0xff) continue;
    if (bytes[i + 1] === 0xd9) return true;
    if (bytes[i + 1] === 0xda) return false;
  }
  return false;
}
