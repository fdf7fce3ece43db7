/** The corrections that guests sent, one card each: what the guest says, what the head had thought, the decision. */
import type { Review } from "./admin-answers.ts";
import { decideReview } from "./admin-api.ts";
import { createButton, createElement, find, isBusy, setBusy } from "./dom.ts";
import { createTime } from "./time-element.ts";

export function createReviewsSection(refresh: () => Promise<void>) {
  let shown = "";
  const show = (reviews: readonly Review[], names: ReadonlyMap<string, string>) => {
    const key = reviews.map(({ photo, label }) => `${photo}/${label}`).join();
    const body = find("reviews-body");
    // Left alone when nothing changed, so that a refresh does not take the focus away.
    if (key === shown && !body.querySelector(".skeleton")) return;
    shown = key;
    const cards = reviews.map((review) => createReviewCard(review, names, refresh));
    body.replaceChildren(
      reviews.length > 0
        ? createElement("ul", { class: "reviews" }, ...cards)
        : createElement("p", {
            class: "empty",
            text: "Nothing to look at. What guests correct will wait here for you.",
          }),
    );
  };
  return { show };
}

function createReviewCard(
  review: Review,
  names: ReadonlyMap<string, string>,
  refresh: () => Promise<void>,
): HTMLElement {
  const guess = review.guess === null ? null : (names.get(review.guess) ?? review.guess);
  const thought = review.guess === review.label ? "I had thought so too." : `I had thought ${guess}.`;
  const card = createElement("li", { class: "card review" });
  const decide = async (decision: "accept" | "reject") => {
    if (isBusy(card)) return;
    setBusy(card, true);
    const answer = await decideReview(review.photo, review.label, decision);
    setBusy(card, false);
    // Somebody else was faster: the card is just as done.
    if (!answer.ok && answer.error.code !== "already_decided") return tell(answer.error.detail);
    tell(decision === "accept" ? `Accepted as ${review.name}. It counts from the next training on.` : "Rejected.");
    moveFocusOn(card);
    card.remove();
    await refresh();
  };
  const accept = createButton("Accept", "primary", () => void decide("accept"));
  accept.setAttribute("aria-label", `Accept: it is ${review.name}`);
  const reject = createButton("Reject", "plain", () => void decide("reject"));
  reject.setAttribute("aria-label", `Reject: it is not ${review.name}`);
  const words = createElement(
    "div",
    { class: "review-words" },
    createElement("p", { class: "eyebrow", text: "A guest says" }),
    createElement("h3", { text: review.name }),
    createElement("p", { class: "soft", text: guess === null ? "" : thought }),
    createElement("p", { class: "soft small" }, createTime(review.createdAt)),
  );
  const buttons = createElement("div", { class: "button-row" }, accept, reject);
  card.append(createThumbnail(review.thumbnail), words, buttons);
  return card;
}

function createThumbnail(url: string | null): HTMLElement {
  if (url === null) return createElement("div", { class: "thumbnail soft small", text: "No picture sent" });
  return createElement("img", { class: "thumbnail", attributes: { src: url, alt: "What the guest photographed" } });
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
