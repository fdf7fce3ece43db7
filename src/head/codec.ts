/**
 * Heads as bytes. Little-endian throughout; every length is checked before it is used.
 *
 *   "HSHD" | u32 version | u32 D | u32 K | u32 bytes of ids | f64 entropy threshold
 *   | K f32 scales | K f32 biases | ids as a JSON array, UTF-8 | K D int8 weights
 *
 * Format 2 continues with what the head knows strangers by (codec.ts). A head without it is written in format 1, and read
 * as what it is.
 */
import { err, ok, type Result } from "../shared/result.ts";
import type { Head } from "./predict.ts";
import type { Strangeness } from "./strangeness.ts";

/** Why bytes are not what they should be. */
export interface CodecError {
  readonly code: "not_a_head" | "unsupported_version" | "wrong_length" | "not_finite" | "bad_class_ids";
  readonly message: string;
}

/** Wraps a reason as the error of a `Result`; `message` is shown to staff and says what to do. */
function codecFailure(code: CodecError["code"], message: string): Result<never, CodecError> {
  return err({ code, message });
}

/** `found` and `expected` are bytes of the whole serialised head. */
function wrongLength(found: number, expected: number): Result<never, CodecError> {
  const message = `The head has ${found} bytes instead of ${expected}: train again to write a new one.`;
  return codecFailure("wrong_length", message);
}

/** Refuses a head in which a weight, a bias or a constant is NaN or infinite. */
function notFinite(): Result<never, CodecError> {
  return codecFailure("not_finite", "The head holds numbers that are not finite: train again to write a new one.");
}

/*
 * What a head knows strangers by, as bytes: the part that format 2 adds behind a head of format 1.
 *
 *   u32 R rows | u32 directions | u32 taught | u32 marked | u32 n known
 *   | f64 curvature | f64 temperature | f64 pull | f64 tail | f64 alpha
 *   | R f32 scales | R f32 offsets | n f32 known distances | R D int8 rows
 */

const STRANGENESS_HEADER_BYTES = 60;
const COUNTS = 5;

/** Bytes of the part. */
function strangenessBytes({ rows, scales, known }: Strangeness): number {
  return STRANGENESS_HEADER_BYTES + 8 * scales.length + 4 * known.length + rows.length;
}

/** Writes it to `bytes[start..]`. */
function writeStrangeness(strangeness: Strangeness, bytes: Uint8Array, start: number): void {
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
    view.setFloat32(STRANGENESS_HEADER_BYTES + 4 * i, value, true);
  });
  bytes.set(
    new Uint8Array(rows.buffer, rows.byteOffset, rows.length),
    start + strangenessBytes(strangeness) - rows.length,
  );
}

/** The part that fills `bytes`; a copy. */
function readStrangeness(bytes: Uint8Array, dimension: number): Result<Strangeness, CodecError> {
  if (bytes.length < STRANGENESS_HEADER_BYTES) return wrongLength(bytes.length, STRANGENESS_HEADER_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [R, directions, taught, marked, n] = Array.from({ length: COUNTS }, (_, i) => view.getUint32(4 * i, true));
  const numbers = Array.from({ length: 5 }, (_, i) => view.getFloat64(4 * COUNTS + 8 * i, true));
  const [curvature, temperature, pull, tail, alpha] = numbers;
  const expected = STRANGENESS_HEADER_BYTES + 8 * R + 4 * n + R * dimension;
  if (bytes.length !== expected) return wrongLength(bytes.length, expected);
  if (R !== 1 + directions + (pull === 0 ? 0 : 1) + taught + marked || n === 0) {
    return codecFailure("wrong_length", "The head's rows do not add up: train again to write a new one.");
  }
  const floats = Float32Array.from({ length: 2 * R + n }, (_, i) =>
    view.getFloat32(STRANGENESS_HEADER_BYTES + 4 * i, true),
  );
  if (![...numbers, ...floats].every(Number.isFinite) || !(temperature > 0 && tail > 0)) return notFinite();
  return ok({
    directions,
    curvature,
    temperature,
    pull,
    taught,
    marked,
    tail,
    alpha,
    scales: floats.slice(0, R),
    offsets: floats.slice(R, 2 * R),
    known: floats.slice(2 * R),
    rows: new Int8Array(bytes.slice(expected - R * dimension).buffer),
  });
}

/** "HSHD" read as a little-endian u32. */
const MAGIC = 0x44485348;
const VERSION = 2;
const VERSION_WITHOUT_STRANGENESS = 1;
const HEADER_BYTES = 28;

/** The bytes of a head; equal heads give equal bytes. */
export function encodeHead(head: Head): Uint8Array {
  const { strangeness } = head;
  const ids = new TextEncoder().encode(JSON.stringify(head.classIds));
  const K = head.classIds.length;
  const idsAt = HEADER_BYTES + 8 * K;
  const end = idsAt + ids.length + K * head.dimension;
  const bytes = new Uint8Array(end + (strangeness === undefined ? 0 : strangenessBytes(strangeness)));
  const view = new DataView(bytes.buffer);
  const version = strangeness === undefined ? VERSION_WITHOUT_STRANGENESS : VERSION;
  [MAGIC, version, head.dimension, K, ids.length].forEach((value, i) => {
    view.setUint32(4 * i, value, true);
  });
  view.setFloat64(20, head.entropyThreshold, true);
  for (let k = 0; k < K; k++) {
    view.setFloat32(HEADER_BYTES + 4 * k, head.scales[k], true);
    view.setFloat32(HEADER_BYTES + 4 * (K + k), head.biases[k], true);
  }
  bytes.set(ids, idsAt);
  bytes.set(new Uint8Array(head.weights.buffer, head.weights.byteOffset, head.weights.length), idsAt + ids.length);
  if (strangeness !== undefined) writeStrangeness(strangeness, bytes, end);
  return bytes;
}

/** The head of these bytes; a copy, so that `bytes` may be reused. */
export function decodeHead(bytes: Uint8Array): Result<Head, CodecError> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) {
    return codecFailure("not_a_head", "These bytes are not a head: train again to write a new one.");
  }
  const [version, dimension, K, idBytes] = [4, 8, 12, 16].map((at) => view.getUint32(at, true));
  if (version !== VERSION && version !== VERSION_WITHOUT_STRANGENESS) {
    return codecFailure(
      "unsupported_version",
      `The head has format ${version}, this build reads ${VERSION}: train again.`,
    );
  }
  const idsAt = HEADER_BYTES + 8 * K;
  const expected = idsAt + idBytes + K * dimension;
  const isExact = version === VERSION_WITHOUT_STRANGENESS;
  if (isExact ? bytes.length !== expected : bytes.length < expected) return wrongLength(bytes.length, expected);
  const classIds = parseIds(bytes.subarray(idsAt, idsAt + idBytes));
  if (classIds?.length !== K) {
    return codecFailure("bad_class_ids", `The head does not name its ${K} classes: train again to write a new one.`);
  }
  const scales = readFloats(view, HEADER_BYTES, K);
  const biases = readFloats(view, HEADER_BYTES + 4 * K, K);
  const entropyThreshold = view.getFloat64(20, true);
  if (![entropyThreshold, ...scales, ...biases].every(Number.isFinite)) return notFinite();
  const weights = new Int8Array(bytes.slice(idsAt + idBytes, expected).buffer);
  const head = { dimension, classIds, weights, scales, biases, entropyThreshold };
  if (version === VERSION_WITHOUT_STRANGENESS) return ok(head);
  const strangeness = readStrangeness(bytes.subarray(expected), dimension);
  return strangeness.ok ? ok({ ...head, strangeness: strangeness.value }) : strangeness;
}

function readFloats(view: DataView, start: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, k) => view.getFloat32(start + 4 * k, true));
}

function parseIds(bytes: Uint8Array): readonly string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
    return Array.isArray(parsed) && parsed.every((id) => typeof id === "string") ? parsed : undefined;
  } catch {
    return undefined;
  }
}
