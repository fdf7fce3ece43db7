/**
 * Heads as bytes. Little-endian throughout; every length is checked before it is used.
 *
 *   "HSHD" | u32 version | u32 D | u32 K | u32 bytes of ids | f64 entropy threshold
 *   | K f32 scales | K f32 biases | ids as a JSON array, UTF-8 | K D int8 weights
 *
 * Format 2 continues with what the head knows strangers by (strangeness-codec.ts). A head without it is written in format 1, and read
 * as what it is.
 */
import { ok, type Result } from "../shared/result.ts";
import { type CodecError, codecFailure, notFinite, wrongLength } from "./codec-error.ts";
import type { Head } from "./predict.ts";
import { readStrangeness, strangenessBytes, writeStrangeness } from "./strangeness-codec.ts";

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
