/**
 * What a head knows strangers by, as bytes: the part that format 2 adds behind a head of format 1.
 *
 *   u32 R rows | u32 directions | u32 taught | u32 marked | u32 n known
 *   | f64 curvature | f64 temperature | f64 pull | f64 tail | f64 alpha
 *   | R f32 scales | R f32 offsets | n f32 known distances | R D int8 rows
 */
import { ok, type Result } from "../shared/result.ts";
import { type CodecError, codecFailure, notFinite, wrongLength } from "./codec-error.ts";
import type { Strangeness } from "./strangeness.ts";

const HEADER_BYTES = 60;
const COUNTS = 5;

/** Bytes of the part. */
export function strangenessBytes({ rows, scales, known }: Strangeness): number {
  return HEADER_BYTES + 8 * scales.length + 4 * known.length + rows.length;
}

/** Writes it to `bytes[start..]`. */
export function writeStrangeness(strangeness: Strangeness, bytes: Uint8Array, start: number): void {
  const { rows, scales, offsets, known, directions, taught, marked } = strangeness;
  const { curvature, temperature, pull, tail, alpha } = strangeness;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start);
  [scales.length, directions, taught, marked, known.length].forEach((count, i) => {
    view.setUint32(4 * i, count, true);
  });
  [curvature, temperature, pull, tail, alpha].forEach((value, i) => {
    view.setFloat64(4 * COUNTS + 8 * i, value, true);
  });
  [...scales, ...offsets, ...known].forEach((value, i) => {
    view.setFloat32(HEADER_BYTES + 4 * i, value, true);
  });
  bytes.set(
    new Uint8Array(rows.buffer, rows.byteOffset, rows.length),
    start + strangenessBytes(strangeness) - rows.length,
  );
}

/** The part that fills `bytes`; a copy. */
export function readStrangeness(bytes: Uint8Array, dimension: number): Result<Strangeness, CodecError> {
  if (bytes.length < HEADER_BYTES) return wrongLength(bytes.length, HEADER_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [R, directions, taught, marked, n] = Array.from({ length: COUNTS }, (_, i) => view.getUint32(4 * i, true));
  const numbers = Array.from({ length: 5 }, (_, i) => view.getFloat64(4 * COUNTS + 8 * i, true));
  const [curvature, temperature, pull, tail, alpha] = numbers;
  const expected = HEADER_BYTES + 8 * R + 4 * n + R * dimension;
  if (bytes.length !== expected) return wrongLength(bytes.length, expected);
  if (R !== 1 + directions + (pull === 0 ? 0 : 1) + taught + marked || n === 0) {
    return codecFailure("wrong_length", "The head's rows do not add up: train again to write a new one.");
  }
  const floats = Float32Array.from({ length: 2 * R + n }, (_, i) => view.getFloat32(HEADER_BYTES + 4 * i, true));
  if (![...numbers, ...floats].every(Number.isFinite) || !(temperature > 0 && tail > 0)) return notFinite();
  return ok({
    ...{ directions, curvature, temperature, pull, taught, marked, tail, alpha },
    scales: floats.slice(0, R),
    offsets: floats.slice(R, 2 * R),
    known: floats.slice(2 * R),
    rows: new Int8Array(bytes.slice(expected - R * dimension).buffer),
  });
}
