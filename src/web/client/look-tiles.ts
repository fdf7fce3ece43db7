/** The tiles of a list, those that have left it, what is selected, and where the Tab key stops. Pure. */
import { keepOnly, NOTHING_SELECTED, type Selection } from "./grid-selection.ts";
import type { Tile } from "./look-tile.tsx";

export interface Tiles {
  /** In the list's order. */
  readonly all: readonly Tile[];
  /** Photos of those that no longer belong; their place is kept for their coming back. */
  readonly gone: ReadonlySet<string>;
  readonly selection: Selection;
  /** The tile at which the Tab key stops; null where none shows. */
  readonly stop: string | null;
}

export const NO_TILES: Tiles = { all: [], gone: new Set(), selection: NOTHING_SELECTED, stop: null };

/** Those that show. */
export function shownOf({ all, gone }: Tiles): readonly Tile[] {
  return all.filter(({ photo }) => !gone.has(photo));
}

/** Their photos. */
export function idsOf(tiles: Tiles): readonly string[] {
  return shownOf(tiles).map(({ photo }) => photo);
}

/** With these behind the others, each once. */
export function appendTiles(tiles: Tiles, fresh: readonly Tile[]): Tiles {
  const known = new Set(tiles.all.map(({ photo }) => photo));
  const all = [...tiles.all, ...fresh.filter(({ photo }) => !known.has(photo))];
  return { ...tiles, all, stop: tiles.stop ?? idsOf({ ...tiles, all })[0] ?? null };
}

/** With `changed` as they are now: those that do not belong leave, those that do come back to their place. */
export function changeTiles(tiles: Tiles, changed: readonly Tile[], belongs: (tile: Tile) => boolean): Tiles {
  const now = new Map(changed.map((tile) => [tile.photo, tile]));
  const all = tiles.all.map((tile) => now.get(tile.photo) ?? tile);
  const hasGone = (tile: Tile) => (now.has(tile.photo) ? !belongs(tile) : tiles.gone.has(tile.photo));
  const gone = new Set(all.filter(hasGone).map(({ photo }) => photo));
  const ids = idsOf({ ...tiles, all, gone });
  const stop = nearestTo(tiles.stop, idsOf(tiles), gone) ?? ids[0] ?? null;
  return { all, gone, selection: keepOnly(tiles.selection, new Set(ids)), stop };
}

/** The tile itself, or the nearest after it, or before it, that still shows. */
function nearestTo(photo: string | null, before: readonly string[], gone: ReadonlySet<string>): string | undefined {
  const at = before.indexOf(photo ?? "");
  if (at < 0) return undefined;
  const isHere = (other: string) => !gone.has(other);
  return before.slice(at).find(isHere) ?? before.slice(0, at).findLast(isHere);
}
