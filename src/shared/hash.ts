/** SHA-256 in the one spelling used for ids, and that spelling: lower-case hex. */

/** Returns the SHA-256 of `bytes` as 64 lower-case hex digits. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** Two lower-case hex digits a byte. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The same of a text, in UTF-8. */
export function sha256HexOfText(text: string): Promise<string> {
  return sha256Hex(new Uint8Array(new TextEncoder().encode(text)));
}
