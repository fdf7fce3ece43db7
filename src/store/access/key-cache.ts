/**
 * Keys as one isolate knows them, so that a request with a key costs no query. The isolate believes what it knows for half
 * a minute: so long can a revoked key live on in other isolates. Holds plain data, never a promise of another request.
 */
import { remember } from "../../shared/remember.ts";
import { hasPassed } from "../../shared/time.ts";
import type { Database } from "../database.ts";
import { type ApiKey, findApiKey, isBootstrapSpent, KEY_USE_INTERVAL_MS, listHashesInUse } from "./api-keys.ts";

/** A revoked key is refused everywhere within this time. */
export const KEY_CACHE_TTL_MS = 30_000;

/** How old the list of all keys in use may be. It tells wrong secrets from right ones without a query for each. */
const IN_USE_TTL_MS = 5_000;

/** Hashes of secrets that are remembered, wrong ones included: some 300 KB. */
const MAX_KNOWN_SECRETS = 1_000;

/** Times are Unix ms. One isolate's knowledge: others learn of a revocation when theirs has aged. */
export interface KeyCache {
  /** The key in use whose secret has this hash; null when there is none, or when it has expired or been revoked. */
  readKey(db: Database, secretHash: string, now: number): Promise<ApiKey | null>;
  /** Whether the bootstrap secret with this hash is spent; a spent one costs no query again. */
  isSpent(db: Database, bootstrapHash: string, now: number): Promise<boolean>;
  /** Whether a key in use has this hash, at the cost of one query in five seconds, whatever is asked. */
  isInUse(db: Database, secretHash: string, now: number): Promise<boolean>;
  /** Whether to write down a use of the key, once an hour; a yes counts as written. */
  takeUse(key: ApiKey, now: number): boolean;
  /** Forgets everything, after a change to keys. */
  clear(): void;
}

/** `ttlMs` bounds how long a revoked key may still open this isolate. */
export function createKeyCache(ttlMs = KEY_CACHE_TTL_MS): KeyCache {
  const keys = new Map<string, { key: ApiKey | null; checkedAt: number }>();
  const uses = new Map<string, number>();
  let inUseNow: { hashes: ReadonlySet<string>; checkedAt: number } | undefined;
  let bootstrap: { hash: string; isSpent: boolean; checkedAt: number } | undefined;

  return {
    async readKey(db, secretHash, now) {
      const known = keys.get(secretHash);
      if (known !== undefined && !hasPassed(known.checkedAt, ttlMs, now)) return inUse(known.key, now);
      const key = await findApiKey(db, secretHash);
      remember(keys, secretHash, { key, checkedAt: now }, MAX_KNOWN_SECRETS);
      return inUse(key, now);
    },
    async isSpent(db, hash, now) {
      const known = bootstrap?.hash === hash ? bootstrap : undefined;
      if (known !== undefined && (known.isSpent || !hasPassed(known.checkedAt, ttlMs, now))) return known.isSpent;
      const isSpent = await isBootstrapSpent(db, hash);
      bootstrap = { hash, isSpent, checkedAt: now };
      return isSpent;
    },
    async isInUse(db, secretHash, now) {
      if (inUseNow === undefined || hasPassed(inUseNow.checkedAt, IN_USE_TTL_MS, now)) {
        // Those who ask while this one reads go by the old list, so that a crowd of guesses makes one query.
        if (inUseNow !== undefined) inUseNow = { ...inUseNow, checkedAt: now };
        inUseNow = { hashes: new Set(await listHashesInUse(db, now)), checkedAt: now };
      }
      return inUseNow.hashes.has(secretHash);
    },
    takeUse(key, now) {
      if (now - Math.max(uses.get(key.id) ?? 0, key.lastUsedAt ?? 0) < KEY_USE_INTERVAL_MS) return false;
      remember(uses, key.id, now, MAX_KNOWN_SECRETS);
      return true;
    },
    clear() {
      keys.clear();
      inUseNow = undefined;
      bootstrap = undefined;
    },
  };
}

function inUse(key: ApiKey | null, now: number): ApiKey | null {
  if (key === null || key.revokedAt !== null) return null;
  return key.expiresAt !== null && key.expiresAt <= now ? null : key;
}
