/**
 * The form in which a photo enters the head: a unit vector, stored as int8 with one scale. Owns the rules by which a
 * raw embedding is accepted or refused. Knows nothing of classes.
 */
import { err, ok, type Result } from "../shared/result.ts";

/** Largest magnitude of a stored int8 component; -128 is never used, so that negation is exact. */
export const MAX_QUANTUM = 127;

/** A quantised unit vector of D components: `x = scale * values`, `|x| = 1` to float32 rounding. */
export interface Embedding {
  readonly values: Int8Array;
  /** Representable in float32, positive. */
  readonly scale: number;
}

/** Why an embedding was refused, by name. */
interface EmbeddingError {
  readonly code: "wrong_length" | "not_finite" | "zero_vector";
  readonly message: string;
}

/**
 * L2-normalises and quantises: `values = round(127 raw / max |raw|)`, `scale = 1 / |values|`. The statistics are built
 * from these very numbers, so that removing an example subtracts what was added.
 *
 * @param raw D numbers of any magnitude, as the backbone returns them
 * @param dimension D
 * @returns `wrong_length`, `not_finite` or `zero_vector` where `raw` has no direction to keep
 */
export function quantiseEmbedding(raw: Float32Array, dimension: number): Result<Embedding, EmbeddingError> {
  if (raw.length !== dimension) {
    const message = `The embedding has ${raw.length} numbers and this head expects ${dimension}: use the backbone that the head was trained on.`;
    return err({ code: "wrong_length", message });
  }
  const badIndex = raw.findIndex((value) => !Number.isFinite(value));
  if (badIndex >= 0) {
    const message = `The embedding holds ${raw[badIndex]} at position ${badIndex}: check the image tensor and the backbone.`;
    return err({ code: "not_finite", message });
  }
  const peak = raw.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (peak === 0) {
    return err({
      code: "zero_vector",
      message: "The embedding is all zeros: check the image tensor and the backbone.",
    });
  }
  const values = Int8Array.from(raw, (value) => Math.round((value / peak) * MAX_QUANTUM));
  const squares = values.reduce((sum, value) => sum + value * value, 0);
  return ok({ values, scale: Math.fround(1 / Math.sqrt(squares)) });
}

/** Writes `x = scale * values` (D numbers) to `out[offset..]`; exact in float64. */
export function dequantiseInto(embedding: Embedding, out: Float32Array | Float64Array, offset = 0): void {
  const { values, scale } = embedding;
  for (let d = 0; d < values.length; d++) out[offset + d] = values[d] * scale;
}

/**
 * `rows[row] . values` for rows of D = `values.length` numbers each, in int8 by int8; exact for D up to 133,000. Runs K times in
 * every answer.
 */
export function integerProduct(rows: Int8Array, row: number, values: Int8Array): number {
  const D = values.length;
  let sum = 0;
  for (let d = 0, at = row * D; d < D; d++, at++) sum = (sum + rows[at] * values[d]) | 0;
  return sum;
}

/** `|x|^2`, computed from the stored numbers. */
export function squaredNorm(embedding: Embedding): number {
  const squares = embedding.values.reduce((sum, value) => sum + value * value, 0);
  return squares * embedding.scale * embedding.scale;
}
