/** Who did what and when. The fact, never the data: no sample, no embedding, no name of a guest's network. */
import { asc, desc, gt, lt, type SQL, sql } from "drizzle-orm";
import type { AuditAction } from "../shared/audit-actions.ts";
import type { Database } from "./database.ts";
import { auditLog } from "./schema.ts";

/** What one entry says; the store gives it its number when it is written. */
export interface AuditEntry {
  /** Unix time in ms. */
  readonly at: number;
  /** `admin`, a key's id, or the job that acted. */
  readonly actor: string;
  readonly action: AuditAction;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

/** The statement that records an act, for the batch that performs it. */
export function noteAudit(db: Database, { detail, ...entry }: AuditEntry) {
  return db.insert(auditLog).values({ ...entry, detail: JSON.stringify(detail) });
}

/** The same where the statement before it in the batch changed a row, and nothing otherwise. */
export function noteAuditOfChange(db: Database, { at, actor, action, detail }: AuditEntry) {
  return db
    .insert(auditLog)
    .select(sql`SELECT NULL, ${at}, ${actor}, ${action}, ${JSON.stringify(detail)} WHERE changes() > 0`);
}

/**
 * The same where `condition` holds as the statement is carried out; returns a row if it does. `counts` are scalar queries
 * that are carried out with it and join the detail under their names, unless they are null.
 */
export function noteAuditWhere(
  db: Database,
  { at, actor, action, detail }: AuditEntry,
  condition: SQL,
  counts: Readonly<Record<string, SQL>> = {},
) {
  const pairs = Object.entries(counts).map(([name, query]) => sql`${name}, ${query}`);
  const whole = sql`json_patch(${JSON.stringify(detail)}, json_object(${sql.join(pairs, sql`, `)}))`;
  return db
    .insert(auditLog)
    .select(sql`SELECT NULL, ${at}, ${actor}, ${action}, ${whole} WHERE ${condition}`)
    .returning({ detail: auditLog.detail });
}

/** A stored entry; ids grow. An imported file can bring actions of a later version. */
export type StoredEntry = Omit<AuditEntry, "action"> & { readonly id: number; readonly action: string };

/** Newest first, from the entry behind the id `after`. */
export async function listAuditLog(db: Database, limit: number, after: number | null = null): Promise<StoredEntry[]> {
  const isBehind = after === null ? undefined : lt(auditLog.id, after);
  const rows = await db.select().from(auditLog).where(isBehind).orderBy(desc(auditLog.id)).limit(limit);
  return rows.map(toEntry);
}

/** Oldest first, from the entry behind `after`. */
export async function listAuditPage(db: Database, after: number, limit: number): Promise<StoredEntry[]> {
  const rows = await db.select().from(auditLog).where(gt(auditLog.id, after)).orderBy(asc(auditLog.id)).limit(limit);
  return rows.map(toEntry);
}

function toEntry({ detail, ...row }: typeof auditLog.$inferSelect): StoredEntry {
  return { ...row, detail: JSON.parse(detail) };
}
