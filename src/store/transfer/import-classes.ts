/** Menu items from a file, and which of them were merged into which. */
import { and, eq, notExists } from "drizzle-orm";
import type { Database, Statement } from "../database.ts";
import { bumpMenu, toNameKey } from "../menu.ts";
import { classes, examples } from "../schema.ts";
import { fate, type ImportContext, type ImportRow, type RowFate, runGuarded } from "./import-batch.ts";
import { insertMissing } from "./insert-rows.ts";
import type { TransferRow } from "./tables.ts";

/** An item as the deployment has it. */
export interface KnownClass {
  readonly name: string;
  readonly description: string;
  readonly nameKey: string;
  readonly archivedAt: number | null;
  readonly mergedInto: string | null;
  readonly deletedAt: number | null;
}

/** Every item, by id. */
export async function loadKnownClasses(db: Database): Promise<Map<string, KnownClass>> {
  const rows = await db.select().from(classes);
  return new Map(rows.map((row) => [row.id, row]));
}

/** New items are added. Known ones stay; where the file is preferred they take its name and description. */
export async function importClasses(context: ImportContext, items: readonly ImportRow[]): Promise<RowFate[]> {
  const { db } = context;
  const known = await loadKnownClasses(db);
  const active = [...known].filter(([, { archivedAt }]) => archivedAt === null);
  const owners = new Map(active.map(([id, { nameKey }]) => [nameKey, id]));
  const missing = new Map<string, TransferRow>();
  const renames: Statement[] = [];
  const fates = items.map((item): RowFate => {
    const [id, name] = [String(item.row.id), String(item.row.name)];
    const nameKey = toNameKey(name);
    if (missing.has(id)) return fate(item, "present");
    const judged = judgeClass(context, item, known.get(id), owners.get(nameKey) ?? id);
    if (judged.outcome === "stored") missing.set(id, { ...item.row, nameKey });
    if (judged.outcome === "replaced") {
      renames.push(rename(db, id, { name, nameKey, description: String(item.row.description) }));
    }
    const isWritten = judged.outcome === "stored" || judged.outcome === "replaced";
    if (isWritten && (known.get(id) ?? item.row).archivedAt === null) owners.set(nameKey, id);
    return judged;
  });
  const statements = [...insertMissing(db, classes, [...missing.values()]), ...renames];
  await runGuarded(context, statements.length === 0 ? [] : [...statements, bumpMenu(db)]);
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
    if (ours === undefined || !known.has(into)) return fate(item, "refused", "it names an item that is not here");
    if (ours.mergedInto === into) return fate(item, "present");
    if (ours.archivedAt === null || ours.mergedInto !== null) return fate(item, "kept", "it has another state here");
    const hasExamples = db.select({ id: examples.photoId }).from(examples).where(eq(examples.classId, id));
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
    return fate(item, "kept", `it is named "${ours.name}" here, or described otherwise`);
  }
  if (mode === "merge" && item.row.deletedAt !== null) return fate(item, "leftOut", "it was deleted there");
  if ((ours ?? item.row).archivedAt === null && owner !== item.row.id) {
    return fate(item, "refused", `the item "${owner}" has this name; rename one of them`);
  }
  return fate(item, ours === undefined ? "stored" : "replaced");
}

function isSameText({ row }: ImportRow, ours: KnownClass): boolean {
  return row.name === ours.name && row.description === ours.description;
}

function rename(db: Database, id: string, values: { name: string; nameKey: string; description: string }): Statement {
  return db.update(classes).set(values).where(eq(classes.id, id));
}
