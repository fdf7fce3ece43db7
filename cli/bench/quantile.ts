/** The few statistics that benchmarks report. Pure. */

/** The value below which the share `q` of `values` lies; NaN for none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The median of the ratios of pairs: what slowed the machine down for a while slowed both of a pair. */
export function medianRatio(values: readonly number[], bases: readonly number[]): number {
  return median(values.map((value, i) => value / (bases[i] ?? Number.NaN)));
}

/** The largest of each quarter of `samples`, in their order, rounded: bounded figures do not grow from one to the next. */
export function largestByQuarter(samples: readonly number[]): number[] {
  const quarter = (q: number) => samples.slice((q * samples.length) >> 2, ((q + 1) * samples.length) >> 2);
  return [0, 1, 2, 3].map((q) => Math.round(Math.max(0, ...quarter(q))));
}
