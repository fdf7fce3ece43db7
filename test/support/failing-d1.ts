/**
 * A D1 binding that counts and, when told to, fails: the database itself is the real one. Counts come from D1's own
 * `meta`, so they are what Cloudflare would bill.
 */

export interface D1Counts {
  /** Statements executed, batched ones counted singly. */
  queries: number;
  rowsRead: number;
  rowsWritten: number;
}

export interface ObservedD1 {
  readonly db: D1Database;
  readonly counts: D1Counts;
  /** From now on the n-th call (0 is the next one) throws, before or after it took effect. */
  failAt(call: number, when: "before" | "after"): void;
  /** Calls made so far; a batch is one. */
  readonly calls: () => number;
}

const STORAGE_ERROR = "D1_ERROR: injected failure";

export function observeD1(real: D1Database): ObservedD1 {
  const counts: D1Counts = { queries: 0, rowsRead: 0, rowsWritten: 0 };
  let calls = 0;
  let failure: { call: number; when: "before" | "after" } | undefined;

  function note(results: readonly { meta: { rows_read?: number; rows_written?: number } }[]) {
    for (const { meta } of results) {
      counts.queries += 1;
      counts.rowsRead += meta.rows_read ?? 0;
      counts.rowsWritten += meta.rows_written ?? 0;
    }
  }

  async function run<T>(execute: () => Promise<T>): Promise<T> {
    const isDue = failure?.call === calls;
    calls += 1;
    if (isDue && failure?.when === "before") throw new Error(STORAGE_ERROR);
    const result = await execute();
    if (isDue) throw new Error(STORAGE_ERROR);
    return result;
  }

  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>();

  function observe(statement: D1PreparedStatement): D1PreparedStatement {
    const execute = () =>
      run(async () => {
        const result = await statement.all<Record<string, unknown>>();
        note([result]);
        return result;
      });
    const observed = new Proxy(statement, {
      get(target, property) {
        if (property === "bind") return (...values: unknown[]) => observe(target.bind(...values));
        if (property === "all" || property === "run") return execute;
        if (property === "raw") {
          // `raw` has no meta. Columns keep their order in objects, and no query here selects one name twice.
          return async () => (await execute()).results.map((row) => Object.values(row));
        }
        const value: unknown = Reflect.get(target, property);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    originals.set(observed, statement);
    return observed;
  }

  const db = new Proxy(real, {
    get(target, property) {
      if (property === "prepare") return (sql: string) => observe(target.prepare(sql));
      if (property === "batch") {
        return (statements: D1PreparedStatement[]) =>
          run(async () => {
            const results = await target.batch(statements.map((statement) => originals.get(statement) ?? statement));
            note(results);
            return results;
          });
      }
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return {
    db,
    counts,
    calls: () => calls,
    failAt: (call, when) => {
      failure = { call: calls + call, when };
    },
  };
}
