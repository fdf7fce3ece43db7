/** What stands for a sample on a card or in a row: its copy, or the words that there is none. */
import { createElement } from "./dom.ts";

/** As an answer has them; null where no copy is kept. */
interface Copies {
  readonly text: string | null;
  readonly thumbnail: string | null;
}

interface PreviewOptions {
  /** The words for the picture, for those who cannot see it. */
  readonly alt: string;
  /** In place of a picture that nobody has. */
  readonly none: string;
  /** The class of the picture and of the words in its place. */
  readonly look: string;
}

/** The copy of a text, or the picture; otherwise that there is none. */
export function createPreview({ text, thumbnail }: Copies, { alt, none, look }: PreviewOptions): HTMLElement {
  if (text !== null) return createTextCopy(text);
  if (thumbnail === null) return createElement("div", { class: `${look} soft small`, text: none });
  return createElement("img", { class: look, attributes: { src: thumbnail, alt } });
}

/** It scrolls when it is long, which takes the focus where there is no mouse. */
export function createTextCopy(text: string): HTMLElement {
  return createElement("blockquote", { class: "review-text", text, attributes: { tabindex: "0" } });
}
