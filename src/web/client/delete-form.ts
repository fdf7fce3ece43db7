/** The last step before an item is gone for good: what goes with it, and its name typed as proof that it is meant. */
import type { ItemClass } from "./admin-answers.ts";
import { countForgotten } from "./audit-words.ts";
import { createButton, createElement, find, isBusy, setBusy, showAlert } from "./dom.ts";
import { describeDelete, isSameName } from "./item-words.ts";
import type { ItemsContext } from "./items-context.ts";
import { deleteClass } from "./label-api.ts";

export function createDeleteForm(item: ItemClass, { refresh, tell }: ItemsContext, close: () => void): HTMLElement {
  const words = createElement("p", { class: "small", text: describeDelete(item) });
  const input = createElement("input", { attributes: { autocomplete: "off", spellcheck: "false" } });
  const title = createElement("span", { class: "field-name", text: `Type “${item.name}” to confirm` });
  const label = createElement("label", { class: "field" }, title, input);
  const submit = createElement("button", {
    class: "button button-alert",
    text: "Delete for good",
    attributes: { type: "submit" },
  });
  const alert = createElement("div", { attributes: { role: "alert" } });
  const row = createElement("div", { class: "button-row" }, submit, createButton("Cancel", "plain", close));
  const form = createElement("form", { class: "tool-form" }, words, label, row, alert);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy(form)) return;
    if (!isSameName(input.value, item.name)) {
      input.focus();
      return showAlert(alert, `That is not “${item.name}”. Nothing was deleted.`);
    }
    setBusy(form, true);
    const answer = await deleteClass(item.id);
    setBusy(form, false);
    if (!answer.ok) return showAlert(alert, answer.error.detail);
    tell(
      `${item.name} is gone, with ${countForgotten(answer.value.forgotten)}. Train to make a version that has never seen it.`,
    );
    find("items-title").focus();
    await refresh();
  });
  return form;
}
