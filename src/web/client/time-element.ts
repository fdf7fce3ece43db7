/** A moment as people write it, in the time zone of the browser, with the exact one for machines. */
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import { createElement } from "./dom.ts";

/** `iso` is a moment in ISO 8601, which becomes the `datetime` of the element. */
export function createTime(iso: string): HTMLTimeElement {
  const words = new Intl.DateTimeFormat(kitchen.words.dates, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  return createElement("time", { text: words.format(new Date(iso)), attributes: { datetime: iso } });
}
