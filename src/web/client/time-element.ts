/** A moment as people write it, in the time zone of the browser, with the exact one for machines. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createElement } from "./dom.ts";

/** Made once: making it takes longer than all that a card of the queue has beside it. */
const words = new Intl.DateTimeFormat(kitchen.words.dates, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** `iso` is a moment in ISO 8601. */
export function formatTime(iso: string): string {
  return words.format(new Date(iso));
}

/** `iso` becomes the `datetime` of the element. */
export function createTime(iso: string): HTMLTimeElement {
  return createElement("time", { text: formatTime(iso), attributes: { datetime: iso } });
}
