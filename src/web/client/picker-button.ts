/** A card's "It is ...": a button that opens the list of items in a place of its own on the card, and closes it again. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createButton, createElement } from "./dom.ts";
import { createItemPicker, type PickerOptions } from "./item-picker.ts";

interface PickerButtonOptions extends Omit<PickerOptions, "texts" | "items"> {
  /** What to choose from; asked when the list opens, since most of a hundred cards never open theirs. */
  readonly listItems: () => PickerOptions["items"];
  /** Before the list opens. */
  readonly onOpen?: () => void;
}

interface PickerButton {
  /** Says with `aria-expanded` whether the list is open. */
  readonly button: HTMLButtonElement;
  /** Stands below the card's buttons. */
  readonly place: HTMLElement;
  /** Puts the focus into the list's field. */
  open(): void;
  close(): void;
}

/** `onBack` is called once the list has closed. */
export function createPickerButton({ listItems, onOpen, onBack, ...options }: PickerButtonOptions): PickerButton {
  const { relabel, relabelIt } = kitchen.reviewQueue.card;
  const place = createElement("div", { class: "review-picker" });
  const button = createButton(relabel, "plain", () => (place.childElementCount > 0 ? close() : open()));
  const close = () => {
    place.replaceChildren();
    button.setAttribute("aria-expanded", "false");
  };
  const leave = () => {
    close();
    onBack();
  };
  const open = () => {
    onOpen?.();
    const picker = createItemPicker({ ...options, texts: kitchen.picker, items: listItems(), onBack: leave });
    place.replaceChildren(picker.element);
    button.setAttribute("aria-expanded", "true");
    picker.focus();
  };
  button.setAttribute("aria-label", relabelIt);
  button.setAttribute("aria-expanded", "false");
  return { button, place, open, close };
}
