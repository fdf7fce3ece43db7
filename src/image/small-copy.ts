/** Small pictures for people who judge by looking: what the backbone was given, and the whole photo, upright. */

import { freeMemory } from "../shared/free-memory.ts";
import { crc32, joinBytes } from "./bytes.ts";
import type { Orientation } from "./image-header.ts";
import { PIXEL_FLOATS, type Resample, resamplePlainly } from "./resample.ts";
import type { RgbaImage } from "./rgba-image.ts";
import { resizeStored, storedIndex, type TensorSpec } from "./tensor.ts";

/** Pixels of the copy's longer side, unless the tensor is smaller. */
const SIDE_PIXELS = 96;
const CHANNELS = 3;
/** The two bits below are hardly seen and compress badly. */
const KEPT_BITS = 0xfc;
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** IHDR behind the size: 8 bits, RGB, deflate, filters by row, not interlaced. */
const RGB_8 = [8, 2, 0, 0, 0];
const PAETH = 4;

/** Pixels, RGB, row by row from the top. */
export interface SmallPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Takes the mean over the tensor's cells ([3, height, width], as `imageToTensor` makes it) under each pixel of the copy. */
export function copySmall(tensor: Float32Array, spec: TensorSpec): SmallPixels {
  const step = Math.max(1, Math.ceil(Math.max(spec.width, spec.height) / SIDE_PIXELS));
  const [width, height] = [Math.floor(spec.width / step), Math.floor(spec.height / step)];
  const data = new Uint8Array(width * height * CHANNELS);
  for (let channel = 0; channel < CHANNELS; channel++) {
    const plane = tensor.subarray(channel * spec.width * spec.height);
    const toByte = (mean: number) => Math.min(255, Math.max(0, 255 * (mean * spec.std[channel] + spec.mean[channel])));
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const mean = meanOfCell(plane, y * step * spec.width + x * step, step, spec.width);
        data[(y * width + x) * CHANNELS + channel] = Math.round(toByte(mean)) & KEPT_BITS;
      }
    }
  }
  return { width, height, data };
}

function meanOfCell(plane: Float32Array, start: number, step: number, stride: number): number {
  let sum = 0;
  for (let y = 0; y < step; y++) for (let x = 0; x < step; x++) sum += plane[start + y * stride + x];
  return sum / step ** 2;
}

/** The pixels as a PNG: some 10 KB of a photo. */
export async function encodeSmall({ width, height, data }: SmallPixels): Promise<Uint8Array<ArrayBuffer>> {
  const size = new Uint8Array(8);
  new DataView(size.buffer).setUint32(0, width);
  new DataView(size.buffer).setUint32(4, height);
  const filtered = filterRows(data, width * CHANNELS, height);
  const packed = await new Response(
    new Blob([filtered]).stream().pipeThrough(new CompressionStream("deflate")),
  ).arrayBuffer();
  const chunks = [
    chunk("IHDR", joinBytes([size, Uint8Array.from(RGB_8)])),
    chunk("IDAT", new Uint8Array(packed)),
    chunk("IEND", new Uint8Array()),
  ];
  return joinBytes([SIGNATURE, ...chunks]);
}

function chunk(type: string, data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const typed = joinBytes([Uint8Array.from(type, (letter) => letter.charCodeAt(0)), data]);
  const ends = new Uint8Array(8);
  new DataView(ends.buffer).setUint32(0, data.length);
  new DataView(ends.buffer).setUint32(4, crc32(typed, 0, typed.length));
  return joinBytes([ends.subarray(0, 4), typed, ends.subarray(4)]);
}

/** Each byte as its difference from what Paeth's rule expects of its neighbours (W3C PNG, 9.4): photos shrink by a third. */
function filterRows(data: Uint8Array, rowBytes: number, rows: number): Uint8Array<ArrayBuffer> {
  const filtered = new Uint8Array((rowBytes + 1) * rows);
  for (let y = 0; y < rows; y++) {
    filtered[y * (rowBytes + 1)] = PAETH;
    for (let i = 0; i < rowBytes; i++) {
      const at = y * rowBytes + i;
      const left = i < CHANNELS ? 0 : data[at - CHANNELS];
      const above = y === 0 ? 0 : data[at - rowBytes];
      const corner = i < CHANNELS || y === 0 ? 0 : data[at - rowBytes - CHANNELS];
      filtered[y * (rowBytes + 1) + 1 + i] = data[at] - expect(left, above, corner);
    }
  }
  return filtered;
}

/** The one of the three neighbours that is nearest to `left + above - corner`. */
function expect(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

/** Pixels of a thumbnail's longer side: sharp on a tile of a grid, and enough to name a dish. */
export const THUMBNAIL_SIDE_PIXELS = 256;

/** Pixels of an original's longer side: more than any backbone looks at. */
export const ORIGINAL_SIDE_PIXELS = 1_024;

/** The pixels of `image`, at most `side` along its longer side, never enlarged; transparent ones are laid on white. */
export function shrinkUpright(
  image: RgbaImage,
  orientation: Orientation,
  side: number,
  resample: Resample = resamplePlainly,
): RgbaImage {
  const bound = Math.min(side, Math.max(image.width, image.height));
  const geometry = { width: bound, height: bound, resizeShortSide: bound, crop: "letterbox" } as const;
  const { resized, placement } = resizeStored(image, orientation, geometry, resample);
  const [width, height] = [placement.across.count, placement.down.count];
  const data = new Uint8ClampedArray(width * height * PIXEL_FLOATS);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [storedIndex(placement, x, y), (y * width + x) * PIXEL_FLOATS];
      for (let channel = 0; channel < 3; channel++) data[to + channel] = resized[from + channel];
      data[to + 3] = 255;
    }
  }
  freeMemory(resized);
  return { data, width, height };
}
