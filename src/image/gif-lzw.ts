/**
 * GIF's LZW (GIF89a, appendix F), strict: a code that has no meaning yet ends in an error. Every step takes bits from the
 * data or stops, so the time is bounded by the data's length and the pixels'.
 */
import { MissingRows } from "./rgba-image.ts";

const MAX_CODES = 4096;
const MAX_BITS = 12;

/** Decodes `data` (sub-blocks joined) to exactly `count` palette indices. Throws `MissingRows` when it holds fewer, or an error for nonsense. */
export function decodeLzw(data: Uint8Array, minCodeBits: number, count: number): Uint8Array {
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
