/** "Not on the menu" in the kitchen: how many photos say so, how many such photos would be noticed, and a place to drop more. */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { LiveHead, MarkedPhotos } from "./admin-answers.ts";
import type { SampleLimits } from "./answers.ts";
import { createElement } from "./dom.ts";
import { placeOfItem } from "./item-card.ts";
import type { ItemsContext } from "./items-context.ts";
import { createDrop } from "./open-drop.ts";

const texts = kitchen.none;

export interface NoneCard {
  readonly element: HTMLElement;
  /** `examples`: photos that are labelled so. */
  show(examples: number): void;
  /** How many such photos the live version would notice by itself, where that was measured; and whether it can only guess. */
  showCaught(live: LiveHead | null): void;
}

/** On the menu, the counterpart of an item's card; its name leads to its own place. */
export function createNoneCard(limits: SampleLimits, context: ItemsContext): NoneCard {
  const title = createElement("h2", { class: "card-title", attributes: { id: "none-title" } });
  title.append(createElement("a", { text: texts.title, attributes: { href: placeOfItem(NONE_ID) } }));
  const parts = createNoneParts(limits, context, title);
  parts.heading.prepend(title);
  return parts;
}

/** `title` has an id, and what it is called in it. */
export function createNoneParts(
  limits: SampleLimits,
  context: ItemsContext,
  title: HTMLElement,
): NoneCard & { readonly heading: HTMLElement } {
  const count = createElement("p", { class: "item-count" });
  const caught = createElement("p", { class: "item-verdict" });
  const drop = createDrop(limits, { itemId: NONE_ID, onChange: context.refresh });
  drop.setName(texts.title);
  const heading = createElement("div", { class: "item-head" }, count);
  const element = createElement(
    "article",
    { class: "card item item-none", attributes: { "aria-labelledby": title.id } },
    heading,
    createElement("p", { class: "soft", text: texts.note }),
    caught,
    drop.element,
  );
  const show = (examples: number) => {
    count.textContent = kitchen.items.card.photos(examples);
  };
  const showCaught = (live: LiveHead | null) => {
    const strangers = live?.evaluation?.strangers ?? null;
    const isGuess = live !== null && (live.evaluation === null || live.evaluation.fewPhotos === true);
    caught.textContent = [isGuess ? texts.fewPhotos : "", strangers === null ? "" : describeCaught(strangers)]
      .join(" ")
      .trim();
  };
  return { element, heading, show, showCaught };
}

/** In tenths, which is all that a handful of photos can say; empty where one alone says nothing. */
function describeCaught({ marked, found }: MarkedPhotos): string {
  return found === null ? "" : texts.caught(Math.round((10 * found) / marked));
}
