/** "Not on the menu" at its own place: what its card on the menu has, and the list of its photos. */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { SampleLimits } from "./answers.ts";
import { createButton, createElement, find } from "./dom.ts";
import { createExampleList } from "./example-list.ts";
import type { ItemsContext } from "./items-context.ts";
import { createNoneParts, type NoneCard } from "./none-card.ts";
import { forReviewer } from "./role.ts";

const { title, photoList } = kitchen.none;

/** What it is called is the page's title. */
export function createNoneDetail(limits: SampleLimits, context: ItemsContext): NoneCard {
  const parts = createNoneParts(limits, context, find("items-title"));
  const place = createElement("div", { class: "tool" });
  const photos = createButton(kitchen.itemTools.tools.photos.title, "quiet", () => {
    const isOpen = place.childElementCount > 0;
    place.replaceChildren(...(isOpen ? [] : [createExampleList({ id: NONE_ID, name: title }, photoList, context)]));
    photos.setAttribute("aria-expanded", String(!isOpen));
  });
  photos.setAttribute("aria-label", kitchen.itemTools.tools.photos.name(title));
  photos.setAttribute("aria-expanded", "false");
  parts.element.append(createElement("div", { class: "item-foot" }, forReviewer(photos)), place);
  return parts;
}
