/**
 * What the test set says of a new head. A run asks only about a head that the other gates let pass, so the test set can hold a head back
 * and lets none through. Both heads answer the same examples, from which neither has learnt; those that they answer differently count:
 *
 *   worse  <=>  b - c > 2 sqrt(b + c),   b and c: answered right by the live head alone, by the new one alone
 *
 * That is two standard errors of the difference (McNemar, "Note on the sampling error of the difference between correlated
 * proportions or percentages", Psychometrika 12, 1947): four examples lost and none won are chance, five are not. Pure.
 */

import type { Head } from "../head/predict.ts";
import { compareOnTestSet } from "../head/test-set.ts";
import { losesTested } from "../shared/english/gates.ts";
import type { StoredGate } from "../store/heads/head-record.ts";
import type { TestRow } from "../store/labels/test-set.ts";
import { MARGIN_ERRORS, MIN_GATE_PHOTOS, toGate } from "./gate.ts";

/** A head that answers guests. */
interface LiveHead {
  readonly version: number;
  readonly statisticsVersion: number;
  readonly head: Head;
}

/** Null where the test set says nothing against the candidate, or too few examples are left that the live head has not learnt from. */
export function judgeOnTestSet(live: LiveHead, candidate: Head, rows: readonly TestRow[]): StoredGate | null {
  const unseen = rows.filter(({ unseenSince }) => unseenSince <= live.statisticsVersion);
  const compared = compareOnTestSet(live.head, candidate, unseen, () => true);
  const { examples, rightFrom, rightTo, onlyFrom, onlyTo } = compared;
  if (examples < MIN_GATE_PHOTOS || onlyFrom - onlyTo <= MARGIN_ERRORS * Math.sqrt(onlyFrom + onlyTo)) return null;
  return toGate(false, losesTested({ version: live.version, examples, now: rightTo, before: rightFrom }));
}
