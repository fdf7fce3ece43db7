/**
 * The first frame of a GIF, out of the pieces that `gif-header.ts` cut: screen, graphic control, image. Our own code, because
 * the library at hand runs in circles on some damaged files (docs/decisions/0013).
 */

import { viewOf } from "./bytes.ts";
import { MissingRows, type RgbaImage } from "./rgba-image.ts";

/*
 * GIF's LZW (GIF89a, appendix F), strict: a code that has no meaning yet ends in an error. Every step takes bits from the
 * data or stops, so the time is bounded by the data's length and the pixels'.
 */

const MAX_CODES = 4096;
const MAX_BITS = 12;

/** Decodes `data` (sub-blocks joined) to exactly `count` palette indices. Throws `MissingRows` when it holds fewer, or an error for nonsense. */
function decodeLzw(data: Uint8Array, minCodeBits: number, count: number): Uint8Array {
  if (minCodeBits < 2 || minCodeBits > 8) throw new Error("impossible code size");
  const clear = 1 << minCodeBits;
  const prefix = new Uint16Array(MAX_CODES);
  const suffix = new Uint8Array(MAX_CODES);
  const length = new Uint16Array(MAX_CODES).fill(1, 0, clear);
  for (let i = 0; i < clear; i++) suffix[i] = i;
  const output = new Uint8Array(count);
  const read = createBitReader(data);
  let [next, bits, previous, at] = [clear + 2, minCodeBits + 1, -1, 0];
  while (at < count) {
    const code = read(bits);
    if (code === clear) {
      [next, bits, previous] = [clear + 2, minCodeBits + 1, -1];
      continue;
    }
    if (code === clear + 1 || code > next || (code === next && previous < 0)) throw new Error("damaged codes");
    // The one code that is not known yet stands for the previous string and its own first index.
    const known = code < next ? code : previous;
    const end = at + length[known];
    let entry = known;
    for (let to = end - 1; to > at; to--, entry = prefix[entry]) output[to] = suffix[entry];
    const first = suffix[entry];
    output[at] = first;
    if (code === next) output[end] = first;
    at = code === next ? end + 1 : end;
    if (previous >= 0 && next < MAX_CODES) {
      prefix[next] = previous;
      suffix[next] = first;
      length[next] = length[previous] + 1;
      next++;
      if (next === 1 << bits && bits < MAX_BITS) bits++;
    }
    previous = code;
  }
  return output;
}

/** Reads so many bits at a time, the lowest first. Throws at the end. */
function createBitReader(data: Uint8Array): (bits: number) => number {
  let [buffer, held, at] = [0, 0, 0];
  return function read(bits) {
    while (held < bits) {
      if (at === data.length) throw new MissingRows();
      buffer |= data[at++] << held;
      held += 8;
    }
    const value = buffer & ((1 << bits) - 1);
    buffer >>>= bits;
    held -= bits;
    return value;
  };
}

const SCREEN_BYTES = 13;
const IMAGE_BYTES = 10;
/** First row and distance between rows, of the four passes of an interlaced frame. */
const PASSES = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const;

/** Decodes the frame, laid in its picture's place; around it the picture is clear. Throws when the data is damaged. */
export function decodeGif([screen, control, image]: readonly Uint8Array<ArrayBuffer>[]): RgbaImage {
  const view = viewOf(image);
  const [left, top, frameWidth, frameHeight] = [1, 3, 5, 7].map((at) => view.getUint16(at, true));
  const packed = image[9];
  const hasOwnPalette = (packed & 0x80) !== 0;
  const dataStart = IMAGE_BYTES + (hasOwnPalette ? 3 * 2 ** ((packed & 7) + 1) : 0);
  const palette = hasOwnPalette ? image.subarray(IMAGE_BYTES, dataStart) : screen.subarray(SCREEN_BYTES);
  const clearIndex = control.length > 6 && (control[3] & 1) === 1 ? control[6] : -1;
  const codes = joinSubBlocks(image.subarray(dataStart + 1));
  const indices = decodeLzw(codes, image[dataStart], frameWidth * frameHeight);

  const [width, height] = [viewOf(screen).getUint16(6, true), viewOf(screen).getUint16(8, true)];
  const data = new Uint8ClampedArray(width * height * 4);
  const rows = rowOrder(frameHeight, (packed & 0x40) !== 0);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i];
    if (index === clearIndex) continue;
    const y = top + rows[Math.floor(i / frameWidth)];
    const to = (y * width + left + (i % frameWidth)) * 4;
    data[to] = palette[3 * index];
    data[to + 1] = palette[3 * index + 1];
    data[to + 2] = palette[3 * index + 2];
    data[to + 3] = 255;
  }
  return { data, width, height };
}

/** The data of a chain of sub-blocks, each with its length in front; the empty one ends it. */
function joinSubBlocks(blocks: Uint8Array): Uint8Array {
  const joined = new Uint8Array(blocks.length);
  let length = 0;
  for (let at = 0; at < blocks.length && blocks[at] !== 0; at += blocks[at] + 1) {
    const block = blocks.subarray(at + 1, at + 1 + blocks[at]);
    joined.set(block, length);
    length += block.length;
  }
  return joined.subarray(0, length);
}

/** Which row of the frame comes when. */
function rowOrder(height: number, isInterlaced: boolean): Uint16Array {
  const rows = new Uint16Array(height);
  if (!isInterlaced) return rows.map((_, i) => i);
  let at = 0;
  for (const [start, step] of PASSES) for (let row = start; row < height; row += step) rows[at++] = row;
  return rows;
}
