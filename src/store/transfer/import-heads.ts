/**
 * Heads, the version of the statistics and the pointer to the live head. They belong to the deployment that
 * made them: a restore takes them as they are, a merge leaves them out.
 */

import { eq, inArray, sql } from "drizzle-orm";
import { isNotMerged, liveIsMissing } from "../../shared/english/rows.ts";
import { type Database, jsonList } from "../database.ts";
import { deployment, heads, statistics } from "../schema.ts";
import { fate, type ImportContext, type ImportRow, type RowFate, runGuarded } from "./import-batch.ts";
import { insertMissing } from "./insert-rows.ts";

/** Tables whose rows are numbered, and restored by number. */
const NUMBERED = {
  head: { table: heads, key: heads.version, name: "version" },
  statistics: { table: statistics, key: statistics.version, name: "version" },
} as const;

/**
 * For tables whose rows have numbers of their own. A number that is taken here is `present`; a merge leaves all of them
 * out.
 */
export async function importNumbered(
  context: ImportContext,
  kind: keyof typeof NUMBERED,
  items: readonly ImportRow[],
): Promise<RowFate[]> {
  if (context.mode === "merge") return leaveOut(items);
  const { table, key, name } = NUMBERED[kind];
  const numbers = items.map(({ row }) => String(row[name]));
  const rows = await context.db
    .select({ key })
    .from(table)
    .where(inArray(key, jsonList(numbers)));
  const known = new Set(rows.map((row) => String(row.key)));
  const missing = items.filter((_, i) => !known.has(numbers[i]) && numbers.indexOf(numbers[i]) === i);
  // -- no squared norms: what statistics hold is rebuilt from the examples, and the version tells heads what they have seen
  const extra = kind === "statistics" ? { squaredNorms: 0 } : {};
  const values = missing.map(({ row }) => ({ ...row, ...extra }));
  for (const chunk of kind === "head" ? values.map((row) => [row]) : [values]) {
    await runGuarded(context, insertMissing(context.db, table, chunk));
  }
  return items.map((item) => fate(item, missing.includes(item) ? "stored" : "present"));
}

/** Points to the head that was live, if it is here and still has its weights. */
export async function importDeployment(context: ImportContext, items: readonly ImportRow[]): Promise<RowFate[]> {
  if (context.mode === "merge") return leaveOut(items);
  const fates: RowFate[] = [];
  for (const item of items) {
    const { liveHead, archiveRevision, isHeld } = item.row;
    if (liveHead !== null && !(await canAnswer(context.db, Number(liveHead)))) {
      fates.push(fate(item, "refused", liveIsMissing({ version: Number(liveHead) })));
      continue;
    }
    const values = {
      liveHead: liveHead === null ? null : Number(liveHead),
      archiveRevision: Number(archiveRevision),
      isHeld: isHeld === true,
      menuRevision: sql`${deployment.menuRevision} + 1`,
    };
    await runGuarded(context, [context.db.update(deployment).set(values).where(eq(deployment.id, 1))]);
    fates.push(fate(item, "stored"));
  }
  return fates;
}

async function canAnswer(db: Database, version: number): Promise<boolean> {
  const [head] = await db.select({ purgedAt: heads.purgedAt }).from(heads).where(eq(heads.version, version));
  return head?.purgedAt === null;
}

/** Rows that a merge does not take. */
export function leaveOut(items: readonly ImportRow[]): RowFate[] {
  return items.map((item) => fate(item, "leftOut", isNotMerged()));
}
