/** Keys for different purposes from the one `RECEIPT_SECRET` (HKDF-SHA-256), so that none of them helps against another. */

const derived = new Map<string, { secret: string; bits: ArrayBuffer }>();

/** 256 bits for this purpose, derived once per isolate and secret. */
export async function deriveBits(secret: string, purpose: string): Promise<ArrayBuffer> {
  const known = derived.get(purpose);
  if (known?.secret === secret) return known.bits;
  const text = new TextEncoder();
  const material = await crypto.subtle.importKey("raw", text.encode(secret), "HKDF", false, ["deriveBits"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: text.encode(purpose) };
  const bits = await crypto.subtle.deriveBits(derivation, material, 256);
  derived.set(purpose, { secret, bits });
  return bits;
}
