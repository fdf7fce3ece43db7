/**
 * The ways to answer in a new place (another camera, another language) by labels from elsewhere and by what the place has shown: fits
 * each, and has it answer labels of the place that it has not seen. `new-place.ts` chooses among them. Pure.
 */

import { meanEmbedding, moveEmbeddings } from "../../src/head/descriptions.ts";
import type { Embedding } from "../../src/head/embedding.ts";
import { type FitOptions, type FittedHead, fitHead } from "../../src/head/fit.ts";
import type { FitError } from "../../src/head/fit-problem.ts";
import { GUARD_FOLDS } from "../../src/head/policy.ts";
import { type Head, predict } from "../../src/head/predict.ts";
import { type Taught, trainOnUnlabelled } from "../../src/head/self-training.ts";
import {
  addExamples,
  copyStatistics,
  createStatistics,
  type LabelledEmbedding,
  type Statistics,
} from "../../src/head/statistics.ts";
import { ok, type Result } from "../../src/shared/result.ts";
import { takeStratified } from "./sample.ts";

export interface PlaceExamples {
  /** Where the menu was taught. */
  readonly source: readonly LabelledEmbedding[];
  /** In the new place. */
  readonly labelled: readonly LabelledEmbedding[];
  readonly unlabelled: readonly Embedding[];
}

/** Of equal results the first one wins. */
export const PLACE_WAYS = [
  "as taught",
  "moved",
  "moved, with labels",
  "moved, with unlabelled",
  "labels alone",
] as const;
export type PlaceWay = (typeof PLACE_WAYS)[number];

export interface PlaceHead {
  readonly head: Head;
  /** What leads from the place to what the head takes, D numbers; null where it takes them as they are. */
  readonly shift: Float64Array | null;
  /** The shrinkage that was chosen. */
  readonly rho: number;
}

/** Each label of the place in its turn: log p of every class of the head, by a head without a tenth of them, this one among these. */
export interface LeftOutAnswers {
  readonly classIds: readonly string[];
  readonly rows: readonly { readonly classId: string; readonly logs: readonly number[] }[];
}

export interface PlaceWays {
  /** Errors are those of `fitHead`. */
  open(way: PlaceWay): Result<PlaceHead, FitError>;
  /** Null where a part of the labels leaves no head: fewer than two classes. */
  judge(way: PlaceWay): LeftOutAnswers | null;
}

/** `source` and the place need an example each. */
export function createPlaceWays(examples: PlaceExamples, options: FitOptions): PlaceWays {
  const source = createSourceFit(examples.source);
  const known = new Map<PlaceWay, Result<PlaceHead, FitError>>();
  const open = (way: PlaceWay) => {
    const opened = known.get(way) ?? openWay(way, examples, options, source);
    known.set(way, opened);
    return opened;
  };
  return {
    open,
    judge(way) {
      const whole = open(way);
      return whole.ok ? judgeWay(way, whole.value, examples, { options, source }) : null;
    },
  };
}

/** From the place to what the head takes. */
export function place({ shift }: Pick<PlaceHead, "shift">, embeddings: readonly Embedding[]): readonly Embedding[] {
  return shift === null ? embeddings : moveEmbeddings(embeddings, new Float64Array(shift.length), shift);
}

function judgeWay(
  way: PlaceWay,
  { rho, head }: PlaceHead,
  examples: PlaceExamples,
  { options, source }: { readonly options: FitOptions; readonly source: SourceFit },
): LeftOutAnswers | null {
  const { labelled } = examples;
  const folds = Math.min(labelled.length, GUARD_FOLDS);
  const rows: { classId: string; logs: number[] }[] = Array(labelled.length);
  for (let fold = 0; fold < folds; fold++) {
    const rest = { ...examples, labelled: labelled.filter((_, i) => i % folds !== fold) };
    // A tenth less needs no other shrinkage than the whole: to choose one each time takes four times as long.
    const opened = openWay(way, rest, { ...options, rho, isForJudgement: true }, source);
    if (!opened.ok) return null;
    for (let i = fold; i < labelled.length; i += folds) {
      const [embedding] = place(opened.value, [labelled[i].embedding]);
      rows[i] = { classId: labelled[i].classId, logs: logsOf(opened.value.head, embedding, head.classIds) };
    }
  }
  return { classIds: head.classIds, rows };
}

function logsOf(head: Head, embedding: Embedding, classIds: readonly string[]): number[] {
  const scores = new Map(predict(head, embedding).scores.map(({ classId, score }) => [classId, score]));
  return classIds.map((classId) => logOf(scores.get(classId) ?? 0));
}

/** Of a probability; of 0 a finite number too. */
export function logOf(probability: number): number {
  return Math.log(Math.max(Number.MIN_VALUE, probability));
}

function openWay(
  way: PlaceWay,
  { source, labelled, unlabelled }: PlaceExamples,
  options: FitOptions,
  fitSource: SourceFit,
): Result<PlaceHead, FitError> {
  const seen = [...unlabelled, ...labelled.map(({ embedding }) => embedding)];
  if (way === "as taught" || way === "labels alone" || seen.length === 0) {
    const fitted =
      way === "labels alone" ? fitOn(sumUp(labelled, options.kernels), labelled, options) : fitSource.alone(options);
    if (!fitted.ok) return fitted;
    const { head, rho } = fitted.value.first;
    return ok({ head, rho, shift: null });
  }
  const from = meanEmbedding(seen);
  const shift = meanEmbedding(source.map(({ embedding }) => embedding)).map((value, d) => value - from[d]);
  const moved = place(
    { shift },
    labelled.map(({ embedding }) => embedding),
  );
  const own = labelled.map(({ classId }, i) => ({ classId, embedding: moved[i] }));
  const fitted = way === "moved" ? fitSource.alone(options) : fitSource.with(own, options);
  if (!fitted.ok) return fitted;
  const { first, taught } = fitted.value;
  if (way !== "moved, with unlabelled" || unlabelled.length === 0) {
    return ok({ head: first.head, rho: first.rho, shift });
  }
  const next = { ...options, previousRho: first.rho };
  const trained = trainOnUnlabelled(first, taught, place({ shift }, unlabelled), next);
  if (!trained.ok) return trained;
  const { head, rho } = trained.value.fitted;
  return ok({ head, rho, shift });
}

interface SourceFit {
  /** The statistics from elsewhere: fitted once to judge and once to serve, however often labels of the place are left out. */
  alone(options: FitOptions): Fitted;
  /** The same and labels of the place, moved. */
  with(own: readonly LabelledEmbedding[], options: FitOptions): Fitted;
}
type Fitted = Result<{ first: FittedHead; taught: Taught }, FitError>;

/** Sums up once what was taught elsewhere. */
function createSourceFit(source: readonly LabelledEmbedding[]): SourceFit {
  const fitted = new Map<boolean, Fitted>();
  let summed: Statistics | undefined;
  const sum = ({ kernels }: FitOptions) => {
    summed ??= sumUp(source, kernels);
    return summed;
  };
  return {
    alone(options) {
      const isForJudgement = options.isForJudgement === true;
      const known = fitted.get(isForJudgement) ?? fitOn(sum(options), source, options);
      fitted.set(isForJudgement, known);
      return known;
    },
    with(own, options) {
      const statistics = copyStatistics(sum(options));
      addExamples(statistics, own, options.kernels);
      return fitOn(statistics, [...source, ...own], options);
    },
  };
}

function sumUp(rows: readonly LabelledEmbedding[], kernels: FitOptions["kernels"]): Statistics {
  const statistics = createStatistics(rows[0]?.embedding.values.length ?? 0);
  addExamples(statistics, rows, kernels);
  return statistics;
}

function fitOn(statistics: Statistics, rows: readonly LabelledEmbedding[], options: FitOptions): Fitted {
  const sample = takeStratified(rows, options.classIds);
  const first = fitHead(statistics, sample, options);
  return first.ok ? ok({ first: first.value, taught: { statistics, sample } }) : first;
}
