/** Webhooks as Drizzle sees them: see `schema.ts`. Not part of an export: the addresses are this deployment's, and their secrets are derived from its own. */
import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { DeliveryFault, TEST_EVENT, WebhookEvent } from "../shared/webhook-events.ts";
import { WEBHOOK_STATES } from "./webhook-limits.ts";

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
