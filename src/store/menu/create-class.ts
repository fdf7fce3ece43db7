/**
 * New items. A deleted item leaves a row until the statistics have given its last sample back; a new item with the same id takes
 * that row over at once. The statistics count by id and the old samples are tombstones, so nothing of theirs becomes the new
 * item's. Older heads know the id, and `since_revision` keeps them from answering with it.
 */
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { idTaken, nameArchived, nameTaken } from "../../shared/english/menu.ts";
import { makeItemId, toNameKey } from "../../shared/item-names.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { MAX_COUNT } from "../../shared/transfer-format.ts";
import { noteAudit, noteAuditOfChange } from "../audit-log.ts";
import { type Database, isUniqueViolation } from "../database.ts";
import { classes, classKeys, deployment } from "../schema.ts";
import { indexNames } from "./item-keys.ts";
import { bumpMenu, CLASS_COLUMNS, IS_ITEM, type ItemTexts, type MenuClass, toColumns, toMenuClass } from "./menu.ts";

/** Without an id it gets one that is made from its name. */
type NewClass = Pick<ItemTexts, "name" | "description"> & Partial<ItemTexts> & { readonly id?: string | undefined };

/** How often an id is made again when somebody else has taken it meanwhile. */
const MAX_ID_TRIES = 20;

/**
 * Adds an item at the end of the menu. Error: `class_exists`, also where an archived item waits under this name and no id
 * was given.
 */
export async function createClass(
  db: Database,
  item: NewClass,
  actor: string,
  now: number,
): Promise<Result<MenuClass, Problem>> {
  if (item.id !== undefined) {
    return (await insertClass(db, { ...item, id: item.id }, actor, now)) ?? err(idTaken({ id: item.id }));
  }
  for (let tries = 0; tries < MAX_ID_TRIES; tries++) {
    const id = await makeFreeId(db, item.name);
    if (!id.ok) return id;
    const created = await insertClass(db, { ...item, id: id.value }, actor, now);
    if (created !== null) return created;
  }
  return err(nameTaken({ name: item.name }));
}

/** An id that no living item has, and that is no other item's name either: a label may be both. Reads a row per class. */
async function makeFreeId(db: Database, name: string): Promise<Result<string, Problem>> {
  const { id, nameKey, archivedAt, mergedInto, deletedAt } = classes;
  const [items, keys] = await db.batch([
    db.select({ id, nameKey, archivedAt, mergedInto, deletedAt }).from(classes).where(IS_ITEM),
    db.select({ key: classKeys.key }).from(classKeys),
  ]);
  const wanted = toNameKey(name);
  const waiting = items.find((one) => one.nameKey === wanted && isRestorable(one));
  if (waiting !== undefined) return err(nameArchived({ name, id: waiting.id }));
  const living = items.filter((one) => one.deletedAt === null);
  const taken = new Set([
    ...living.map((one) => one.id),
    ...keys.map(({ key }) => key).filter((key) => key !== wanted),
  ]);
  return ok(makeItemId(name, (one) => taken.has(one)));
}

function isRestorable(item: Pick<typeof classes.$inferSelect, "archivedAt" | "mergedInto" | "deletedAt">): boolean {
  return item.archivedAt !== null && item.mergedInto === null && item.deletedAt === null;
}

/** Null where another item has the id. */
async function insertClass(
  db: Database,
  { id, ...texts }: NewClass & { readonly id: string },
  actor: string,
  now: number,
): Promise<Result<MenuClass, Problem> | null> {
  const row = { id, ...toColumns(texts), name: texts.name, nameKey: toNameKey(texts.name), createdAt: now };
  const entry = { at: now, actor, action: "class.create", detail: { class: id } } as const;
  try {
    const [, [created]] = await db.batch([
      db.insert(classes).values(row),
      // -- not in the insert: with a subquery in it SQLite looks through every table that refers to this one
      db.update(classes).set({ position: LAST }).where(eq(classes.id, id)).returning(CLASS_COLUMNS),
      ...indexNames(db, [id]),
      bumpMenu(db),
      noteAudit(db, entry),
    ]);
    return ok(toMenuClass(created, 0));
  } catch (error) {
    if (isUniqueViolation(error, /classes\.id\b/)) return takeOver(db, row, entry);
    if (isUniqueViolation(error)) return err(nameTaken({ name: texts.name }));
    throw error;
  }
}

/** Behind all others. A restored menu may count to the end of what an export can hold: there the date of making decides. */
const LAST = sql`(SELECT min(max(position) + 1, ${sql.raw(String(MAX_COUNT))}) FROM classes)`;

/** A row as a new item has it, in the columns that it need not give. */
const FRESH = {
  description: "",
  aliases: [],
  aliasKeys: [],
  names: {},
  threshold: null,
  archivedAt: null,
  mergedInto: null,
  deletedAt: null,
};

/** Makes the row of a deleted item the new one's. Null where the id is a living item's. */
async function takeOver(
  db: Database,
  row: typeof classes.$inferInsert,
  entry: Parameters<typeof noteAudit>[1],
): Promise<Result<MenuClass, Problem> | null> {
  const isDeleted = and(eq(classes.id, row.id), isNotNull(classes.deletedAt));
  const deleted = await db.select({ id: classes.id }).from(classes).where(isDeleted);
  if (deleted.length === 0) return null; // -- before the batch: it would tell every isolate of a menu that has not changed
  const revision = db.select({ now: deployment.archiveRevision }).from(deployment);
  try {
    const [[created]] = await db.batch([
      db
        .update(classes)
        .set({ ...FRESH, ...row, position: LAST, sinceRevision: sql`(${revision})` })
        .where(isDeleted)
        .returning(CLASS_COLUMNS),
      noteAuditOfChange(db, entry),
      ...indexNames(db, [row.id]),
      bumpMenu(db),
    ]);
    return created === undefined ? null : ok(toMenuClass(created, 0));
  } catch (error) {
    if (isUniqueViolation(error)) return err(nameTaken({ name: row.name }));
    throw error;
  }
}
