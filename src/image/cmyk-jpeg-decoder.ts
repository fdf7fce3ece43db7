/** JPEGs of four inks (CMYK, YCCK), which libjpeg cannot turn into RGB, by jpeg-js. Only importer. Slow, and rare. */
import { decode } from "jpeg-js";
import { joinBytes } from "./bytes.ts";
import { MissingRows, type RgbaImage } from "./rgba-image.ts";

/** What jpeg-js may allocate by its own count. */
const MAX_MEMORY_MB = 48;

/** How jpeg-js says that it met the end marker where more rows were due. */
const ENDED_EARLY = "unexpected marker: ffd9";

/** Decodes it without colour management. Throws `MissingRows`, or another error when the data is damaged. */
export function decodeCmykJpeg(pieces: readonly Uint8Array<ArrayBuffer>[]): RgbaImage {
  const { data, width, height } = decodeStrictly(joinBytes(pieces));
  return { data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength), width, height };
}

function decodeStrictly(bytes: Uint8Array) {
  try {
    return decode(bytes, {
      useTArray: true,
      formatAsRGBA: true,
      tolerantDecoding: false,
      maxMemoryUsageInMB: MAX_MEMORY_MB,
    });
  } catch (cause) {
    throw cause instanceof Error && cause.message === ENDED_EARLY ? new MissingRows() : cause;
  }
}
