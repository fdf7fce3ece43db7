/** The menu: classes by id, and the revision numbers by which isolates notice that it has changed. */
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { countExamplesPerClass } from "./class-counts.ts";
import { type Database, isUniqueViolation } from "./database.ts";
import { classes, deployment } from "./schema.ts";

/** A menu item. `examples` counts its labels as they stand, absorbed or not. */
export interface MenuClass {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly examples: number;
  readonly archived: boolean;
  /** The class that has its examples now, null unless it was merged. */
  readonly mergedInto: string | null;
  /** Unix time in ms. */
  readonly createdAt: number;
}

export interface NewClass {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface ClassChange {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly archived?: boolean | undefined;
}

const columns = {
  id: classes.id,
  name: classes.name,
  description: classes.description,
  createdAt: classes.createdAt,
  archivedAt: classes.archivedAt,
  mergedInto: classes.mergedInto,
};

/** All classes, active ones first, each group in the order of creation. */
export async function listClasses(db: Database): Promise<MenuClass[]> {
  const rows = await db
    .select(columns)
    .from(classes)
    .where(isNull(classes.deletedAt))
    .orderBy(sql`${classes.archivedAt} IS NOT NULL`, asc(classes.createdAt), asc(classes.id));
  const counts = await countExamplesPerClass(db);
  return rows.map((row) => toMenuClass(row, counts.get(row.id) ?? 0));
}

/** What guests see: active classes in the order of creation. */
export async function listMenu(db: Database): Promise<{ id: string; name: string; description: string }[]> {
  return db
    .select({ id: classes.id, name: classes.name, description: classes.description })
    .from(classes)
    .where(isNull(classes.archivedAt))
    .orderBy(asc(classes.createdAt), asc(classes.id));
}

export async function findClass(db: Database, id: string): Promise<MenuClass | null> {
  const [row] = await db
    .select(columns)
    .from(classes)
    .where(and(eq(classes.id, id), isNull(classes.deletedAt)));
  if (row === undefined) return null;
  return toMenuClass(row, (await countExamplesPerClass(db)).get(id) ?? 0);
}

/** Passes a class that labels may name: `unknown_class` or `class_archived` otherwise. Reads one row. */
export async function requireActiveClass(db: Database, id: string): Promise<Result<void, Problem>> {
  const [found] = await db
    .select({ archivedAt: classes.archivedAt, mergedInto: classes.mergedInto, deletedAt: classes.deletedAt })
    .from(classes)
    .where(eq(classes.id, id));
  if (found === undefined || found.deletedAt !== null) {
    return err(
      problem("unknown_class", `There is no menu item "${id}". GET /v1/menu lists them; an admin can add one.`),
    );
  }
  if (found.mergedInto !== null) {
    return err(problem("class_archived", `The menu item "${id}" was merged into "${found.mergedInto}". Use that one.`));
  }
  if (found.archivedAt !== null) {
    return err(
      problem("class_archived", `The menu item "${id}" is archived. Restore it first, or choose another one.`),
    );
  }
  return ok(undefined);
}

export async function createClass(db: Database, item: NewClass, now: number): Promise<Result<MenuClass, Problem>> {
  const row = { ...item, nameKey: toNameKey(item.name), createdAt: now };
  try {
    await db.batch([db.insert(classes).values(row), bumpMenu(db)]);
  } catch (error) {
    if (isUniqueViolation(error)) return err(nameTaken(item.name, item.id));
    throw error;
  }
  return ok({ ...item, examples: 0, archived: false, mergedInto: null, createdAt: now });
}

/** Renames, describes, archives or restores; nothing is retrained for it. */
export async function changeClass(
  db: Database,
  id: string,
  change: ClassChange,
  now: number,
): Promise<Result<MenuClass, Problem>> {
  const before = await findClass(db, id);
  if (before === null) return err(problem("not_found", `There is no menu item "${id}".`));
  const values = {
    ...(change.name === undefined ? {} : { name: change.name, nameKey: toNameKey(change.name) }),
    ...(change.description === undefined ? {} : { description: change.description }),
    ...(change.archived === undefined ? {} : { archivedAt: change.archived ? now : null }),
  };
  if (Object.keys(values).length === 0) return ok(before);
  if (change.archived === false && before.mergedInto !== null) {
    const detail = `"${id}" was merged into "${before.mergedInto}" and has no examples of its own. Add a new item instead.`;
    return err(problem("class_archived", detail));
  }
  const isArchiveChange = change.archived !== undefined && change.archived !== before.archived;
  try {
    await db.batch([db.update(classes).set(values).where(eq(classes.id, id)), bumpMenu(db, isArchiveChange)]);
  } catch (error) {
    if (isUniqueViolation(error)) return err(nameTaken(change.name ?? before.name, id));
    throw error;
  }
  const after = await findClass(db, id);
  return after === null ? err(problem("not_found", `There is no menu item "${id}".`)) : ok(after);
}

/** The statement that tells isolates of a changed menu and, when an item came or went, the next run to refit. */
export function bumpMenu(db: Database, isArchiveChange = false) {
  return db
    .update(deployment)
    .set({
      menuRevision: sql`${deployment.menuRevision} + 1`,
      ...(isArchiveChange ? { archiveRevision: sql`${deployment.archiveRevision} + 1` } : {}),
    })
    .where(eq(deployment.id, 1));
}

function nameTaken(name: string, id: string): Problem {
  return problem("class_exists", `The menu already has an item named "${name}" or with the id "${id}".`);
}

/** Two names that differ only in case, width or spacing are the same item to a person. */
export function toNameKey(name: string): string {
  return name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}

function toMenuClass(
  { archivedAt, ...rest }: { archivedAt: number | null } & Omit<MenuClass, "archived" | "examples">,
  examples: number,
): MenuClass {
  return { ...rest, examples, archived: archivedAt !== null };
}
