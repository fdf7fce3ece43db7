/** The way to the place that looks through many examples at once. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createElement } from "./dom.ts";
import { addressOf, type Look } from "./look-address.ts";

/** `about` says which examples, for those who hear the link alone. */
export function createLookLink(look: Look, about: string): HTMLAnchorElement {
  const text = kitchen.frame.lookCloser;
  return createElement("a", {
    class: "quiet-link look-link",
    text,
    attributes: { href: addressOf(look), "aria-label": `${text}: ${about}` },
  });
}
