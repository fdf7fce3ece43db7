/**
 * Many examples as a grid of tiles: a list box with one stop for the Tab key, in which arrows walk, Space selects and Shift selects ranges.
 * Pictures come when they come into sight, and what is out of sight is not laid out, so a thousand are as quick as fifty.
 */
import { createElement } from "./dom.ts";
import { type GridAudience, wireTiles } from "./grid-events.ts";
import { keepOnly, NOTHING_SELECTED, type Selection, selectAll } from "./grid-selection.ts";
import { fillTile, type Tile, type TileContext } from "./look-tile.ts";

/** A grid of tiles. */
export interface LookGrid {
  readonly element: HTMLElement;
  /** Puts these behind the others. */
  append(tiles: readonly Tile[]): void;
  /** Shows tiles as they are now: those that no longer belong leave, those that do come back to their place. */
  update(tiles: readonly Tile[], belongs: (tile: Tile) => boolean): void;
  selectAll(): void;
  selectNone(): void;
  /** Those that show, in their order. */
  shown(): readonly Tile[];
  focus(photo: string): void;
}

/** Empty at first; `name` is what the list box is called. */
export function createLookGrid(name: string, context: TileContext, audience: GridAudience): LookGrid {
  const attributes = { role: "listbox", "aria-multiselectable": "true", "aria-label": name };
  const element = createElement("ul", { class: "look-grid", attributes });
  const options = new Map<string, HTMLElement>();
  let all: readonly Tile[] = [];
  let gone: ReadonlySet<string> = new Set();
  let selection: Selection = NOTHING_SELECTED;

  const shown = () => all.filter(({ photo }) => !gone.has(photo));
  const ids = () => shown().map(({ photo }) => photo);
  const select = (next: Selection) => {
    for (const photo of new Set([...selection.chosen, ...next.chosen])) {
      if (selection.chosen.has(photo) !== next.chosen.has(photo)) mark(options.get(photo), next.chosen.has(photo));
    }
    selection = next;
    audience.onSelect(shown().filter(({ photo }) => next.chosen.has(photo)));
  };
  const stopAt = (photo: string | undefined) => {
    for (const option of element.querySelectorAll<HTMLElement>('[tabindex="0"]')) option.tabIndex = -1;
    const option = options.get(photo ?? "");
    if (option !== undefined) option.tabIndex = 0;
    return option;
  };
  const focus = (photo: string | undefined) => stopAt(photo)?.focus();
  const open = (photo: string) => {
    const tile = all.find((one) => one.photo === photo);
    if (tile !== undefined) audience.onOpen(tile);
  };
  wireTiles(element, { ...audience, ids, selection: () => selection, select, focus, open });

  const fill = (tile: Tile) => {
    const option = options.get(tile.photo) ?? createOption(tile.photo);
    options.set(tile.photo, option);
    fillTile(option, tile, context);
    return option;
  };
  const append = (tiles: readonly Tile[]) => {
    const fresh = tiles.filter(({ photo }) => !options.has(photo));
    element.append(...fresh.map(fill));
    all = [...all, ...fresh];
    if (element.querySelector('[tabindex="0"]') === null) stopAt(ids()[0]);
  };
  const update: LookGrid["update"] = (tiles, belongs) => {
    const now = new Map(tiles.map((tile) => [tile.photo, tile]));
    const before = ids();
    const focused = readFocus(element);
    all = all.map((tile) => now.get(tile.photo) ?? tile);
    const hasGone = (tile: Tile) => (now.has(tile.photo) ? !belongs(tile) : gone.has(tile.photo));
    gone = new Set(all.filter(hasGone).map(({ photo }) => photo));
    for (const tile of tiles) fill(tile);
    placeOptions(element, shown(), options);
    select(keepOnly(selection, new Set(ids())));
    const next = nextTo(focused ?? "", before, gone) ?? ids()[0];
    if (focused === null) stopAt(next);
    else focus(next);
  };
  const selectEach = () => select(selectAll(ids()));
  return { element, append, update, shown, focus, selectAll: selectEach, selectNone: () => select(NOTHING_SELECTED) };
}

function mark(option: HTMLElement | undefined, isSelected: boolean): void {
  option?.setAttribute("aria-selected", String(isSelected));
}

function createOption(photo: string): HTMLElement {
  const attributes = { role: "option", "aria-selected": "false", tabindex: "-1", "data-photo": photo };
  return createElement("li", { class: "tile", attributes });
}

/** Takes out those that have gone, and puts those that are back before the one that follows them. */
function placeOptions(element: HTMLElement, shown: readonly Tile[], options: ReadonlyMap<string, HTMLElement>): void {
  const wanted = new Set(shown.map(({ photo }) => options.get(photo)));
  for (const option of [...element.children]) if (option instanceof HTMLElement && !wanted.has(option)) option.remove();
  let follower: Element | null = null;
  for (const { photo } of shown.toReversed()) {
    const option = options.get(photo);
    if (option === undefined) continue;
    if (option.parentElement !== element) element.insertBefore(option, follower);
    follower = option;
  }
}

/** The tile that had the focus, or the nearest after it, or before it, that still shows. */
function nextTo(photo: string, before: readonly string[], gone: ReadonlySet<string>): string | undefined {
  const at = Math.max(0, before.indexOf(photo));
  const isHere = (other: string) => !gone.has(other);
  return before.slice(at).find(isHere) ?? before.slice(0, at).findLast(isHere);
}

function readFocus(element: HTMLElement): string | null {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement && element.contains(activeElement)
    ? (activeElement.dataset.photo ?? null)
    : null;
}
