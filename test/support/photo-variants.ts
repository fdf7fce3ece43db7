/** What happens to a photo on its way: shrunk, cropped, saved again as JPEG. Box-filtered, so that no aliasing is added. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import encodeJpeg, { init as initEncoder } from "@jsquash/jpeg/encode.js";
import type { DecodeImage } from "../../src/image/decode.ts";
import { readImageHeader } from "../../src/image/header.ts";
import type { RgbaImage } from "../../src/image/rgba-image.ts";

const require = createRequire(import.meta.url);

/** One way of changing a photo without changing what it shows. */
export interface Variant {
  readonly name: string;
  /** Longest side afterwards, in pixels; absent to keep the size. */
  readonly longSide?: number;
  /** Share of each side that stays, cut around the centre; absent to keep all. */
  readonly crop?: number;
  /** JPEG quality, 1 to 100. */
  readonly quality: number;
}

export async function initialiseJpegEncoder(): Promise<void> {
  const wasm = new Uint8Array(await readFile(require.resolve("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm")));
  await initEncoder(await WebAssembly.compile(wasm));
}

/** The changed photo's bytes. Throws for a photo that cannot be decoded: the caller chose a usable one. */
export async function makeVariant(
  bytes: Uint8Array<ArrayBuffer>,
  { longSide, crop = 1, quality }: Variant,
  decode: DecodeImage,
): Promise<Uint8Array<ArrayBuffer>> {
  const header = readImageHeader(bytes);
  if (!header.ok) throw new Error(header.error.detail);
  const decoded = await decode(header.value);
  if (!decoded.ok) throw new Error(decoded.error.detail);
  const cropped = cropCentre(decoded.value, crop);
  const scale = longSide === undefined ? 1 : Math.min(1, longSide / Math.max(cropped.width, cropped.height));
  const { data, width, height } = shrink(cropped, scale);
  return new Uint8Array(await encodeJpeg({ data, width, height, colorSpace: "srgb" } as ImageData, { quality })); // -- Node has no ImageData; the encoder reads these three fields
}

function cropCentre({ data, width, height }: RgbaImage, share: number): RgbaImage {
  const w = Math.round(width * share);
  const h = Math.round(height * share);
  const left = (width - w) >> 1;
  const top = (height - h) >> 1;
  const cropped = new Uint8ClampedArray(w * h * 4);
  for (let row = 0; row < h; row++) {
    const start = ((top + row) * width + left) * 4;
    cropped.set(data.subarray(start, start + w * 4), row * w * 4);
  }
  return { data: cropped, width: w, height: h };
}

/** Each new pixel is the mean of the old ones that its square covers. */
function shrink({ data, width, height }: RgbaImage, scale: number) {
  const w = Math.max(1, Math.round(width * scale));
  const h = Math.max(1, Math.round(height * scale));
  const shrunk = new Uint8ClampedArray(w * h * 4);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [x0, x1] = [Math.floor((x * width) / w), Math.max(1, Math.ceil(((x + 1) * width) / w))];
      const [y0, y1] = [Math.floor((y * height) / h), Math.max(1, Math.ceil(((y + 1) * height) / h))];
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0;
        for (let row = y0; row < y1; row++) {
          for (let column = x0; column < x1; column++) sum += data[(row * width + column) * 4 + channel];
        }
        shrunk[(y * w + x) * 4 + channel] = sum / ((x1 - x0) * (y1 - y0));
      }
    }
  }
  return { data: shrunk, width: w, height: h };
}
