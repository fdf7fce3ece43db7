/**
 * Messages on their way. A job claims each before it sends it, and notes the outcome only under that claim: two jobs at once never send
 * one message at the same time, and if a job dies, another sends its message once the claim has run out. So every message arrives at least
 * once, under one id.
 */
import { and, asc, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { noSuchDelivery, noSuchWebhook } from "../../shared/english/webhooks.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { DAY_MS } from "../../shared/time.ts";
import { type DeliveryFault, TEST_EVENT } from "../../shared/webhook-events.ts";
import { noteAuditOfChange } from "../audit-log.ts";
import type { Database } from "../database.ts";
import { noteTest } from "./note-event.ts";
import { DEAD_AFTER_MS, GIVE_UP_MS, KEPT_MESSAGE_DAYS, KEPT_MESSAGES, webhookDeliveries, webhooks } from "./tables.ts";
import { type StoredWebhook, selectOne } from "./webhooks.ts";

/** As it is stored; times are Unix ms. */
export type StoredDelivery = typeof webhookDeliveries.$inferSelect;

/** A message that is this job's to send, and where it goes. */
export interface ClaimedDelivery {
  readonly delivery: StoredDelivery;
  readonly webhook: StoredWebhook;
}

/** What came of an attempt. `status` is the answer's, null where there was none; `gone`: the receiver wants no more. */
export type AttemptOutcome =
  | { readonly status: number; readonly fault: null }
  | { readonly status: number | null; readonly fault: DeliveryFault };

/** Longer than an attempt and the writes around it take. */
const CLAIM_MS = 120_000;

/** Ids of webhooks with messages that are due; those that work first, so that none waits for one that does not. */
export async function listDueWebhooks(db: Database, now: number): Promise<string[]> {
  const isDue = sql`EXISTS (SELECT 1 FROM webhook_deliveries WHERE webhook_id = ${webhooks.id} AND next_at <= ${now})`;
  const rows = await db
    .select({ id: webhooks.id })
    .from(webhooks)
    .where(and(eq(webhooks.state, "on"), isDue))
    .orderBy(asc(webhooks.failingSince), asc(webhooks.createdAt)); // -- NULL sorts before every time
  return rows.map(({ id }) => id);
}

/** Claims the webhook's message that has been due longest; null if none is left. */
export async function claimNext(db: Database, webhookId: string, now: number): Promise<ClaimedDelivery | null> {
  const isOn = sql`EXISTS (SELECT 1 FROM webhooks WHERE id = ${webhookId} AND state = 'on')`;
  const first = sql`(SELECT id FROM webhook_deliveries WHERE webhook_id = ${webhookId} AND next_at <= ${now} AND ${isOn} ORDER BY next_at, id LIMIT 1)`;
  return claim(db, webhookId, sql`${webhookDeliveries.id} = ${first}`, now);
}

/** Claims one message, over or not, unless it is on its way already. Error: `not_found`. */
export async function claimAgain(
  db: Database,
  webhookId: string,
  id: number,
  actor: string,
  now: number,
): Promise<Result<ClaimedDelivery & { readonly isClaimed: boolean }, Problem>> {
  const [[webhook], [found]] = await db.batch([
    selectOne(db, webhookId),
    db.select().from(webhookDeliveries).where(isOne(webhookId, id)),
  ]);
  if (webhook === undefined) return err(noSuchWebhook({ webhook: webhookId }));
  if (found === undefined) return err(noSuchDelivery({ webhook: webhookId, delivery: id }));
  const isFree = sql`(claim IS NULL OR coalesce(next_at, 0) <= ${now})`;
  const detail = { webhook: webhookId, delivery: id };
  const note = noteAuditOfChange(db, { at: now, actor, action: "webhook.redeliver", detail });
  const claimed = await claim(db, webhookId, and(isOne(webhookId, id), isFree), now, note);
  return ok(claimed === null ? { delivery: found, webhook, isClaimed: false } : { ...claimed, isClaimed: true });
}

/** Writes a message without news and claims it. Error: `not_found`. */
export async function claimTest(
  db: Database,
  webhookId: string,
  actor: string,
  now: number,
): Promise<Result<ClaimedDelivery, Problem>> {
  const audit = { at: now, actor, action: "webhook.test", detail: { webhook: webhookId } } as const;
  const [[made]] = await db.batch([noteTest(db, webhookId, now), noteAuditOfChange(db, audit)]);
  const claimed = made && (await claim(db, webhookId, isOne(webhookId, made.id), now));
  return claimed ? ok(claimed) : err(noSuchWebhook({ webhook: webhookId }));
}

/**
 * Notes the outcome of an attempt, unless another job has claimed the message since. After failures a success makes everything that waits
 * for the webhook due at once. A failure puts the message off until `retryAt`, and ends a webhook that is gone or has failed for days.
 * Returns the message as it is then; null if somebody has deleted it meanwhile.
 */
export async function storeOutcome(
  db: Database,
  { delivery }: ClaimedDelivery,
  { status, fault }: AttemptOutcome,
  { now, retryAt }: { readonly now: number; readonly retryAt: number },
): Promise<StoredDelivery | null> {
  const isMine = and(eq(webhookDeliveries.id, delivery.id), eq(webhookDeliveries.claim, sql`${delivery.claim}`));
  const isOver = delivery.event === TEST_EVENT || now - delivery.createdAt >= GIVE_UP_MS;
  const nextAt = fault === null || isOver ? null : retryAt;
  const done = fault === null ? { deliveredAt: now } : {};
  const [, [row]] = await db.batch([
    db
      .update(webhookDeliveries)
      .set({ status, fault, nextAt, claim: null, ...done })
      .where(isMine),
    db.select().from(webhookDeliveries).where(eq(webhookDeliveries.id, delivery.id)),
    ...(fault === null ? noteSuccess(db, delivery, now) : noteFailure(db, delivery, fault, now)),
  ]);
  return row ?? null;
}

function noteSuccess(db: Database, { webhookId }: StoredDelivery, now: number) {
  const wasFailing = sql`EXISTS (SELECT 1 FROM webhooks WHERE id = ${webhookId} AND failing_since IS NOT NULL)`;
  const waits = sql`${webhookDeliveries.webhookId} = ${webhookId} AND next_at > ${now} AND claim IS NULL`;
  return [
    db.update(webhookDeliveries).set({ nextAt: now }).where(sql`${waits} AND ${wasFailing}`),
    db.update(webhooks).set({ failingSince: null, deliveredAt: now }).where(eq(webhooks.id, webhookId)),
  ] as const;
}

/** A failed test does not say for how long: Headstart does not repeat it. */
function noteFailure(db: Database, { webhookId, event }: StoredDelivery, fault: DeliveryFault, now: number) {
  const failingSince = event === TEST_EVENT ? webhooks.failingSince : sql`coalesce(${webhooks.failingSince}, ${now})`;
  const isLong = sql`${webhooks.state} = 'on' AND ${webhooks.failingSince} <= ${now - DEAD_AFTER_MS}`;
  const state = fault === "gone" ? sql`'gone'` : sql`CASE WHEN ${isLong} THEN 'dead' ELSE ${webhooks.state} END`;
  const isEnded = sql`EXISTS (SELECT 1 FROM webhooks WHERE id = ${webhookId} AND state IN ('gone', 'dead'))`;
  return [
    db
      .update(webhooks)
      .set({ failingSince: sql`${failingSince}`, state })
      .where(eq(webhooks.id, webhookId)),
    db
      .update(webhookDeliveries)
      .set({ nextAt: null })
      .where(sql`${webhookDeliveries.webhookId} = ${webhookId} AND next_at IS NOT NULL AND ${isEnded}`),
  ] as const;
}

/** Newest first, from the one behind the id `after`. */
export async function listDeliveries(
  db: Database,
  webhookId: string,
  limit: number,
  after: number | null,
): Promise<StoredDelivery[]> {
  const isBehind = after === null ? undefined : lt(webhookDeliveries.id, after);
  return db
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.webhookId, webhookId), isBehind))
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit);
}

/** Lets go what is old, waiting or not, and what is over beyond the newest. Returns how many. */
export async function cutBackDeliveries(db: Database, now: number): Promise<number> {
  const newest = sql`(SELECT id FROM webhook_deliveries WHERE next_at IS NULL ORDER BY id DESC LIMIT ${KEPT_MESSAGES})`;
  const isSurplus = sql`(next_at IS NULL AND id NOT IN ${newest})`;
  const gone = await db
    .delete(webhookDeliveries)
    .where(sql`${webhookDeliveries.createdAt} < ${now - KEPT_MESSAGE_DAYS * DAY_MS} OR ${isSurplus}`)
    .returning({ id: webhookDeliveries.id });
  return gone.length;
}

async function claim(
  db: Database,
  webhookId: string,
  which: SQL | undefined,
  now: number,
  ...notes: ReturnType<typeof noteAuditOfChange>[]
): Promise<ClaimedDelivery | null> {
  const [[delivery], [webhook]] = await db.batch([
    db
      .update(webhookDeliveries)
      .set({
        claim: crypto.randomUUID(),
        nextAt: now + CLAIM_MS,
        attemptedAt: now,
        attempts: sql`${webhookDeliveries.attempts} + 1`,
      })
      .where(which)
      .returning(),
    selectOne(db, webhookId),
    ...notes,
  ]);
  return delivery === undefined || webhook === undefined ? null : { delivery, webhook };
}

function isOne(webhookId: string, id: number) {
  return and(eq(webhookDeliveries.webhookId, webhookId), eq(webhookDeliveries.id, id));
}
