/**
 * One call of a receiver: bounded in time, not redirected, and nothing of the answer but its status is read, so a receiver that never stops
 * talking is hung up on and nothing that it says can be seen by whoever chose the address. And what the call is signed with.
 */

import { deriveBits } from "../shared/derived-key.ts";
import { rejectOn } from "../shared/reject-on.ts";
import { checkWebhookAddress } from "../shared/webhook-address.ts";
import type { DeliveryFault } from "../shared/webhook-events.ts";
import { formatWebhookSecret, type SignedMessage, signWebhook } from "../shared/webhook-signature.ts";
import type { Database } from "../store/database.ts";
import { OLD_SECRET_MS } from "../store/webhook/tables.ts";
import {
  type AttemptOutcome,
  type ClaimedDelivery,
  type StoredDelivery,
  storeOutcome,
} from "../store/webhook/webhook-deliveries.ts";
import type { StoredWebhook } from "../store/webhook/webhooks.ts";

/** A receiver that needs longer should answer first and work then. */
export const CALL_TIMEOUT_MS = 10_000;

/** Sends a signed message to an address and says what came of it; never rejects. */
export type SendWebhook = (
  url: string,
  message: SignedMessage,
  secrets: readonly Uint8Array<ArrayBuffer>[],
) => Promise<AttemptOutcome>;

interface SenderOptions {
  /** Whether this machine may be called, for development. */
  readonly mayBeLocal: boolean;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly timeoutMs?: number;
}

/** Makes the sender of a deployment. The address is judged again with every call: what is stored may be older than the rule. */
export function createWebhookSender({ mayBeLocal, fetch, timeoutMs = CALL_TIMEOUT_MS }: SenderOptions): SendWebhook {
  return async function sendWebhook(url, message, secrets) {
    const address = checkWebhookAddress(url, mayBeLocal);
    if (!address.ok) return failed("address");
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = {
      ...(await signWebhook(message, secrets)),
      "content-type": "application/json",
      "user-agent": "Headstart-Webhooks",
    };
    const request: RequestInit = { method: "POST", headers, body: message.body, redirect: "manual", signal };
    try {
      const response = await Promise.race([fetch(address.value, request), rejectOn(signal)]);
      // Not waited for: hanging up on who never stops may take as long.
      response.body?.cancel().catch(() => undefined);
      return judge(response.status);
    } catch {
      return failed(signal.aborted ? "late" : "unreachable");
    }
  };
}

function judge(status: number): AttemptOutcome {
  if (status >= 200 && status < 300) return { status, fault: null };
  if (status === 410) return failed("gone", status);
  return failed(status >= 300 && status < 400 ? "redirect" : "refused", status);
}

function failed(fault: DeliveryFault, status: number | null = null): AttemptOutcome {
  return { status, fault };
}

/* When a message that did not arrive is sent again. Pure. */

const FIRST_MS = 5 * 60_000;
const LONGEST_MS = 12 * 3_600_000;
/** Messages that failed together do not come again together. */
const JITTER = 0.2;

/**
 * The wait after so many attempts, in ms: `min(5 min 2^(attempts - 1), 12 h) (1 + 0.2 (2 random - 1))`, `random` in [0, 1). The clock fires
 * every five minutes, so nothing shorter would be kept.
 */
function backOff(attempts: number, random: number): number {
  const wait = Math.min(FIRST_MS * 2 ** (attempts - 1), LONGEST_MS);
  return Math.round(wait * (1 + JITTER * (2 * random - 1)));
}

/* One attempt at a message that was claimed: sign, send, write down what came of it. */

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

/* The secrets of webhooks: derived from the deployment's own and a number, so that the database and its exports hold none (decision 68). */

/** What identifies a webhook's secrets. */
type SecretOf = Pick<StoredWebhook, "id" | "secretNumber" | "rotatedAt">;

/** As its owner is shown it. */
export async function showSecret(receiptSecret: string, { id, secretNumber }: SecretOf): Promise<string> {
  return formatWebhookSecret(await derive(receiptSecret, id, secretNumber));
}

/** Those that a message is signed with at `now`: the present one first, for a day after a change the one before as well. */
function listSecrets(receiptSecret: string, webhook: SecretOf, now: number): Promise<Uint8Array<ArrayBuffer>[]> {
  const { id, secretNumber, rotatedAt } = webhook;
  const isNew = rotatedAt !== null && now - rotatedAt < OLD_SECRET_MS;
  const numbers = isNew ? [secretNumber, secretNumber - 1] : [secretNumber];
  return Promise.all(numbers.map((number) => derive(receiptSecret, id, number)));
}

async function derive(receiptSecret: string, id: string, number: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await deriveBits(receiptSecret, `headstart webhook ${id} ${number}`));
}
