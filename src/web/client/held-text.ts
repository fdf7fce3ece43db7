/** The copy of a labelled text, where one is kept, or its correction still has one; otherwise that there is none. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createElement } from "./dom.ts";
import { createTextCopy } from "./preview.ts";

/** Elements for the top of a row; `text` is the copy, or null. */
export function createHeldCopy({ text }: { readonly text: string | null }): readonly HTMLElement[] {
  return text === null
    ? [createElement("p", { class: "soft small", text: kitchen.reviewQueue.card.noPicture })]
    : [createTextCopy(text)];
}
