/** Opens a receipt with Node's own cryptography, by the format in src/application/receipt.ts: what the server made of a photo. */
import { createDecipheriv, hkdfSync } from "node:crypto";

const IV_BYTES = 12;
const TAG_BYTES = 16;
const GUESS_AT = 78;

export interface OpenedReceipt {
  readonly scale: number;
  readonly origin: number;
  readonly values: Int8Array;
}

/** Throws when the receipt was not sealed under `secret`. */
export function openReceiptInNode(receipt: string, secret: string): OpenedReceipt {
  const bytes = Buffer.from(receipt, "base64url");
  const key = new Uint8Array(hkdfSync("sha256", secret, "", "headstart receipt 2", 32));
  const iv = bytes.subarray(1, 1 + IV_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key, iv).setAuthTag(bytes.subarray(-TAG_BYTES));
  const plain = Buffer.concat([decipher.update(bytes.subarray(1 + IV_BYTES, -TAG_BYTES)), decipher.final()]);
  const values = Int8Array.from(plain.subarray(GUESS_AT + plain[GUESS_AT - 1]), (byte) => (byte << 24) >> 24);
  return { scale: plain.readFloatLE(8), origin: plain[76], values };
}
