/**
 * The sealed receipt of a classification: what a correction needs, encrypted and authenticated (AES-256-GCM), so that
 * the server keeps nothing and yet knows that the embedding is one it answered for, and whether it computed it itself.
 *
 *   receipt   = base64url( version u8 = 2 | iv 12 B | AES-GCM( plaintext ) )
 *   plaintext = expiry ms f64 | scale f32 | sample id 32 B | backbone id 32 B | flags u8 | guess length u8 | guess
 *             | (place length u8 | place) | embedding int8[D]
 *   flags: 1 a device's embedding, 2 the sample comes from a place, whose id then follows the guess
 */

import { deriveKey } from "../shared/derived-key.ts";
import { receiptForged, receiptTooOld } from "../shared/english/labels.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { EmbeddedSample } from "../store/labels/labels.ts";

/** What a receipt holds once it has been opened. */
export interface Receipt {
  readonly photo: EmbeddedSample;
  /** Class id that the answer put first, null when the head had no answer. */
  readonly guess: string | null;
  /** Unix time in ms after which the receipt is refused. */
  readonly expiresAt: number;
}

/** With what tells it from every other receipt: its iv, in hex. */
type OpenedReceipt = Receipt & { readonly id: string };

const VERSION = 2;
const IV_BYTES = 12;
const HASH_BYTES = 32;
const FIXED_BYTES = 8 + 4 + 2 * HASH_BYTES + 2;
const FLAGS_AT = FIXED_BYTES - 2;
const OF_DEVICE = 1;
const OF_PLACE = 2;
const MAX_GUESS_BYTES = 255;

/** The sealing key of this deployment's receipts. */
export function deriveReceiptKey(secret: string): Promise<CryptoKey> {
  return deriveKey(secret, "headstart receipt 2", { name: "AES-GCM" }, ["encrypt", "decrypt"]);
}

/** Base64url without padding. Two receipts of one answer differ, because each has a random IV. */
export async function sealReceipt(receipt: Receipt, key: CryptoKey): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, encodeReceipt(receipt));
  const bytes = new Uint8Array(1 + IV_BYTES + sealed.byteLength);
  bytes[0] = VERSION;
  bytes.set(iv, 1);
  bytes.set(new Uint8Array(sealed), 1 + IV_BYTES);
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Opens a receipt: `receipt_invalid` when it was changed or sealed by somebody else, `receipt_expired` after its time. */
export async function openReceipt(text: string, key: CryptoKey, now: number): Promise<Result<OpenedReceipt, Problem>> {
  const invalid = err(receiptForged());
  const bytes = parseBase64Url(text);
  if (bytes === null || bytes[0] !== VERSION || bytes.length <= 1 + IV_BYTES + FIXED_BYTES) return invalid;
  const iv = bytes.subarray(1, 1 + IV_BYTES);
  let plaintext: ArrayBuffer;
  try {
    plaintext = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, bytes.subarray(1 + IV_BYTES));
  } catch {
    return invalid;
  }
  const receipt = decodeReceipt(new Uint8Array(plaintext));
  if (receipt.expiresAt < now) {
    return err(receiptTooOld());
  }
  return ok({ ...receipt, id: iv.toHex() });
}

function encodeReceipt({ photo, guess, expiresAt }: Receipt): Uint8Array<ArrayBuffer> {
  const { values, scale } = photo.embedding;
  const guessBytes = new TextEncoder().encode(guess ?? "").subarray(0, MAX_GUESS_BYTES);
  const placeBytes = new TextEncoder().encode(photo.place ?? "");
  const place = photo.place === undefined ? [] : [placeBytes.length, ...placeBytes];
  const embeddingAt = FIXED_BYTES + guessBytes.length + place.length;
  const bytes = new Uint8Array(embeddingAt + values.length);
  const view = new DataView(bytes.buffer);
  view.setFloat64(0, expiresAt, true);
  view.setFloat32(8, scale, true);
  bytes.set(Uint8Array.fromHex(photo.sampleId), 12);
  bytes.set(Uint8Array.fromHex(photo.backboneId), 12 + HASH_BYTES);
  bytes[FLAGS_AT] = (photo.origin === "device" ? OF_DEVICE : 0) | (photo.place === undefined ? 0 : OF_PLACE);
  bytes[FIXED_BYTES - 1] = guessBytes.length;
  bytes.set(guessBytes, FIXED_BYTES);
  bytes.set(place, FIXED_BYTES + guessBytes.length);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), embeddingAt);
  return bytes;
}

function decodeReceipt(bytes: Uint8Array<ArrayBuffer>): Receipt {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const guessEnd = FIXED_BYTES + bytes[FIXED_BYTES - 1];
  const guess = new TextDecoder().decode(bytes.subarray(FIXED_BYTES, guessEnd));
  const flags = bytes[FLAGS_AT];
  const placeEnd = (flags & OF_PLACE) === 0 ? guessEnd : guessEnd + 1 + bytes[guessEnd];
  const place = new TextDecoder().decode(bytes.subarray(guessEnd + 1, placeEnd));
  const embedding = { values: new Int8Array(bytes.slice(placeEnd).buffer), scale: view.getFloat32(8, true) };
  const from = placeEnd === guessEnd ? {} : { place };
  const sampleId = bytes.subarray(12, 12 + HASH_BYTES).toHex();
  const backboneId = bytes.subarray(12 + HASH_BYTES, 12 + 2 * HASH_BYTES).toHex();
  return {
    photo: { sampleId, backboneId, embedding, origin: (flags & OF_DEVICE) === 0 ? "server" : "device", ...from },
    guess: guess === "" ? null : guess,
    expiresAt: view.getFloat64(0, true),
  };
}

function parseBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.fromBase64(text, { alphabet: "base64url" });
  } catch {
    return null;
  }
}
