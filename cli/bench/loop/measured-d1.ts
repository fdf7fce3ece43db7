/** A D1 binding that counts the bytes that go in and come out. Queries and rows are counted by the project's own meter. */

export interface D1Bytes {
  /** Bytes of bound parameters: texts by their length (all are ASCII here), numbers as 8. */
  sent: number;
  /** Bytes of result columns, by the same measure. */
  received: number;
  /** The largest single parameter. */
  largest: number;
}

export function measureD1(real: D1Database): { readonly db: D1Database; readonly bytes: D1Bytes } {
  const bytes: D1Bytes = { sent: 0, received: 0, largest: 0 };
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>();

  function noteResult({ results }: D1Result<Record<string, unknown>>) {
    for (const row of results) for (const value of Object.values(row)) bytes.received += sizeOf(value);
  }

  function measure(statement: D1PreparedStatement): D1PreparedStatement {
    const measured: D1PreparedStatement = new Proxy(statement, {
      get(target, property) {
        if (property === "bind") {
          return (...values: unknown[]) => {
            for (const value of values) {
              bytes.sent += sizeOf(value);
              bytes.largest = Math.max(bytes.largest, sizeOf(value));
            }
            return measure(target.bind(...values));
          };
        }
        if (property === "all") {
          return async () => {
            const result = await target.all<Record<string, unknown>>();
            noteResult(result);
            return result;
          };
        }
        return Reflect.get(target, property);
      },
    });
    originals.set(measured, statement);
    return measured;
  }

  const db = new Proxy(real, {
    get(target, property) {
      if (property === "prepare") return (sql: string) => measure(target.prepare(sql));
      if (property === "batch") {
        return async (statements: D1PreparedStatement[]) => {
          const unwrapped = statements.map((statement) => originals.get(statement) ?? statement);
          const results = await target.batch<Record<string, unknown>>(unwrapped);
          results.forEach(noteResult);
          return results;
        };
      }
      return Reflect.get(target, property);
    },
  });
  return { db, bytes };
}

function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length;
  return value === null || value === undefined ? 0 : 8;
}
