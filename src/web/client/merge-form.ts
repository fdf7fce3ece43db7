/** The small form that makes two items one: into which, what that means, and the button that does it. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { createButton, createElement, find, isBusy, setBusy, showAlert } from "./dom.ts";
import type { ItemsContext } from "./items-context.ts";
import { mergeClass } from "./label-api.ts";

const texts = kitchen.itemTools.merge;

/** `close` puts the form away; it is called after the merge too. */
export function createMergeForm(
  item: ItemClass,
  { classes, refresh, tell }: ItemsContext,
  close: () => void,
): HTMLElement {
  const targets = classes().filter(({ id, archived }) => id !== item.id && !archived);
  if (targets.length === 0) {
    return createElement("p", { class: "soft", text: texts.alone });
  }
  const select = createElement("select", {}, ...targets.map(createOption));
  const label = createElement(
    "label",
    { class: "field" },
    createElement("span", { class: "field-name", text: texts.into }),
    select,
  );
  const words = createElement("p", { class: "small", attributes: { role: "status" } });
  const submit = createElement("button", { class: "button button-primary", attributes: { type: "submit" } });
  const alert = createElement("div", { attributes: { role: "alert" } });
  const row = createElement("div", { class: "button-row" }, submit, createButton(kitchen.items.cancel, "plain", close));
  const form = createElement("form", { class: "tool-form" }, label, words, row, alert);
  const target = () => targets.find(({ id }) => id === select.value) ?? targets[0];
  const explain = () => {
    words.textContent = texts.meaning(item.examples, item.name, target().name);
    submit.textContent = texts.submit(target().name);
  };
  select.addEventListener("change", explain);
  explain();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy(form)) return;
    setBusy(form, true);
    const answer = await mergeClass(item.id, target().id);
    setBusy(form, false);
    if (!answer.ok) return showAlert(alert, answer.error.detail);
    tell(texts.done(item.name, target().name));
    close();
    find("items-title").focus();
    await refresh();
  });
  return form;
}

function createOption({ id, name }: ItemClass): HTMLOptionElement {
  return createElement("option", { text: name, attributes: { value: id } });
}
