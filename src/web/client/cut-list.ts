/**
 * A list of which the first rows show, and a button that shows more: what waits may be long, and nobody reads all of it at once.
 * The rows themselves belong to whoever fills the list.
 */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createButton } from "./dom.ts";

/** How many times as many rows show after each press: all of a hundred after a few. */
const GROWTH = 3;
/** So many rows are filled before the next paint, the others in tasks of their own, so that a key in between is answered. */
const ROWS_PER_TASK = 9;
const SMALL_WINDOW = "(width < 48rem)";

/** How many rows show at first. */
interface Room {
  /** In a window as narrow as a phone's. */
  readonly small: number;
  readonly large: number;
}

export interface Cut {
  /** Stands below the list; hidden while all of it shows. */
  readonly button: HTMLButtonElement;
  /** Shows as many rows as there is room for; to be called whenever rows have come or gone. */
  fill(): void;
  /** Makes room for row `at`, and for all before it. */
  reveal(at: number): void;
  /** How many rows there is room for. */
  room(): number;
}

interface CutOptions {
  /** Hears the button, once the rows show and the first of them has the focus. */
  readonly onMore?: () => void;
  /** Hears of each row once, when it shows for the first time, or soon after: a list whose rows take long to make fills them then. */
  readonly onShown?: (row: Element) => void;
  /** A row that is not wanted takes no room and does not show. */
  readonly isWanted?: (row: Element) => boolean;
}

/** Shows nothing of itself until it is filled. */
export function cutList(
  list: HTMLElement,
  { small, large }: Room,
  { onMore, onShown, isWanted = () => true }: CutOptions = {},
): Cut {
  let room = matchMedia(SMALL_WINDOW).matches ? small : large;
  const filled = new WeakSet<Element>();
  const fillRows = (rows: readonly Element[]) => {
    for (const row of rows.slice(0, ROWS_PER_TASK)) {
      filled.add(row);
      onShown?.(row);
    }
    if (rows.length > ROWS_PER_TASK) setTimeout(() => fillRows(rows.slice(ROWS_PER_TASK)));
  };
  const wanted = () => [...list.children].filter(isWanted);
  const fill = () => {
    const rows = wanted();
    const shown = new Set(rows.slice(0, room));
    fillRows([...shown].filter((row) => !filled.has(row)));
    for (const row of list.children) row.toggleAttribute("hidden", !shown.has(row));
    button.hidden = rows.length <= room;
  };
  const button = createButton(kitchen.frame.showMore, "plain", () => {
    const seen = room;
    room *= GROWTH;
    fill();
    // The button may be gone now; the first of the new rows is where reading goes on.
    focusRow(wanted()[seen]);
    onMore?.();
  });
  button.classList.add("show-more");
  button.hidden = true;
  const reveal = (at: number) => {
    if (at < room) return;
    room = at + 1;
    fill();
  };
  return { button, fill, reveal, room: () => room };
}

/** A row that is a card of its own has what takes the focus; any other takes it itself. */
function focusRow(row: Element | undefined): void {
  if (!(row instanceof HTMLElement)) return;
  const card = row.querySelector<HTMLElement>(":scope > [tabindex]");
  if (card === null && !row.hasAttribute("tabindex")) row.tabIndex = -1;
  (card ?? row).focus();
}
