/** The last step before an item is gone for good: what goes with it, and its name typed as proof that it is meant. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { createButton, createElement, find, isBusy, setBusy, showAlert } from "./dom.ts";
import type { ItemsContext } from "./items-context.ts";
import { deleteClass } from "./label-api.ts";
import { isSameName } from "./same-name.ts";

const texts = kitchen.itemTools.delete;

/** Refuses until the item's name has been typed. `close` puts the form away. */
export function createDeleteForm(item: ItemClass, { refresh, tell }: ItemsContext, close: () => void): HTMLElement {
  const words = createElement("p", { class: "small", text: texts.meaning(item.examples, item.name) });
  const input = createElement("input", { attributes: { autocomplete: "off", spellcheck: "false" } });
  const title = createElement("span", { class: "field-name", text: texts.confirm(item.name) });
  const label = createElement("label", { class: "field" }, title, input);
  const submit = createElement("button", {
    class: "button button-alert",
    text: texts.submit,
    attributes: { type: "submit" },
  });
  const alert = createElement("div", { attributes: { role: "alert" } });
  const row = createElement("div", { class: "button-row" }, submit, createButton(kitchen.items.cancel, "plain", close));
  const form = createElement("form", { class: "tool-form" }, words, label, row, alert);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy(form)) return;
    if (!isSameName(input.value, item.name)) {
      input.focus();
      return showAlert(alert, texts.otherName(item.name));
    }
    setBusy(form, true);
    const answer = await deleteClass(item.id);
    setBusy(form, false);
    if (!answer.ok) return showAlert(alert, answer.error.detail);
    const { examples, reviews } = answer.value.forgotten;
    tell(texts.done(examples, item.name, reviews));
    find("items-title").focus();
    await refresh();
  });
  return form;
}
