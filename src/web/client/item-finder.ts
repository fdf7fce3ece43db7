/** The cards of a long menu: the first of them, a field that finds one by its name, and a button that shows more. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { cutList } from "./cut-list.ts";
import { createElement } from "./dom.ts";
import { filterItems } from "./filter-items.ts";

/** A phone's few are as long as its form; a wide window has rows of three. */
const ROOM = { small: 6, large: 12 };

interface ItemFinder {
  /** Stands above the grid: the field, there from the moment that not all cards have room; and what it has found. */
  readonly head: HTMLElement;
  /** Stands below it. */
  readonly button: HTMLElement;
  /** `items` are those whose cards the grid holds. */
  fill(items: readonly ItemClass[]): void;
  /** Puts a new card into the grid, where it shows. */
  add(card: Element): void;
}

/** `idOf` says which item a card is about. */
export function createItemFinder(grid: HTMLElement, idOf: (card: Element) => string | undefined): ItemFinder {
  let items: readonly ItemClass[] = [];
  const field = createElement("input", { attributes: { type: "search", autocomplete: "off" } });
  const label = createElement("label", { class: "field item-finder" });
  label.append(createElement("span", { class: "field-name small", text: kitchen.picker.find }), field);
  const found = createElement("p", { class: "soft", attributes: { role: "status" } });
  const find = () => new Set<string | undefined>(filterItems(items, field.value).map(({ id }) => id));
  let wanted = find();
  const cut = cutList(grid, ROOM, { isWanted: (card) => wanted.has(idOf(card)) });
  const show = () => {
    wanted = find();
    cut.fill();
    found.textContent = wanted.size === 0 && items.length > 0 ? kitchen.picker.none : "";
  };
  field.addEventListener("input", show);
  const fill = (next: readonly ItemClass[]) => {
    items = next;
    label.hidden = items.length <= cut.room() && field.value === "";
    show();
  };
  // Behind the others it would be out of sight as soon as it has come.
  const add = (card: Element) => (grid.childElementCount < cut.room() ? grid.append(card) : grid.prepend(card));
  return { head: createElement("div", {}, label, found), button: cut.button, fill, add };
}
