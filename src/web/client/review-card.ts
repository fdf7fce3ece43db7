/** One group of corrections: the picture, who says what and why it is shown, and the buttons that decide. */
import type { ItemClass, ReviewGroup } from "./admin-answers.ts";
import { createButton, createElement } from "./dom.ts";
import { acceptAs, describeProposals, describeReasons, type ReviewDecision, rejectAll } from "./review-words.ts";
import { createTime } from "./time-element.ts";

/** Carries the decisions out; `words` say afterwards what was done. */
export type Decide = (card: HTMLElement, decisions: readonly ReviewDecision[], words: string) => void;

export function createReviewCard(group: ReviewGroup, classes: readonly ItemClass[], decide: Decide): HTMLElement {
  const { who, what } = describeProposals(group);
  const reasons = describeReasons(group, new Map(classes.map(({ id, name }) => [id, name])));
  const words = createElement(
    "div",
    { class: "review-words" },
    createElement("p", { class: "eyebrow", text: who }),
    createElement("h3", { text: what }),
    ...reasons.map((text) => createElement("p", { class: "soft", text })),
    createElement("p", { class: "soft small" }, createTime(group.createdAt)),
  );
  const card = createElement("li", { class: "card review" });
  const accept = (label: string, name: string) =>
    decide(card, acceptAs(group, label), `Accepted as ${name}. It counts from the next training on.`);
  const buttons = createElement(
    "div",
    { class: "button-row" },
    ...createAcceptButtons(group, accept),
    createRejectButton(what, () => decide(card, rejectAll(group), "Rejected.")),
    createOtherChoice(group, classes, accept),
  );
  card.append(createThumbnail(group.thumbnail), words, buttons);
  return card;
}

function createAcceptButtons({ proposals }: ReviewGroup, accept: (label: string, name: string) => void): HTMLElement[] {
  return proposals.map(({ label, name }, i) => {
    const text = proposals.length === 1 ? "Accept" : name;
    const button = createButton(text, i === 0 ? "primary" : "plain", () => accept(label, name));
    button.setAttribute("aria-label", `Accept: it is ${name}`);
    return button;
  });
}

function createRejectButton(what: string, reject: () => void): HTMLElement {
  const button = createButton("Reject", "plain", reject);
  button.setAttribute("aria-label", `Reject: it is not ${what.replace("?", "")}`);
  return button;
}

/** A native list, so that it works with every keyboard and screen reader; choosing decides. */
function createOtherChoice(
  { proposals }: ReviewGroup,
  classes: readonly ItemClass[],
  accept: (label: string, name: string) => void,
): HTMLElement {
  const others = classes.filter(({ id, archived }) => !archived && !proposals.some(({ label }) => label === id));
  const select = createElement(
    "select",
    { class: "button", attributes: { "aria-label": "It is something else" } },
    createElement("option", { text: "It is …", attributes: { value: "" } }),
    ...others.map(({ id, name }) => createElement("option", { text: name, attributes: { value: id } })),
  );
  select.addEventListener("change", () => {
    const chosen = others.find(({ id }) => id === select.value);
    if (chosen !== undefined) accept(chosen.id, chosen.name);
  });
  select.hidden = others.length === 0;
  return select;
}

function createThumbnail(url: string | null): HTMLElement {
  if (url === null) return createElement("div", { class: "thumbnail soft small", text: "No picture sent" });
  return createElement("img", { class: "thumbnail", attributes: { src: url, alt: "What the guest photographed" } });
}
