/**
 * May a new head go live? Only if it is not worse than the live one on the photos that both were judged on, among the
 * classes that both know. Both figures are leave-one-out, so each photo is judged by a head that had not seen it:
 *
 *   worse  <=>  logloss_new - logloss_live > 2 sqrt(se_new^2 + se_live^2)
 *          or   accuracy_live - accuracy_new > the same of theirs
 *
 * Photos that only the new head has seen are left out: corrections are hard by selection, and a head must not be punished
 * for learning them. Pure.
 */
import type { JudgedRows } from "../head/evaluate.ts";
import type { StoredGate, StoredScorecard } from "../store/schema.ts";

/** Standard errors by which a figure must be worse: one photo that turns hopeless is one error's worth, five are over two. */
const MARGIN_ERRORS = 2;

/** Fewer common photos than this tell nothing. */
export const MIN_GATE_PHOTOS = 10;

/** Characters of a photo's id on a scorecard: 64 bits tell a thousand photos apart. */
const PHOTO_KEY_CHARACTERS = 16;
const LOSS_DIGITS = 4;
/** Keeps an impossible label from outweighing all others. */
const SMALLEST_PROBABILITY = 1e-6;

/** How a set of photos was answered. */
interface Score {
  readonly accuracy: number;
  readonly accuracyError: number;
  readonly logLoss: number;
  readonly logLossError: number;
}

/**
 * The scorecard of leave-one-out rows. With `among`, as if only these classes were on the menu: their probabilities are
 * scaled to add up to one, and rows of other classes are left out.
 */
export function makeScorecard(
  { classIds, labels, sampleIndex, probabilities }: JudgedRows,
  photoIds: readonly string[],
  among?: ReadonlySet<string>,
): StoredScorecard {
  const K = classIds.length;
  const served = classIds.flatMap((classId, k) => (among === undefined || among.has(classId) ? [k] : []));
  return Array.from(labels).flatMap((label, i) => {
    if (!served.includes(label)) return [];
    const row = probabilities.subarray(i * K, (i + 1) * K);
    const total = served.reduce((sum, k) => sum + row[k], 0);
    const best = served.reduce((top, k) => (row[k] > row[top] ? k : top), served[0]);
    const loss = -Math.log(Math.max(SMALLEST_PROBABILITY, row[label] / total));
    const key = photoIds[sampleIndex[i]].slice(0, PHOTO_KEY_CHARACTERS);
    return [[key, Number(loss.toFixed(LOSS_DIGITS)), best === label ? 1 : 0] as const];
  });
}

/** Compares the cards of the live head and of a new one, each as it judged the photos at its own time. */
export function judgeCandidate(
  liveVersion: number,
  live: StoredScorecard | null,
  candidate: StoredScorecard | null,
): StoredGate {
  const before = new Map(live?.map((row) => [row[0], row]));
  const common = candidate?.filter(([photo]) => before.has(photo)) ?? [];
  if (common.length < MIN_GATE_PHOTOS) {
    return {
      passed: true,
      reason: `Goes live unopposed: only ${common.length} photos were judged by head ${liveVersion} too.`,
    };
  }
  const old = scoreOf(common.map((row) => before.get(row[0]) ?? row));
  const now = scoreOf(common);
  const lossMargin = MARGIN_ERRORS * Math.hypot(old.logLossError, now.logLossError);
  const accuracyMargin = MARGIN_ERRORS * Math.hypot(old.accuracyError, now.accuracyError);
  const isWorse = now.logLoss - old.logLoss > lossMargin || old.accuracy - now.accuracy > accuracyMargin;
  const figures =
    `accuracy ${percent(now.accuracy)} against ${percent(old.accuracy)} (margin ${percent(accuracyMargin)}), ` +
    `log-loss ${now.logLoss.toFixed(3)} against ${old.logLoss.toFixed(3)} (margin ${lossMargin.toFixed(3)}), ` +
    `on ${common.length} photos that both were judged on`;
  return isWorse
    ? { passed: false, reason: `Worse than head ${liveVersion}: ${figures}.` }
    : { passed: true, reason: `Not worse than head ${liveVersion}: ${figures}.` };
}

/**
 * Standard errors with the failure that has not been seen yet: two successes and two failures are added to the proportion
 * (Agresti and Coull), one photo answered wrongly with the usual confidence to the losses. A dozen photos that were all
 * answered rightly do not prove certainty, and the next correction must not look like a decline.
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

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
