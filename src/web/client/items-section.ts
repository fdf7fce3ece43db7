/** The menu in the kitchen: the form for a new item, a card for each, and the archived ones folded away. */
import type { ItemClass } from "./admin-answers.ts";
import { addClass } from "./admin-api.ts";
import type { PhotoLimits } from "./answers.ts";
import { createElement, find, findElement, isBusy, setBusy, showAlert } from "./dom.ts";
import type { HeadDetails } from "./head-answers.ts";
import { createItemCard, type ItemCard } from "./item-card.ts";
import { countOf } from "./numbers.ts";
import type { ItemNames } from "./version-words.ts";

export function createItemsSection(limits: PhotoLimits, refresh: () => Promise<void>) {
  wireAddForm(refresh);
  // Kept from refresh to refresh, because a card may be in the middle of an upload or a rename.
  const cards = new Map<string, ItemCard>();
  const grid = createElement("div", { class: "items" });
  const archivedGrid = createElement("div", { class: "items" });
  const archivedTitle = createElement("summary", {});
  const archived = createElement("details", { class: "archived" }, archivedTitle, archivedGrid);
  const empty = createElement("p", { class: "empty", text: "The menu is empty. Name the first item above." });

  let menu: readonly ItemClass[] = [];
  const tell = (text: string) => {
    find("items-status").textContent = text;
  };
  const context = { refresh, tell, classes: () => menu };

  const show = (classes: readonly ItemClass[]) => {
    menu = classes;
    for (const item of classes) {
      const card = cards.get(item.id) ?? createItemCard(item, limits, context);
      cards.set(item.id, card);
      card.show(item);
      const place = item.archived ? archivedGrid : grid;
      if (card.element.parentElement !== place) place.append(card.element);
    }
    const known = new Set(classes.map(({ id }) => id));
    for (const [id, card] of cards) {
      if (known.has(id)) continue;
      card.element.remove();
      cards.delete(id);
    }
    empty.hidden = grid.childElementCount > 0;
    archived.hidden = archivedGrid.childElementCount === 0;
    archivedTitle.textContent = `${countOf(archivedGrid.childElementCount, "archived item")}`;
    const body = find("items-body");
    if (!body.contains(grid)) body.replaceChildren(empty, grid, archived);
  };
  /** Puts on each card how well its item is told apart. */
  const showQuality = (details: HeadDetails | null, names: ItemNames) => {
    for (const card of cards.values()) card.showQuality(details, names);
  };
  return { show, showQuality };
}

function wireAddForm(refresh: () => Promise<void>): void {
  const form = findElement("add-item", HTMLFormElement);
  const name = findElement("item-name", HTMLInputElement);
  const description = findElement("item-description", HTMLInputElement);
  const alert = find("add-item-alert");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy(form) || name.value.trim() === "") return;
    setBusy(form, true);
    showAlert(alert, "");
    const answer = await addClass(name.value.trim(), description.value.trim());
    setBusy(form, false);
    name.focus();
    if (!answer.ok) return showAlert(alert, answer.error.detail);
    form.reset();
    find("items-status").textContent = `${answer.value.name} is on the menu. Now show photos of it.`;
    await refresh();
  });
}
