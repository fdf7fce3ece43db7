/** The statements that reach a D1 database, and how SQLite means to answer each: by which index, or by reading all rows. */

export interface RecordingD1 {
  readonly db: D1Database;
  /** Plan lines of every statement recorded so far, under the statement's text. Explains each text once. */
  explain(): Promise<Map<string, string[]>>;
}

/** Passes everything on to `real`, which must be a local database: production D1 explains nothing for less than it costs. */
export function recordStatements(real: D1Database): RecordingD1 {
  const recorded = new Map<string, unknown[]>();
  const db = new Proxy(real, {
    get(target, property) {
      if (property !== "prepare") {
        const value: unknown = Reflect.get(target, property);
        return typeof value === "function" ? value.bind(target) : value;
      }
      return (sql: string) => {
        recorded.set(sql, []);
        const statement = target.prepare(sql);
        const bind = statement.bind.bind(statement);
        statement.bind = (...values: unknown[]) => {
          recorded.set(sql, values);
          return bind(...values);
        };
        return statement;
      };
    },
  });
  return {
    db,
    explain: async () => {
      const plans = new Map<string, string[]>();
      for (const [sql, values] of recorded) {
        const plan = real.prepare(`EXPLAIN QUERY PLAN ${sql}`).bind(...values);
        plans.set(
          sql,
          (await plan.all<{ detail: string }>()).results.map(({ detail }) => detail),
        );
      }
      return plans;
    },
  };
}

/** Plan lines that read a whole table, without even an index to stop at. `json_each` and subqueries are not tables. */
export function findTableScans(lines: readonly string[]): string[] {
  return lines.filter(
    (line) => /^SCAN (?!json_each|\(|CONSTANT)/.test(line) && !/ USING (COVERING )?INDEX /.test(line),
  );
}
