/** Webhooks, and the messages to them. */
import { z } from "zod";
import { once } from "../shared/once.ts";
import { DELIVERY_FAULTS, TEST_EVENT, WEBHOOK_EVENTS } from "../shared/webhook-events.ts";
import { MAX_QUEUE_ABOVE, USUAL_QUEUE_ABOVE, WEBHOOK_STATES } from "../store/webhook/tables.ts";
import { count, nextOf, numberedPage, time } from "./common.ts";
import { whenMissing } from "./field-faults.ts";
import { BODY_PROBLEMS, empty, json, jsonBody, needs, type Operations } from "./operation.ts";

const url = z.string({ error: whenMissing("say where messages go") }).meta({
  description: "A complete https: address with a public name; no IP address, only ports 443 and 8443",
  examples: ["https://shop.example.com/headstart"],
});
const events = z
  .array(z.enum(WEBHOOK_EVENTS, { error: `is none of ${WEBHOOK_EVENTS.join(", ")}` }), {
    error: whenMissing("name at least one event"),
  })
  .min(1, "names no event")
  .max(WEBHOOK_EVENTS.length)
  .transform((names) => WEBHOOK_EVENTS.filter((name) => names.includes(name)));
const queueAbove = z.number().int().min(1).max(MAX_QUEUE_ABOVE).meta({
  description: "How many corrections wait for staff before `queue.long` is sent",
});
/** The body of `POST /v1/admin/webhooks`. */
export const newWebhookSchema = z.strictObject({ url, events, queueAbove: queueAbove.default(USUAL_QUEUE_ABOVE) });
/** The body of `PATCH /v1/admin/webhooks/{id}`: a field that is absent stays as it is. */
export const webhookChangeSchema = z.strictObject({
  url: url.optional(),
  events: events.optional(),
  queueAbove: queueAbove.optional(),
  on: z.boolean().optional(),
});

const webhookId = once(() => z.string().meta({ description: "A webhook's id", examples: ["w_9f86d081884c7d65"] }));
const messageNumber = once(() => z.int().min(1).meta({ description: "A message's number" }));

const webhookFields = once(() => ({
  id: webhookId(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  queueAbove: count,
  state: z.enum(WEBHOOK_STATES).meta({
    description:
      "`on`, or why nothing is sent: `off` by staff, `gone` because the receiver answered 410, `dead` after five days of failures",
  }),
  waiting: count.meta({ description: "Messages waiting to be sent, or sent again; 500 stands for more" }),
  createdAt: time,
  deliveredAt: time.nullable().meta({ description: "When a message last arrived" }),
  failingSince: time.nullable().meta({ description: "Since when no message has arrived" }),
  rotatedAt: time.nullable().meta({ description: "When it got its present secret, if not at first" }),
}));
const webhook = once(() => z.strictObject(webhookFields()).meta({ id: "Webhook" }));
const shownWebhook = once(() =>
  z
    .strictObject({
      ...webhookFields(),
      secret: z.string().meta({ description: "What messages are signed with, `whsec_` and base64; never shown again" }),
    })
    .meta({ id: "WebhookWithSecret" }),
);

const delivery = once(() =>
  z
    .strictObject({
      id: messageNumber(),
      messageId: z.string().meta({ description: "The header `webhook-id`, the same in every attempt" }),
      event: z.enum([...WEBHOOK_EVENTS, TEST_EVENT]),
      body: z.string().meta({ description: "What is sent: JSON with `type`, `timestamp` and `data`" }),
      state: z
        .enum(["waiting", "delivered", "failed"])
        .meta({ description: "`failed`: it is not sent again by itself" }),
      attempts: count,
      status: z.int().nullable().meta({ description: "The last answer's status; null if there was none" }),
      fault: z
        .enum(DELIVERY_FAULTS)
        .nullable()
        .meta({ description: "Why the last attempt failed; null if it did not, or there was none yet" }),
      createdAt: time,
      attemptedAt: time.nullable(),
      nextAt: time.nullable().meta({ description: "When it is sent next; null once it is over" }),
      deliveredAt: time.nullable(),
    })
    .meta({ id: "WebhookDelivery" }),
);

const params = once(() => z.object({ id: webhookId() }));

/** The operations on webhooks. */
export const webhookOperations = {
  listWebhooks: {
    route: "GET /v1/admin/webhooks",
    access: needs("admin"),
    summary: "All webhooks, the oldest first",
    answers: {
      200: json("At most 20", () => z.strictObject({ webhooks: z.array(webhook()) }).meta({ id: "Webhooks" })),
    },
    problems: [],
  },
  createWebhook: {
    route: "POST /v1/admin/webhooks",
    access: needs("admin"),
    repeats: "refused",
    summary: "Adds an address that hears of events",
    body: jsonBody(newWebhookSchema),
    answers: { 201: json("The webhook with its secret", shownWebhook) },
    problems: [...BODY_PROBLEMS, "too_many_webhooks"],
  },
  changeWebhook: {
    route: "PATCH /v1/admin/webhooks/:id",
    access: needs("admin"),
    summary: "Changes a webhook, or switches it on or off",
    description: "Switched on again, it gets at once what still waits, and nothing about what happened in between.",
    params,
    body: jsonBody(webhookChangeSchema),
    answers: { 200: json("The webhook", webhook) },
    problems: [...BODY_PROBLEMS, "not_found"],
  },
  deleteWebhook: {
    route: "DELETE /v1/admin/webhooks/:id",
    access: needs("admin"),
    summary: "Deletes a webhook with all its messages",
    params,
    answers: { 204: empty("It is gone") },
    problems: ["not_found"],
  },
  rotateWebhookSecret: {
    route: "POST /v1/admin/webhooks/:id/rotate",
    access: needs("admin"),
    repeats: "refused",
    summary: "Gives a webhook a new secret",
    description: "For a day messages carry a signature by the old one too.",
    params,
    answers: { 200: json("The webhook with its new secret", shownWebhook) },
    problems: ["bad_request", "not_found"],
  },
  testWebhook: {
    route: "POST /v1/admin/webhooks/:id/test",
    access: needs("admin"),
    summary: "Sends a message of the type `test`, now and once",
    params,
    answers: { 200: json("What came of it", delivery) },
    problems: ["not_found"],
  },
  listWebhookDeliveries: {
    route: "GET /v1/admin/webhooks/:id/deliveries",
    access: needs("admin"),
    summary: "Messages sent to a webhook, or waiting, newest first",
    params,
    query: numberedPage,
    answers: {
      200: json("A page", () =>
        z
          .strictObject({ deliveries: z.array(delivery()), next: nextOf(messageNumber()) })
          .meta({ id: "WebhookDeliveries" }),
      ),
    },
    problems: ["bad_request", "not_found"],
  },
  redeliverWebhook: {
    route: "POST /v1/admin/webhooks/:id/deliveries/:delivery/redeliver",
    access: needs("admin"),
    summary: "Sends a message again, now",
    description: "Under the id that it had; a message on its way is left alone.",
    params: () => z.object({ id: webhookId(), delivery: messageNumber() }),
    answers: { 200: json("What came of it", delivery) },
    problems: ["not_found"],
  },
} as const satisfies Operations;
