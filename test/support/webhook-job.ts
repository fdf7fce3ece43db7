/** A deployment's webhooks inside a workerd test: the real sender and database, and receivers that answer in the test itself. */
import { env } from "cloudflare:workers";
import { deliverWebhooks } from "../../src/jobs/deliver.ts";
import type { WebhookEvent } from "../../src/shared/webhook-events.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { createWebhook, makeWebhookId } from "../../src/store/webhook/webhooks.ts";
import { createWebhookSender } from "../../src/webhooks/send.ts";
import { NOW } from "./training-context.ts";

const db = openDatabase(env.DB);

/** What a receiver was sent. */
export interface Received {
  readonly url: string;
  readonly id: string;
  readonly body: { readonly type: string; readonly data: Record<string, unknown> };
}

/** How a receiver answers. */
type Answer = (request: Received) => Response | Promise<Response>;

/** Makes a webhook for these events and returns its id. Its address is `https://<name>.shop.com/`. */
export async function makeWebhook(
  name: string,
  events: readonly WebhookEvent[] = ["suggestion.new"],
  queueAbove = 50,
): Promise<string> {
  const id = makeWebhookId();
  const made = await createWebhook(db, id, { url: `https://${name}.shop.com/`, events, queueAbove }, "admin", NOW);
  if (!made.ok) throw new Error(made.error.detail);
  return id;
}

/** A job at this time with receivers that answer so; `received` gathers what came, in order. */
export function deliveryJob(answer: Answer = () => new Response(), now = NOW, database: Database = db) {
  const received: Received[] = [];
  const fetchInTest = async (url: string, init: RequestInit) => {
    const request = new Request(url, init);
    const got = { url, id: request.headers.get("webhook-id") ?? "", body: await request.json<Received["body"]>() };
    received.push(got);
    return answer(got);
  };
  const sendWebhook = createWebhookSender({ mayBeLocal: false, fetch: fetchInTest, timeoutMs: 200 });
  const config = { receiptSecret: env.RECEIPT_SECRET };
  return { received, run: () => deliverWebhooks({ db: database, config, sendWebhook, clock: () => now }) };
}
