/**
 * Webhooks: make, list, change, give another secret, delete; and how they are doing, for a monitor. Their secrets are
 * no concern of the store's, which keeps their numbers.
 */
import { and, asc, count, eq, inArray, sql } from "drizzle-orm";
import { noSuchWebhook, tooManyWebhooks } from "../../shared/english/webhooks.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { noteAuditOfChange } from "../audit-log.ts";
import type { Database } from "../database.ts";
import { MAX_WAITING_MESSAGES, MAX_WEBHOOKS, type WEBHOOK_STATES, webhookDeliveries, webhooks } from "./tables.ts";

/** As it is stored; times are Unix ms. */
export type StoredWebhook = typeof webhooks.$inferSelect;
/** With how many messages wait for it. */
export type ListedWebhook = StoredWebhook & { readonly waiting: number };

/** What staff choose. */
export type WebhookChoice = Pick<StoredWebhook, "url" | "events" | "queueAbove">;

const ofHook = sql`FROM webhook_deliveries WHERE webhook_id = "webhooks"."id" AND next_at IS NOT NULL`;
const COLUMNS = {
  id: webhooks.id,
  url: webhooks.url,
  events: webhooks.events,
  queueAbove: webhooks.queueAbove,
  secretNumber: webhooks.secretNumber,
  rotatedAt: webhooks.rotatedAt,
  state: webhooks.state,
  failingSince: webhooks.failingSince,
  deliveredAt: webhooks.deliveredAt,
  createdAt: webhooks.createdAt,
  waiting: sql<number>`(SELECT count(*) FROM (SELECT 1 ${ofHook} LIMIT ${MAX_WAITING_MESSAGES}))`,
};

/** A new webhook's id: `w_` and 64 random bits in hex. It is no secret. */
export function makeWebhookId(): string {
  return `w_${crypto.getRandomValues(new Uint8Array(8)).toHex()}`;
}

/** All of them, the oldest first. */
export async function listWebhooks(db: Database): Promise<ListedWebhook[]> {
  return db.select(COLUMNS).from(webhooks).orderBy(asc(webhooks.createdAt), asc(webhooks.id));
}

/** How many were given up: gone, or dead. */
export async function countEndedWebhooks(db: Database): Promise<number> {
  return db.$count(webhooks, inArray(webhooks.state, ["gone", "dead"]));
}

/** The webhook with this id. Error: `not_found`. */
export async function findWebhook(db: Database, id: string): Promise<Result<ListedWebhook, Problem>> {
  const [found] = await selectOne(db, id);
  return found === undefined ? err(noSuchWebhook({ webhook: id })) : ok(found);
}

/** Adds one that is on. Error: `too_many_webhooks`. */
export async function createWebhook(
  db: Database,
  id: string,
  { url, events, queueAbove }: WebhookChoice,
  actor: string,
  now: number,
): Promise<Result<ListedWebhook, Problem>> {
  const isFree = sql`(SELECT count(*) FROM webhooks) < ${MAX_WEBHOOKS}`;
  const [, , [made]] = await db.batch([
    db
      .insert(webhooks)
      .select(
        sql`SELECT ${id}, ${url}, ${JSON.stringify(events)}, ${queueAbove}, 1, NULL, 'on', NULL, NULL, ${now} WHERE ${isFree}`,
      ),
    noteAuditOfChange(db, { at: now, actor, action: "webhook.create", detail: { webhook: id } }),
    selectOne(db, id),
  ]);
  return made === undefined ? err(tooManyWebhooks({ limit: MAX_WEBHOOKS })) : ok(made);
}

/** What is absent stays. */
type WebhookChange = { readonly [Field in keyof WebhookChoice]?: WebhookChoice[Field] | undefined } & {
  readonly isOn?: boolean | undefined;
};

/** Changes what is given. Switched on again it begins again: earlier failures are forgotten, and what waits is sent at once. Error: `not_found`. */
export async function changeWebhook(
  db: Database,
  id: string,
  { isOn, ...choice }: WebhookChange,
  actor: string,
  now: number,
): Promise<Result<ListedWebhook, Problem>> {
  const state = isOn === undefined ? {} : { state: isOn ? ("on" as const) : ("off" as const), failingSince: null };
  const fields = [...Object.keys(choice), ...(isOn === undefined ? [] : ["on"])].sort().join(" ");
  const isDue = and(eq(webhookDeliveries.webhookId, id), sql`next_at > ${now} AND claim IS NULL AND changes() > 0`);
  const [, , , [changed]] = await db.batch([
    db
      .update(webhooks)
      .set({ ...choice, ...state, id })
      .where(eq(webhooks.id, id)),
    noteAuditOfChange(db, { at: now, actor, action: "webhook.change", detail: { webhook: id, fields } }),
    db
      .update(webhookDeliveries)
      .set({ nextAt: now })
      .where(isOn === true ? isDue : sql`false`),
    selectOne(db, id),
  ]);
  return changed === undefined ? err(noSuchWebhook({ webhook: id })) : ok(changed);
}

/** Gives it the next secret; for a day messages are signed with the one before as well. Error: `not_found`. */
export async function rotateWebhookSecret(
  db: Database,
  id: string,
  actor: string,
  now: number,
): Promise<Result<ListedWebhook, Problem>> {
  const [, , [rotated]] = await db.batch([
    db
      .update(webhooks)
      .set({ secretNumber: sql`${webhooks.secretNumber} + 1`, rotatedAt: now })
      .where(eq(webhooks.id, id)),
    noteAuditOfChange(db, { at: now, actor, action: "webhook.rotate", detail: { webhook: id } }),
    selectOne(db, id),
  ]);
  return rotated === undefined ? err(noSuchWebhook({ webhook: id })) : ok(rotated);
}

/** Deletes it with all its messages. Error: `not_found`. */
export async function deleteWebhook(
  db: Database,
  id: string,
  actor: string,
  now: number,
): Promise<Result<void, Problem>> {
  const [gone] = await db.batch([
    db.delete(webhooks).where(eq(webhooks.id, id)).returning({ id: webhooks.id }),
    noteAuditOfChange(db, { at: now, actor, action: "webhook.delete", detail: { webhook: id } }),
    db.delete(webhookDeliveries).where(eq(webhookDeliveries.webhookId, id)),
  ]);
  return gone.length === 0 ? err(noSuchWebhook({ webhook: id })) : ok(undefined);
}

/** The statement that reads one. */
export function selectOne(db: Database, id: string) {
  return db.select(COLUMNS).from(webhooks).where(eq(webhooks.id, id));
}

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
    failing: sumOf("failing"),
    waiting: sumOf("waiting"),
    waitingTried: sumOf("waitingTried"),
  };
}
