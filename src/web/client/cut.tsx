/** A list of which the first rows show, and a button that shows more: what waits may be long, and nobody reads all of it at once. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { Button } from "./controls.tsx";

/** How many times as many rows show after each press: all of a hundred after a few. */
const GROWTH = 3;
/** So many new rows come before the next paint, the others in tasks of their own, so that a key in between is answered. */
const ROWS_PER_TASK = 9;
const SMALL_WINDOW = "(width < 48rem)";

/** How many rows show at first. */
interface Room {
  /** In a window as narrow as a phone's. */
  readonly small: number;
  readonly large: number;
}

/** As it is in this window. */
export function roomAtFirst({ small, large }: Room): number {
  return matchMedia(SMALL_WINDOW).matches ? small : large;
}

/** `rows` are those that the list could show; the first `shown` of them do. `list` is the list's `ref`: its hidden children do not count. */
export function useCut<List extends HTMLElement>(first: Room, rows: number) {
  const [room, setRoom] = useState(() => roomAtFirst(first));
  const [made, setMade] = useState(room);
  const list = useRef<List>(null);
  /** The row where reading goes on. */
  const readOn = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (readOn.current === null) return;
    focusRow(list.current?.querySelectorAll(":scope > :not([hidden])")[readOn.current]);
    readOn.current = null;
  });
  useEffect(() => {
    if (made >= room) return;
    const timer = setTimeout(() => setMade(made + ROWS_PER_TASK));
    return () => clearTimeout(timer);
  }, [made, room]);
  const more = () => {
    readOn.current = room;
    setMade(room + ROWS_PER_TASK);
    setRoom(room * GROWTH);
  };
  /** Makes room for row `at`, and for all before it. */
  const reveal = (at: number) => {
    if (at < room) return;
    setMade(at + 1);
    setRoom(at + 1);
  };
  /** Stands below the list; not there while all of it shows. */
  const button = rows > room && (
    <Button kind="more" onClick={more}>
      {kitchen.frame.showMore}
    </Button>
  );
  return { list, room, shown: Math.min(room, made), button, reveal };
}

/** A row that is a card of its own has what takes the focus; any other takes it itself. */
export function focusRow(row: Element | undefined): void {
  if (!(row instanceof HTMLElement)) return;
  const card = row.querySelector<HTMLElement>(":scope > [tabindex]");
  if (card === null && !row.hasAttribute("tabindex")) row.tabIndex = -1;
  (card ?? row).focus();
}
