/**
 * What active items go by: their names and aliases, folded, one row of `class_keys` each. Its primary key keeps two items from
 * answering to one name, whoever writes at the same moment.
 */
import { inArray, sql } from "drizzle-orm";
import { toNameKey } from "../../shared/item-names.ts";
import { type Database, jsonList, type Statement } from "../database.ts";
import { classKeys } from "../schema.ts";

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
