/** Why a version goes live or waits. */
import { sentenceOf } from "../sentence.ts";

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
type Version = { version: number };

/** The first version, or the first after a withdrawn one. */
export const unopposed = sentenceOf("unopposed", () => "Goes live unopposed: no version was live.");
/** Too few examples tell nothing about which version is better. */
export const tooFewToCompare = sentenceOf(
  "too_few_to_compare",
  ({ samples, version }: Version & { samples: number }) =>
    `Goes live unopposed: only ${samples} examples were judged by version ${version} as well.`,
);
/** It goes live even if it is worse: a version must not answer by what was forgotten. */
export const forgetting = sentenceOf(
  "forgetting",
  ({ version }: Version) => `Goes live because version ${version} had seen examples that had to be forgotten.`,
);
/** An admin has chosen the live version, and the gate respects that. */
export const held = sentenceOf(
  "held",
  ({ version }: Version) => `Held: an admin keeps version ${version} in place until further notice.`,
);

/** `now` is the new version; shares and losses of both on the same samples, with what they may differ by. */
type Compared = Version & {
  accuracyNow: number;
  accuracyBefore: number;
  accuracyMargin: number;
  lossNow: number;
  lossBefore: number;
  lossMargin: number;
  samples: number;
};
const compare = (of: Compared) =>
  `accuracy ${percent(of.accuracyNow)} against ${percent(of.accuracyBefore)} (margin ${percent(of.accuracyMargin)}), ` +
  `log-loss ${of.lossNow.toFixed(3)} against ${of.lossBefore.toFixed(3)} (margin ${of.lossMargin.toFixed(3)}), ` +
  `on ${of.samples} examples that both were judged on`;
/** On the examples that both versions were judged on. */
export const worse = sentenceOf(
  "worse",
  (compared: Compared) => `Worse than version ${compared.version}: ${compare(compared)}.`,
);
/** On the examples that no version learns from. */
export const losesTested = sentenceOf(
  "loses_tested",
  ({ version, examples, now, before }: Version & { examples: number; now: number; before: number }) =>
    `Worse than version ${version} on the test set: it answers ${now} of ${examples} examples right, version ${version} ${before}.`,
);
/** The usual reason to go live. */
export const notWorse = sentenceOf(
  "not_worse",
  (compared: Compared) => `Not worse than version ${compared.version}: ${compare(compared)}.`,
);
/** New items take answers from the old ones. How much they may take is the operator's choice. */
export const newItemsTake = sentenceOf(
  "new_items_take",
  ({
    items,
    now,
    samples,
    before,
    version,
    mayTake,
  }: Version & { items: number; now: number; samples: number; before: number; mayTake: number }) =>
    `Waits for your decision: with ${items} new items it answers ${percent(now)} of ${samples} examples of the others right, ` +
    `version ${version} ${percent(before)}; NEW_ITEMS_MAY_TAKE lets them take ${percent(mayTake)}. ` +
    "Add examples of the new items, or make it live anyway.",
);
