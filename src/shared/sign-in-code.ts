/**
 * Codes of the sign-in links that `npm start` prints, so that nobody copies a token: 128 random bits and an expiry, signed with a secret
 * that one start shares with its Worker (HMAC-SHA-256, hex). Nothing is stored; a code ends with the start that printed it.
 */
import { toHex } from "./hash.ts";

const NONCE_BYTES = 16;
const SHAPE = /^([0-9a-f]{32})-(\d{1,16})-([0-9a-f]{64})$/;

/** A new code, good until `expiresAt` (Unix ms). */
export async function makeSignInCode(secret: string, expiresAt: number): Promise<string> {
  const nonce = toHex(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
  const mac = await crypto.subtle.sign("HMAC", await importKey(secret), signedBytes(nonce, expiresAt));
  return `${nonce}-${expiresAt}-${toHex(new Uint8Array(mac))}`;
}

/** The Worker's side of the links that `npm start` prints; each code opens the kitchen once. */
export interface SignInCodes {
  /** Whether the code is good at `now` (Unix ms). From then on it no longer is. */
  spend(code: string, now: number): Promise<boolean>;
}

/** Takes each code once. Without a secret no code is good: a deployment has none. */
export function createSignInCodes(secret: string | undefined): SignInCodes {
  const spent = new Map<string, number>();

  return {
    async spend(code, now) {
      const [, nonce = "", expiry = "", mac = ""] = SHAPE.exec(code) ?? [];
      const expiresAt = Number(expiry);
      if (secret === undefined || expiresAt <= now) return false;
      const isOurs = await crypto.subtle.verify(
        "HMAC",
        await importKey(secret),
        fromHex(mac),
        signedBytes(nonce, expiresAt),
      );
      if (!isOurs || spent.has(nonce)) return false;
      for (const [old, end] of spent) if (end <= now) spent.delete(old);
      spent.set(nonce, expiresAt);
      return true;
    },
  };
}

function signedBytes(nonce: string, expiresAt: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(`headstart sign-in 1 ${nonce} ${expiresAt}`));
}

function importKey(secret: string): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(secret);
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}
