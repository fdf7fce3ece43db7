/** Where a text goes in: a box and a button. The text stays in its box, whatever went wrong. */
import { createElement } from "../dom.ts";
import type { WidgetTexts } from "./widget-texts.ts";

interface TextIntakeOptions {
  readonly texts: WidgetTexts;
  /** Called with a text that is not empty. */
  readonly onText: (text: string) => void;
}

export interface TextIntake {
  readonly element: HTMLElement;
  /** Empties the box, which takes the focus. */
  reset(): void;
  /** Selects what is in the box, to be changed. */
  select(): void;
}

export function createTextIntake({ texts, onText }: TextIntakeOptions): TextIntake {
  const box = createElement("textarea", { class: "text", attributes: { part: "text" } });
  const field = createElement("label", { class: "text-field", text: texts.box?.field ?? "" }, box);
  const submit = createElement("button", { class: "button button-primary", text: texts.intake.ask });
  const element = createElement("form", { class: "intake" }, field, submit);
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    if (box.value.trim() !== "") onText(box.value);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) element.requestSubmit();
  });
  return {
    element,
    reset() {
      box.value = "";
      box.focus();
    },
    select: () => box.select(),
  };
}
