/** The menu in the kitchen: a card for each item, and the archived ones folded away. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass, ItemClasses } from "./admin-answers.ts";
import type { SampleLimits } from "./answers.ts";
import { createElement, find } from "./dom.ts";
import type { HeadDetails } from "./head-answers.ts";
import { createItemCard, type ItemCard } from "./item-card.ts";
import { createItemFinder } from "./item-finder.ts";
import { createNoneCard } from "./none-card.ts";
import { isAdmin } from "./role.ts";
import type { ItemNames } from "./version-words.ts";

const texts = kitchen.items;

/** `limits` are those of photos or of texts; `refresh` is called after every change. */
export function createItemsSection(limits: SampleLimits, refresh: () => Promise<void>) {
  // Kept from refresh to refresh, because a card may be in the middle of an upload or a rename.
  const cards = new Map<string, ItemCard>();
  const grid = createElement("div", { class: "items" });
  const ids = new Map<Element, string>();
  const finder = createItemFinder(grid, (card) => ids.get(card));
  const archivedGrid = createElement("div", { class: "items" });
  const archivedTitle = createElement("summary", {});
  const archived = createElement("details", { class: "archived" }, archivedTitle, archivedGrid);
  const empty = createElement("p", { class: "empty", text: isAdmin() ? texts.empty : texts.emptyForOthers });

  let menu: readonly ItemClass[] = [];
  // New items that no list has had yet: one that was asked for before they were made must not take their cards away.
  const unlisted = new Set<string>();
  const tell = (text: string) => {
    find("items-status").textContent = text;
  };
  const context = { refresh, tell, classes: () => menu };

  const none = createNoneCard(limits, context);
  const noneGrid = createElement("div", { class: "items items-none" }, none.element);

  /** `added`: the item that has just been put on the menu here. */
  const showItems = (classes: readonly ItemClass[], added?: string) => {
    menu = classes;
    for (const item of classes) {
      const card = cards.get(item.id) ?? createItemCard(item, limits, context);
      cards.set(item.id, card);
      ids.set(card.element, item.id);
      card.show(item);
      const place = item.archived ? archivedGrid : grid;
      if (card.element.parentElement === place) continue;
      card.element.hidden = false;
      if (item.id === added) finder.add(card.element);
      else place.append(card.element);
    }
    const known = new Set(classes.map(({ id }) => id));
    for (const [id, card] of cards) {
      if (known.has(id)) unlisted.delete(id);
      if (known.has(id) || unlisted.has(id)) continue;
      card.element.remove();
      cards.delete(id);
    }
    finder.fill(classes.filter((item) => !item.archived));
    empty.hidden = grid.childElementCount > 0;
    archived.hidden = archivedGrid.childElementCount === 0;
    archivedTitle.textContent = texts.archivedItems(archivedGrid.childElementCount);
    const body = find("items-body");
    noneGrid.hidden = !empty.hidden;
    if (!body.contains(grid)) body.replaceChildren(empty, finder.head, grid, finder.button, noneGrid, archived);
  };
  const show = ({ classes, none: { examples } }: ItemClasses) => {
    showItems(classes);
    none.show(examples);
  };
  const showCaught = none.showCaught;
  /** Puts on each card how well its item is told apart. */
  const showQuality = (details: HeadDetails | null, names: ItemNames) => {
    for (const card of cards.values()) card.showQuality(details, names);
  };
  /** Sends its photos by its card, which has the progress, the refusals, and the way to go on after a failure. */
  const welcome = async (item: ItemClass, photos: readonly File[]) => {
    showItems([...menu.filter(({ id }) => id !== item.id), item], item.id);
    unlisted.add(item.id);
    const card = cards.get(item.id);
    const { added, addedWithPhotos } = texts.add;
    const words = photos.length > 0 ? addedWithPhotos(photos.length, item.name) : added(item.name);
    tell(words);
    // The card says what came of it; what was on the way is no longer.
    if (photos.length > 0) card?.teach(photos, () => find("items-status").textContent === words && tell(""));
    card?.element.scrollIntoView({ block: "nearest" });
    await refresh();
  };
  return { show, showQuality, showCaught, welcome };
}
