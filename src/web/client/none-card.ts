/** "Not on the menu" in the kitchen: how many photos say so, how many such photos would be noticed, a place to drop more, their list. */
import { NONE_ID } from "../../shared/none-label.ts";
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import type { LiveHead, MarkedPhotos } from "./admin-answers.ts";
import type { SampleLimits } from "./answers.ts";
import { createButton, createElement } from "./dom.ts";
import { createExampleList } from "./example-list.ts";
import type { ItemsContext } from "./items-context.ts";
import { createDrop } from "./open-drop.ts";
import { forReviewer } from "./role.ts";

const texts = kitchen.none;

interface NoneCard {
  readonly element: HTMLElement;
  /** `examples`: photos that are labelled so. */
  show(examples: number): void;
  /** How many such photos the live version would notice by itself, where that was measured; and whether it can only guess. */
  showCaught(live: LiveHead | null): void;
}

/** The counterpart of an item's card, for photos of what is not served. */
export function createNoneCard(limits: SampleLimits, context: ItemsContext): NoneCard {
  const title = createElement("h3", { text: texts.title, attributes: { id: "none-title" } });
  const count = createElement("p", { class: "item-count" });
  const caught = createElement("p", { class: "item-verdict" });
  const drop = createDrop(limits, { itemId: NONE_ID, onChange: context.refresh });
  drop.setName(texts.title);
  const place = createElement("div", { class: "tool" });
  const photos = createButton(kitchen.itemTools.tools.photos.title, "quiet", () => {
    const isOpen = place.childElementCount > 0;
    place.replaceChildren(
      ...(isOpen ? [] : [createExampleList({ id: NONE_ID, name: texts.title }, texts.photoList, context)]),
    );
    photos.setAttribute("aria-expanded", String(!isOpen));
    element.dataset.tool = isOpen ? "" : "photos";
  });
  photos.setAttribute("aria-label", kitchen.itemTools.tools.photos.name(texts.title));
  photos.setAttribute("aria-expanded", "false");
  const element = createElement(
    "article",
    { class: "card item item-none", attributes: { "aria-labelledby": title.id } },
    createElement("div", { class: "item-head" }, title, count),
    createElement("p", { class: "soft", text: texts.note }),
    caught,
    drop.element,
    createElement("div", { class: "item-foot" }, forReviewer(photos)),
    place,
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
  return { element, show, showCaught };
}

/** In tenths, which is all that a handful of photos can say; empty where one alone says nothing. */
function describeCaught({ marked, found }: MarkedPhotos): string {
  return found === null ? "" : texts.caught(Math.round((10 * found) / marked));
}
