/**
 * Writes that a client may send again: the first request with a key claims its row, does the work and leaves the answer there. A claim
 * has its time for a name, so that a request that came back from the dead cannot overwrite the answer of the next one.
 */

import { and, eq, isNull, lt, sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { DAY_MS } from "../../shared/time.ts";
import type { Database } from "../database.ts";

/** Claimed first and filled in later: `status` and `body` are null while the first try is still at work. */
export const repeatableAnswers = sqliteTable(
  "repeatable_answers",
  {
    keyHash: text("key_hash").primaryKey().notNull(),
    claimedAt: integer("claimed_at").notNull(),
    requestHash: text("request_hash"),
    status: integer("status"),
    body: text("body"),
  },
  (table) => [index("repeatable_answers_claimed").on(table.claimedAt)],
);

/** After which a claim without an answer is taken for crashed, in ms. */
const CLAIM_MS = 60_000;
/** How long an answer can be had again, in ms. */
export const ANSWER_MS = DAY_MS;

/** An answer as it was given. */
export interface RepeatableAnswer {
  /** SHA-256, in hex, of the request that it answered. */
  readonly requestHash: string;
  readonly status: number;
  /** Empty where the answer had no body. */
  readonly body: string;
}

/** `claimed`: the work is the caller's. `busy`: somebody else is at it. */
type Claim = "claimed" | "busy" | RepeatableAnswer;

/** Claims a key at `now` (Unix time in ms), or says what is there. One statement where it is free, two otherwise. */
export async function claimKey(db: Database, keyHash: string, now: number): Promise<Claim> {
  const { claimedAt, status } = repeatableAnswers;
  const isCrashed = sql`${status} IS NULL AND ${claimedAt} < ${now - CLAIM_MS}`;
  const isOutdated = sql`${status} IS NOT NULL AND ${claimedAt} < ${now - ANSWER_MS}`;
  const claimed = await db
    .insert(repeatableAnswers)
    .values({ keyHash, claimedAt: now })
    .onConflictDoUpdate({
      target: repeatableAnswers.keyHash,
      set: { claimedAt: now, requestHash: null, status: null, body: null },
      setWhere: sql`(${isCrashed}) OR (${isOutdated})`,
    })
    .returning({ keyHash: repeatableAnswers.keyHash });
  if (claimed.length > 0) return "claimed";
  const [found] = await db.select().from(repeatableAnswers).where(eq(repeatableAnswers.keyHash, keyHash));
  // None: the claimant has just given the key back, so the next one may follow at once.
  if (found === undefined || found.requestHash === null || found.status === null) return "busy";
  return { requestHash: found.requestHash, status: found.status, body: found.body ?? "" };
}

/** Leaves the answer under the claim of `claimedAt`, unless somebody has taken it over. */
export async function keepAnswer(
  db: Database,
  keyHash: string,
  claimedAt: number,
  answer: RepeatableAnswer,
): Promise<void> {
  await db.update(repeatableAnswers).set(answer).where(isOwnClaim(keyHash, claimedAt));
}

/** Gives the key back, for an answer that the next try need not get. */
export async function releaseKey(db: Database, keyHash: string, claimedAt: number): Promise<void> {
  await db.delete(repeatableAnswers).where(isOwnClaim(keyHash, claimedAt));
}

/** Deletes claims from more than a day before `now`. */
export async function dropOutdatedAnswers(db: Database, now: number): Promise<void> {
  await db.delete(repeatableAnswers).where(lt(repeatableAnswers.claimedAt, now - ANSWER_MS));
}

function isOwnClaim(keyHash: string, claimedAt: number) {
  const { keyHash: key, claimedAt: at, status } = repeatableAnswers;
  return and(eq(key, keyHash), eq(at, claimedAt), isNull(status));
}
