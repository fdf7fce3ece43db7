/** What is on the menu, as guests see it before they show a photo. */
import { texts } from "../texts/page-texts.ts";
import type { MenuItems } from "./answers.ts";
import { createElement } from "./dom.ts";

/** Empty where nothing is on the menu and a head is live; without a head it leads to the kitchen. */
export function createMenuView({ items, headVersion }: MenuItems): readonly HTMLElement[] {
  const kitchen = createElement("a", { class: "button", text: texts.menu.toKitchen, attributes: { href: "/admin" } });
  const parts = headVersion === null ? [createElement("p", {}, kitchen)] : [];
  if (items.length === 0) return parts;
  const entries = items.map((item) => {
    const entry = createElement("li", {}, createElement("span", { class: "menu-name", text: item.name }));
    if (item.description) entry.append(createElement("span", { class: "soft", text: item.description }));
    return entry;
  });
  const title = createElement("p", { class: "eyebrow", text: texts.menu.title });
  return [...parts, title, createElement("ul", { class: "menu-list" }, ...entries)];
}
