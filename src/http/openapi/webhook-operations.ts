/** Webhooks, and the messages to them. */
import { z } from "zod";
import { TEST_EVENT, WEBHOOK_EVENTS } from "../../shared/webhook-events.ts";
import { WEBHOOK_STATES } from "../../store/webhook-limits.ts";
import { newWebhookSchema, webhookChangeSchema } from "../admin/webhooks.ts";
import { numberedPage } from "../page.ts";
import { count, nextOf, time } from "./common.ts";
import { BODY_PROBLEMS, empty, json, jsonBody, type OperationGroup } from "./operation.ts";

const webhookId = z.string().meta({ description: "A webhook's id", examples: ["w_9f86d081884c7d65"] });
const messageNumber = z.int().min(1).meta({ description: "A message's number" });

const webhookFields = {
  id: webhookId,
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  queueAbove: count,
  state: z.enum(WEBHOOK_STATES).meta({
    description:
      "`on`, or why nothing is sent: `off` by staff, `gone` because the receiver answered 410, `dead` after five days of failures",
  }),
  waiting: count.meta({ description: "Messages that are to be sent, or sent again; 500 stands for more" }),
  createdAt: time,
  deliveredAt: time.nullable().meta({ description: "When a message last arrived" }),
  failingSince: time.nullable().meta({ description: "Since when none has arrived of those that were sent" }),
  rotatedAt: time.nullable().meta({ description: "When it got its present secret, if not at first" }),
};
const webhook = z.strictObject(webhookFields).meta({ id: "Webhook" });
const shownWebhook = z
  .strictObject({
    ...webhookFields,
    secret: z.string().meta({ description: "What messages are signed with, `whsec_` and base64; never shown again" }),
  })
  .meta({ id: "WebhookWithSecret" });

const delivery = z
  .strictObject({
    id: messageNumber,
    messageId: z.string().meta({ description: "The header `webhook-id`, the same in every attempt" }),
    event: z.enum([...WEBHOOK_EVENTS, TEST_EVENT]),
    body: z.string().meta({ description: "What is sent: JSON with `type`, `timestamp` and `data`" }),
    state: z.enum(["waiting", "delivered", "failed"]).meta({ description: "`failed`: it is not sent again by itself" }),
    attempts: count,
    status: z.int().nullable().meta({ description: "Of the last answer; null where there was none" }),
    fault: z
      .enum(["address", "redirect", "gone", "refused", "late", "unreachable"])
      .nullable()
      .meta({ description: "Why the last attempt failed; null where it did not, or there was none yet" }),
    createdAt: time,
    attemptedAt: time.nullable(),
    nextAt: time.nullable().meta({ description: "When it is sent next; null where it is over" }),
    deliveredAt: time.nullable(),
  })
  .meta({ id: "WebhookDelivery" });

const params = z.object({ id: webhookId });

const webhookOperations = {
  "GET /v1/admin/webhooks": {
    id: "listWebhooks",
    summary: "All webhooks, the oldest first",
    answers: { 200: json("At most 20", z.strictObject({ webhooks: z.array(webhook) }).meta({ id: "Webhooks" })) },
    problems: [],
  },
  "POST /v1/admin/webhooks": {
    id: "createWebhook",
    summary: "Adds an address that is told of events",
    body: jsonBody(newWebhookSchema),
    answers: { 201: json("The webhook with its secret", shownWebhook) },
    problems: [...BODY_PROBLEMS, "too_many_webhooks"],
  },
  "PATCH /v1/admin/webhooks/:id": {
    id: "changeWebhook",
    summary: "Changes a webhook, or switches it on or off",
    description: "Switched on again, it is sent at once what still waits; what happened meanwhile it is not told.",
    params,
    body: jsonBody(webhookChangeSchema),
    answers: { 200: json("The webhook", webhook) },
    problems: [...BODY_PROBLEMS, "not_found"],
  },
  "DELETE /v1/admin/webhooks/:id": {
    id: "deleteWebhook",
    summary: "Deletes a webhook with all its messages",
    params,
    answers: { 204: empty("It is gone") },
    problems: ["not_found"],
  },
  "POST /v1/admin/webhooks/:id/rotate": {
    id: "rotateWebhookSecret",
    summary: "Gives a webhook a new secret",
    description: "For a day messages carry a signature by the old one too.",
    params,
    answers: { 200: json("The webhook with its new secret", shownWebhook) },
    problems: ["bad_request", "not_found"],
  },
  "POST /v1/admin/webhooks/:id/test": {
    id: "testWebhook",
    summary: "Sends a message of the type `test`, now and once",
    params,
    answers: { 200: json("What came of it", delivery) },
    problems: ["not_found"],
  },
  "GET /v1/admin/webhooks/:id/deliveries": {
    id: "listWebhookDeliveries",
    summary: "What was sent to a webhook or is to be, newest first",
    params,
    query: numberedPage,
    answers: {
      200: json(
        "A page",
        z
          .strictObject({ deliveries: z.array(delivery), next: nextOf(messageNumber) })
          .meta({ id: "WebhookDeliveries" }),
      ),
    },
    problems: ["bad_request", "not_found"],
  },
  "POST /v1/admin/webhooks/:id/deliveries/:delivery/redeliver": {
    id: "redeliverWebhook",
    summary: "Sends a message again, now",
    description: "Under the id that it had; one that is on its way is left alone.",
    params: z.object({ id: webhookId, delivery: messageNumber }),
    answers: { 200: json("What came of it", delivery) },
    problems: ["not_found"],
  },
} as const satisfies OperationGroup["operations"];

/** The operations on webhooks. */
export const webhookGroup: OperationGroup = {
  tag: "Webhooks",
  description: "Other systems are told what happens, by signed messages (Standard Webhooks).",
  operations: webhookOperations,
};
