/**
 * Daily quotas: requests counted in memory by subject, and brought to the database in batches beside an answer, never for it. What an
 * isolate knows of the others is as old as its last batch, so a quota is kept to within what all isolates count in that time.
 */
import { lt, sql } from "drizzle-orm";
import { remember } from "../../shared/remember.ts";
import { dayOf, hasPassed } from "../../shared/time.ts";
import type { Database } from "../database.ts";
import { dailyUsage } from "./tables.ts";

/* How much each key and each guest's network asked for on a day. Isolates add what they counted, and learn the sum of all. */

/**
 * Adds these counts to a day's, and returns the sums of all isolates by subject. One statement, whatever the number of subjects. `day`
 * is the number of days since 1970, in UTC.
 */
async function addDailyUsage(
  db: Database,
  day: number,
  counts: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  const pairs = JSON.stringify([...counts]);
  const rows = await db
    .insert(dailyUsage)
    // Without the WHERE the parser takes ON CONFLICT for the condition of a join.
    .select(sql`SELECT ${day}, value ->> 0, value ->> 1 FROM json_each(${pairs}) WHERE true`)
    .onConflictDoUpdate({
      target: [dailyUsage.day, dailyUsage.subject],
      set: { requests: sql`requests + excluded.requests` },
    })
    .returning({ subject: dailyUsage.subject, requests: dailyUsage.requests });
  return new Map(rows.map(({ subject, requests }) => [subject, requests]));
}

/** Drops the days before `day`. */
export async function dropUsageBefore(db: Database, day: number): Promise<void> {
  await db.delete(dailyUsage).where(lt(dailyUsage.day, day));
}

/** Between two batches of an isolate: six statements a minute at most, however many requests. */
export const FLUSH_INTERVAL_MS = 10_000;

/** A batch is brought earlier rather than let this many subjects pile up. */
const MAX_SUBJECTS = 5_000;

/** Subjects whose sums an isolate remembers, and as many whose requests it has not brought: about two megabytes each. */
const MAX_KNOWN = 20_000;

/** `now` is Unix ms; the count starts again with each UTC day. */
export interface UsageCounter {
  /** Counts a request unless the subject has had `quota` today; false then. */
  take(subject: string, quota: number, now: number): boolean;
  /** Whether a batch is due. */
  isDue(now: number): boolean;
  /** Adds the counts to the database, learns those of other isolates, and keeps what it could not add. */
  flush(db: Database, now: number): Promise<void>;
}

/** Made once per isolate; what it has not brought when the isolate ends is lost. */
export function createUsageCounter(): UsageCounter {
  let day = 0;
  /** What the database said last, and what has been counted since. */
  let stored = new Map<string, number>();
  let fresh = new Map<string, number>();
  let flushedAt = 0;

  function startDay(now: number): void {
    const today = dayOf(now);
    if (today === day) return;
    // What is left of yesterday is a few seconds of requests that no quota asks about any more.
    [day, stored, fresh] = [today, new Map(), new Map()];
  }

  return {
    take(subject, quota, now) {
      startDay(now);
      const count = fresh.get(subject) ?? 0;
      if ((stored.get(subject) ?? 0) + count >= quota) return false;
      addFresh(subject, 1);
      return true;
    },
    isDue: (now) => fresh.size > 0 && (hasPassed(flushedAt, FLUSH_INTERVAL_MS, now) || fresh.size >= MAX_SUBJECTS),
    async flush(db, now) {
      startDay(now);
      flushedAt = now;
      const [counts, of] = [fresh, day];
      fresh = new Map();
      for (const [subject, count] of counts) addStored(subject, count);
      try {
        const sums = await addDailyUsage(db, of, counts);
        if (of === day) learn(sums);
      } catch (error) {
        if (of === day) for (const [subject, count] of counts) restore(subject, count);
        throw error;
      }
    },
  };

  function learn(sums: ReadonlyMap<string, number>): void {
    for (const [subject, sum] of sums) remember(stored, subject, sum, MAX_KNOWN);
  }

  function restore(subject: string, count: number): void {
    addStored(subject, -count);
    addFresh(subject, count);
  }

  function addStored(subject: string, count: number): void {
    const sum = (stored.get(subject) ?? 0) + count;
    if (sum > 0) remember(stored, subject, sum, MAX_KNOWN);
    else stored.delete(subject);
  }

  /** While the database takes nothing, those who come when so many are known go uncounted. */
  function addFresh(subject: string, count: number): void {
    const known = fresh.get(subject);
    if (known !== undefined || fresh.size < MAX_KNOWN) fresh.set(subject, (known ?? 0) + count);
  }
}
