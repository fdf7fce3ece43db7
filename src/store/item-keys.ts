/**
 * What active items go by: their names and aliases, folded, one row of `class_keys` each. Its primary key keeps two items from
 * answering to one name, whoever writes at the same moment.
 */
import { inArray, sql } from "drizzle-orm";
import { type Problem, problem } from "../shared/problem.ts";
import { type Database, jsonList, type Statement } from "./database.ts";
import { classKeys } from "./schema.ts";

/** Two names that differ only in case, width or spacing are the same item to a person. */
export function toNameKey(name: string): string {
  return name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}

/** Aliases as they are stored: of several spellings of one name the first. */
export function toAliasColumns(aliases: readonly string[]): { aliases: string[]; aliasKeys: string[] } {
  const byKey = new Map([...aliases].reverse().map((alias) => [toNameKey(alias), alias]));
  const entries = [...byKey].reverse();
  return { aliases: entries.map(([, alias]) => alias), aliasKeys: entries.map(([key]) => key) };
}

/**
 * The statements that make the keys of these items what their rows say, for the batch that changes the rows. A name that
 * another item has violates the primary key and rolls the batch back.
 */
export function indexNames(db: Database, ids: readonly string[]): [Statement, Statement] {
  const wanted = jsonList(ids);
  const rows = sql`SELECT name_key, id FROM classes WHERE id IN ${wanted} AND archived_at IS NULL
    UNION SELECT alias.value, classes.id FROM classes, json_each(classes.alias_keys) AS alias
    WHERE classes.id IN ${wanted} AND classes.archived_at IS NULL`;
  return [db.delete(classKeys).where(inArray(classKeys.classId, wanted)), db.insert(classKeys).select(rows)];
}

/** The error for an item whose id, name or alias another one has. */
export function nameTaken(name: string, id: string): Problem {
  const detail = `The menu already has an item with the id "${id}", or one that goes by "${name}" or one of the aliases.`;
  return problem("class_exists", detail);
}
