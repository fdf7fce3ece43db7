/** Who may say what a place is like: no site of guests counts for more than everybody else together. Pure. */
import { siteOf } from "../shared/contributor.ts";

/**
 * Leaves out the samples by which the largest site of guests exceeds all others together, staff and keys included; its
 * first samples stay. So one site alone decides nothing, and among others at most half.
 */
export function limitSites<Sample extends { readonly contributor: string }>(samples: readonly Sample[]): Sample[] {
  const bySite = Map.groupBy(samples, ({ contributor }) => siteOf(contributor));
  const guests = [...bySite].filter(([site]) => site.startsWith("g_"));
  const [largest, own = []] = guests.toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [];
  const excess = 2 * own.length - samples.length;
  if (excess <= 0) return [...samples];
  const kept = new Set(own.slice(0, own.length - excess));
  return samples.filter((sample) => siteOf(sample.contributor) !== largest || kept.has(sample));
}
