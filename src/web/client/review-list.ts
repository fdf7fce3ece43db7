/**
 * The cards of the queue in their list: one stop for the Tab key, keys that move and decide, and a focus that survives
 * when cards come and go. Knows nothing of the API.
 */
import { type Cut, cutList } from "./cut-list.ts";
import { createElement } from "./dom.ts";
import type { ReviewCard } from "./review-card.ts";
import { moveInQueue, type ReviewCommand, readReviewKey } from "./review-keys.ts";

/** On a phone one at a time, since deciding it brings the next; a wide window has rows of three. */
const ROOM = { small: 1, large: 9 };

interface ReviewList {
  /** The list, and below it the button that shows more of it. */
  readonly elements: readonly HTMLElement[];
  cards(): readonly ReviewCard[];
  /** Those of them that there is room for. */
  shown(): readonly ReviewCard[];
  /** Gives it the focus; where it does not show, all up to it do from then on. */
  focus(card: ReviewCard): void;
  /** Shows these; cards that are there already stay where they are, with what is open and selected in them. */
  place(next: readonly ReviewCard[]): void;
}

interface ReviewListOptions {
  /** The key that takes the last decision back. */
  readonly onUndo: () => void;
  /** More cards show. */
  readonly onMore: () => void;
}

/** Starts empty; what it holds is placed. */
export function createReviewList({ onUndo, onMore }: ReviewListOptions): ReviewList {
  let cards: readonly ReviewCard[] = [];
  let stop: ReviewCard | undefined;
  const element = createElement("ul", { class: "reviews", attributes: { "aria-labelledby": "reviews-title" } });
  const draw = (row: Element) => cards.find((card) => card.element === row)?.draw();
  const cut = cutList(element, ROOM, { onMore, onShown: draw });
  /** The card that had the focus last, otherwise the first. */
  const setTabStop = (wanted: ReviewCard | undefined) => {
    if (stop !== undefined) stop.body.tabIndex = -1;
    stop = wanted !== undefined && cards.includes(wanted) ? wanted : cards[0];
    if (stop !== undefined) stop.body.tabIndex = 0;
  };
  const findFocused = () => cards.findIndex((card) => card.element.contains(document.activeElement));
  element.addEventListener("keydown", (event) => {
    const { target } = event;
    const at = findFocused();
    if (at < 0 || !(target instanceof HTMLElement) || target.closest(".picker, .because") !== null) return;
    const command = readReviewKey(event, target === cards[at].body);
    if (command === null) return;
    event.preventDefault();
    if (command === "undo") onUndo();
    else obey(command, cards, at, cut);
  });
  element.addEventListener("focusin", () => setTabStop(cards[findFocused()]));
  const place = (next: readonly ReviewCard[]) => {
    const focused: ReviewCard | undefined = cards[findFocused()];
    const inFocus = document.activeElement;
    cards = next;
    arrange(element, next);
    cut.fill();
    setTabStop(focused);
    // Moving an element takes the focus out of it.
    if (focused === undefined || element.contains(document.activeElement)) return;
    if (next.includes(focused) && inFocus instanceof HTMLElement) inFocus.focus();
    else next[0]?.body.focus();
  };
  const focus = (card: ReviewCard) => focusCard(cards, cards.indexOf(card), cut);
  return { elements: [element, cut.button], cards: () => cards, shown: () => cards.slice(0, cut.room()), focus, place };
}

/** Moves no card that is in its place already: where one goes, a hundred others stay as they are. */
function arrange(list: HTMLElement, cards: readonly ReviewCard[]): void {
  const wanted = new Set<Element>(cards.map(({ element }) => element));
  for (const shown of [...list.children]) if (!wanted.has(shown)) shown.remove();
  for (const [at, { element }] of cards.entries()) {
    if (list.children[at] !== element) list.insertBefore(element, list.children[at] ?? null);
  }
}

function focusCard(cards: readonly ReviewCard[], at: number, cut: Cut): void {
  cut.reveal(at);
  cards[at].body.focus();
}

function obey(command: ReviewCommand, cards: readonly ReviewCard[], at: number, cut: Cut): void {
  const card = cards[at];
  if (command === "accept") card.accept();
  else if (command === "reject") card.reject();
  else if (command === "relabel") card.openPicker();
  else if (command === "none") card.acceptAsNone();
  else if (command === "select") card.box.click();
  else {
    const top = cards[0].element.offsetTop;
    const columns = cards.filter(({ element }) => element.offsetTop === top).length;
    focusCard(cards, moveInQueue(command, at, cards.length, columns), cut);
  }
}
