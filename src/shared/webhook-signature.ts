/**
 * Signatures of webhooks, as Standard Webhooks has them (standardwebhooks.com, version 1): `v1,` and the base64 of
 * HMAC-SHA256(key, `${id}.${timestamp}.${body}`), so that a receiver knows who sent it, that nothing was changed, and when. Knows no database.
 */

/** How a secret is shown: this and the base64 of its bytes. */
const SECRET_PREFIX = "whsec_";

/** What is signed. */
export interface SignedMessage {
  /** The same in every attempt, so that a receiver can tell a repetition. */
  readonly id: string;
  /** When this attempt is made: Unix seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/** As its owner is shown it, once. */
export function formatWebhookSecret(bytes: Uint8Array): string {
  return SECRET_PREFIX + bytes.toBase64();
}

/** The three headers; with more than one secret a signature of each, so that a receiver can change from the old one to the new in its own time. */
export async function signWebhook(
  { id, timestamp, body }: SignedMessage,
  secrets: readonly Uint8Array<ArrayBuffer>[],
): Promise<Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string>> {
  const signed = new Uint8Array(new TextEncoder().encode(`${id}.${timestamp}.${body}`));
  const signatures = await Promise.all(secrets.map((secret) => signWith(secret, signed)));
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatures.map((signature) => `v1,${signature}`).join(" "),
  };
}

async function signWith(secret: Uint8Array<ArrayBuffer>, signed: Uint8Array<ArrayBuffer>): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", secret, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, signed)).toBase64();
}
