/** What keys, clicks and taps do in a grid of tiles. Letters count only while a tile has the focus (WCAG 2.1.4). */
import type { TargetedKeyboardEvent } from "preact";
import { moveBy } from "./grid-keys.ts";
import { extendTo, NOTHING_SELECTED, type Selection, selectAll, toggleOne } from "./grid-selection.ts";
import type { Tile } from "./look-tile.tsx";

/** Hears what happens in the grid. */
export interface GridAudience {
  readonly onOpen: (tile: Tile) => void;
  readonly onUndo: () => void;
  /** The last tile has been reached: perhaps there are more. */
  readonly onEnd: () => void;
}

/** The grid as its events see it. */
interface GridState extends GridAudience {
  /** The tiles that show, in their order. */
  readonly shown: () => readonly Tile[];
  readonly ids: () => readonly string[];
  readonly selection: () => Selection;
  readonly select: (next: Selection) => void;
  readonly focus: (photo: string) => void;
}

/** For the element that holds the tiles, each with its id in `data-photo`. */
export function handleTiles(grid: GridState) {
  const choose = (photo: string, isRange: boolean) => {
    const selection = grid.selection();
    grid.select(isRange ? extendTo(selection, grid.ids(), photo) : toggleOne(selection, photo));
  };
  return {
    onKeyDown: (event: TargetedKeyboardEvent<HTMLElement>) => {
      const tile = findTile(event);
      if (tile !== null && (act(event, tile.photo, grid, choose) || walk(event, tile, event.currentTarget, grid)))
        event.preventDefault();
    },
    onClick: (event: MouseEvent) => {
      const tile = findTile(event);
      if (tile === null) return;
      choose(tile.photo, event.shiftKey);
      grid.focus(tile.photo);
    },
    onDblClick: (event: MouseEvent) => {
      const tile = findTile(event);
      if (tile !== null) open(tile.photo, grid);
    },
  };
}

function open(photo: string, { shown, onOpen }: GridState): void {
  const tile = shown().find((one) => one.photo === photo);
  if (tile !== undefined) onOpen(tile);
}

interface PointedTile {
  readonly photo: string;
  readonly option: HTMLElement;
}

function findTile({ target }: Event): PointedTile | null {
  const option = target instanceof Element ? target.closest<HTMLElement>("[data-photo]") : null;
  const photo = option?.dataset.photo;
  return option === null || photo === undefined ? null : { option, photo };
}

/** Whether the key is one that does something where it is pressed. */
function act(
  event: KeyboardEvent,
  photo: string,
  grid: GridState,
  choose: (photo: string, isRange: boolean) => void,
): boolean {
  const isCommand = event.ctrlKey || event.metaKey;
  // By the key and not by the letter: other alphabets write others with it.
  if (event.code === "KeyZ" && !event.shiftKey && !event.altKey) grid.onUndo();
  else if (event.code === "KeyA" && isCommand) grid.select(selectAll(grid.ids()));
  else if (isCommand || event.altKey) return false;
  else if (event.key === " ") choose(photo, event.shiftKey);
  else if (event.key === "Enter") open(photo, grid);
  else if (event.key === "Escape") grid.select(NOTHING_SELECTED);
  else return false;
  return true;
}

/** Whether the key leads to another tile, or stays at the edge. */
function walk(event: KeyboardEvent, { photo, option }: PointedTile, element: HTMLElement, grid: GridState): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const photos = grid.ids();
  const at = photos.indexOf(photo);
  const to = moveBy(event.key, at, { count: photos.length, ...measure(element, option) });
  if (to === null) return false;
  if (event.shiftKey) {
    const selection = grid.selection();
    grid.select(extendTo(selection.anchor === null ? { ...selection, anchor: photo } : selection, photos, photos[to]));
  }
  grid.focus(photos[to]);
  if (to === photos.length - 1) grid.onEnd();
  return true;
}

/** As the style sheet lays it out now. */
function measure(element: HTMLElement, option: HTMLElement) {
  const columns = Math.max(1, getComputedStyle(element).gridTemplateColumns.split(" ").length);
  const pageRows = Math.max(1, Math.floor(innerHeight / Math.max(1, option.offsetHeight)) - 1);
  return { columns, pageRows };
}
