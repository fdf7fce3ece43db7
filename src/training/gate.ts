/**
 * May a new head go live? Only if it is not worse than the live one on the samples that both were judged on, among the
 * classes that both know. Both figures are leave-one-out, so each sample is judged by a head that had not seen it:
 *
 *   worse  <=>  logloss_new - logloss_live > 2 sqrt(se_new^2 + se_live^2)
 *          or   accuracy_live - accuracy_new > the same of theirs
 *
 * What new items take from the old ones is another question, `judgeNewItems`: the old ones may be told apart as well as before and
 * lose most of their answers to eleven items of one photo each.
 *
 * Samples that only the new head has seen are left out: corrections are hard by selection, and a head must not be punished
 * for learning them. Pure.
 */

import { fitTemperature } from "../head/calibration.ts";
import type { JudgedRows } from "../head/evaluate.ts";
import { isAhead } from "../head/evaluate.ts";
import { softmaxInPlace } from "../head/softmax.ts";
import { newItemsTake, notWorse, tooFewToCompare, worse } from "../shared/english/gates.ts";
import type { Told } from "../shared/sentence.ts";
import type { StoredGate, StoredScorecard } from "../store/heads/head-record.ts";

/** Standard errors by which a figure must be worse: one sample that turns hopeless is one error's worth, five are over two. */
export const MARGIN_ERRORS = 2;

/** Fewer common samples than this tell nothing. */
export const MIN_GATE_PHOTOS = 10;

/** Characters of a sample's id on a scorecard: 64 bits tell a thousand samples apart. */
const PHOTO_KEY_CHARACTERS = 16;
const LOSS_DIGITS = 4;
const TOLD_DIGITS = 6;
/** Keeps an impossible label from outweighing all others. */
const SMALLEST_PROBABILITY = 1e-6;

/** How a set of samples was answered. */
interface Score {
  readonly accuracy: number;
  readonly accuracyError: number;
  readonly logLoss: number;
  readonly logLossError: number;
}

/**
 * The scorecard of leave-one-out rows. With `among`, as if only these classes were on the menu: rows of other classes are left
 * out, and the temperature is chosen for these alone. A new item of three samples lowers the common one: that is its price,
 * not a sign that the old ones are told apart less well.
 */
export function makeScorecard(
  judged: JudgedRows,
  sampleIds: readonly string[],
  among: ReadonlySet<string> = new Set(judged.classIds),
): StoredScorecard {
  const { classIds, labels, sampleIndex, probabilities } = restrict(judged, among);
  const K = classIds.length;
  return Array.from(labels, (label, i) => {
    const row = probabilities.subarray(i * K, (i + 1) * K);
    const loss = -Math.log(Math.max(SMALLEST_PROBABILITY, row[label]));
    const key = sampleIds[sampleIndex[i]].slice(0, PHOTO_KEY_CHARACTERS);
    return [key, Number(loss.toFixed(LOSS_DIGITS)), isAhead(row, label) ? 1 : 0] as const;
  });
}

/** The rows of these classes with `softmax(s log p)` over them, s fitted to these rows; the rows themselves when all remain. */
function restrict(judged: JudgedRows, among: ReadonlySet<string>): JudgedRows {
  const kept = judged.classIds.flatMap((classId, k) => (among.has(classId) ? [k] : []));
  if (kept.length === judged.classIds.length) return judged;
  // One class alone is not a question, and no rows have no temperature.
  const rows = kept.length < 2 ? [] : Array.from(judged.labels.keys()).filter((i) => kept.includes(judged.labels[i]));
  const labels = Int32Array.from(rows, (i) => kept.indexOf(judged.labels[i]));
  const K = kept.length;
  const scores = new Float64Array(rows.length * K);
  for (const [at, i] of rows.entries()) {
    for (const [j, k] of kept.entries()) {
      scores[at * K + j] = Math.log(
        Math.max(SMALLEST_PROBABILITY, judged.probabilities[i * judged.classIds.length + k]),
      );
    }
  }
  const temperature = rows.length === 0 ? 1 : fitTemperature({ scores, labels, classCount: K }).temperature;
  for (let at = 0; at < rows.length; at++) {
    softmaxInPlace(scores.subarray(at * K, (at + 1) * K).map((score) => temperature * score)).forEach((p, j) => {
      scores[at * K + j] = p;
    });
  }
  return {
    classIds: kept.map((k) => judged.classIds[k]),
    labels,
    sampleIndex: Int32Array.from(rows, (i) => judged.sampleIndex[i]),
    probabilities: scores,
  };
}

/** The verdict with why, in English and for other languages. */
export function toGate(passed: boolean, { text, says }: Told): Required<StoredGate> {
  return { passed, reason: text, says };
}

/** Compares the cards of the live head and of a new one, each as it judged the samples at its own time. */
export function judgeCandidate(
  liveVersion: number,
  live: StoredScorecard | null,
  candidate: StoredScorecard | null,
): Required<StoredGate> {
  const before = new Map(live?.map((row) => [row[0], row]));
  const common = candidate?.filter(([photo]) => before.has(photo)) ?? [];
  if (common.length < MIN_GATE_PHOTOS) {
    return toGate(true, tooFewToCompare({ samples: common.length, version: liveVersion }));
  }
  const old = scoreOf(common.map((row) => before.get(row[0]) ?? row));
  const now = scoreOf(common);
  const lossMargin = MARGIN_ERRORS * Math.hypot(old.logLossError, now.logLossError);
  const accuracyMargin = MARGIN_ERRORS * Math.hypot(old.accuracyError, now.accuracyError);
  const isWorse = now.logLoss - old.logLoss > lossMargin || old.accuracy - now.accuracy > accuracyMargin;
  const compared = {
    version: liveVersion,
    accuracyNow: round(now.accuracy),
    accuracyBefore: round(old.accuracy),
    accuracyMargin: round(accuracyMargin),
    lossNow: round(now.logLoss),
    lossBefore: round(old.logLoss),
    lossMargin: round(lossMargin),
    samples: common.length,
  };
  return isWorse ? toGate(false, worse(compared)) : toGate(true, notWorse(compared));
}

/** A candidate that knows items which the live head does not. */
interface NewItems {
  /** How many. */
  readonly count: number;
  /** The share of the common samples' right answers that they may take without asking, 0 to 1. */
  readonly mayTake: number;
}

/**
 * Null where new items take no more right answers from the samples that both heads judged than they may, beyond chance;
 * otherwise why the head waits for somebody's decision. `candidate` is the card over all of its classes.
 */
export function judgeNewItems(
  liveVersion: number,
  live: StoredScorecard | null,
  candidate: StoredScorecard | null,
  { count, mayTake }: NewItems,
): Required<StoredGate> | null {
  const before = new Map(live?.map((row) => [row[0], row]));
  const common = candidate?.filter(([photo]) => before.has(photo)) ?? [];
  if (count === 0 || common.length < MIN_GATE_PHOTOS) return null;
  const old = scoreOf(common.map((row) => before.get(row[0]) ?? row));
  const now = scoreOf(common);
  const margin = MARGIN_ERRORS * Math.hypot(old.accuracyError, now.accuracyError);
  if (old.accuracy - now.accuracy <= Math.max(mayTake, margin)) return null;
  const shares = { now: round(now.accuracy), before: round(old.accuracy), mayTake };
  return toGate(false, newItemsTake({ ...shares, items: count, samples: common.length, version: liveVersion }));
}

/**
 * Standard errors with the failure that has not been seen yet: two successes and two failures are added to the proportion
 * (Agresti and Coull), one sample answered wrongly with the usual confidence to the losses. A dozen samples that were all
 * answered right do not prove certainty, and the next correction must not look like a decline.
 */
function scoreOf(rows: readonly (readonly [string, number, 0 | 1])[]): Score {
  const n = rows.length;
  const smoothed = (rows.reduce((sum, row) => sum + row[2], 0) + 2) / (n + 4);
  const losses = rows.map((row) => row[1]);
  const logLoss = meanOf(losses);
  const unseen = -Math.log(Math.max(SMALLEST_PROBABILITY, 1 - Math.exp(-logLoss)));
  return {
    accuracy: meanOf(rows.map((row) => row[2])),
    accuracyError: Math.sqrt((smoothed * (1 - smoothed)) / (n + 4)),
    logLoss,
    logLossError: standardError([...losses, unseen]),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** More digits than anybody is told. */
function round(value: number): number {
  return Number(value.toFixed(TOLD_DIGITS));
}
