/**
 * Writes down messages for webhooks, as statements for the batch that does what they report: either both happen or neither does.
 * They write a row per webhook that wants the event; without one they look at an empty table and write nothing.
 */
import { type SQL, sql } from "drizzle-orm";
import { type EventData, TEST_EVENT, type WebhookEvent, writeMessage } from "../../shared/webhook-events.ts";
import type { Database } from "../database.ts";
import { MAX_PENDING_REVIEWS } from "../reviews/review-limits.ts";
import { MAX_WAITING_MESSAGES, webhookDeliveries } from "./tables.ts";

const HOUR_MS = 3_600_000;

/** What goes on is told once in so many ms, not with every run or night that finds it so. */
const QUIET_MS: Readonly<Record<WebhookEvent, number>> = {
  "head.published": 0,
  "head.held": 0,
  "suggestion.new": 0,
  "run.failed": 6 * HOUR_MS,
  "drift.warned": 20 * HOUR_MS,
  "queue.long": 24 * HOUR_MS,
  "backup.failed": 20 * HOUR_MS,
};

/** Something that happened at `at` (Unix ms). */
interface Happening<E extends WebhookEvent> {
  readonly event: E;
  readonly at: number;
  readonly data: EventData[E];
  /** Id of the guest's wish that the message repeats, so that forgetting the wish forgets the message. */
  readonly subject?: string;
}

/** The statement that notes it, where `condition` holds as it is carried out. */
export function noteEvent<E extends WebhookEvent>(
  db: Database,
  { event, at, data, subject }: Happening<E>,
  condition: SQL = sql`true`,
) {
  return insertFor(db, event, { at, body: sql`${writeMessage(event, at, data)}`, subject }, condition);
}

/** The statement that notes a queue longer than a webhook wants it: each has a length of its own. Counts nothing where no webhook asks. */
export function noteLongQueue(db: Database, at: number) {
  const waiting = sql`(SELECT count(*) FROM (SELECT 1 FROM reviews WHERE status = 'pending' LIMIT ${MAX_PENDING_REVIEWS}))`;
  const frame = writeMessage("queue.long", at, {});
  const body = sql`json_set(${frame}, '$.data.waiting', ${waiting}, '$.data.above', queue_above)`;
  return insertFor(db, "queue.long", { at, body }, sql`${waiting} > queue_above`);
}

/** The statement that notes why a backup failed, in English, where the statement before it in the batch changed a row. */
export function noteBackupFailed(db: Database, message: string, at: number) {
  return noteEvent(db, { event: "backup.failed", at, data: { message } }, sql`changes() > 0`);
}

/** The statement that writes a test message for one webhook in any state; nothing if it does not exist. */
export function noteTest(db: Database, webhookId: string, at: number) {
  const body = sql`${writeMessage(TEST_EVENT, at, {})}`;
  return db
    .insert(webhookDeliveries)
    .select(sql`SELECT ${rowOf(TEST_EVENT, { at, body })} FROM webhooks WHERE id = ${webhookId}`)
    .returning({ id: webhookDeliveries.id });
}

/** The statement that deletes messages about a wish that nobody has any more. */
export function forgetNoted(db: Database) {
  const isGone = sql`NOT EXISTS (SELECT 1 FROM suggestions WHERE suggestions.id = ${webhookDeliveries.subject})`;
  return db.delete(webhookDeliveries).where(sql`${webhookDeliveries.subject} IS NOT NULL AND ${isGone}`);
}

interface Message {
  readonly at: number;
  readonly body: SQL;
  readonly subject?: string | undefined;
}

function insertFor(db: Database, event: WebhookEvent, message: Message, condition: SQL) {
  const ofHook = sql`FROM webhook_deliveries WHERE webhook_id = webhooks.id`;
  const hasRoom = sql`(SELECT count(*) FROM (SELECT 1 ${ofHook} AND next_at IS NOT NULL LIMIT ${MAX_WAITING_MESSAGES})) < ${MAX_WAITING_MESSAGES}`;
  const since = message.at - QUIET_MS[event];
  const isTold = sql`EXISTS (SELECT 1 ${ofHook} AND event = ${event} AND created_at > ${since})`;
  const isNew = QUIET_MS[event] === 0 ? sql`true` : sql`NOT ${isTold}`;
  // CASE carries nothing further out where the webhook does not ask.
  const isWanted = sql`EXISTS (SELECT 1 FROM json_each(webhooks.events) WHERE value = ${event})`;
  return db
    .insert(webhookDeliveries)
    .select(
      sql`SELECT ${rowOf(event, message)} FROM webhooks WHERE state = 'on' AND CASE WHEN ${isWanted} THEN ${hasRoom} AND ${isNew} AND ${condition} END`,
    );
}

/** In the order of the table's columns. */
function rowOf(event: string, { at, body, subject = undefined }: Message): SQL {
  const messageId = sql`'msg_' || lower(hex(randomblob(12)))`;
  return sql`NULL, webhooks.id, ${messageId}, ${event}, ${subject ?? null}, ${body}, ${at}, 0, ${at}, NULL, NULL, NULL, NULL, NULL`;
}
