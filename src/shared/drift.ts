/**
 * Has what people send changed? The last full days against those before them, by two one-sided tests of the NIST/SEMATECH
 * e-Handbook of Statistical Methods. 1 is the window, 0 the baseline, n answers each.
 *
 * Share of unknown answers (7.3.3, two proportions, pooled):
 *   z = (p1 - p0) / sqrt(p (1 - p) (1 / n1 + 1 / n0)),   p = (u1 + u0) / (n1 + n0)
 * Mean normalised entropy (1.3.5.3, two means, unequal variances):
 *   z = (m1 - m0) / sqrt(s1^2 / n1 + s0^2 / n0),   s^2 = (sum H^2 - (sum H)^2 / n) / (n - 1)
 *
 * Both take answers for independent; a guest's ten photos of one dish are not. So a rise must also be large enough to matter. Pure.
 */
import { entropyUp, peopleSendOtherThings, unknownShareUp, versionIsNew } from "./english/drift.ts";
import { type Sentence, type Told, tellAll } from "./sentence.ts";
import { DAY_MS } from "./time.ts";

/* Answers added up: how many there were, how many of them unknown, and how undecided the scores were. Pure. */

/** Answers together. Entropies are normalised: `H(p) / ln K` over K items, from 0 (all in one) to 1 (all equal). */
export interface AnswerCounts {
  readonly answers: number;
  readonly unknown: number;
  readonly entropySum: number;
  /** Sum of the squared entropies, for their variance. */
  readonly entropySquares: number;
}

/** Answers of one head on one day, which is the number of days since 1970 in UTC. */
export interface AnswerDay extends AnswerCounts {
  readonly day: number;
  readonly headVersion: number;
}

const NONE: AnswerCounts = { answers: 0, unknown: 0, entropySum: 0, entropySquares: 0 };

/** All of them together. */
export function addUp(counts: readonly AnswerCounts[]): AnswerCounts {
  return counts.reduce(
    (sum, one) => ({
      answers: sum.answers + one.answers,
      unknown: sum.unknown + one.unknown,
      entropySum: sum.entropySum + one.entropySum,
      entropySquares: sum.entropySquares + one.entropySquares,
    }),
    NONE,
  );
}

/** Share of unknown answers; null where there are none. */
export function unknownShare({ answers, unknown }: AnswerCounts): number | null {
  return answers === 0 ? null : unknown / answers;
}

/** Mean of the normalised entropies; null where there are none. */
export function meanEntropy({ answers, entropySum }: AnswerCounts): number | null {
  return answers === 0 ? null : entropySum / answers;
}

/** `H / ln K` of the scores of `items` items; 0 where there are fewer than two. */
export function normaliseEntropy(entropy: number, items: number): number {
  return items < 2 ? 0 : entropy / Math.log(items);
}

/** Days before the window that it is compared with. */
export const BASELINE_DAYS = 28;
/** The window is yesterday, and days before it until there are enough answers, so many at most. */
export const MAX_WINDOW_DAYS = 6;
/** With today, what the watch reads and a list shows. */
export const WATCHED_DAYS = 1 + MAX_WINDOW_DAYS + BASELINE_DAYS;
/** Fewer answers than these say nothing. */
export const MIN_WINDOW_ANSWERS = 100;
/** With fewer answers before the window there is nothing to compare it with. */
export const MIN_BASELINE_ANSWERS = 500;
/** Each test gives a false alarm in about 1 of 740 windows by chance: P(Z > 3) = 0.00135. */
const WARNING_Z = 3;
/** Rises below this are not worth a look, however significant thousands of answers make them. */
const MIN_RISE = 0.05;

/** Which of the two tests warns: the share of unknown answers, or the mean entropy. */
export const DRIFT_CODES = ["unknown_share_up", "entropy_up"] as const;

interface DriftWarning {
  readonly code: (typeof DRIFT_CODES)[number];
  /** In English, with the figures. */
  readonly text: string;
  /** What `text` says, for other languages. */
  readonly says: readonly Sentence[];
}

/** The verdict on the last full days; `warning` is null while neither test warns or one side has too few answers. */
export interface Drift {
  /** The days before the window that have answers, and those answers together. */
  readonly baseline: AnswerCounts & { readonly days: number };
  readonly warning: DriftWarning | null;
}

interface Period {
  readonly from: number;
  readonly to: number;
  readonly rows: readonly AnswerDay[];
  readonly sum: AnswerCounts;
}

/** `YYYY-MM-DD` of a day's number. */
export function toDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Judges the full days before `today`. `rows` in any order; today's and those of days too old are left out. */
export function judgeDrift(rows: readonly AnswerDay[], today: number): Drift {
  const window = findWindow(rows, today);
  const base = collect(rows, window.from - BASELINE_DAYS, window.from - 1);
  const baseline = { ...base.sum, days: new Set(base.rows.map(({ day }) => day)).size };
  const isEnough = window.sum.answers >= MIN_WINDOW_ANSWERS && baseline.answers >= MIN_BASELINE_ANSWERS;
  return { baseline, warning: isEnough ? findWarning(window, base) : null };
}

function findWindow(rows: readonly AnswerDay[], today: number): Period {
  for (let days = 1; ; days++) {
    const window = collect(rows, today - days, today - 1);
    if (days === MAX_WINDOW_DAYS || window.sum.answers >= MIN_WINDOW_ANSWERS) return window;
  }
}

function collect(all: readonly AnswerDay[], from: number, to: number): Period {
  const rows = all.filter(({ day }) => day >= from && day <= to);
  return { from, to, rows, sum: addUp(rows) };
}

function findWarning(window: Period, base: Period): DriftWarning | null {
  const share = [unknownShare(window.sum) ?? 0, unknownShare(base.sum) ?? 0] as const;
  if (isRise(share, compareShares(window.sum, base.sum))) {
    return { code: "unknown_share_up", ...tell(unknownShareUp, share, window, base) };
  }
  const entropy = [meanEntropy(window.sum) ?? 0, meanEntropy(base.sum) ?? 0] as const;
  if (isRise(entropy, compareEntropies(window.sum, base.sum))) {
    return { code: "entropy_up", ...tell(entropyUp, entropy, window, base) };
  }
  return null;
}

function isRise([now, before]: readonly [number, number], z: number): boolean {
  return z > WARNING_Z && now - before >= MIN_RISE;
}

/** `z` of the shares; 0 where nothing or everything is unknown in both. */
function compareShares(a: AnswerCounts, b: AnswerCounts): number {
  const pooled = (a.unknown + b.unknown) / (a.answers + b.answers);
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / a.answers + 1 / b.answers));
  return deviation === 0 ? 0 : (a.unknown / a.answers - b.unknown / b.answers) / deviation;
}

/** `z` of the means; infinite where neither varies and they differ. */
function compareEntropies(a: AnswerCounts, b: AnswerCounts): number {
  const rise = a.entropySum / a.answers - b.entropySum / b.answers;
  return rise === 0 ? 0 : rise / Math.sqrt(variance(a) / a.answers + variance(b) / b.answers);
}

/** Rounding can take the difference of the sums a little below 0. */
function variance({ answers, entropySum, entropySquares }: AnswerCounts): number {
  return Math.max(0, (entropySquares - entropySum ** 2 / answers) / (answers - 1));
}

function tell(
  rise: typeof unknownShareUp | typeof entropyUp,
  [now, before]: readonly [number, number],
  window: Period,
  base: Period,
): Told {
  const when = { from: toDate(window.from), to: toDate(window.to), days: BASELINE_DAYS };
  const counts = { answers: window.sum.answers, beforeAnswers: base.sum.answers };
  return tellAll([rise({ ...when, ...counts, now: round(now), before: round(before) }), explain(window, base)]);
}

/** More digits than anybody is told. */
function round(share: number): number {
  return Number(share.toFixed(6));
}

/** A new head has another threshold, so the photos need not be what has changed. */
function explain(window: Period, base: Period): Told {
  const known = new Set(base.rows.map(({ headVersion }) => headVersion));
  const fresh = [...new Set(window.rows.map(({ headVersion }) => headVersion))].filter(
    (version) => !known.has(version),
  );
  return fresh.length === 0 ? peopleSendOtherThings() : versionIsNew({ version: Math.max(...fresh) });
}
