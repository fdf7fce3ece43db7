/** Squoosh's libwebp as an encoder, with @jsquash's own glue. One instance, made with the first picture: wasm memory never shrinks. */
import webpFactory from "@jsquash/webp/codec/enc/webp_enc_simd.js";
import { defaultOptions } from "@jsquash/webp/meta.js";
import type { RgbaImage } from "./rgba-image.ts";

/** A WebP of at most `maxBytes`, of `quality` (0 to 100) where that is small enough. Throws where no quality is small enough, which pixels of noise do not come to at 256 x 256. */
export type EncodePicture = (image: RgbaImage, maxBytes: number, quality?: number) => Promise<Uint8Array<ArrayBuffer>>;

/** For a thumbnail: it is good enough for photos of 256 pixels. */
const THUMBNAIL_QUALITY = 70;
/** Tried in turn behind the one that is asked for. */
const LOWER_QUALITIES = [45, 20, 0];

/** The module is compiled by the caller: workerd compiles none from bytes. */
export function createPictureEncoder(module: WebAssembly.Module): EncodePicture {
  let glue: ReturnType<typeof webpFactory> | undefined;

  return async function encodePicture({ data, width, height }, maxBytes, best = THUMBNAIL_QUALITY) {
    glue ??= start(module);
    try {
      const { encode } = await glue;
      for (const quality of [best, ...LOWER_QUALITIES]) {
        const webp = encode(new Uint8ClampedArray(data), width, height, { ...defaultOptions, quality });
        if (webp !== null && webp.length <= maxBytes) return new Uint8Array(webp);
      }
    } catch (cause) {
      glue = undefined; // -- what has trapped may stand in the middle of something
      throw cause;
    }
    throw new Error(`no WebP of ${width} x ${height} pixels has ${maxBytes} bytes or fewer`);
  };
}

function start(module: WebAssembly.Module) {
  return webpFactory({
    noInitialRun: true,
    instantiateWasm(imports: WebAssembly.Imports, callback: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports);
      callback(instance);
      return instance.exports;
    },
  });
}
