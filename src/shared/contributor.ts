/**
 * Names of those who label, as they are stored. A guest's is made of two keyed hashes, of their network and of the site
 * around it, so that the names alone tell which guests are independent of each other. Knows no address and no key.
 */

const GUEST_PREFIX = "g_";
/** Hex digits of the site's hash: 32 bits tell sites apart, and a collision only makes two sources count as one. */
const SITE_DIGITS = 8;
const NETWORK_DIGITS = 12;

/** `g_` and 20 hex digits, the first 8 of them common to a site. Both hashes are lower-case hex, 12 digits or more. */
export function nameGuest(siteHash: string, networkHash: string): string {
  return `${GUEST_PREFIX}${siteHash.slice(0, SITE_DIGITS)}${networkHash.slice(0, NETWORK_DIGITS)}`;
}

/** What contributors of one site have in common: the beginning of a guest's name, or the whole of another one. */
export function siteOf(contributor: string): string {
  return contributor.startsWith(GUEST_PREFIX) ? contributor.slice(0, GUEST_PREFIX.length + SITE_DIGITS) : contributor;
}

/** How many of these can be taken for different people: contributors of different sites. */
export function countIndependent(contributors: Iterable<string>): number {
  return new Set([...contributors].map(siteOf)).size;
}
