/** What the reviewer has decided on this page, and the button that takes the last of it back. Knows nothing of the API. */
import { createButton } from "./dom.ts";
import type { ReviewDecision } from "./review-words.ts";

/** Nobody remembers further back, and the server allows a day. */
const MAX_STEPS = 50;

interface Step {
  readonly decisions: readonly ReviewDecision[];
  readonly words: string;
}

export interface ReviewHistory {
  /** The button; hidden while there is nothing to take back. */
  readonly element: HTMLElement;
  /** `words`: what was said of the decision; its first sentence names the step. */
  note(decisions: readonly ReviewDecision[], words: string): void;
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
    button.textContent = last === undefined ? "" : `Undo: ${last.words.split(".", 1)[0]}`;
  };
  set([]);
  return {
    element: button,
    note: (decisions, words) => set([...steps, { decisions, words }]),
    pop: () => {
      const last = steps.at(-1);
      set(steps.slice(0, -1));
      return last;
    },
  };
}
