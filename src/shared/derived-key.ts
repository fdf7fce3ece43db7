/** Keys for different purposes from the one `RECEIPT_SECRET` (HKDF-SHA-256), so that none of them helps against another. */

/** What was derived last for a purpose, and from which secret: once per isolate. */
type Derived<T> = Map<string, { readonly secret: string; readonly value: T }>;

const bits: Derived<ArrayBuffer> = new Map();
const keys: Derived<CryptoKey> = new Map();

/** 256 bits for this purpose. */
export function deriveBits(secret: string, purpose: string): Promise<ArrayBuffer> {
  return recall(bits, secret, purpose, async () => {
    const text = new TextEncoder();
    const material = await crypto.subtle.importKey("raw", text.encode(secret), "HKDF", false, ["deriveBits"]);
    const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: text.encode(purpose) };
    return crypto.subtle.deriveBits(derivation, material, 256);
  });
}

/** The same as a key of `algorithm`, which stays the same for a purpose. */
export function deriveKey(
  secret: string,
  purpose: string,
  algorithm: { readonly name: string; readonly hash?: string },
  usages: readonly KeyUsage[],
): Promise<CryptoKey> {
  return recall(keys, secret, purpose, async () => {
    return crypto.subtle.importKey("raw", await deriveBits(secret, purpose), algorithm, false, [...usages]);
  });
}

type KeyUsage = "encrypt" | "decrypt" | "sign";

async function recall<T>(known: Derived<T>, secret: string, purpose: string, derive: () => Promise<T>): Promise<T> {
  const last = known.get(purpose);
  if (last?.secret === secret) return last.value;
  const value = await derive();
  known.set(purpose, { secret, value });
  return value;
}
