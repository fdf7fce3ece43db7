/** The small form under a place that is being renamed: a name that is refused stays in it, with the reason below. */
import { MAX_NAME_CHARACTERS } from "../../shared/item-names.ts";
import type { PlaceTexts } from "../texts/kitchen/en/places.ts";
import { createButton, createElement, isBusy, setBusy, showAlert } from "./dom.ts";
import type { SamplePlace } from "./places-api.ts";

/** What the form does to the rest of the page. */
interface RenameOptions {
  /** Gives back why the name was refused, or nothing. */
  readonly save: (name: string) => Promise<string>;
  /** Puts the form away. */
  readonly close: HTMLButtonElement;
}

/** Shows the name as it is now; `save` is asked once at a time. */
export function createRenameForm(
  { name }: SamplePlace,
  texts: PlaceTexts,
  { save, close }: RenameOptions,
): HTMLFormElement {
  const input = createElement("input", {
    attributes: { value: name, maxlength: String(MAX_NAME_CHARACTERS), autocomplete: "off", required: "" },
  });
  const label = createElement("span", { class: "field-name", text: texts.name });
  const refused = createElement("div", { attributes: { role: "alert" } });
  const submit = createButton(texts.rename.save, "primary", () => undefined);
  submit.type = "submit";
  const form = createElement(
    "form",
    { class: "rename" },
    createElement("label", { class: "field" }, label, input),
    createElement("div", { class: "button-row" }, submit, close),
    refused,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wanted = input.value.trim();
    if (isBusy(form) || wanted === "") return;
    setBusy(form, true);
    showAlert(refused, await save(wanted));
    setBusy(form, false);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close.click();
  });
  return form;
}
