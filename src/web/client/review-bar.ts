/** The bar over the queue: how to go through it by keyboard, and, once cards are selected, what to do with all of them. */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass, ReviewGroup } from "./admin-answers.ts";
import { createButton, createElement } from "./dom.ts";
import { createItemPicker } from "./item-picker.ts";
import { type BulkWish, describeSelection } from "./review-bulk.ts";
import { KEY_HELP } from "./review-keys.ts";

const texts = kitchen.reviewQueue.bar;

interface ReviewBarOptions {
  readonly classes: () => readonly ItemClass[];
  readonly onWish: (wish: BulkWish) => void;
  readonly onSelectAll: (isSelected: boolean) => void;
  /** The list of items opens: any other one has to close. */
  readonly onOpenPicker: () => void;
  /** The way back into the queue. */
  readonly onLeave: () => void;
}

/** How many cards of the queue show, and how many there are. */
interface QueueLength {
  readonly shown: number;
  readonly waiting: number;
}

interface ReviewBar {
  readonly element: HTMLElement;
  show(selected: readonly ReviewGroup[], length: QueueLength): void;
  closePicker(): void;
}

/** Sends nothing itself: `onWish` hears what to do with all selected cards. */
export function createReviewBar({ classes, onWish, onSelectAll, onOpenPicker, onLeave }: ReviewBarOptions): ReviewBar {
  const all = createElement("input", { attributes: { type: "checkbox" } });
  all.addEventListener("change", () => onSelectAll(all.checked));
  const choiceWords = createElement("span");
  const choice = createElement("label", { class: "choice" }, all, choiceWords);
  const count = createElement("p", { class: "bulk-count", attributes: { role: "status" } });
  const place = createElement("div", { class: "bulk-picker" });
  const openPicker = () => {
    onOpenPicker();
    const items = classes().filter(({ archived }) => !archived);
    const picker = createItemPicker({
      texts: kitchen.picker,
      items,
      onPick: ({ id, name }) => onWish({ kind: "relabel", to: id, name }),
      onMissing: () => onWish({ kind: "relabel", to: NONE_ID, name: kitchen.none.name }),
      onBack: () => {
        place.replaceChildren();
        other.focus();
      },
    });
    place.replaceChildren(picker.element);
    picker.focus();
  };
  const other = createButton(texts.relabel, "plain", openPicker);
  const buttons = createElement(
    "div",
    { class: "button-row", attributes: { role: "group", "aria-label": texts.group } },
    createButton(texts.accept, "primary", () => onWish({ kind: "accept" })),
    createButton(texts.reject, "plain", () => onWish({ kind: "reject" })),
    other,
    createButton(texts.clear, "quiet", () => {
      onSelectAll(false);
      onLeave();
    }),
  );
  const element = createElement("div", { class: "review-bar" }, choice, createKeyHelp(), count, buttons, place);
  const show = (selected: readonly ReviewGroup[], { shown, waiting }: QueueLength) => {
    element.hidden = shown === 0;
    all.checked = shown > 0 && selected.length >= shown;
    all.indeterminate = selected.length > 0 && selected.length < shown;
    choice.hidden = shown < 2;
    choiceWords.textContent = shown < waiting ? texts.selectShown(shown) : texts.selectAll;
    element.toggleAttribute("data-selected", selected.length > 0);
    count.textContent = selected.length === 0 ? "" : describeSelection(selected);
    buttons.hidden = selected.length === 0;
    if (selected.length === 0) place.replaceChildren();
  };
  return { element, show, closePicker: () => place.replaceChildren() };
}

/** Shown where there is a keyboard to speak of; always there for screen readers. */
function createKeyHelp(): HTMLElement {
  const entries = KEY_HELP.map(([keys, does]) => {
    const entry = createElement("span", {}, ...keys.map((text) => createElement("kbd", { text })));
    entry.append(` ${does}`);
    return entry;
  });
  const start = createElement("span", { text: kitchen.reviewQueue.keys.start });
  return createElement("p", { class: "keys soft small", attributes: { id: "review-keys" } }, start, ...entries);
}
