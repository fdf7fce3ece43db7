/**
 * The optional second stage: logistic regression in place of the discriminant, where it proves better on examples that
 * neither has seen. Owns that proof. From about 280 examples per class it can win; below, it costs and loses.
 *
 * The examples fall into three parts by a hash of their embedding, so that copies of a photo stay together and reruns agree:
 * three fifths learn, one fifth chooses C, one fifth judges. Both contestants then learn from all but the judging part. The
 * second stage is promoted when its mean log-loss there is lower by more than two standard errors of the paired difference.
 */

import { entropyQuantile } from "../../../src/head/calibration.ts";
import type { Embedding } from "../../../src/head/embedding.ts";
import { type FitOptions, fitHead } from "../../../src/head/fit.ts";
import type { FitError } from "../../../src/head/fit-problem.ts";
import { MIN_LEAVE_ONE_OUT_ROWS } from "../../../src/head/policy.ts";
import { type Head, predict } from "../../../src/head/predict.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../../src/head/statistics.ts";
import { ok, type Result } from "../../../src/shared/result.ts";
import { takeStratified } from "../sample.ts";
import { fitLogistic, foldLogistic, type LogisticFit } from "./logistic.ts";

/** Values of C to choose from; unit embeddings of real photos wanted 100 to some thousand. */
const STRENGTHS: readonly number[] = [10, 30, 100, 300, 1000, 3000, 10_000];
/** A smaller advantage than this many standard errors is luck once in forty. */
const STANDARD_ERRORS_TO_WIN = 2;
const SHARES = 5;
const JUDGING_SHARE = 0;
const CHOOSING_SHARE = 1;

/** Both contestants on the judging part. */
export interface Comparison {
  /** Rows judged. */
  readonly examples: number;
  /** Mean `-log p(given label)`, nats. */
  readonly discriminantLogLoss: number;
  readonly logisticLogLoss: number;
  /** Of the mean of their difference, row by row. */
  readonly standardError: number;
}

/** The outcome. */
export interface SecondStage {
  /** What to serve instead of the discriminant's head; null where it has not won. */
  readonly head: Head | null;
  /** Null where there are too few rows to judge by. */
  readonly comparison: Comparison | null;
  /** The C chosen, and the L-BFGS steps of the last fit; 0 without a comparison. */
  readonly strength: number;
  readonly iterations: number;
}

/**
 * Lets logistic regression challenge the discriminant.
 *
 * @param rows all examples, in an order that is random within a class and does not change
 * @returns errors as `fitHead`
 */
export function trySecondStage(rows: readonly LabelledEmbedding[], options: FitOptions): Result<SecondStage, FitError> {
  const parts = splitRows(rows);
  if (parts.judge.length < MIN_LEAVE_ONE_OUT_ROWS || parts.choose.length < MIN_LEAVE_ONE_OUT_ROWS) {
    return ok({ head: null, comparison: null, strength: 0, iterations: 0 });
  }
  const strength = chooseStrength(parts.learn, parts.choose, options);
  if (!strength.ok) return strength;
  const known = [...parts.learn, ...parts.choose];
  const first = fitDiscriminant(known, options);
  if (!first.ok) return first;
  const second = fitLogistic(known, { ...options, strength: strength.value });
  if (!second.ok) return second;
  const challenger = foldLogistic(second.value, 0);
  const comparison = compare(first.value, challenger, parts.judge);
  const { iterations } = second.value;
  if (!hasWon(comparison)) return ok({ head: null, comparison, strength: strength.value, iterations });
  const full = fitLogistic(rows, { ...options, strength: strength.value });
  if (!full.ok) return full;
  const head = foldLogistic(full.value, thresholdOf(challenger, parts.judge, options.unknownAlpha));
  return ok({ head, comparison, strength: strength.value, iterations: full.value.iterations });
}

function hasWon({ discriminantLogLoss, logisticLogLoss, standardError }: Comparison): boolean {
  return discriminantLogLoss - logisticLogLoss > STANDARD_ERRORS_TO_WIN * standardError;
}

interface Parts {
  readonly learn: readonly LabelledEmbedding[];
  readonly choose: readonly LabelledEmbedding[];
  readonly judge: readonly LabelledEmbedding[];
}

function splitRows(rows: readonly LabelledEmbedding[]): Parts {
  const shares = rows.map(({ embedding }) => hashOf(embedding) % SHARES);
  return {
    learn: rows.filter((_, i) => shares[i] !== JUDGING_SHARE && shares[i] !== CHOOSING_SHARE),
    choose: rows.filter((_, i) => shares[i] === CHOOSING_SHARE),
    judge: rows.filter((_, i) => shares[i] === JUDGING_SHARE),
  };
}

/** FNV-1a over the int8 values, with a final mix: its low bits alone are not even. */
function hashOf({ values }: Embedding): number {
  let hash = 0x811c9dc5;
  for (const value of values) hash = Math.imul(hash ^ (value & 0xff), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** The C of least log-loss on `choose` after learning from `learn`. */
function chooseStrength(
  learn: readonly LabelledEmbedding[],
  choose: readonly LabelledEmbedding[],
  options: FitOptions,
): Result<number, FitError> {
  let best = { strength: STRENGTHS[0], loss: Number.POSITIVE_INFINITY };
  for (const strength of STRENGTHS) {
    const fitted: Result<LogisticFit, FitError> = fitLogistic(learn, { ...options, strength });
    if (!fitted.ok) return fitted;
    const loss = meanOf(lossesOf(foldLogistic(fitted.value, 0), choose));
    if (loss < best.loss) best = { strength, loss };
  }
  return ok(best.strength);
}

function fitDiscriminant(rows: readonly LabelledEmbedding[], options: FitOptions): Result<Head, FitError> {
  const stats = createStatistics(rows[0].embedding.values.length);
  addExamples(stats, rows, options.kernels);
  const fitted = fitHead(stats, takeStratified(rows, options.classIds), { ...options, isForJudgement: true });
  return fitted.ok ? ok(fitted.value.head) : fitted;
}

function compare(first: Head, second: Head, judge: readonly LabelledEmbedding[]): Comparison {
  const served = judge.filter(({ classId }) => first.classIds.includes(classId) && second.classIds.includes(classId));
  const [a, b] = [lossesOf(first, served), lossesOf(second, served)];
  const differences = a.map((loss, i) => loss - b[i]);
  const mean = meanOf(differences);
  const variance = meanOf(differences.map((difference) => (difference - mean) ** 2));
  return {
    examples: served.length,
    discriminantLogLoss: meanOf(a),
    logisticLogLoss: meanOf(b),
    standardError: Math.sqrt(variance / served.length),
  };
}

/** `-log p(given label)` of the rows whose class the head knows; a probability of 0 counts as the smallest there is. */
function lossesOf(head: Head, rows: readonly LabelledEmbedding[]): number[] {
  return rows.flatMap(({ classId, embedding }) => {
    const found = predict(head, embedding).scores.find((score) => score.classId === classId);
    return found === undefined ? [] : [-Math.log(Math.max(Number.MIN_VALUE, found.score))];
  });
}

function thresholdOf(head: Head, rows: readonly LabelledEmbedding[], alpha: number): number {
  const probabilities = rows.flatMap(({ embedding }) => predict(head, embedding).scores.map(({ score }) => score));
  return entropyQuantile(Float64Array.from(probabilities), head.classIds.length, 1 - alpha);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
