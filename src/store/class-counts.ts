/** How many examples each class has: in the statistics, and as the labels stand. Nothing here scans the examples. */
import { eq } from "drizzle-orm";
import type { Database } from "./database.ts";
import { countMoves } from "./pending-labels.ts";
import { classSums } from "./schema.ts";

/** Examples that the statistics hold, per class. Reads one row per class. */
export async function loadClassCounts(db: Database): Promise<Map<string, number>> {
  const rows = await db
    .select({ classId: classSums.classId, count: classSums.count })
    .from(classSums)
    .where(eq(classSums.slot, "current"));
  return new Map(rows.map((row) => [row.classId, row.count]));
}

/** Labels of each class as they stand, absorbed or not. Reads one row per class and those that wait. */
export async function countExamplesPerClass(db: Database): Promise<Map<string, number>> {
  return (await countLabels(db)).perClass;
}

/** Labels stored, in all and per class, and how many of them the statistics do not yet hold as they stand. */
export async function countLabels(
  db: Database,
): Promise<{ examples: number; pending: number; perClass: Map<string, number> }> {
  const perClass = await loadClassCounts(db);
  let examples = [...perClass.values()].reduce((total, count) => total + count, 0);
  let pending = 0;
  for (const { from, to, count } of await countMoves(db)) {
    pending += count;
    if (from !== null) perClass.set(from, (perClass.get(from) ?? 0) - count);
    if (to !== null) perClass.set(to, (perClass.get(to) ?? 0) + count);
    examples += (to === null ? 0 : count) - (from === null ? 0 : count);
  }
  return { examples, pending, perClass };
}
