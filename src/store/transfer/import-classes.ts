/** Menu items from a file, and which of them were merged into which. */

import { and, eq, isNotNull, notExists, sql } from "drizzle-orm";
import {
  hasAnotherState,
  isNamedOtherwise,
  nameIsOfAnother,
  namesUnknownItem,
  wasDeletedThere,
} from "../../shared/english/rows.ts";
import { toNameKey } from "../../shared/item-names.ts";
import { MAX_COUNT } from "../../shared/transfer-format.ts";
import type { Database, Statement } from "../database.ts";
import { indexNames, toAliasColumns } from "../menu/item-keys.ts";
import { bumpMenu } from "../menu/menu.ts";
import { classes, deployment, examples } from "../schema.ts";
import { fate, type ImportContext, type ImportRow, insertMissing, type RowFate, runGuarded } from "./import-batch.ts";
import type { TransferRow } from "./tables.ts";

/** An item as the deployment has it. */
export type KnownClass = typeof classes.$inferSelect;

/** What a preferred file changes of a known item. */
const TEXT_COLUMNS = ["name", "description", "aliases", "names", "threshold"] as const;

/** Every item, by id. */
export async function loadKnownClasses(db: Database): Promise<Map<string, KnownClass>> {
  const rows = await db.select().from(classes);
  return new Map(rows.map((row) => [row.id, row]));
}

/** New items are added, behind ours where deployments are merged. Known ones stay, or take the file's texts if it is preferred. */
export async function importClasses(context: ImportContext, items: readonly ImportRow[]): Promise<RowFate[]> {
  const { db } = context;
  const all = await loadKnownClasses(db);
  // -- where deployments are merged, an item that was deleted here is none
  const deleted = new Set(
    [...all].filter(([, ours]) => context.mode === "merge" && ours.deletedAt !== null).map(([id]) => id),
  );
  const known = new Map([...all].filter(([id]) => !deleted.has(id)));
  const revived: Statement[] = [];
  const active = [...known].filter(([, { archivedAt }]) => archivedAt === null);
  const owners = new Map(active.flatMap(([id, ours]) => [ours.nameKey, ...ours.aliasKeys].map((key) => [key, id])));
  const last = context.mode === "merge" ? Math.max(0, ...[...known.values()].map(({ position }) => position)) : 0;
  const missing = new Map<string, TransferRow>();
  const replaced: Statement[] = [];
  const written: string[] = [];
  const fates = items.map((item): RowFate => {
    const id = String(item.row.id);
    if (written.includes(id)) return fate(item, "present");
    const derived = deriveKeys(item.row);
    const keys = [derived.nameKey, ...derived.aliasKeys];
    const owner = keys.map((key) => owners.get(key) ?? id).find((one) => one !== id) ?? id;
    const judged = judgeClass(context, item, known.get(id), owner);
    if (judged.outcome !== "stored" && judged.outcome !== "replaced") return judged;
    written.push(id);
    const position = Math.min(last + Number(item.row.position), MAX_COUNT);
    if (judged.outcome === "stored" && deleted.has(id)) revived.push(revive(db, { ...item.row, ...derived, position }));
    else if (judged.outcome === "stored") missing.set(id, { ...item.row, ...derived, position });
    else replaced.push(replaceTexts(db, id, { ...item.row, ...derived }));
    if ((known.get(id) ?? item.row).archivedAt === null) for (const key of keys) owners.set(key, id);
    return judged;
  });
  const statements = [...insertMissing(db, classes, [...missing.values()]), ...revived, ...replaced];
  await runGuarded(context, written.length === 0 ? [] : [...statements, ...indexNames(db, written), bumpMenu(db)]);
  return fates;
}

/** Which items were merged. Where deployments are merged only an item without examples of its own is marked. */
export async function importMerges(context: ImportContext, items: readonly ImportRow[]): Promise<RowFate[]> {
  const { db } = context;
  const known = await loadKnownClasses(db);
  const statements: Statement[] = [];
  const fates = items.map((item): RowFate => {
    const [id, into] = [String(item.row.id), String(item.row.into)];
    const ours = known.get(id);
    if (ours === undefined || !known.has(into)) return fate(item, "refused", namesUnknownItem());
    if (ours.mergedInto === into) return fate(item, "present");
    if (ours.archivedAt === null || ours.mergedInto !== null) return fate(item, "kept", hasAnotherState());
    const hasExamples = db.select({ id: examples.sampleId }).from(examples).where(eq(examples.classId, id));
    statements.push(
      db
        .update(classes)
        .set({ mergedInto: into })
        .where(and(eq(classes.id, id), notExists(hasExamples))),
    );
    return fate(item, "stored");
  });
  await runGuarded(context, statements);
  return fates;
}

/** `owner` is the active item that has the name, the item itself where none has. */
function judgeClass(
  { mode, prefer }: ImportContext,
  item: ImportRow,
  ours: KnownClass | undefined,
  owner: string,
): RowFate {
  if (ours !== undefined && isSameText(item, ours)) return fate(item, "present");
  if (ours !== undefined && (mode === "restore" || prefer === "ours")) {
    return fate(item, "kept", isNamedOtherwise({ name: ours.name }));
  }
  if (mode === "merge" && item.row.deletedAt !== null) return fate(item, "leftOut", wasDeletedThere());
  if ((ours ?? item.row).archivedAt === null && owner !== item.row.id) {
    return fate(item, "refused", nameIsOfAnother({ id: owner }));
  }
  return fate(item, ours === undefined ? "stored" : "replaced");
}

function isSameText({ row }: ImportRow, ours: KnownClass): boolean {
  return TEXT_COLUMNS.every((column) => JSON.stringify(row[column]) === JSON.stringify(ours[column]));
}

/** The columns that a file leaves out because they follow from others. */
function deriveKeys({ name, aliases }: TransferRow): { nameKey: string; aliasKeys: string[] } {
  const { aliasKeys } = toAliasColumns(Array.isArray(aliases) ? aliases.map(String) : []);
  return { nameKey: toNameKey(String(name)), aliasKeys };
}

/** The row of an item that was deleted here, taken over by the file's. */
function revive(db: Database, row: TransferRow): Statement {
  const revision = db.select({ now: deployment.archiveRevision }).from(deployment);
  const values = { ...row, mergedInto: null, sinceRevision: sql`(${revision})` };
  return db
    .update(classes)
    .set(values)
    .where(and(eq(classes.id, String(row.id)), isNotNull(classes.deletedAt)));
}

function replaceTexts(db: Database, id: string, row: TransferRow): Statement {
  const names = [...TEXT_COLUMNS, "nameKey", "aliasKeys"];
  const values = Object.fromEntries(names.map((name) => [name, row[name]]));
  return db.update(classes).set(values).where(eq(classes.id, id));
}
