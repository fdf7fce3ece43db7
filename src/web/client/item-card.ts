/** One item on the menu: its name, how many photos teach it, whether they are enough, and a place to drop more. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { FEW_EXAMPLES } from "./advice.ts";
import type { SampleLimits } from "./answers.ts";
import { createElement } from "./dom.ts";
import { describeEnough } from "./enough.ts";
import type { HeadDetails } from "./head-answers.ts";
import type { ItemsContext } from "./items-context.ts";
import { createDrop } from "./open-drop.ts";
import type { ItemNames } from "./version-words.ts";

/** Where the gauge is full. More photos still help, but each one less. */
const PLENTY_EXAMPLES = 40;

const texts = kitchen.items.card;

/** Lives as long as the page: it is shown new data, never made again, so that an upload goes on. */
export interface ItemCard {
  readonly element: HTMLElement;
  show(item: ItemClass): void;
  /** Sends photos as if they had been dropped on the card; `onEnd` hears when they have come, or cannot. */
  teach(photos: readonly File[], onEnd?: () => void): void;
  /** Whether more photos would help, by the live version; null where nothing was measured. */
  showQuality(details: HeadDetails | null, names: ItemNames): void;
}

/** An item's parts, for the menu and for the item's own place. */
export interface ItemParts extends ItemCard {
  readonly heading: HTMLElement;
  readonly description: HTMLElement;
  readonly quality: HTMLElement;
}

/** On the menu: its name leads to its own place, where everything else is. */
export function createItemCard(first: ItemClass, limits: SampleLimits, context: ItemsContext): ItemCard {
  const title = createElement("h2", { class: "card-title", attributes: { id: `item-${first.id}` } });
  const link = createElement("a", { attributes: { href: placeOfItem(first.id) } });
  title.append(link);
  const parts = createItemParts(first, limits, context, title);
  parts.heading.prepend(title);
  const show = (item: ItemClass) => {
    link.textContent = item.name;
    parts.show(item);
  };
  return { ...parts, show };
}

/** The address of an item's own place. */
export function placeOfItem(id: string): string {
  return `/admin/menu/${encodeURIComponent(id)}`;
}

/** `title` has an id, and the item's name in it. */
export function createItemParts(
  first: ItemClass,
  limits: SampleLimits,
  { refresh, classes }: ItemsContext,
  title: HTMLElement,
): ItemParts {
  let item = first;
  const description = createElement("p", { class: "soft" });
  const count = createElement("p", { class: "item-count" });
  const quality = createElement("div", { class: "item-quality" });
  const gauge = createElement("div", { class: "gauge", attributes: { "aria-hidden": "true" } });
  const drop = createDrop(limits, { itemId: first.id, onChange: refresh });
  const heading = createElement("div", { class: "item-head" }, count);
  const element = createElement("article", { class: "card item", attributes: { "aria-labelledby": title.id } });
  element.append(heading, description, gauge, quality, drop.element);

  const show = (next: ItemClass) => {
    item = next;
    description.textContent = describe(item, classes());
    count.textContent = item.byDescription ? texts.byDescription : texts.photos(item.examples);
    count.classList.toggle("item-count-few", item.examples < FEW_EXAMPLES);
    gauge.style.setProperty("--share", String(Math.min(1, item.examples / PLENTY_EXAMPLES)));
    drop.setName(item.name);
    drop.element.hidden = item.archived;
    quality.hidden = item.archived;
  };
  const showQuality = (details: HeadDetails | null, names: ItemNames) => {
    const words = details === null ? "" : describeEnough(details, item.id, names);
    quality.replaceChildren(...(words === "" ? [] : [createElement("p", { class: "item-verdict", text: words })]));
  };
  return { element, heading, description, quality, show, teach: drop.add, showQuality };
}

/** A merged item says where it went: it cannot come back on the menu. */
function describe({ description, mergedInto }: ItemClass, classes: readonly ItemClass[]): string {
  if (mergedInto === null) return description ?? "";
  return texts.mergedInto(classes.find(({ id }) => id === mergedInto)?.name ?? mergedInto);
}
