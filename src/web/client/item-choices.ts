/** "Which one is it?" where the menu is short: a button for each item, and no search box. `item-picker.ts` has the long menus. */
import { createButton, createElement } from "./dom.ts";
import type { Picker, PickerOptions } from "./item-picker.ts";

export function createItemChoices({ texts, items, onPick, onMissing, onBack }: PickerOptions): Picker {
  const choices = items.map((item) => {
    const button = createButton(item.name, "plain", () => onPick(item));
    if (item.description) button.append(createElement("span", { class: "soft small", text: item.description }));
    return button;
  });
  const list = createElement("div", { class: "choices" }, ...choices);
  const missing = onMissing === undefined ? [] : [createButton(texts.somethingElse, "quiet", onMissing)];
  const row = createElement("div", { class: "button-row" }, createButton(texts.back, "quiet", onBack), ...missing);
  const attributes = { role: "group", "aria-label": texts.title, tabindex: "-1" };
  const element = createElement("div", { class: "picker", attributes }, list, row);
  element.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") onBack();
  });
  return { element, focus: () => (choices[0] ?? element).focus() };
}
