/** What the reviewer has decided on this page, and the button that takes the last of it back. Knows nothing of the API. */
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import { createButton } from "./dom.ts";
import type { Deed, ReviewDecision } from "./review-words.ts";

/** Nobody remembers further back, and the server allows a day. */
const MAX_STEPS = 50;

interface Step {
  readonly decisions: readonly ReviewDecision[];
  readonly deed: string;
}

export interface ReviewHistory {
  /** The button; hidden while there is nothing to take back. */
  readonly element: HTMLElement;
  note(decisions: readonly ReviewDecision[], deed: Deed): void;
  /** Takes the last step out, or undefined. */
  pop(): Step | undefined;
}

export function createReviewHistory(onUndo: () => void): ReviewHistory {
  let steps: readonly Step[] = [];
  const button = createButton("", "plain", onUndo);
  const set = (next: readonly Step[]) => {
    steps = next.slice(-MAX_STEPS);
    const last = steps.at(-1);
    button.hidden = last === undefined;
    button.textContent = last === undefined ? "" : kitchen.reviewQueue.undo.button(last.deed);
  };
  set([]);
  return {
    element: button,
    note: (decisions, { deed }) => set([...steps, { decisions, deed }]),
    pop: () => {
      const last = steps.at(-1);
      set(steps.slice(0, -1));
      return last;
    },
  };
}
