/** A D1 binding during whose work something else happens: what another request does between a function's reads and its write. */

/** Does `act` once, just before the batch of this number is sent (0 is the first one). */
export function actBeforeBatch(real: D1Database, number: number, act: () => Promise<unknown>): D1Database {
  let batches = 0;
  return new Proxy(real, {
    get(target, property) {
      if (property === "batch") {
        return async (statements: D1PreparedStatement[]) => {
          if (batches++ === number) await act();
          return target.batch(statements);
        };
      }
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
