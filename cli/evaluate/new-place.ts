/**
 * A menu taught in one place and served in another (another camera, another light): moves samples of the new place to where people
 * taught the menu, learns from the labels that it has, and lets these choose, since labels from elsewhere can hurt. Pure.
 */

import { dequantiseInto } from "../../src/head/embedding.ts";
import { lossOf } from "../../src/head/evaluate.ts";
import type { FitOptions } from "../../src/head/fit.ts";
import type { FitError } from "../../src/head/fit-problem.ts";
import { foldScores, quantiseRows } from "../../src/head/fold.ts";
import { MIN_PLACE_PHOTOS } from "../../src/head/policy.ts";
import type { Head } from "../../src/head/predict.ts";
import { softmaxInPlace } from "../../src/head/softmax.ts";
import { ok, type Result } from "../../src/shared/result.ts";
import {
  createPlaceWays,
  type LeftOutAnswers,
  logOf,
  PLACE_WAYS,
  type PlaceExamples,
  type PlaceHead,
  type PlaceWay,
} from "./place-ways.ts";

/** One way, judged by the labels of the place, each left out with a tenth of them. */
export interface JudgedWay {
  readonly way: PlaceWay;
  readonly right: number;
  /** Mean `-log p`. */
  readonly loss: number;
}

export interface PlaceChoice {
  readonly way: PlaceWay;
  /** Labels that decided; 0: the amount of photos did. */
  readonly judged: number;
  readonly ways: readonly JudgedWay[];
  /** The head of a way, and what its embeddings of the place are moved by. */
  readonly open: (way: PlaceWay) => Result<PlaceHead, FitError>;
}

/** `source` and the place need an example each. Errors are those of `fitHead`. */
export function choosePlaceWay(examples: PlaceExamples, options: FitOptions): Result<PlaceChoice, FitError> {
  const { open, judge } = createPlaceWays(examples, options);
  const { labelled, unlabelled } = examples;
  if (labelled.length === 0) return ok({ way: wayWithoutLabels(unlabelled.length), judged: 0, ways: [], open });
  const ways: JudgedWay[] = [];
  for (const way of PLACE_WAYS) {
    if (way === "moved, with unlabelled" && unlabelled.length === 0) continue;
    const answers = judge(way);
    if (answers !== null) ways.push({ way, right: countRight(answers), loss: meanOf(lossesOf(answers)) });
  }
  const best = ways.reduce((a, b) => (b.right > a.right || (b.right === a.right && b.loss < a.loss) ? b : a));
  return ok({ way: best.way, judged: labelled.length, ways, open });
}

/** Without labels of the place: moves by the mean of its photos. Nobody could say whether learning from them helps. */
export function wayWithoutLabels(seen: number): PlaceWay {
  return seen < MIN_PLACE_PHOTOS ? "as taught" : "moved";
}

/** Rows answered with their own class; a tie is no right answer. */
export function countRight({ classIds, rows }: LeftOutAnswers): number {
  return rows.filter(({ classId, logs }) => {
    const own = classIds.indexOf(classId);
    return own >= 0 && logs.every((other, k) => k === own || other < logs[own]);
  }).length;
}

/** `-log p(its own class)` of each row. */
export function lossesOf({ classIds, rows }: LeftOutAnswers): number[] {
  return rows.map(({ classId, logs }) => lossOf(Math.exp(logs[classIds.indexOf(classId)] ?? Number.NEGATIVE_INFINITY)));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What `b` saves against `a` on the same rows, one at least, and how far that may be chance. */
export function compareLosses(a: readonly number[], b: readonly number[]): { mean: number; standardError: number } {
  const gains = a.map((loss, i) => loss - b[i]);
  const mean = meanOf(gains);
  const variance = meanOf(gains.map((gain) => (gain - mean) ** 2));
  return { mean, standardError: Math.sqrt(variance / gains.length) };
}

/*
 * Several ways to answer in a place, asked together: the mean of their log-probabilities, which is linear in the embedding again and so one
 * head. Few labels choose among ways by chance; the mean of them needs none, and was no worse than the best of them (decision 75). Pure.
 *
 *   z_k(x) = mean_j [ w_jk . (x + s_j) + b_jk ]
 */

/** A single way has to lose less than all of them together by so many standard errors of the difference, label by label. */
const SURE_ERRORS = 2;

/** The mean of the heads, for embeddings that `base` moves; one at least, all of the same classes and dimension. It knows no strangers. */
export function blendHeads(parts: readonly PlaceHead[], base: Pick<PlaceHead, "shift">): Head {
  const [{ head: first }] = parts;
  const { classIds, dimension } = first;
  const weights = new Float64Array(classIds.length * dimension);
  const offsets = new Float64Array(classIds.length);
  for (const { head, shift } of parts) {
    const row = new Float64Array(dimension);
    classIds.forEach((_, k) => {
      const values = head.weights.subarray(k * dimension, (k + 1) * dimension);
      dequantiseInto({ values, scale: head.scales[k] }, row);
      offsets[k] += head.biases[k] / parts.length;
      row.forEach((weight, d) => {
        weights[k * dimension + d] += weight / parts.length;
        offsets[k] += (weight * ((shift?.[d] ?? 0) - (base.shift?.[d] ?? 0))) / parts.length;
      });
    });
  }
  const entropyThreshold = parts.reduce((sum, { head }) => sum + head.entropyThreshold / parts.length, 0);
  const rows = quantiseRows(weights, classIds.length);
  return foldScores(
    { classIds, weights: rows, temperature: 1, offsets, mean: new Float64Array(dimension) },
    entropyThreshold,
  );
}

/** As `blendHeads` would answer the labels that were left out; one answer at least, all of the same classes. */
export function blendAnswers(parts: readonly LeftOutAnswers[]): LeftOutAnswers {
  const [{ classIds, rows }] = parts;
  return {
    classIds,
    rows: rows.map(({ classId }, i) => {
      const means = classIds.map((_, k) => parts.reduce((sum, part) => sum + part.rows[i].logs[k] / parts.length, 0));
      return { classId, logs: Array.from(softmaxInPlace(Float64Array.from(means)), logOf) };
    }),
  };
}

/** The one that is surely better than all of them together, the best of several; undefined where none is. */
export function findSurelyBetter<T extends { readonly answers: LeftOutAnswers }>(
  together: LeftOutAnswers,
  single: readonly T[],
): T | undefined {
  const losses = lossesOf(together);
  const gains = single.map((way) => ({ way, ...compareLosses(losses, lossesOf(way.answers)) }));
  const sure = gains.filter(({ mean, standardError }) => mean > SURE_ERRORS * standardError);
  return sure.toSorted((a, b) => b.mean - a.mean)[0]?.way;
}
