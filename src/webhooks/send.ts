/**
 * One call of a receiver: bounded in time, not redirected, and nothing of the answer but its status is read, so a receiver that never stops
 * talking is hung up on and nothing that it says can be seen by whoever chose the address.
 */

import { rejectOn } from "../shared/reject-on.ts";
import { checkWebhookAddress } from "../shared/webhook-address.ts";
import type { DeliveryFault } from "../shared/webhook-events.ts";
import { type SignedMessage, signWebhook } from "../shared/webhook-signature.ts";
import type { AttemptOutcome } from "../store/webhook-deliveries.ts";

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
