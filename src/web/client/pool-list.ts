/** The cards of what the head is least sure of. They stay from refresh to refresh until somebody has decided, so that none jumps under a finger. */
import type { PoolTexts } from "../texts/kitchen/en/pool.ts";
import type { ItemClass } from "./admin-answers.ts";
import { createElement, find } from "./dom.ts";
import type { PooledSample } from "./pool-api.ts";
import { createPoolCard } from "./pool-card.ts";
import { takeAway } from "./settle-row.ts";

/** The list; `show` fills it up with those that are new. */
export interface PoolList {
  readonly element: HTMLElement;
  show(samples: readonly PooledSample[], classes: readonly ItemClass[]): void;
}

/** Few enough to go through at a sitting. */
const MOST_CARDS = 10;

/** `refresh` is called after every decision. */
export function createPoolList(texts: PoolTexts, refresh: () => Promise<void>): PoolList {
  const cards = new Map<string, HTMLElement>();
  const decided = new Set<string>();
  const empty = createElement("p", { class: "empty", text: texts.empty });
  const blind = createElement("p", { class: "soft small", text: texts.blind });
  const list = createElement("ul", { class: "reviews", attributes: { "aria-labelledby": "pool-title" } });

  const leave = (photo: string, words: string) => {
    const card = cards.get(photo);
    if (card === undefined) return;
    decided.add(photo);
    cards.delete(photo);
    takeAway(card, find("pool-title"));
    find("pool-status").textContent = words;
    empty.hidden = cards.size > 0;
    void refresh();
  };
  const show = (samples: readonly PooledSample[], classes: readonly ItemClass[]) => {
    const visible = samples.filter(({ thumbnail, text }) => thumbnail !== null || text !== null);
    const added = visible
      .filter(({ photo }) => !cards.has(photo) && !decided.has(photo))
      .slice(0, MOST_CARDS - cards.size);
    for (const sample of added) {
      const card = createPoolCard(sample, { texts, classes, leave: (words) => leave(sample.photo, words) });
      cards.set(sample.photo, card);
      list.append(card);
    }
    empty.hidden = cards.size > 0;
    blind.hidden = visible.length === samples.length;
  };
  return { element: createElement("div", {}, empty, list, blind), show };
}
