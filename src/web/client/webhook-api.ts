/** The admin routes about webhooks, as functions. */
import type { webhookOperations } from "../../operations/webhooks.ts";
import { type Answer, callAdmin } from "./admin-api.ts";
import { answerOf, type Decoded, list, nothing, nullable, number, object, text } from "./decode.ts";

const fields = {
  id: text,
  url: text,
  events: list(text),
  queueAbove: number,
  state: text,
  waiting: number,
  deliveredAt: nullable(text),
  failingSince: nullable(text),
};
const webhook = answerOf<typeof webhookOperations.changeWebhook>()(object(fields));
/** An address that is told of events, and how that goes. */
export type Webhook = Decoded<typeof webhook>;

const webhookWithSecret = answerOf<typeof webhookOperations.createWebhook>()(object({ ...fields, secret: text }));
/** As it is answered once. */
export type WebhookWithSecret = Decoded<typeof webhookWithSecret>;

const delivery = answerOf<typeof webhookOperations.testWebhook>()(
  object({
    id: number,
    event: text,
    state: text,
    createdAt: text,
    nextAt: nullable(text),
    status: nullable(number),
    fault: nullable(text),
  }),
);
/** A message to a webhook, and what became of it. */
export type Delivery = Decoded<typeof delivery>;

const deliveryPage = answerOf<typeof webhookOperations.listWebhookDeliveries>()(
  object({ deliveries: list(delivery), next: nullable(number) }),
);
/** Newest first; `next` goes into `fetchDeliveries` for the next page. */
export type DeliveryPage = Decoded<typeof deliveryPage>;

const webhookList = answerOf<typeof webhookOperations.listWebhooks>()(object({ webhooks: list(webhook) }));

/** What is chosen of a webhook. */
export interface WebhookChoice {
  readonly url: string;
  readonly events: readonly string[];
  readonly queueAbove: number;
}

/** Messages that show at first, and more at each press. */
const SHOWN = 10;

/** All of them, the oldest first. */
export const fetchWebhooks = () => callAdmin({ path: "/webhooks" }, webhookList);

/** Its secret is in the answer, once. */
export function createWebhook(choice: WebhookChoice): Answer<WebhookWithSecret> {
  return callAdmin({ method: "POST", path: "/webhooks", json: { ...choice } }, webhookWithSecret);
}

/** Changes what it is told or where, or switches it on or off. */
export function changeWebhook(id: string, change: Partial<WebhookChoice> & { readonly on?: boolean }): Answer<Webhook> {
  return callAdmin({ method: "PATCH", path: pathOf(id), json: change }, webhook);
}

/** The old secret holds for a day. */
export function rotateWebhook(id: string): Answer<WebhookWithSecret> {
  return callAdmin({ method: "POST", path: `${pathOf(id)}/rotate` }, webhookWithSecret);
}

/** Cannot be undone. */
export function deleteWebhook(id: string): Answer<void> {
  return callAdmin({ method: "DELETE", path: pathOf(id) }, nothing);
}

/** Sends a message now and says what came of it. */
export function testWebhook(id: string): Answer<Delivery> {
  return callAdmin({ method: "POST", path: `${pathOf(id)}/test` }, delivery);
}

/** From the newest, or behind the message `after`. */
export function fetchDeliveries(id: string, after: number | null): Answer<DeliveryPage> {
  const behind = after === null ? "" : `&after=${after}`;
  return callAdmin({ path: `${pathOf(id)}/deliveries?limit=${SHOWN}${behind}` }, deliveryPage);
}

/** Sends it again, now. */
export function redeliver(id: string, message: number): Answer<Delivery> {
  return callAdmin({ method: "POST", path: `${pathOf(id)}/deliveries/${message}/redeliver` }, delivery);
}

function pathOf(id: string): string {
  return `/webhooks/${encodeURIComponent(id)}`;
}
