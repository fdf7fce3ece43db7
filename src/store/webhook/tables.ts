/**
 * Webhooks as Drizzle sees them (see `schema.ts`), and their bounds: how many, how long one is tried, how long is kept
 * what was sent. Not part of an export: the addresses are this deployment's, and their secrets are derived from its
 * own.
 */

import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { DAY_MS } from "../../shared/time.ts";
import type { DeliveryFault, TEST_EVENT, WebhookEvent } from "../../shared/webhook-events.ts";

/** Every event is written once for each, and each is called in turn. */
export const MAX_WEBHOOKS = 20;

/** Messages that wait for one webhook; while there are so many, nothing more is written for it. */
export const MAX_WAITING_MESSAGES = 500;

/** A webhook that has failed for so long, without one success, is dead. */
export const DEAD_AFTER_MS = 5 * DAY_MS;

/** A message that is older when an attempt at it fails is given up: later than a webhook dies, so that it is tried until then. */
export const GIVE_UP_MS = 6 * DAY_MS;

/** Both signatures are sent for so long after a secret was changed. */
export const OLD_SECRET_MS = DAY_MS;

/** Messages are kept for so long, and of those that are over the newest. */
export const KEPT_MESSAGE_DAYS = 30;
/** Of those that are over. */
export const KEPT_MESSAGES = 1_000;

/** The longest queue that `queue.long` can be asked for: more corrections are not counted. */
export const MAX_QUEUE_ABOVE = 1_999;
/** Where a webhook asks for `queue.long` without a number. */
export const USUAL_QUEUE_ABOVE = 50;

/** `off`: by staff; `gone`: the receiver said so (410); `dead`: it failed for days. Only those that are `on` are told anything. */
export const WEBHOOK_STATES = ["on", "off", "gone", "dead"] as const;

/** One row per address. Its secret is not stored (decision 68): `secretNumber` is which one it has. */
export const webhooks = sqliteTable("webhooks", {
  id: text("id").primaryKey().notNull(),
  url: text("url").notNull(),
  events: text("events", { mode: "json" }).$type<readonly WebhookEvent[]>().notNull(),
  queueAbove: integer("queue_above").notNull(),
  secretNumber: integer("secret_number").notNull().default(1),
  rotatedAt: integer("rotated_at"),
  state: text("state", { enum: WEBHOOK_STATES }).notNull().default("on"),
  failingSince: integer("failing_since"),
  deliveredAt: integer("delivered_at"),
  createdAt: integer("created_at").notNull(),
});

/** One row per message and webhook. It waits while `nextAt` is set; under `claim` it is being sent, until `nextAt` at most. */
export const webhookDeliveries = sqliteTable(
  "webhook_deliveries",
  {
    id: integer("id").primaryKey().notNull(),
    webhookId: text("webhook_id").notNull(),
    messageId: text("message_id").notNull(),
    event: text("event").$type<WebhookEvent | typeof TEST_EVENT>().notNull(),
    subject: text("subject"),
    body: text("body").notNull(),
    createdAt: integer("created_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    nextAt: integer("next_at"),
    claim: text("claim"),
    attemptedAt: integer("attempted_at"),
    status: integer("status"),
    fault: text("fault").$type<DeliveryFault>(),
    deliveredAt: integer("delivered_at"),
  },
  (table) => [
    index("webhook_deliveries_due").on(table.webhookId, table.nextAt).where(sql`next_at IS NOT NULL`),
    index("webhook_deliveries_log").on(table.webhookId, table.event, table.createdAt),
    index("webhook_deliveries_subject").on(table.subject).where(sql`subject IS NOT NULL`),
  ],
);
