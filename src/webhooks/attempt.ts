/** One attempt at a message that was claimed: sign, send, write down what came of it. */
import type { Database } from "../store/database.ts";
import { type ClaimedDelivery, type StoredDelivery, storeOutcome } from "../store/webhook-deliveries.ts";
import { backOff } from "./back-off.ts";
import { listSecrets } from "./secret.ts";
import type { SendWebhook } from "./send.ts";

/** What an attempt takes. */
export interface AttemptServices {
  readonly db: Database;
  readonly config: { readonly receiptSecret: string };
  readonly sendWebhook: SendWebhook;
  /** Unix time in ms. */
  readonly clock: () => number;
}

/** The message with what came of it. Rejects when the database fails; it is then sent again when its claim has run out. */
export async function attempt(
  { db, config, sendWebhook, clock }: AttemptServices,
  claimed: ClaimedDelivery,
): Promise<StoredDelivery> {
  const { delivery, webhook } = claimed;
  const startedAt = clock();
  const message = { id: delivery.messageId, timestamp: Math.floor(startedAt / 1_000), body: delivery.body };
  const outcome = await sendWebhook(webhook.url, message, await listSecrets(config.receiptSecret, webhook, startedAt));
  const now = clock();
  const retryAt = now + backOff(delivery.attempts, Math.random());
  return (await storeOutcome(db, claimed, outcome, { now, retryAt })) ?? { ...delivery, ...outcome };
}
