/** The small form that takes the place of an item's heading while it is being renamed. */
import { MAX_DESCRIPTION_CHARACTERS, MAX_NAME_CHARACTERS } from "../../shared/item-names.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import type { ClassChange } from "./admin-api.ts";
import { createButton, createElement } from "./dom.ts";

const texts = kitchen.items.rename;

/** `save` says whether the change was taken; `close` puts the heading back. */
export function createRenameForm(
  item: ItemClass,
  save: (change: ClassChange) => Promise<boolean>,
  close: () => void,
): HTMLFormElement {
  const name = createInput(texts.name, item.name, MAX_NAME_CHARACTERS);
  const description = createInput(texts.description, item.description ?? "", MAX_DESCRIPTION_CHARACTERS);
  name.input.required = true;
  const submit = createElement("button", {
    class: "button button-primary",
    text: texts.save,
    attributes: { type: "submit" },
  });
  description.field.append(createElement("span", { class: "soft small", text: kitchen.items.add.descriptionHint }));
  const row = createElement("div", { class: "button-row" }, submit, createButton(kitchen.items.cancel, "plain", close));
  const form = createElement("form", { class: "rename" }, name.field, description.field, row);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const change = { name: name.input.value.trim(), description: description.input.value.trim() };
    if (change.name !== "" && (await save(change))) close();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  return form;
}

function createInput(
  label: string,
  value: string,
  most: number,
): { readonly field: HTMLElement; readonly input: HTMLInputElement } {
  const input = createElement("input", { attributes: { autocomplete: "off", maxlength: String(most) } });
  input.value = value;
  const name = createElement("span", { class: "field-name", text: label });
  return { field: createElement("label", { class: "field" }, name, input), input };
}
