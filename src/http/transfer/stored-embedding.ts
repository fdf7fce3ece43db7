/** Whether an embedding that comes from outside is one as we would store it. */
import { type Embedding, squaredNorm } from "../../head/embedding.ts";
import { NORM_TOLERANCE } from "../../head/embedding-message.ts";
import { decodeEmbedding, fromBase64, toBase64 } from "../../store/codecs.ts";

/** D int8 values in the one spelling of base64 that we write, a float32 scale, and length 1. */
export function isUnitEmbedding(
  row: { readonly embedding?: unknown; readonly scale?: unknown },
  dimension: number,
): boolean {
  const { embedding: text, scale } = row;
  if (typeof text !== "string" || typeof scale !== "number" || !(scale > 0) || Math.fround(scale) !== scale)
    return false;
  const bytes = readBase64(text);
  if (bytes === null || bytes.length !== dimension) return false;
  const embedding: Embedding = decodeEmbedding({ embedding: text, scale });
  return !embedding.values.includes(-128) && Math.abs(squaredNorm(embedding) - 1) < NORM_TOLERANCE;
}

/** The bytes, or null where `text` is not what encoding them gives. */
export function readBase64(text: string): Uint8Array | null {
  try {
    const bytes = fromBase64(text);
    return toBase64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}
