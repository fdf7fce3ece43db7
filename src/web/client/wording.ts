/**
 * How sure the head is, in words that a guest would use. Pure. The thresholds speak about calibrated scores:
 * .95 means that about 19 such answers in 20 are right.
 */
import type { Classification, Prediction } from "./answers.ts";

const CERTAIN_SCORE = 0.95;
const LIKELY_SCORE = 0.75;
/** Two items share an answer when they hold this much together ... */
const PAIR_SCORE = 0.6;
/** ... and the second has at least this fraction of the first. */
const PAIR_RATIO = 0.5;

export type Certainty = "sure" | "either" | "guess" | "unknown" | "empty";

export interface Verdict {
  readonly certainty: Certainty;
  readonly headline: string;
  readonly detail: string;
  /** The items that the headline names, best first: none, one, or two. */
  readonly named: readonly Prediction[];
}

/** `predictions` are best first, as the API sends them. */
export function describeAnswer({ predictions, unknown }: Pick<Classification, "predictions" | "unknown">): Verdict {
  const [first, second] = predictions;
  if (first === undefined) {
    return { certainty: "empty", headline: "I can’t say", detail: "There is nothing on the menu yet.", named: [] };
  }
  if (unknown) {
    const detail = `${first.name} comes closest, but not close enough.`;
    return { certainty: "unknown", headline: "Not on the menu, I think", detail, named: [] };
  }
  if (first.score >= LIKELY_SCORE) {
    const detail = first.score >= CERTAIN_SCORE ? "I’m almost certain." : "I’m fairly sure.";
    return { certainty: "sure", headline: `Looks like ${first.name}`, detail, named: [first] };
  }
  if (second !== undefined && isPair(first, second)) {
    const headline = `${first.name} or ${second.name}`;
    return { certainty: "either", headline, detail: "It’s a close call.", named: [first, second] };
  }
  return { certainty: "guess", headline: `Perhaps ${first.name}`, detail: "That’s only a guess.", named: [first] };
}

function isPair(first: Prediction, second: Prediction): boolean {
  return first.score + second.score >= PAIR_SCORE && second.score >= PAIR_RATIO * first.score;
}
