/**
 * The secret of a key: `hs_`, 16 hex digits that trace a leaked one to its key, `_`, and 256 random bits in base64url.
 * It is shown once; what is kept is its SHA-256, and that is what is looked up, so the time of a lookup tells nothing of how
 * much of a guess is right. A slow hash would protect nothing here: 256 random bits cannot be guessed.
 */
import { sha256HexOfText } from "./hash.ts";

/** Longer than any secret; more is not even hashed. */
export const MAX_SECRET_CHARACTERS = 512;

const SECRET_BYTES = 32;
const ID_DIGITS = 16;
const SHAPE = /^hs_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/;

/** A new key's id: `k_` and 64 random bits in hex. It is no secret. */
export function makeKeyId(): string {
  return `k_${crypto.getRandomValues(new Uint8Array(ID_DIGITS / 2)).toHex()}`;
}

/** A new secret for the key with this id. */
export function makeSecret(keyId: string): string {
  const random = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return `hs_${keyId.slice(-ID_DIGITS)}_${random.toBase64({ alphabet: "base64url", omitPadding: true })}`;
}

/** Whether this can be a key's secret at all; what cannot is not looked up. */
export function isSecretShaped(text: string): boolean {
  return SHAPE.test(text);
}

/** What is stored of a secret, and what a session carries: SHA-256 in hex. */
export function hashSecret(secret: string): Promise<string> {
  return sha256HexOfText(secret);
}
