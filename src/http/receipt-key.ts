/** The sealing key of receipts, derived once per isolate and secret. */
import { deriveReceiptKey } from "./receipt.ts";

let derived: { secret: string; key: CryptoKey } | undefined;

export async function receiptKey(secret: string): Promise<CryptoKey> {
  if (derived?.secret !== secret) derived = { secret, key: await deriveReceiptKey(secret) };
  return derived.key;
}
