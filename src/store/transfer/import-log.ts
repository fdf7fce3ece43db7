/**
 * The audit log of a file beside the deployment's own entries, from its set-up or from during the restore. The file's keep their
 * numbers; ours make room and come after them when the restore ends. None is lost.
 */
import { inArray, sql } from "drizzle-orm";
import { type Database, jsonList, type Statement } from "../database.ts";
import { auditLog } from "../schema.ts";
import { fate, type ImportContext, type ImportRow, type RowFate, runGuarded } from "./import-batch.ts";
import { insertMissing } from "./insert-rows.ts";

/** Fates come in the order of `items`; an entry that is here word for word is not written again. */
export async function importLog(context: ImportContext, items: readonly ImportRow[]): Promise<RowFate[]> {
  const { db } = context;
  const ids = items.map(({ row }) => Number(row.id));
  const rows = await db
    .select()
    .from(auditLog)
    .where(inArray(auditLog.id, jsonList(ids.map(String))));
  const known = new Map(rows.map((row) => [row.id, row]));
  const missing = items.filter(
    ({ row }, i) => ids.indexOf(Number(row.id)) === i && !isSame(row, known.get(Number(row.id))),
  );
  const taken = missing.map(({ row }) => String(row.id)).filter((id) => known.has(Number(id)));
  await runGuarded(context, [
    ...(taken.length === 0 ? [] : [moveAside(db, taken)]),
    ...insertMissing(
      db,
      auditLog,
      missing.map(({ row }) => row),
    ),
  ]);
  return items.map((item) => fate(item, missing.includes(item) ? "stored" : "present"));
}

function isSame(row: ImportRow["row"], ours: typeof auditLog.$inferSelect | undefined): boolean {
  return ours !== undefined && Object.entries(ours).every(([name, value]) => row[name] === value);
}

/** Out of the way of the file's numbers, which begin at 1. */
function moveAside(db: Database, ids: readonly string[]): Statement {
  return db
    .update(auditLog)
    .set({ id: sql`-${auditLog.id}` })
    .where(inArray(auditLog.id, jsonList(ids)));
}

/** The statements that end a restore: they put the entries moved aside behind the file's, in their order. */
export function settleLog(db: Database): [Statement] {
  const top = sql`(SELECT max(id) AS top FROM audit_log) AS last`;
  return [
    db
      .update(auditLog)
      .set({ id: sql`last.top - ${auditLog.id}` })
      .from(top)
      .where(sql`${auditLog.id} < 0`),
  ];
}
