/**
 * Many examples as a grid of tiles: a list box with one stop for the Tab key, in which arrows walk, Space selects and Shift selects ranges.
 * Pictures come when they come into sight, and what is out of sight is not laid out, so a thousand are as quick as fifty.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { find } from "./dom.ts";
import { type GridAudience, handleTiles } from "./grid-events.ts";
import type { Selection } from "./grid-selection.ts";
import { type Tile, type TileContext, TileOption } from "./look-tile.tsx";
import { appendTiles, changeTiles, idsOf, NO_TILES, shownOf, type Tiles } from "./look-tiles.ts";

/** A grid as those see it who fill it. */
export type LookGrid = ReturnType<typeof useLookGrid>;

/** Empty at first. What it gives back can be called whenever an answer comes. */
export function useLookGrid() {
  const [tiles, show] = useState(NO_TILES);
  // What answers are put into, however many have come since the last rendering.
  const latest = useRef(tiles);
  const list = useRef<HTMLDivElement>(null);
  const isToFocus = useRef(false);
  const put = (next: Tiles, isFocused: boolean) => {
    latest.current = next;
    isToFocus.current ||= isFocused;
    show(next);
  };
  /** Gives the focus to the tile at which the Tab key stops, and after the last one to the title of the place. */
  const focusStop = () => (list.current?.querySelector<HTMLElement>('[tabindex="0"]') ?? find("look-title")).focus();
  useLayoutEffect(() => {
    if (isToFocus.current) focusStop();
    isToFocus.current = false;
  });
  /** A tile that has the focus hands it to the nearest when it leaves. */
  const update = (changed: readonly Tile[], belongs: (tile: Tile) => boolean) =>
    put(changeTiles(latest.current, changed, belongs), list.current?.contains(document.activeElement) ?? false);
  return {
    tiles,
    list,
    update,
    append: (fresh: readonly Tile[]) => put(appendTiles(latest.current, fresh), false),
    focusStop,
    /** One that has left meanwhile leaves the focus to where the Tab key stops. */
    focus: (photo: string) =>
      put(latest.current.gone.has(photo) ? { ...latest.current } : { ...latest.current, stop: photo }, true),
    select: (selection: Selection) => put({ ...latest.current, selection }, false),
    selection: () => latest.current.selection,
    ids: () => idsOf(latest.current),
    shown: () => shownOf(latest.current),
  };
}

interface LookTilesProps extends TileContext {
  readonly grid: LookGrid;
  /** What the list box is called. */
  readonly name: string;
  readonly isOneItem: boolean;
  readonly audience: GridAudience;
}

export function LookTiles({ grid, name, isOneItem, audience, texts, names }: LookTilesProps) {
  const { tiles, list } = grid;
  const shown = shownOf(tiles);
  return (
    <div
      class={`look-grid ${shown.some(({ picture }) => picture) ? "" : "look-list"}`}
      role="listbox"
      aria-multiselectable
      aria-label={name}
      ref={list}
      {...handleTiles({ ...audience, ...grid })}
    >
      {shown.map((tile) => (
        <TileOption
          key={tile.photo}
          {...{ tile, isOneItem, texts, names }}
          isSelected={tiles.selection.chosen.has(tile.photo)}
          isStop={tile.photo === tiles.stop}
        />
      ))}
    </div>
  );
}
