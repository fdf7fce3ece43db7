/**
 * Turns the pieces of a photo into RGBA pixels. Keeps one decoder per coding, as long as it is in order and small: wasm memory
 * never shrinks, and a decoder that failed may have lost memory or stand in the middle of something.
 */
import { photoDataDamaged, photoLacksRows } from "../shared/english/photos.ts";
import { freeMemory } from "../shared/free-memory.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { decodeCmykJpeg } from "./cmyk-jpeg-decoder.ts";
import { type Eighths, WHOLE } from "./decoded-size.ts";
import { startWebpDecoder } from "./emscripten-decoder.ts";
import { decodeGif } from "./gif-decoder.ts";
import type { Coding, Frame, ImageHeader } from "./image-header.ts";
import { startJpegDecoder } from "./jpeg-decoder.ts";
import { startPngDecoder } from "./png-decoder.ts";
import { type Decoder, MissingRows, type RgbaImage } from "./rgba-image.ts";

/** The decoders' compiled wasm. workerd refuses to compile bytes, so they come in from the bundle. */
type DecoderModules = Readonly<Record<"jpeg" | "png" | "webp", WebAssembly.Module>>;

/** Returns the first frame in its place, smaller where that is wanted and can be done, or `image_broken`. The caller frees the pixels as soon as they are used. */
export type DecodeImage = (header: ImageHeader, eighths?: Eighths) => Promise<Result<RgbaImage, Problem>>;

/**
 * More than the pixel limit lets any photo need. An instance that is dropped waits for the garbage collector, which does not see
 * its size; so those that are in order are kept and used again.
 */
const MAX_KEPT_BYTES = 32 * 1024 * 1024;

/** Makes the decoder of a process. Wasm is instantiated when the first photo of its format arrives. */
export function createImageDecoder(modules: DecoderModules): DecodeImage {
  const start: Record<Coding, () => Promise<Decoder>> = {
    jpeg: async () => startJpegDecoder(modules.jpeg),
    webp: () => startWebpDecoder(modules.webp),
    png: async () => startPngDecoder(modules.png),
    gif: async () => ({ decode: decodeGif, memoryBytes: () => 0 }),
    "cmyk-jpeg": async () => ({ decode: decodeCmykJpeg, memoryBytes: () => 0 }),
  };
  const running = new Map<Coding, Decoder>();

  return async function decodeImage({ format, coding, width, height, frame, lacksEnd, pieces }, eighths = WHOLE) {
    const decoder = running.get(coding) ?? (await start[coding]());
    running.set(coding, decoder);
    try {
      const image = decoder.decode(pieces, eighths);
      if (decoder.memoryBytes() > MAX_KEPT_BYTES) running.delete(coding);
      if (isReduced(image, frame, eighths)) return ok({ ...image, whole: { width, height, eighths } });
      if (image.width !== frame.width || image.height !== frame.height) throw new Error("another size than promised");
      return ok(placeFrame(image, frame, width, height));
    } catch (cause) {
      if (!(cause instanceof MissingRows)) running.delete(coding);
      const refuse = lacksEnd || cause instanceof MissingRows ? photoLacksRows : photoDataDamaged;
      return err(refuse({ format: format.toUpperCase() }));
    }
  };
}

/** Whether a decoder gave fewer pixels, as it was asked to. */
function isReduced(image: RgbaImage, frame: Frame, eighths: Eighths): boolean {
  const reduce = (length: number) => Math.ceil((length * eighths) / WHOLE);
  return eighths < WHOLE && image.width === reduce(frame.width) && image.height === reduce(frame.height);
}

/** Lays a frame that is smaller than its picture in its place; around it the picture is clear. */
function placeFrame(image: RgbaImage, frame: Frame, width: number, height: number): RgbaImage {
  if (frame.width === width && frame.height === height) return image;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < frame.height; y++) {
    const row = image.data.subarray(y * frame.width * 4, (y + 1) * frame.width * 4);
    data.set(row, ((y + frame.top) * width + frame.left) * 4);
  }
  freeMemory(image.data);
  return { data, width, height };
}
