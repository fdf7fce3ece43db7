/**
 * Numbers to text and back. D1 hands blobs out as JSON arrays of numbers and damages a bound Float32Array silently;
 * base64 text is exact and was measured about seven times faster to read. All layouts are little-endian.
 */

import type { Embedding } from "../head/embedding.ts";
import { gramCutOff } from "../shared/english/sums.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Told } from "../shared/sentence.ts";

/** The two columns that hold an embedding: int8 values in base64, and their scale. */
interface StoredEmbedding {
  readonly embedding: string;
  readonly scale: number;
}

/** int8 [D] to base64, its scale beside it. The scale is a number of its own in every table. */
export function encodeEmbedding(embedding: Embedding): StoredEmbedding {
  const { values, scale } = embedding;
  return { embedding: toBase64(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)), scale };
}

/** Throws SyntaxError on text that is not base64. */
export function decodeEmbedding(stored: StoredEmbedding): Embedding {
  return { values: new Int8Array(fromBase64(stored.embedding).buffer), scale: stored.scale };
}

/** Standard alphabet, with padding: the form in which all bytes lie in the database. */
export function toBase64(bytes: Uint8Array): string {
  return bytes.toBase64();
}

/** Throws SyntaxError on text that is not base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(text);
}

/** 8 bytes per number, little-endian, so the value that comes back is the same to the bit. */
export function encodeFloat64(values: Float64Array): string {
  return toBase64(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

/** Throws RangeError when the bytes are no whole count of numbers. */
export function decodeFloat64(text: string): Float64Array<ArrayBuffer> {
  return new Float64Array(fromBase64(text).buffer);
}

/** Bytes of float32 values in one `gram_parts` row: 1,100,000 B are 1,466,668 characters, under D1's 2,000,000. */
const GRAM_PART_BYTES = 1_100_000;

/** Splits the packed lower triangle into texts that fit a row each. */
export function encodeGram(gram: Float32Array): string[] {
  const bytes = new Uint8Array(gram.buffer, gram.byteOffset, gram.byteLength);
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += GRAM_PART_BYTES) {
    parts.push(toBase64(bytes.subarray(start, start + GRAM_PART_BYTES)));
  }
  return parts;
}

/** Joins the parts, in order, into `gram`, or says why they do not fill it exactly. */
export function decodeGramInto(parts: readonly string[], gram: Float32Array): Result<void, Told> {
  const bytes = new Uint8Array(gram.buffer, gram.byteOffset, gram.byteLength);
  let position = 0;
  for (const part of parts) {
    const chunk = fromBase64(part);
    if (position + chunk.length <= bytes.length) bytes.set(chunk, position);
    position += chunk.length;
  }
  return position === bytes.length ? ok(undefined) : err(gramCutOff({ found: position, needed: bytes.length }));
}
