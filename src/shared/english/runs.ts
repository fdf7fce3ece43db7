/** What a training run says of itself, in its report and its record. */
import { sentenceOf } from "../sentence.ts";

const NEEDS_TWO = "needs two active items with examples.";
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** The usual end of a run that the clock started. */
export const nothingNew = sentenceOf("nothing_new", () => "Nothing has changed since the newest version.");
/** `until` is Unix time in ms: a run that died lets go of its lease then. */
export const anotherRunAtWork = sentenceOf(
  "another_run_at_work",
  ({ until }: { until: number }) =>
    `Another run is at work. If it has died, the next one can start at ${new Date(until).toISOString()}.`,
);
/** The lease was lost on the way, so nothing of this run was published. */
export const anotherRunWasFirst = sentenceOf("another_run_was_first", () => "Another run did the same work first.");
/** It should never be: nobody else was at work. */
export const numberTaken = sentenceOf(
  "number_taken",
  () =>
    "The version number for this run is already taken, though no other run was at work. The stored versions cannot continue: restore an export into a new database.",
);
/** A long rebuild takes several runs. */
export const rebuilding = sentenceOf(
  "rebuilding",
  ({ examples }: { examples: number }) =>
    `Rebuilding the statistics: ${examples} examples read so far. The next run goes on.`,
);
/** There was nothing to check the sums against. */
export const rebuilt = sentenceOf(
  "rebuilt",
  ({ examples }: { examples: number }) =>
    `Rebuilt the statistics from ${examples} examples; there were none to compare them with.`,
);
/** The difference shows whether the old sums had drifted from the examples. */
export const rebuiltAndCompared = sentenceOf(
  "rebuilt_and_compared",
  ({ examples, difference }: { examples: number; difference: number }) =>
    `Rebuilt the statistics from ${examples} examples; largest difference ${difference.toExponential(1)}.`,
);
/** No version is better than one that answers by what was forgotten. */
export const liveWithdrawn = sentenceOf(
  "live_withdrawn",
  () => `The live version had seen examples that had to be forgotten, so it is withdrawn; a new one ${NEEDS_TWO}`,
);
/** The labels count, but a version needs two items. */
export const tookIn = sentenceOf(
  "took_in",
  ({ labels }: { labels: number }) => `Took in ${labels} labels; a version ${NEEDS_TWO}`,
);
/** `reason` is in English, without the parameters of a query. */
export const brokeOff = sentenceOf("broke_off", ({ reason }: { reason: string }) => `The run broke off: ${reason}`);
/** The sentence that follows says which sums are at fault. */
export const unsolved = sentenceOf("unsolved", () => "No version could be computed.");

type Made = { version: number; items: number; examples: number; labels: number };
const describeMade = ({ version, items, examples, labels }: Made, state: string) =>
  `Version ${version} ${state}: ${items} items, ${examples} examples, ${labels} labels taken in.`;
/** The gate let it pass. */
export const wentLive = sentenceOf("went_live", (made: Made) => describeMade(made, "is live"));
/** The gate held it. */
export const waitsForAdmin = sentenceOf("waits_for_admin", (made: Made) => describeMade(made, "waits for an admin"));
/** Each example is judged by what the others say. */
export const accuracyMeasured = sentenceOf(
  "accuracy_measured",
  ({ accuracy }: { accuracy: number }) => `Leave-one-out accuracy ${percent(accuracy)}.`,
);
/** No example, so nothing to measure. */
export const uncheckedByAnybody = sentenceOf(
  "unchecked_by_anybody",
  () => "Nobody has checked it: it goes by descriptions alone.",
);
/** How far guests will notice the new version. */
export const answersChange = sentenceOf(
  "answers_change",
  ({ changed, answers }: { changed: number; answers: number }) => `${changed} of ${answers} stored answers change.`,
);
