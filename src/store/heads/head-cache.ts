/**
 * Heads as one isolate knows them: the live one, and those of other versions that somebody asks for. A classification asks
 * for it; at most every few seconds that costs one row, and only a new head or a changed menu costs more. Holds plain data,
 * never a promise of another request.
 */
import type { Head } from "../../head/predict.ts";
import { noSuchVersion, versionPurged } from "../../shared/english/versions.ts";
import { collectLanguages, type TranslatedNames } from "../../shared/language.ts";
import type { Problem } from "../../shared/problem.ts";
import { remember } from "../../shared/remember.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { hasPassed } from "../../shared/time.ts";
import type { Database } from "../database.ts";
import { listMenu, type MenuItem } from "../menu/menu.ts";
import { listServedPlaces, type ServedPlaces } from "../places/places.ts";
import { findHead, type LoadedHead, liveHeadOf, loadHead, readLivePointer } from "./heads.ts";

/** Half of the 10 s within which isolates must serve a new head; the other half is for the run and the network. */
export const HEAD_CACHE_TTL_MS = 5_000;

/** A decoded head with the menu's names as they are now; the requests of an isolate share the object. */
export interface ServedHead {
  readonly version: number;
  readonly backboneId: string;
  readonly head: Head;
  /** Labelled samples that it was learnt from, by class; empty where it does not say. */
  readonly evidence: ReadonlyMap<string, number>;
  /** Whether it was taught too few photos to say reliably what is unlike them. */
  readonly fewPhotos: boolean;
  /** Labels with at most this score are perhaps mistakes; null where that cannot be said. */
  readonly doubtBelow: number | null;
  /** Names of active classes by id; a class that is not here is archived, or younger than the head, and gets no score. */
  readonly names: ReadonlyMap<string, string>;
  readonly translations: ReadonlyMap<string, TranslatedNames>;
  /** Tags that at least one of the items has a name in. */
  readonly languages: readonly string[];
  /** Least scores by class, where the admin has set one. */
  readonly thresholds: ReadonlyMap<string, number>;
  /** All active items; those that the head cannot know are in none of the above. */
  readonly menu: readonly MenuItem[];
  /** By id, as of the same moment as the menu. */
  readonly places: ServedPlaces;
}

/** Returns the live head as it was at `notBeforeMs` or later, or null while there is none. */
export type ReadServedHead = (db: Database, nowMs: number, notBeforeMs?: number) => Promise<ServedHead | null>;

/**
 * The reader resolves to null while no head is live. A head may be served for `ttlMs` after another went live. `findBackbone` gives the id
 * of the backbone that this Worker runs; it is asked where the deployment has two.
 */
export function createHeadCache(ttlMs = HEAD_CACHE_TTL_MS, findBackbone?: () => Promise<string>): ReadServedHead {
  let cached: { served: ServedHead; menuRevision: number; checkedAt: number } | undefined;

  return async function readServedHead(db, now, notBefore = 0) {
    const oldest = Math.max(now - ttlMs + 1, notBefore);
    if (cached !== undefined && cached.checkedAt >= oldest && cached.checkedAt <= now + ttlMs) return cached.served;
    const pointer = await readLivePointer(db);
    const { menuRevision } = pointer;
    const isAlone = pointer.secondBackbone === null || findBackbone === undefined;
    const liveHead = isAlone ? pointer.liveHead : liveHeadOf(pointer, await findBackbone());
    if (liveHead === null) return null;
    if (cached?.served.version === liveHead && cached.menuRevision === menuRevision) {
      cached = { ...cached, checkedAt: now };
      return cached.served;
    }
    const [stored, menu, places] = await Promise.all([loadHead(db, liveHead), listMenu(db), listServedPlaces(db)]);
    if (!stored.ok) return null;
    const served = serveHead(liveHead, stored.value, { menu, places });
    cached = { served, menuRevision, checkedAt: now };
    return served;
  };
}

/** A head beside the menu and the places of today. What it learnt under an id that is another item's now, it does not answer. */
export function serveHead(
  version: number,
  loaded: LoadedHead,
  { menu, places }: Pick<ServedHead, "menu" | "places">,
): ServedHead {
  const known = menu.filter(({ sinceRevision }) => sinceRevision <= loaded.archiveRevision);
  return { version, ...loaded, menu, places, ...describeMenu(known) };
}

function describeMenu(menu: readonly MenuItem[]) {
  const bounded = menu.flatMap(({ id, threshold }) => (threshold === null ? [] : [[id, threshold] as const]));
  return {
    names: new Map(menu.map(({ id, name }) => [id, name])),
    translations: new Map(menu.map(({ id, names }) => [id, names])),
    languages: collectLanguages(menu.map(({ names }) => names)),
    thresholds: new Map(bounded),
  };
}

/** A head of another version, and since when (Unix time in ms) this isolate has it. */
interface PinnedHead extends LoadedHead {
  readonly knownSince: number;
}

/** Returns the head of a version, live or not: `not_found`, `head_purged`. */
export type ReadPinnedHead = (db: Database, version: number, nowMs: number) => Promise<Result<PinnedHead, Problem>>;

/** Heads of other versions that an isolate keeps: at 1,000 classes one takes 1.3 MB. */
const MAX_PINNED_HEADS = 3;

/** Keeps the versions asked for last; whether one has been purged is looked up, one row, at most every `ttlMs`. */
export function createPinnedHeadCache(ttlMs = HEAD_CACHE_TTL_MS): ReadPinnedHead {
  const cached = new Map<number, { pinned: PinnedHead; checkedAt: number }>();

  return async function readPinnedHead(db, version, now) {
    const known = cached.get(version);
    if (known !== undefined && !hasPassed(known.checkedAt, ttlMs, now)) return ok(known.pinned);
    cached.delete(version);
    const found = known === undefined ? await loadPinned(db, version, now) : await confirm(db, version, known.pinned);
    if (!found.ok) return found;
    remember(cached, version, { pinned: found.value, checkedAt: now }, MAX_PINNED_HEADS);
    return found;
  };
}

async function loadPinned(db: Database, version: number, now: number): Promise<Result<PinnedHead, Problem>> {
  const loaded = await loadHead(db, version);
  return loaded.ok ? ok({ ...loaded.value, knownSince: now }) : loaded;
}

async function confirm(db: Database, version: number, pinned: PinnedHead): Promise<Result<PinnedHead, Problem>> {
  const found = await findHead(db, version);
  if (found === null) return err(noSuchVersion({ version }));
  return found.purgedAt === null ? ok(pinned) : err(versionPurged({ version }));
}
