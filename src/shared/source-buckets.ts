/**
 * Bursts of guests, by the network they come from and, of IPv6, by the site around it: one customer has 65,536 networks there, each of
 * which would have a bucket of its own.
 */
import { type BurstLimit, createBurstBucket } from "./burst-bucket.ts";

/** Where a request comes from. `site` is null where the neighbours are strangers: those of an IPv4 address. */
export interface Source {
  readonly network: string;
  readonly site: string | null;
}

interface SourceLimit {
  readonly network: BurstLimit;
  readonly site: BurstLimit;
}

/** A request must find a token with both its network and its site; IPv4 networks have no site. */
export interface SourceBuckets {
  /** Takes one token of the network's and one of the site's. 0 when both were there, otherwise the ms until they are. */
  take(source: Source, nowMs: number): number;
  /** The same without taking any. */
  wait(source: Source, nowMs: number): number;
}

/** A request that finds only one of its two buckets filled takes from neither. */
export function createSourceBuckets(limit: SourceLimit): SourceBuckets {
  const [networks, sites] = [createBurstBucket(limit.network), createBurstBucket(limit.site)];

  const wait = ({ network, site }: Source, now: number) =>
    Math.max(networks.wait(network, now), site === null ? 0 : sites.wait(site, now));

  return {
    wait,
    take(source, now) {
      const ms = wait(source, now);
      if (ms > 0) return ms;
      networks.take(source.network, now);
      if (source.site !== null) sites.take(source.site, now);
      return 0;
    },
  };
}
