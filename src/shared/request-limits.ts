/** How often one source may ask. The bursts are the same as those of the Rate Limiting bindings in `wrangler.toml`; a test holds them together. */
import type { BurstLimit } from "./burst-bucket.ts";

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
