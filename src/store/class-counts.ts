/** How many examples each class has: in the statistics, and as the labels stand. Nothing here scans the examples. */
import { desc, eq } from "drizzle-orm";
import { NONE_ID } from "../shared/none-label.ts";
import type { Database } from "./database.ts";
import { countMoves } from "./pending-labels.ts";
import { classSums, statistics } from "./schema.ts";

/** Examples that the statistics hold, per class. Reads one row per class. */
export async function loadClassCounts(db: Database): Promise<Map<string, number>> {
  const rows = await db
    .select({ classId: classSums.classId, count: classSums.count })
    .from(classSums)
    .where(eq(classSums.slot, "current"));
  return new Map(rows.map((row) => [row.classId, row.count]));
}

/** Labels of each class as they stand, absorbed or not, "not on the menu" among them. Reads one row per class and those that wait. */
export async function countExamplesPerClass(db: Database): Promise<Map<string, number>> {
  return (await countLabels(db)).perClass;
}

/**
 * Labels stored, per class ("not on the menu" among them) and of all items together, and how many of any kind no run has taken
 * in as they stand.
 */
export async function countLabels(
  db: Database,
): Promise<{ examples: number; pending: number; perClass: Map<string, number> }> {
  const [perClass, strangers, moves] = await Promise.all([loadClassCounts(db), readStrangers(db), countMoves(db)]);
  perClass.set(NONE_ID, strangers);
  let pending = 0;
  for (const { from, to, count } of moves) {
    pending += count;
    if (from !== null) perClass.set(from, (perClass.get(from) ?? 0) - count);
    if (to !== null) perClass.set(to, (perClass.get(to) ?? 0) + count);
  }
  const all = [...perClass.values()].reduce((total, count) => total + count, 0);
  return { examples: all - (perClass.get(NONE_ID) ?? 0), pending, perClass };
}

/** Examples taken in as "not on the menu". Reads one row. */
async function readStrangers(db: Database): Promise<number> {
  const newest = db.select({ strangers: statistics.strangers }).from(statistics);
  const [row] = await newest.orderBy(desc(statistics.version)).limit(1);
  return row?.strangers ?? 0;
}
