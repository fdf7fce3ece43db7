/** "What is it, then?": one field for what a guest misses on the menu. */
import type { Texts } from "../texts/en.ts";
import { createButton, createElement } from "./dom.ts";

/** The longest text that the field takes; the API has the last word. */
const MAX_LENGTH = 200;

interface SuggestionOptions {
  /** Those of the page that it is on. */
  readonly texts: Texts;
  /** Called with the trimmed text, which is not empty. */
  readonly onSend: (text: string) => void;
  readonly onBack: () => void;
}

/** `onBack` leaves it without sending anything. */
export function createSuggestionForm({ texts, onSend, onBack }: SuggestionOptions) {
  const { field, hint, send } = texts.missing;
  const attributes = { maxlength: String(MAX_LENGTH), required: "", autocomplete: "off", enterkeyhint: "send" };
  const input = createElement("input", { attributes });
  const name = createElement("span", { class: "field-name", text: field });
  const submit = createElement("button", { class: "button button-primary", text: send });
  const element = createElement(
    "form",
    { class: "suggestion" },
    createElement("label", { class: "field" }, name, input),
    createElement("p", { class: "soft small", text: hint }),
    createElement("div", { class: "button-row" }, submit, createButton(texts.picker.back, "plain", onBack)),
  );
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text !== "") onSend(text);
  });
  return { element, focus: () => input.focus() };
}
