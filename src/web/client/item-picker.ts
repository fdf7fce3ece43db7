/**
 * "Which one is it?": a list of menu items that typing narrows down. A combobox whose list is always open, so that
 * arrows and Enter work from the field while a finger can simply tap.
 */
import type { PickerTexts } from "../texts/picker/en.ts";
import type { MenuItem } from "./answers.ts";
import { createButton, createElement } from "./dom.ts";
import { filterItems } from "./filter-items.ts";

/** What guests' and staff's pickers differ in. */
export interface PickerOptions {
  /** Those of the page that it is on. */
  readonly texts: PickerTexts;
  readonly items: readonly MenuItem[];
  readonly onPick: (item: MenuItem) => void;
  /** What `somethingElse` of the texts does; absent where there is nothing else to say. */
  readonly onMissing?: () => void;
  readonly onBack: () => void;
}

/** What both pickers give back: an element to show, and a way to bring the focus to it. */
export interface Picker {
  readonly element: HTMLElement;
  focus(): void;
}

/** Two of them may be open, and an id is in a page only once. */
let made = 0;

/** Arrows and Enter choose; Escape in an empty field goes back. */
export function createItemPicker({ texts, items, onPick, onMissing, onBack }: PickerOptions): Picker {
  const listId = `picker-list-${++made}`;
  const field = createField(texts, listId);
  const list = createElement("ul", {
    class: "picker-list",
    attributes: { id: listId, role: "listbox", "aria-label": texts.list },
  });
  const empty = createElement("p", { class: "soft", attributes: { role: "status" } });
  let shown: readonly MenuItem[] = [];
  let active = -1;

  const activate = (index: number) => {
    active = index;
    [...list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === index));
    });
    const option = list.children[index];
    if (option === undefined) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  };
  const narrow = () => {
    shown = filterItems(items, field.value);
    list.replaceChildren(...shown.map((item, index) => createOption(item, `${listId}-${index}`, () => onPick(item))));
    empty.textContent = shown.length === 0 ? texts.none : "";
    activate(field.value.trim() !== "" && shown.length > 0 ? 0 : -1);
  };

  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") activate(Math.min(active + 1, shown.length - 1));
    else if (event.key === "ArrowUp") activate(Math.max(active - 1, 0));
    else if (event.key === "Enter" && active >= 0) onPick(shown[active]);
    else if (event.key === "Escape" && field.value === "") onBack();
    else return;
    event.preventDefault();
  });
  narrow();

  const missing = onMissing === undefined ? [] : [createButton(texts.somethingElse, "plain", onMissing)];
  const row = createElement("div", { class: "button-row" }, createButton(texts.back, "plain", onBack), ...missing);
  const attributes = { role: "group", "aria-label": texts.title, tabindex: "-1" };
  const element = createElement("div", { class: "picker", attributes }, field, list, empty, row);
  return { element, focus: () => focusGently(field, element) };
}

/** On a touch screen a focused field would raise the keyboard over the list, so the group takes the focus there. */
function focusGently(field: HTMLElement, group: HTMLElement): void {
  if (matchMedia("(pointer: coarse)").matches) group.focus();
  else field.focus();
}

function createField(texts: PickerTexts, listId: string): HTMLInputElement {
  return createElement("input", {
    class: "picker-field",
    attributes: {
      type: "search",
      role: "combobox",
      "aria-label": texts.find,
      "aria-controls": listId,
      "aria-expanded": "true",
      "aria-autocomplete": "list",
      autocomplete: "off",
      enterkeyhint: "done",
      placeholder: texts.narrow,
    },
  });
}

function createOption(item: MenuItem, id: string, onClick: () => void): HTMLElement {
  const option = createElement("li", {
    class: "picker-option",
    attributes: { id, role: "option", "aria-selected": "false" },
    onClick,
  });
  option.append(createElement("span", { text: item.name }));
  if (item.description) option.append(createElement("span", { class: "soft", text: item.description }));
  return option;
}
