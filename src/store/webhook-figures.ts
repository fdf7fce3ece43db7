/** How webhooks are doing, for a monitor: by state, and what waits for them. */
import { count, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { MAX_WAITING_MESSAGES, type WEBHOOK_STATES } from "./webhook-limits.ts";
import { webhooks } from "./webhook-schema.ts";

/** For all webhooks together. */
export interface WebhookFigures {
  readonly byState: Readonly<Record<(typeof WEBHOOK_STATES)[number], number>>;
  /** Those whose newest attempts failed. */
  readonly failing: number;
  /** Messages that wait, and of these the ones that were tried in vain. */
  readonly waiting: number;
  readonly waitingTried: number;
}

const ofWaiting = sql`FROM webhook_deliveries WHERE webhook_id = "webhooks"."id" AND next_at IS NOT NULL LIMIT ${MAX_WAITING_MESSAGES}`;

/** One statement: it reads a row per webhook, and twice each waiting message, of which a webhook has at most `MAX_WAITING_MESSAGES`. */
export function selectWebhookFigures(db: Database) {
  return db
    .select({
      state: webhooks.state,
      webhooks: count(),
      failing: count(webhooks.failingSince),
      waiting: sql<number>`sum((SELECT count(*) FROM (SELECT 1 ${ofWaiting})))`,
      waitingTried: sql<number>`sum((SELECT count(fault) FROM (SELECT fault ${ofWaiting})))`,
    })
    .from(webhooks)
    .groupBy(webhooks.state);
}

/** From the rows of `selectWebhookFigures`; there is none for a state that no webhook has. */
export function addWebhookFigures(rows: Awaited<ReturnType<typeof selectWebhookFigures>>): WebhookFigures {
  const sumOf = (name: "failing" | "waiting" | "waitingTried") => rows.reduce((sum, row) => sum + row[name], 0);
  const inState = (state: string) => rows.find((row) => row.state === state)?.webhooks ?? 0;
  return {
    byState: { on: inState("on"), off: inState("off"), gone: inState("gone"), dead: inState("dead") },
    ...{ failing: sumOf("failing"), waiting: sumOf("waiting"), waitingTried: sumOf("waitingTried") },
  };
}
