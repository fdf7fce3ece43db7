/** What the reviewer has decided in this browser, and the button that takes the last of it back. Knows nothing of the API. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createButton } from "./dom.ts";
import { keepSteps, type ReviewStep, recallSteps } from "./review-memory.ts";
import type { Deed, ReviewDecision } from "./review-words.ts";

/** Nobody remembers further back, and the server allows a day. */
const MAX_STEPS = 50;

interface ReviewHistory {
  /** The button; hidden while there is nothing to take back. */
  readonly element: HTMLElement;
  note(decisions: readonly ReviewDecision[], deed: Deed): void;
  /** Takes the last step out, or undefined. */
  pop(): ReviewStep | undefined;
}

/** Holds the last steps only; `onUndo` hears the button. */
export function createReviewHistory(onUndo: () => void): ReviewHistory {
  let steps: readonly ReviewStep[] = [];
  const button = createButton("", "plain", onUndo);
  const show = (next: readonly ReviewStep[]) => {
    steps = next.slice(-MAX_STEPS);
    const last = steps.at(-1);
    button.hidden = last === undefined;
    button.textContent = last === undefined ? "" : kitchen.reviewQueue.undo.button(last.deed);
  };
  const set = (next: readonly ReviewStep[]) => {
    show(next);
    keepSteps(steps);
  };
  show(recallSteps(Date.now()));
  return {
    element: button,
    note: (decisions, { deed }) => set([...steps, { decisions, deed, at: Date.now() }]),
    pop: () => {
      const last = steps.at(-1);
      set(steps.slice(0, -1));
      return last;
    },
  };
}
