/**
 * A D1 binding that counts, remembers its statements and, when told to, fails: the database itself is the real one. Counts
 * come from D1's own `meta`, so they are what Cloudflare would bill.
 */

export interface D1Counts {
  /** Statements executed, batched ones counted singly. */
  queries: number;
  rowsRead: number;
  rowsWritten: number;
}

/** A statement as it was sent. */
export interface SentStatement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * Where a call fails: before it reaches the database, after it took effect, or inside. Inside, D1 itself rolls the call's
 * transaction back: it is sent once for each of its statements, broken ahead of that one, and once broken behind the last.
 */
export type FailurePoint = "before" | "after" | "inside";

export interface ObservedD1 {
  readonly db: D1Database;
  readonly counts: D1Counts;
  /** The statements of each call so far, in the order in which the calls were made; a batch is one call. */
  readonly calls: readonly (readonly SentStatement[])[];
  /** From now on the n-th call (0 is the next one) throws. */
  failAt(call: number, at: FailurePoint): void;
}

const STORAGE_ERROR = "D1_ERROR: injected failure";

/** Violates `CHECK (id = 1)`, which no code takes for a race that it lost. */
const BOMB = "INSERT INTO deployment (id) VALUES (2)";

export function observeD1(real: D1Database): ObservedD1 {
  const counts: D1Counts = { queries: 0, rowsRead: 0, rowsWritten: 0 };
  const calls: (readonly SentStatement[])[] = [];
  const originals = new WeakMap<D1PreparedStatement, { original: D1PreparedStatement; sent: SentStatement }>();
  let failure: { call: number; at: FailurePoint } | undefined;

  function note(results: readonly { meta: { rows_read?: number; rows_written?: number } }[]) {
    for (const { meta } of results) {
      counts.queries += 1;
      counts.rowsRead += meta.rows_read ?? 0;
      counts.rowsWritten += meta.rows_written ?? 0;
    }
  }

  /** The error of the last attempt. */
  async function breakInside(statements: readonly D1PreparedStatement[]): Promise<unknown> {
    let reason: unknown;
    for (let at = 0; at <= statements.length; at++) {
      const attempt = real.batch(statements.toSpliced(at, 0, real.prepare(BOMB)));
      reason = await attempt.then(
        () => Promise.reject(new Error("D1 took a broken batch")),
        (cause: unknown) => cause,
      );
    }
    return reason;
  }

  async function run(statements: readonly D1PreparedStatement[]) {
    const known = statements.flatMap((statement) => originals.get(statement) ?? []);
    const due = failure?.call === calls.length ? failure.at : undefined;
    calls.push(known.map(({ sent }) => sent));
    if (due === "before") throw new Error(STORAGE_ERROR);
    const sending = known.map(({ original }) => original);
    if (due === "inside") throw await breakInside(sending);
    const results = await real.batch<Record<string, unknown>>(sending);
    if (due !== undefined) throw new Error(STORAGE_ERROR);
    note(results);
    return results;
  }

  function observe(original: D1PreparedStatement, sent: SentStatement): D1PreparedStatement {
    const execute = async (self: D1PreparedStatement) => (await run([self]))[0];
    const observed: D1PreparedStatement = new Proxy(original, {
      get(target, property) {
        if (property === "bind") {
          return (...values: unknown[]) => observe(target.bind(...values), { ...sent, values });
        }
        if (property === "all" || property === "run") return () => execute(observed);
        if (property === "raw") {
          // `raw` has no meta. Columns keep their order in objects, and no query here selects one name twice.
          return async () => (await execute(observed)).results.map((row) => Object.values(row));
        }
        const value: unknown = Reflect.get(target, property);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    originals.set(observed, { original, sent });
    return observed;
  }

  const db = new Proxy(real, {
    get(target, property) {
      if (property === "prepare") return (sql: string) => observe(target.prepare(sql), { sql, values: [] });
      if (property === "batch") return run;
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return {
    db,
    counts,
    calls,
    failAt: (call, at) => {
      failure = { call: calls.length + call, at };
    },
  };
}
