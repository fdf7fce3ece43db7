/**
 * The cards of the queue in their list: one stop for the Tab key, keys that move and decide, and a focus that survives
 * when cards come and go. Knows nothing of the API.
 */
import { createElement } from "./dom.ts";
import type { ReviewCard } from "./review-card.ts";
import { moveInQueue, type ReviewCommand, readReviewKey } from "./review-keys.ts";

interface ReviewList {
  readonly element: HTMLElement;
  cards(): readonly ReviewCard[];
  /** Shows these; cards that are there already stay where they are, with what is open and selected in them. */
  place(next: readonly ReviewCard[]): void;
}

/** `onUndo` hears the key that takes the last decision back. */
export function createReviewList(onUndo: () => void): ReviewList {
  let cards: readonly ReviewCard[] = [];
  const element = createElement("ul", { class: "reviews", attributes: { "aria-labelledby": "reviews-title" } });
  const findFocused = () => cards.findIndex((card) => card.element.contains(document.activeElement));
  element.addEventListener("keydown", (event) => {
    const { target } = event;
    const at = findFocused();
    if (at < 0 || !(target instanceof HTMLElement) || target.closest(".picker, .because") !== null) return;
    const command = readReviewKey(event, target === cards[at].body);
    if (command === null) return;
    event.preventDefault();
    if (command === "undo") onUndo();
    else obey(command, cards, at);
  });
  element.addEventListener("focusin", () => setTabStop(cards, cards[findFocused()]));
  const place = (next: readonly ReviewCard[]) => {
    const focused: ReviewCard | undefined = cards[findFocused()];
    const inFocus = document.activeElement;
    cards = next;
    const isInPlace = element.childElementCount === next.length;
    if (!isInPlace || next.some((card, at) => element.children[at] !== card.element)) {
      element.replaceChildren(...next.map((card) => card.element));
    }
    setTabStop(cards, focused);
    // Moving an element takes the focus out of it.
    if (focused === undefined || element.contains(document.activeElement)) return;
    if (next.includes(focused) && inFocus instanceof HTMLElement) inFocus.focus();
    else next[0]?.body.focus();
  };
  return { element, cards: () => cards, place };
}

/** The card that had the focus last, else the first. */
function setTabStop(cards: readonly ReviewCard[], wanted: ReviewCard | undefined): void {
  const stop = wanted !== undefined && cards.includes(wanted) ? wanted : cards[0];
  for (const { body } of cards) body.tabIndex = body === stop?.body ? 0 : -1;
}

function obey(command: ReviewCommand, cards: readonly ReviewCard[], at: number): void {
  const card = cards[at];
  if (command === "accept") card.accept();
  else if (command === "reject") card.reject();
  else if (command === "relabel") card.openPicker();
  else if (command === "none") card.acceptAsNone();
  else if (command === "select") card.box.click();
  else {
    const top = cards[0].element.offsetTop;
    const columns = cards.filter(({ element }) => element.offsetTop === top).length;
    cards[moveInQueue(command, at, cards.length, columns)].body.focus();
  }
}
