/** JPEGs of four inks (CMYK, YCCK), which mozjpeg cannot turn into RGB, by jpeg-js. Only importer. Slow, and rare. */
import { decode } from "jpeg-js";
import { joinBytes } from "./bytes.ts";
import type { RgbaImage } from "./rgba-image.ts";

/** What jpeg-js may allocate by its own count. */
const MAX_MEMORY_MB = 48;

/** Decodes it without colour management. Throws when the data is damaged. */
export function decodeCmykJpeg(pieces: readonly Uint8Array<ArrayBuffer>[]): RgbaImage {
  const { data, width, height } = decode(joinBytes(pieces), {
    useTArray: true,
    formatAsRGBA: true,
    tolerantDecoding: false,
    maxMemoryUsageInMB: MAX_MEMORY_MB,
  });
  return { data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength), width, height };
}
