/**
 * A database handle that counts what it costs: queries, rows read and rows written, as D1 itself reports and bills them.
 * For training runs, which put the sums on record; a classification uses the plain handle.
 */
import { type Database, openDatabase } from "./database.ts";

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
