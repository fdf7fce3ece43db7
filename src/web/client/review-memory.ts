/**
 * What was decided last, kept in the browser so that a reload does not take "Undo" away. Only fingerprints and labels, and only
 * for the day that the server can take a decision back.
 */
import { type Decoded, list, nullable, number, object, text } from "./decode.ts";
import type { ReviewDecision } from "./review-words.ts";

const PLACE = "headstart.decided";
const KEPT_MS = 24 * 60 * 60 * 1_000;

/** One act of the reviewer: the decisions that it came to, and its name. */
export interface ReviewStep {
  readonly decisions: readonly ReviewDecision[];
  readonly deed: string;
  /** Unix time in ms. */
  readonly at: number;
}

const decision = object({ photo: text, label: text, decision: text, to: nullable(text) });
const steps = list(object({ decisions: list(decision), deed: text, at: number }));

/** Oldest first; none where nothing is kept, or what is kept cannot be read. */
export function recallSteps(now: number): readonly ReviewStep[] {
  try {
    const kept = steps(JSON.parse(localStorage.getItem(PLACE) ?? "[]"), "steps");
    return kept
      .filter(({ at }) => now - at < KEPT_MS)
      .map((step) => ({ ...step, decisions: step.decisions.flatMap(toDecision) }));
  } catch {
    return []; // a browser that keeps nothing, or keeps what another version wrote
  }
}

/** Replaces what was kept before. Without room in the browser nothing is kept, and nothing fails. */
export function keepSteps(next: readonly ReviewStep[]): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(next));
  } catch {
    // Full, or forbidden: "Undo" then lasts as long as the page.
  }
}

function toDecision({ photo, label, decision: kind, to }: Decoded<typeof decision>): ReviewDecision[] {
  if (kind !== "accept" && kind !== "reject" && kind !== "relabel") return [];
  return [{ photo, label, decision: kind, ...(to === null ? {} : { to }) }];
}
