/**
 * The database handle that every repository takes, the two numbers of D1 that shape the queries, the handle that
 * counts what they cost, and what is asked of the database itself.
 */
import { DrizzleQueryError, type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";

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

/*
 * A database handle that counts what it costs: queries, rows read and rows written, as D1 itself reports and bills them.
 * For training runs, which put the sums on record; a classification uses the plain handle.
 */

/** Sums since the handle was opened. */
export interface DatabaseUsage {
  /** Statements executed; those of a batch count singly. */
  queries: number;
  rowsRead: number;
  rowsWritten: number;
}

interface MeteredDatabase {
  readonly db: Database;
  readonly usage: Readonly<DatabaseUsage>;
}

/** Each statement of a batch counts as one query, as D1 bills it. `usage` grows as queries return. */
export function openMeteredDatabase(d1: D1Database): MeteredDatabase {
  const usage: DatabaseUsage = { queries: 0, rowsRead: 0, rowsWritten: 0 };
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>();

  function count({ meta }: D1Result) {
    usage.queries += 1;
    usage.rowsRead += meta.rows_read;
    usage.rowsWritten += meta.rows_written;
  }

  function meter(statement: D1PreparedStatement): D1PreparedStatement {
    const execute = async () => {
      const result = await statement.all<Record<string, unknown>>();
      count(result);
      return result;
    };
    const metered = new Proxy(statement, {
      get(target, property) {
        if (property === "bind") return (...values: unknown[]) => meter(target.bind(...values));
        if (property === "all" || property === "run") return execute;
        // `raw` reports no costs. Columns keep their order in objects, and no query here selects one name twice.
        if (property === "raw") return async () => (await execute()).results.map((row) => Object.values(row));
        return bound(target, property);
      },
    });
    originals.set(metered, statement);
    return metered;
  }

  const metered = new Proxy(d1, {
    get(target, property) {
      if (property === "prepare") return (sql: string) => meter(target.prepare(sql));
      if (property === "batch") {
        return async (statements: D1PreparedStatement[]) => {
          const results = await target.batch(statements.map((statement) => originals.get(statement) ?? statement));
          results.forEach(count);
          return results;
        };
      }
      return bound(target, property);
    },
  });
  return { db: openDatabase(metered), usage };
}

/** A method that knows its object: a proxy's methods would be called on the proxy. */
function bound<T extends object>(target: T, property: string | symbol): unknown {
  const value: unknown = Reflect.get(target, property);
  return typeof value === "function" ? value.bind(target) : value;
}

/**
 * Those of `needed` that were never applied, in their order. More in the database is no fault: that is what an update leaves behind
 * when only the code goes back. Throws what D1 throws when it does not answer.
 */
export async function findMissingMigrations(db: Database, needed: readonly string[]): Promise<readonly string[]> {
  const applied = new Set(await readAppliedMigrations(db));
  return needed.filter((name) => !applied.has(name));
}

async function readAppliedMigrations(db: Database): Promise<string[]> {
  try {
    const rows = await db.all<{ name: string }>(sql`SELECT name FROM d1_migrations`);
    return rows.map(({ name }) => name);
  } catch (error) {
    if (isMissingTable(error)) return [];
    throw error;
  }
}

/** A database that nobody has migrated yet has no record either. */
function isMissingTable(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current.message.includes("no such table: d1_migrations")) return true;
  }
  return false;
}

/** Deletes all rows, so many at once, and returns how many there were. An isolate that dies in between has deleted whole portions. */
export async function dropAll(
  db: Database,
  table: SQLiteTable & { readonly sampleId: SQLiteColumn },
  atOnce: number,
): Promise<number> {
  for (let dropped = 0; ; ) {
    const gone = await db
      .delete(table)
      .where(sql`${table.sampleId} IN (SELECT sample_id FROM ${table} LIMIT ${atOnce})`)
      .returning({ sampleId: table.sampleId });
    dropped += gone.length;
    if (gone.length < atOnce) return dropped;
  }
}
