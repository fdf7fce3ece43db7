/** The buttons of a card that take guests at their word, or not; "not on the menu" reads differently from an item's name. */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ReviewGroup } from "./admin-answers.ts";
import { createButton } from "./dom.ts";
import { nameProposals } from "./review-words.ts";

const texts = kitchen.reviewQueue.card;

/** One for each thing that guests say it is; `accept` gets the label and its name. */
export function createAcceptButtons(
  { proposals }: ReviewGroup,
  accept: (label: string, name: string) => void,
): HTMLElement[] {
  return proposals.map(({ label, name }, i) => {
    const isNone = label === NONE_ID;
    const text = proposals.length === 1 ? texts.accept : isNone ? kitchen.none.title : name;
    const button = createButton(text, i === 0 ? "primary" : "plain", () => accept(label, name));
    button.setAttribute("aria-label", isNone ? kitchen.none.accept : texts.acceptAs(name));
    return button;
  });
}

/** What accepting is called once it has been done. */
export function nameAccepted(label: string, name: string): string {
  return label === NONE_ID ? kitchen.none.accepted : texts.acceptedAs(name);
}

/** Rejects all proposals of the group at once. */
export function createRejectButton(group: ReviewGroup, reject: () => void): HTMLElement {
  const button = createButton(texts.reject, "plain", reject);
  const isNone = group.proposals.every(({ label }) => label === NONE_ID);
  button.setAttribute("aria-label", isNone ? kitchen.none.reject : texts.rejectIt(nameProposals(group)));
  return button;
}
