/** Which mark is which item, and a way to bring one out. */
import type { MapTexts } from "../texts/kitchen/en/map.ts";
import { createElement } from "./dom.ts";
import type { MenuMap } from "./map-api.ts";
import { createKeyMark } from "./map-marks.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

/** `onChoose` hears the item that is brought out, or null. */
export function createLegend(
  { items }: MenuMap,
  texts: MapTexts,
  names: ItemNames,
  onChoose: (label: string | null) => void,
): HTMLElement {
  let chosen: string | null = null;
  const buttons = items.map(({ label }, k) => {
    const attributes = { type: "button", "aria-pressed": "false" };
    const button = createElement("button", { class: "map-entry", attributes });
    button.append(createKeyMark(k), nameOf(names, label));
    button.addEventListener("click", () => {
      chosen = chosen === label ? null : label;
      for (const [i, other] of buttons.entries()) other.setAttribute("aria-pressed", String(items[i].label === chosen));
      onChoose(chosen);
    });
    return button;
  });
  const entries = buttons.map((button) => createElement("li", {}, button));
  const doubted = createElement("li", { class: "map-entry-doubt small" });
  doubted.append(createElement("span", { class: "map-ring", attributes: { "aria-hidden": "true" } }), texts.doubted);
  const step = createElement("li", { class: "map-entry-doubt small" });
  step.append(createElement("span", { class: "map-bar", attributes: { "aria-hidden": "true" } }), texts.step);
  const attributes = { "aria-label": `${texts.legend}. ${texts.legendNote}` };
  return createElement("ul", { class: "map-legend", attributes }, ...entries, doubted, step);
}
