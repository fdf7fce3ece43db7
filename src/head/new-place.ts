/**
 * A menu taught in one place and served in another (another camera, another light): moves samples of the new place to where people
 * taught the menu, learns from the labels that it has, and lets these choose, since labels from elsewhere can hurt. Pure.
 */
import { ok, type Result } from "../shared/result.ts";
import type { FitOptions } from "./fit.ts";
import type { FitError } from "./fit-problem.ts";
import { lossOf } from "./judge-row.ts";
import {
  createPlaceWays,
  type LeftOutAnswers,
  PLACE_WAYS,
  type PlaceExamples,
  type PlaceHead,
  type PlaceWay,
} from "./place-ways.ts";
import { MIN_PLACE_PHOTOS } from "./policy.ts";

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
