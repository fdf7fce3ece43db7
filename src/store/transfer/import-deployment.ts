/**
 * What of a file belongs to the deployment that made it: heads, the version of the statistics, the pointer to the live
 * head, and the audit log. A restore takes them as they are, a merge leaves them out.
 */
import { eq, inArray, sql } from "drizzle-orm";
import { isNotMerged, liveIsMissing } from "../../shared/english/rows.ts";
import { type Database, jsonList, type Statement } from "../database.ts";
import { auditLog, deployment, heads, statistics } from "../schema.ts";
import { fate, type ImportContext, type ImportRow, insertMissing, type RowFate, runGuarded } from "./import-batch.ts";

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

/*
 * The audit log of a file beside the deployment's own entries, from its set-up or from during the restore. The file's keep their
 * numbers; ours make room and come after them when the restore ends. None is lost.
 */

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
