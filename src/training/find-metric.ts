/** The metric of the current statistics, of which an isolate keeps one: made of sums that are read a hundred items at a time. */
import type { Kernels } from "../head/kernels/kernels.ts";
import { factoriseScatter, type Metric } from "../head/metric.ts";
import type { TakeTurn } from "../shared/turns.ts";
import type { Database } from "../store/database.ts";
import { readScatter } from "../store/explanation.ts";

/** Null where a run has written meanwhile, or the statistics cannot be read. */
export type FindMetric = (db: Database, dimension: number, version: number, rho: number) => Promise<Metric | null>;

/** One per isolate: 3.3 MB at 1,280 numbers. `takeTurn` keeps two scatters from being in memory at once. */
export function createMetricFinder(kernels: Kernels, takeTurn: TakeTurn): FindMetric {
  let known: { readonly version: number; readonly rho: number; readonly metric: Metric } | undefined;

  return function findMetric(db, dimension, version, rho) {
    return takeTurn(async () => {
      if (known?.version === version && known.rho === rho) return known.metric;
      known = undefined;
      const scatter = await readScatter(db, version, dimension, kernels);
      const metric = scatter && factoriseScatter(scatter, rho, kernels);
      if (metric !== null) known = { version, rho, metric };
      return metric;
    });
  };
}
