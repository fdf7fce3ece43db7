/** What the reviewer has decided in this browser, so that the last of it can be taken back. Knows nothing of the API. */
import { useState } from "preact/hooks";
import { keepSteps, recallSteps } from "./review-memory.ts";
import type { Deed, ReviewDecision } from "./review-words.ts";

/** Nobody remembers further back, and the server allows a day. */
const MAX_STEPS = 50;

/** `last` is the step to take back; `note` puts one behind it, and `pop` takes it out. */
export function useReviewHistory() {
  const [steps, setSteps] = useState(() => recallSteps(Date.now()).slice(-MAX_STEPS));
  const set = (next: typeof steps) => {
    setSteps(next);
    keepSteps(next);
  };
  const note = (decisions: readonly ReviewDecision[], { deed }: Deed) =>
    set([...steps, { decisions, deed, at: Date.now() }].slice(-MAX_STEPS));
  const pop = () => set(steps.slice(0, -1));
  return { last: steps.at(-1), note, pop };
}
