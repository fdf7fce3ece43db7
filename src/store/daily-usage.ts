/** How much each key and each guest's network asked for on a day. Isolates add what they counted, and learn the sum of all. */
import { lt, sql } from "drizzle-orm";
import { dailyUsage } from "./access-schema.ts";
import type { Database } from "./database.ts";

/**
 * Adds these counts to a day's, and returns the sums of all isolates by subject. One statement, whatever the number of subjects. `day`
 * is the number of days since 1970, in UTC.
 */
export async function addDailyUsage(
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
