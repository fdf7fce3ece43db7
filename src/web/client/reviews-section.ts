/** The corrections that guests sent: a card for each picture, those that teach most first. */
import type { ItemClass, ReviewGroup } from "./admin-answers.ts";
import { decideReviews } from "./admin-api.ts";
import { createElement, find, isBusy, setBusy } from "./dom.ts";
import { createReviewCard, type Decide } from "./review-card.ts";

export function createReviewsSection(refresh: () => Promise<void>) {
  let shown = "";
  const decide: Decide = async (card, decisions, words) => {
    if (isBusy(card)) return;
    setBusy(card, true);
    const answer = await decideReviews(decisions);
    setBusy(card, false);
    if (!answer.ok) return tell(answer.error.detail);
    // Where somebody else was faster the card is just as done.
    const failed = answer.value.results.find(({ problem }) => problem !== null && problem.code !== "already_decided");
    tell(failed?.problem?.detail ?? words);
    if (failed !== undefined) return refresh();
    moveFocusOn(card);
    card.remove();
    await refresh();
  };
  const show = (groups: readonly ReviewGroup[], classes: readonly ItemClass[]) => {
    const key = JSON.stringify([
      groups.map(({ members }) => members),
      classes.map(({ name, archived }) => [name, archived]),
    ]);
    const body = find("reviews-body");
    // Left alone when nothing changed, so that a refresh does not take the focus away.
    if (key === shown && !body.querySelector(".skeleton")) return;
    shown = key;
    const cards = groups.map((group) => createReviewCard(group, classes, decide));
    body.replaceChildren(
      groups.length > 0
        ? createElement("ul", { class: "reviews" }, ...cards)
        : createElement("p", {
            class: "empty",
            text: "Nothing to look at. What guests correct will wait here for you.",
          }),
    );
  };
  return { show };
}

function tell(text: string): void {
  find("reviews-status").textContent = text;
}

/** The next card's first button, or the section's title after the last one. */
function moveFocusOn(card: HTMLElement): void {
  const next = card.nextElementSibling ?? card.previousElementSibling;
  const target = next?.querySelector("button") ?? find("reviews-title");
  target.focus();
}
