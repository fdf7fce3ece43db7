/**
 * An embedding on the wire, as a device that keeps its photo or its text sends it. Pure: owns the format and every reason to refuse a message;
 * what was computed elsewhere can be forged, and nothing here makes it trustworthy.
 *
 *   message = "HSEM" | version u8 = 1 | 0 0 0 | D u32 | scale f32 | backbone id 32 B | values int8[D]      (little-endian)
 */
import { err, ok, type Result } from "../shared/result.ts";
import { type Embedding, MAX_QUANTUM, squaredNorm } from "./embedding.ts";

/** The content type of such a message, by which routes tell it from a photo. */
export const EMBEDDING_TYPE = "application/vnd.headstart.embedding";

/** Longer than any message: 48 bytes and at most 2,048 numbers. */
export const MAX_MESSAGE_BYTES = 4_096;

interface EmbeddingMessage {
  /** Hex. */
  readonly backboneId: string;
  readonly embedding: Embedding;
}

/** What a deployment accepts. */
interface ExpectedEmbedding {
  readonly backboneId: string;
  readonly dimension: number;
}

interface MessageError {
  readonly code:
    | "not_a_message"
    | "unknown_version"
    | "other_backbone"
    | "wrong_length"
    | "not_finite"
    | "zero_vector"
    | "not_unit_length"
    | "not_quantised";
  readonly message: string;
}

const MAGIC = [0x48, 0x53, 0x45, 0x4d];
const VERSION = 1;
const DIMENSION_AT = 8;
const SCALE_AT = 12;
const ID_AT = 16;
const ID_BYTES = 32;
const VALUES_AT = ID_AT + ID_BYTES;
/** `|x|^2` of what `quantiseEmbedding` makes is 1 to float32 rounding. */
export const NORM_TOLERANCE = 1e-4;

/** Serialises; `backboneId` is 64 hex digits. */
export function encodeEmbeddingMessage({ backboneId, embedding }: EmbeddingMessage): Uint8Array<ArrayBuffer> {
  const { values, scale } = embedding;
  const bytes = new Uint8Array(VALUES_AT + values.length);
  const view = new DataView(bytes.buffer);
  bytes.set([...MAGIC, VERSION]);
  view.setUint32(DIMENSION_AT, values.length, true);
  view.setFloat32(SCALE_AT, scale, true);
  for (let i = 0; i < ID_BYTES; i++) bytes[ID_AT + i] = Number.parseInt(backboneId.slice(2 * i, 2 * i + 2), 16);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.length), VALUES_AT);
  return bytes;
}

/** Parses a message and checks all of it against what the deployment expects; names the first fault. */
export function decodeEmbeddingMessage(
  bytes: Uint8Array,
  expected: ExpectedEmbedding,
): Result<EmbeddingMessage, MessageError> {
  if (bytes.length < VALUES_AT || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    return refuse("not_a_message", "This is not an embedding: it must begin with HSEM and a header of 48 bytes.");
  }
  if (bytes[4] !== VERSION || bytes[5] !== 0 || bytes[6] !== 0 || bytes[7] !== 0) {
    return refuse("unknown_version", `Version ${bytes[4]} of the format is not known here; send version ${VERSION}.`);
  }
  const backboneId = Array.from(bytes.subarray(ID_AT, VALUES_AT), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
  if (backboneId !== expected.backboneId) {
    return refuse("other_backbone", "This embedding was made with another backbone than the one served here.");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const declared = view.getUint32(DIMENSION_AT, true);
  if (declared !== expected.dimension || bytes.length !== VALUES_AT + declared) {
    const found = `declares ${declared} numbers and carries ${bytes.length - VALUES_AT}`;
    return refuse("wrong_length", `The embedding ${found}; ${expected.dimension} are expected.`);
  }
  const embedding = { values: new Int8Array(bytes.slice(VALUES_AT).buffer), scale: view.getFloat32(SCALE_AT, true) };
  return checkNumbers(embedding) ?? ok({ backboneId, embedding });
}

/** Null when the numbers are some that `quantiseEmbedding` could have made. */
function checkNumbers(embedding: Embedding) {
  const { values, scale } = embedding;
  if (!Number.isFinite(scale)) return refuse("not_finite", `The embedding's scale is ${scale}.`);
  const peak = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (peak === 0) return refuse("zero_vector", "The embedding is all zeros.");
  const squares = squaredNorm(embedding);
  if (scale <= 0 || Math.abs(squares - 1) > NORM_TOLERANCE) {
    return refuse(
      "not_unit_length",
      `The embedding's scale ${scale} gives the squared length ${squares}; 1 is expected.`,
    );
  }
  if (peak !== MAX_QUANTUM) {
    return refuse(
      "not_quantised",
      `The largest number of the embedding is ${peak}; quantised ones reach ${MAX_QUANTUM}.`,
    );
  }
  return null;
}

function refuse(code: MessageError["code"], message: string) {
  return err({ code, message });
}
