/** What the watch over the answers warns of. */
import { sentenceOf } from "../sentence.ts";

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** Days as `YYYY-MM-DD`, the same for one day; shares between 0 and 1. */
type Rise = {
  from: string;
  to: string;
  now: number;
  answers: number;
  before: number;
  beforeAnswers: number;
  days: number;
};
const describeRise = (what: string, { from, to, now, answers, before, beforeAnswers, days }: Rise) =>
  `${from === to ? `On ${to}` : `From ${from} to ${to}`} ${what} was ${percent(now)} over ${answers} answers, ` +
  `after ${percent(before)} over ${beforeAnswers} in the ${days} days before.`;

/** A sign of drift: more answers say "unknown". */
export const unknownShareUp = sentenceOf("unknown_share_up", (rise: Rise) =>
  describeRise("the share of unknown answers", rise),
);
/** A sign of drift: the scores are less sure, though items still answer. */
export const entropyUp = sentenceOf("entropy_up", (rise: Rise) => describeRise("the mean entropy of the scores", rise));
/** What the rise means while the version has stayed the same. */
export const peopleSendOtherThings = sentenceOf(
  "people_send_other_things",
  () => "People send things that none of the items covers, or that differ from the examples.",
);
/** What it can mean where the version has changed between the two spans of days. */
export const versionIsNew = sentenceOf(
  "version_is_new",
  ({ version }: { version: number }) =>
    `Version ${version} is new since then: it may answer differently, or people send things that none of the items covers.`,
);
