/** The menu: classes by id, and the revision numbers by which isolates notice that it has changed. */
import { and, asc, eq, isNull, ne, type SQL, sql } from "drizzle-orm";
import {
  itemArchived,
  itemMerged,
  mergedItemIsEmpty,
  nameTaken,
  noneIsNoItem,
  noSuchItem,
  noSuchLabel,
} from "../../shared/english/menu.ts";
import { toNameKey } from "../../shared/item-names.ts";
import type { TranslatedNames } from "../../shared/language.ts";
import { NONE_ALIAS, NONE_ID } from "../../shared/none-label.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { noteAuditOfChange } from "../audit-log.ts";
import { type Database, isUniqueViolation } from "../database.ts";
import { countExamplesPerClass } from "../learning/pending-labels.ts";
import { classes, classKeys, deployment } from "../schema.ts";
import { indexNames, toAliasColumns } from "./item-keys.ts";

/*
 * The row of `classes` that stands for "not on the menu": labels refer to it as to an item, which keeps corrections, decisions and
 * forgetting on one path. Whatever reads items leaves it out, by being archived or by `IS_ITEM`.
 */

/** Those rows of `classes` that are items, archived or not. */
export const IS_ITEM = ne(classes.id, NONE_ID);

/** What people call an item and how sure an answer must be to name it. */
export interface ItemTexts {
  readonly name: string;
  readonly description: string;
  /** Other names that a label or an import may use. */
  readonly aliases: readonly string[];
  readonly names: TranslatedNames;
  /** Score from 0 to 1 below which an answer with this item in front is unsure; null where there is no such bound. */
  readonly threshold: number | null;
}

/** A menu item. `examples` counts its labels as they stand, absorbed or not. */
export interface MenuClass extends ItemTexts {
  readonly id: string;
  readonly examples: number;
  /** Items are listed by it, and by their creation where it is equal. */
  readonly position: number;
  readonly archived: boolean;
  /** The class that has its examples now, null unless it was merged. */
  readonly mergedInto: string | null;
  /** Unix time in ms. */
  readonly createdAt: number;
}

type ClassChange = { readonly [Field in keyof ItemTexts]?: ItemTexts[Field] | undefined } & {
  readonly archived?: boolean | undefined;
};

const menuColumns = {
  id: classes.id,
  name: classes.name,
  description: classes.description,
  aliases: classes.aliases,
  names: classes.names,
  threshold: classes.threshold,
};
/** What makes a `MenuClass` beside the number of its examples. */
export const CLASS_COLUMNS = {
  ...menuColumns,
  position: classes.position,
  createdAt: classes.createdAt,
  archivedAt: classes.archivedAt,
  mergedInto: classes.mergedInto,
};

const IN_ORDER = [asc(classes.position), asc(classes.createdAt), asc(classes.id)];

/** All items, active ones first, each group in the order of the menu, and how many examples are "not on the menu". */
export async function listClasses(db: Database): Promise<{ items: MenuClass[]; strangers: number }> {
  const rows = await db
    .select(CLASS_COLUMNS)
    .from(classes)
    .where(and(isNull(classes.deletedAt), IS_ITEM))
    .orderBy(sql`${classes.archivedAt} IS NOT NULL`, ...IN_ORDER);
  const counts = await countExamplesPerClass(db);
  const items = rows.map((row) => toMenuClass(row, counts.get(row.id) ?? 0));
  return { items, strangers: counts.get(NONE_ID) ?? 0 };
}

/** An item as guests see it. */
export interface MenuItem extends ItemTexts {
  readonly id: string;
  /** The archive revision from which on a head can know it: an item that was deleted before may have had its id. */
  readonly sinceRevision: number;
}

/** What guests see: active classes in the order of the menu. */
export async function listMenu(db: Database): Promise<MenuItem[]> {
  return db
    .select({ ...menuColumns, sinceRevision: classes.sinceRevision })
    .from(classes)
    .where(isNull(classes.archivedAt))
    .orderBy(...IN_ORDER);
}

/** An item by its id in any form of Unicode; go on with the id of the item found. */
export async function findClass(db: Database, id: string): Promise<MenuClass | null> {
  const [row] = await db
    .select(CLASS_COLUMNS)
    .from(classes)
    .where(and(eq(classes.id, id.normalize("NFC")), isNull(classes.deletedAt), IS_ITEM));
  if (row === undefined) return null;
  return toMenuClass(row, (await countExamplesPerClass(db)).get(row.id) ?? 0);
}

/**
 * What `label` means as a sample's label: an item as below, or `NONE_ID`, by itself or by `NONE_ALIAS` if no item goes by
 * that. Errors as below.
 */
export async function requireLabel(db: Database, label: string): Promise<Result<string, Problem>> {
  if (label === NONE_ID) return ok(NONE_ID);
  const item = await requireActiveClass(db, label);
  const isFree = !item.ok && item.error.code === "unknown_class";
  return isFree && toNameKey(label) === NONE_ALIAS ? ok(NONE_ID) : item;
}

/**
 * The id of the active item that `label` names: by its id, otherwise by its name or an alias. Errors: `unknown_class`, and
 * `class_archived`, which says where the samples of a merged item are. Reads one row, by a name two in a second query.
 */
export async function requireActiveClass(db: Database, label: string): Promise<Result<string, Problem>> {
  const named = db
    .select({ id: classKeys.classId })
    .from(classKeys)
    .where(eq(classKeys.key, toNameKey(label)));
  const byId = await findState(db, eq(classes.id, label.normalize("NFC")));
  if (byId?.archivedAt === null) return ok(byId.id);
  const byName = await findState(db, sql`${classes.id} = (${named})`);
  if (byName !== undefined) return ok(byName.id);
  const found = byId ?? (await findState(db, eq(classes.nameKey, toNameKey(label))));
  if (found === undefined) {
    return err(noSuchLabel({ item: label }));
  }
  if (found.mergedInto !== null) {
    return err(itemMerged({ item: label, into: found.mergedInto }));
  }
  return err(itemArchived({ item: label }));
}

async function findState(db: Database, which: SQL) {
  const { id, archivedAt, mergedInto, deletedAt } = classes;
  const isWhole = and(which, isNull(deletedAt), IS_ITEM);
  const [row] = await db.select({ id, archivedAt, mergedInto }).from(classes).where(isWhole).limit(1);
  return row;
}

/** Renames, describes, translates, sets the threshold, archives or restores; nothing is retrained for it. */
export async function changeClass(
  db: Database,
  given: string,
  change: ClassChange,
  actor: string,
  now: number,
): Promise<Result<MenuClass, Problem>> {
  const before = await findClass(db, given);
  if (before === null) return err(missItem(given));
  const { id } = before;
  const { archived, ...texts } = change;
  const values = { ...toColumns(texts), ...(archived === undefined ? {} : { archivedAt: archived ? now : null }) };
  if (Object.keys(values).length === 0) return ok(before);
  if (archived === false && before.mergedInto !== null)
    return err(mergedItemIsEmpty({ item: id, into: before.mergedInto }));
  const isArchiveChange = archived !== undefined && archived !== before.archived;
  const fields = Object.keys(change).join(" ");
  // -- not what was read above: the item may have been merged or deleted since
  const isThere = and(isNull(classes.deletedAt), archived === false ? isNull(classes.mergedInto) : undefined);
  try {
    const [changed, [after]] = await db.batch([
      db
        .update(classes)
        .set(values)
        .where(and(eq(classes.id, id), isThere))
        .returning({ id: classes.id }),
      // Read here: a query of its own could fail after all this was stored.
      db
        .select(CLASS_COLUMNS)
        .from(classes)
        .where(and(eq(classes.id, id), isNull(classes.deletedAt))),
      noteAuditOfChange(db, { at: now, actor, action: "class.change", detail: { class: id, fields } }),
      ...indexNames(db, [id]),
      bumpMenu(db, isArchiveChange),
    ]);
    if (after === undefined) return err(missItem(id));
    return changed.length > 0
      ? ok(toMenuClass(after, before.examples))
      : err(mergedItemIsEmpty({ item: id, into: after.mergedInto ?? "" }));
  } catch (error) {
    if (isUniqueViolation(error)) return err(nameTaken({ name: change.name ?? before.name }));
    throw error;
  }
}

/** The error for an id that no item has. */
export function missItem(id: string): Problem {
  return id === NONE_ID ? noneIsNoItem({ id }) : noSuchItem({ item: id });
}

/** Those that are given, with what follows from them. */
export function toColumns({ name, aliases, ...rest }: Omit<ClassChange, "archived">) {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...given,
    ...(name === undefined ? {} : { name, nameKey: toNameKey(name) }),
    ...(aliases === undefined ? {} : toAliasColumns(aliases)),
  };
}

/** The statement that tells isolates of a changed menu and, when an item came or went, the next run to refit; under a condition, if there is one. */
export function bumpMenu(db: Database, isArchiveChange = false, condition?: SQL) {
  return db
    .update(deployment)
    .set({
      menuRevision: sql`${deployment.menuRevision} + 1`,
      ...(isArchiveChange ? { archiveRevision: sql`${deployment.archiveRevision} + 1` } : {}),
    })
    .where(and(eq(deployment.id, 1), condition));
}

/** `archivedAt` is Unix ms, null for an item on the menu; `examples` is counted by the caller. */
export function toMenuClass(
  { archivedAt, ...rest }: { archivedAt: number | null } & Omit<MenuClass, "archived" | "examples">,
  examples: number,
): MenuClass {
  return { ...rest, examples, archived: archivedAt !== null };
}
