/** The database handle that every repository takes, and the two numbers of D1 that shape the queries. */
import { DrizzleQueryError, type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";

/** Bound to one D1 database; functions of the store take this and never `Env`. */
export type Database = DrizzleD1Database;

/** One statement of a batch. */
export type Statement = BatchItem<"sqlite">;

/** D1 refuses a row, string or blob above this; local D1 does not, so the code checks. */
export const MAX_VALUE_BYTES = 2_000_000;

/** Bytes of one bound text, with room to spare under `MAX_VALUE_BYTES`. */
export const MAX_PARAMETER_BYTES = 1_500_000;

/** Costs nothing: D1 connects with the first query. */
export function openDatabase(d1: D1Database): Database {
  return drizzle(d1);
}

/** Any number of values as one bound parameter, for `inArray`: D1 allows 100 parameters. */
export function jsonList(values: readonly string[]): SQL {
  return sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;
}

/**
 * True for an error that D1 itself raised (overloaded, storage full, connection lost), not for a bug of ours.
 * Drizzle wraps it; the cause carries D1's message.
 */
export function isStorageError(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current.message.startsWith("D1_")) return true;
  }
  return false;
}

/** An error as it may be logged: drizzle's own carries every parameter, an embedding or the hash of a secret among them. */
export function withoutParameters(error: Error): Error {
  return error instanceof DrizzleQueryError ? (error.cause ?? new Error("A query failed.")) : error;
}

/**
 * True when a batch was refused because a row with that primary key or unique name exists. `columns` asks for one
 * constraint, by the columns that it is on as `table.column`.
 */
export function isUniqueViolation(error: unknown, columns = /^/): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    const [, failed] = /UNIQUE constraint failed: (.*)/.exec(current.message) ?? [];
    if (failed !== undefined && columns.test(failed)) return true;
  }
  return false;
}
