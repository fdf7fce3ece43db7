/**
 * The live head as one isolate knows it. A classification asks for it; at most every few seconds that costs one row, and
 * only a new head or a changed menu costs more. Holds plain data, never a promise of another request.
 */
import type { Head } from "../head/predict.ts";
import type { Database } from "./database.ts";
import { loadHead, readLivePointer } from "./heads.ts";
import { listMenu } from "./menu.ts";

/** Half of the 10 s within which isolates must serve a new head; the other half is for the run and the network. */
export const HEAD_CACHE_TTL_MS = 5_000;

export interface ServedHead {
  readonly version: number;
  readonly backboneId: string;
  readonly head: Head;
  /** Names of active classes by id; a class that is not here is archived and gets no score. */
  readonly names: ReadonlyMap<string, string>;
}

/** Returns the live head, or null while there is none. */
export type ReadServedHead = (db: Database, nowMs: number) => Promise<ServedHead | null>;

export function createHeadCache(ttlMs = HEAD_CACHE_TTL_MS): ReadServedHead {
  let cached: { served: ServedHead; menuRevision: number; checkedAt: number } | undefined;

  return async function readServedHead(db, now) {
    if (cached !== undefined && now - cached.checkedAt < ttlMs) return cached.served;
    const { liveHead, menuRevision } = await readLivePointer(db);
    if (liveHead === null) return null;
    if (cached?.served.version === liveHead && cached.menuRevision === menuRevision) {
      cached = { ...cached, checkedAt: now };
      return cached.served;
    }
    const [stored, menu] = await Promise.all([loadHead(db, liveHead), listMenu(db)]);
    if (stored === null) return null;
    const names = new Map(menu.map((item) => [item.id, item.name]));
    const served = { version: liveHead, backboneId: stored.backboneId, head: stored.head, names };
    cached = { served, menuRevision, checkedAt: now };
    return served;
  };
}
