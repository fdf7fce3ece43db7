/** The secrets of webhooks: derived from the deployment's own and a number, so that the database and its exports hold none (decision 68). */
import { deriveBits } from "../shared/derived-key.ts";
import { formatWebhookSecret } from "../shared/webhook-signature.ts";
import { OLD_SECRET_MS } from "../store/webhook/tables.ts";
import type { StoredWebhook } from "../store/webhook/webhooks.ts";

/** What identifies a webhook's secrets. */
type SecretOf = Pick<StoredWebhook, "id" | "secretNumber" | "rotatedAt">;

/** As its owner is shown it. */
export async function showSecret(receiptSecret: string, { id, secretNumber }: SecretOf): Promise<string> {
  return formatWebhookSecret(await derive(receiptSecret, id, secretNumber));
}

/** Those that a message is signed with at `now`: the present one first, for a day after a change the one before as well. */
export function listSecrets(receiptSecret: string, webhook: SecretOf, now: number): Promise<Uint8Array<ArrayBuffer>[]> {
  const { id, secretNumber, rotatedAt } = webhook;
  const isNew = rotatedAt !== null && now - rotatedAt < OLD_SECRET_MS;
  const numbers = isNew ? [secretNumber, secretNumber - 1] : [secretNumber];
  return Promise.all(numbers.map((number) => derive(receiptSecret, id, number)));
}

async function derive(receiptSecret: string, id: string, number: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await deriveBits(receiptSecret, `headstart webhook ${id} ${number}`));
}
