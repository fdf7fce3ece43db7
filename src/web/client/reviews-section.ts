/** The corrections that guests sent: the queue that staff go through, or a word when there is nothing to go through. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass, ReviewGroup } from "./admin-answers.ts";
import { createElement, find } from "./dom.ts";
import { createReviewQueue } from "./review-queue.ts";

/** Keeps its queue from refresh to refresh, so that no card jumps under a finger. */
export function createReviewsSection(refresh: () => Promise<void>) {
  const empty = createElement("p", { class: "empty", text: kitchen.reviews.empty });
  const queue = createReviewQueue({
    refresh,
    tell: (words) => {
      find("reviews-status").textContent = words;
    },
    onCount: (cards) => {
      empty.hidden = cards > 0;
    },
    onEmptied: () => find("reviews-title").focus(),
  });
  const show = (groups: readonly ReviewGroup[], classes: readonly ItemClass[]) => {
    const body = find("reviews-body");
    if (!body.contains(queue.element)) body.replaceChildren(empty, queue.element);
    queue.show(groups, classes);
  };
  return { show };
}
