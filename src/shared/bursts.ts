/** How often one source may ask: bursts as one isolate sees them. */
import { remember } from "./remember.ts";

/** `requests` at once, and as many again within `periodMs`. */
export interface BurstLimit {
  readonly requests: number;
  readonly periodMs: number;
}

/** Subjects are keys, networks or sites; each has a bucket of its own. */
export interface BurstBucket {
  /** Takes one token of the subject's. 0 when there was one, otherwise the ms until there is. */
  take(subject: string, nowMs: number): number;
  /** The same without taking it. */
  wait(subject: string, nowMs: number): number;
}

/** Subjects an isolate remembers: about a megabyte. Those forgotten start with a full bucket. */
const MAX_SUBJECTS = 10_000;

/** A subject may make `requests` calls at once, and one more every `periodMs / requests` ms after that. */
export function createBurstBucket({ requests, periodMs }: BurstLimit): BurstBucket {
  /** When the bucket will be full again, in Unix ms: all that there is to know about it. */
  const fullAt = new Map<string, number>();
  const msPerToken = periodMs / requests;

  /** No bucket takes longer to fill than its period: a time that says so was written before the clock was set back. */
  const fullTime = (subject: string, now: number) => {
    const at = fullAt.get(subject) ?? 0;
    return at > now + periodMs ? now : Math.max(at, now);
  };
  const fullAfterTaking = (subject: string, now: number) => fullTime(subject, now) + msPerToken;
  const wait = (subject: string, now: number) => Math.max(0, fullAfterTaking(subject, now) - now - periodMs);

  return {
    wait,
    take(subject, now) {
      const ms = wait(subject, now);
      if (ms > 0) return ms;
      remember(fullAt, subject, fullAfterTaking(subject, now), MAX_SUBJECTS);
      return 0;
    },
  };
}

/*
 * Bursts of guests, by the network they come from and, of IPv6, by the site around it: one customer has 65,536 networks there, each of
 * which would have a bucket of its own.
 */

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

/** For one network of guests: enough for a table of ten who photograph one course after the other, not for a script that does not stop. */
export const GUEST_BURST: BurstLimit = { requests: 100, periodMs: 10_000 };

/** For all networks of an IPv6 /48: an office whose floors have one each. */
export const SITE_BURST: BurstLimit = { requests: 400, periodMs: 10_000 };

/** For one key below admin: more than an isolate can classify. */
export const KEY_BURST: BurstLimit = { requests: 600, periodMs: 10_000 };

/** Wrong secrets from one network, each of which may cost a row read. */
export const WRONG_SECRET_BURST: BurstLimit = { requests: 20, periodMs: 60_000 };
/** Wrong secrets from all networks of an IPv6 /48 together. */
export const WRONG_SECRET_SITE_BURST: BurstLimit = { requests: 60, periodMs: 60_000 };

/** A site may have the daily quota of so many of its networks. */
export const NETWORKS_OF_SITE = 10;
