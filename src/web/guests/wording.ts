/**
 * How sure the head is, in words that a guest would use. Pure. The thresholds speak about calibrated scores:
 * .95 means that about 19 such answers in 20 are right.
 */
import { NONE_ID } from "../../shared/none-label.ts";
import type { Classification, Prediction } from "../client/answers.ts";
import type { Texts } from "../texts/en.ts";

const CERTAIN_SCORE = 0.95;
const LIKELY_SCORE = 0.75;
/** Two items share an answer when they hold this much together ... */
const PAIR_SCORE = 0.6;
/** ... and the second has at least this fraction of the first. */
const PAIR_RATIO = 0.5;

type Certainty = "sure" | "either" | "guess" | "unknown" | "empty";

/** An answer in words, for the page and for the answer without script. */
export interface Verdict {
  readonly certainty: Certainty;
  readonly headline: string;
  readonly detail: string;
  /** The items that the headline names, best first: none, one, or two. */
  readonly named: readonly Prediction[];
}

/** What goes to staff with a correction, and whether it stays there. */
export function noteOnCopy({ answer }: Texts, isKept: boolean | null | undefined): string {
  return isKept === true ? answer.noteWithKeptPicture : answer.noteWithPicture;
}

/** `predictions` are best first, as the API sends them. What is unknown or undecided is never said to be sure, whatever the scores. */
export function describeAnswer(
  { predictions, unknown, undecided }: Pick<Classification, "predictions" | "unknown" | "undecided">,
  { answer }: Texts,
): Verdict {
  const [first, second] = predictions;
  if (first === undefined) {
    return { certainty: "empty", headline: answer.empty, detail: answer.emptyDetail, named: [] };
  }
  if (unknown) {
    return { certainty: "unknown", headline: answer.unknown, detail: answer.closest(first.name), named: [] };
  }
  if (first.score >= LIKELY_SCORE && !undecided) {
    const detail = first.score >= CERTAIN_SCORE ? answer.almostCertain : answer.fairlySure;
    return { certainty: "sure", headline: answer.sure(first.name), detail, named: [first] };
  }
  if (second !== undefined && isPair(first, second)) {
    const headline = answer.either(first.name, second.name);
    return { certainty: "either", headline, detail: answer.closeCall, named: [first, second] };
  }
  const detail = undecided ? answer.closeCall : answer.onlyGuess;
  return { certainty: "guess", headline: answer.guess(first.name), detail, named: [first] };
}

function isPair(first: Prediction, second: Prediction): boolean {
  return first.score + second.score >= PAIR_SCORE && second.score >= PAIR_RATIO * first.score;
}

/** What speaks against trusting an answer, a sentence each. */
export function describeLimits(
  { fewPhotos, unread }: Pick<Classification, "fewPhotos" | "unread">,
  { named }: Verdict,
  { answer }: Texts,
): readonly string[] {
  const described = named
    .filter(({ byDescription }) => byDescription === true)
    .map(({ name }) => answer.byDescription(name));
  return [...(unread === true ? [answer.unread] : []), ...described, ...(fewPhotos ? [answer.fewPhotos] : [])];
}

/** A way to say whether an answer was right. */
export interface Reply {
  readonly text: string;
  /** What it says of the photo: an item, or that it is not on the menu; null for what leads to the list of all items. */
  readonly label: string | null;
  readonly kind: "primary" | "plain";
}

/** What a guest can reply to the answer, in the order of the buttons. */
export function listReplies({ certainty, named }: Verdict, { answer }: Texts): readonly Reply[] {
  const none: Reply = { text: answer.notOnMenu, label: NONE_ID, kind: "plain" };
  switch (certainty) {
    case "sure":
      return [confirm(answer.right, named[0].label), chooseAnother(answer.wrong), none];
    case "guess":
    case "either": {
      // A guess has no default: none of its buttons is more likely to be the right one.
      const guesses = named.map(({ name, label }): Reply => ({ text: answer.itIs(name), label, kind: "plain" }));
      return [...guesses, chooseAnother(certainty === "guess" ? answer.wrong : answer.neither), none];
    }
    case "unknown":
      return [confirm(answer.notOnMenu, NONE_ID), chooseAnother(answer.onMenu)];
    case "empty":
      return [];
  }
}

function confirm(text: string, label: string): Reply {
  return { text, label, kind: "primary" };
}

function chooseAnother(text: string): Reply {
  return { text, label: null, kind: "plain" };
}

/** Empty words mean that it can. */
export function describeReadiness(
  { items, headVersion }: { readonly items: readonly unknown[]; readonly headVersion: number | null },
  { menu }: Texts,
): { readonly headline: string; readonly detail: string } {
  if (headVersion !== null) return { headline: "", detail: "" };
  if (items.length === 0) return { headline: menu.emptyTitle, detail: menu.emptyDetail };
  return { headline: menu.learningTitle, detail: menu.learningDetail(items.length) };
}
