/** The copy of a doubted label's text, while its correction keeps one; else that there is none. */
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import { createElement } from "./dom.ts";
import { createTextCopy } from "./preview.ts";

/** Elements for the top of a row; `text` is the copy, or null. */
export function createHeldCopy(text: string | null): readonly HTMLElement[] {
  return text === null
    ? [createElement("p", { class: "soft small", text: kitchen.reviewQueue.card.noPicture })]
    : [createTextCopy(text)];
}
