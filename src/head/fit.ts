/**
 * From statistics to a served head: chooses the shrinkage and the temperature by exact leave-one-out, corrects small
 * classes, evaluates, and folds. This file is the algorithm; the parts it calls each hold one formula.
 */
import { scatterNotPositive } from "../shared/english/sums.ts";
import { err, ok, type Result } from "../shared/result.ts";
import {
  calibrateInPlace,
  defaultTemperature,
  entropyQuantile,
  fitTemperature,
  nearestScores,
  type ScoredRows,
  surerThanLeftOut,
} from "./calibration.ts";
import { findCrossCopies, tieCopiesInPlace } from "./cross-copies.ts";
import {
  type Discriminant,
  openDiscriminant,
  prototypeNorms,
  solveAt,
  solveWeights,
  strangerNorm,
} from "./discriminant.ts";
import type { Embedding } from "./embedding.ts";
import { type Evaluation, evaluateRows, type JudgedRows } from "./evaluate.ts";
import { type FitError, poseProblem, toFitError } from "./fit-problem.ts";
import { fitStrangeness, type StrangerEvaluation } from "./fit-strangeness.ts";
import { foldHead, quantiseRows, type Solution } from "./fold.ts";
import type { Kernels, RealArray } from "./kernels/kernels.ts";
import { createPlainKernels } from "./kernels/plain-kernels.ts";
import { nearestOfPicture } from "./leave-copies-out.ts";
import { addSmallSampleTerm, type LeftOut, leaveOneOutInPlace } from "./leave-one-out.ts";
import {
  DEFAULT_RHO,
  MAX_STRANGERS,
  MIN_CALIBRATION_ROWS,
  MIN_LEAVE_ONE_OUT_ROWS,
  nextRho,
  rhoCandidates,
  SMALL_SAMPLE_OFFSET,
} from "./policy.ts";
import type { Head } from "./predict.ts";
import type { LabelledEmbedding, Statistics } from "./statistics.ts";

/** What to fit, beyond the data. */
export interface FitOptions {
  /** Classes to serve, in this order; those without examples are left out. Other classes inform the covariance only. */
  readonly classIds: readonly string[];
  /** pi: 0 treats classes as equally likely, .5 suits labels sampled from traffic. */
  readonly priorExponent: number;
  /** The rho of the last fit: then this one tries rho/3, rho and 3 rho, and goes on from there while the loss falls. */
  readonly previousRho?: number;
  /** A known rho: then the fit tries no other. */
  readonly rho?: number | undefined;
  /** Share of known photos that may be called unknown, and that may be called undecided; .05 is usual. */
  readonly unknownAlpha: number;
  /** Photos marked "not on the menu", the newest first; the fit takes `MAX_STRANGERS` of them. */
  readonly strangers?: readonly Embedding[];
  /** Leaves out how strange a photo is: for heads that are judged and answer nobody. */
  readonly isForJudgement?: boolean;
  /** Plain TypeScript in float64 where absent. */
  readonly kernels?: Kernels;
}

/** A head and how it came about. */
export interface FittedHead {
  readonly head: Head;
  readonly rho: number;
  readonly temperature: number;
  readonly tau: number;
  readonly entropyThreshold: number;
  /** How many shrinkages the fit solved for: its cost beyond the statistics. */
  readonly rhosTried: number;
  /** From leave-one-out; null while no class has two examples. */
  readonly evaluation: Evaluation | null;
  /** The rows behind the evaluation, in memory of their own. */
  readonly judged: JudgedRows | null;
  /** Null where the fit was for judgement alone. */
  readonly strangers: StrangerEvaluation | null;
}

/** What one rho came to. */
interface Choice extends LeftOut {
  readonly rho: number;
  readonly temperature: number;
  /** Class-weighted, of the rows left out. */
  readonly loss: number;
}

/** A solution and the leave-one-out scores it stands on (n x K, without the small-sample term). */
interface Candidate extends Solution, Choice {
  readonly scores: RealArray;
  readonly rhosTried: number;
  /** `w_0` and `q_0`. */
  readonly stranger: { readonly weights: RealArray; readonly norm: number };
  /** For the rows left out: their scores for the strangers, and what their absence adds to Q. */
  readonly strangerScores: RealArray;
  readonly shifts: Float64Array;
}

/**
 * Fits a head. Same input, same bytes.
 *
 * @param sample rows of `stats` to leave out one by one, stratified, at most `MAX_SAMPLE_ROWS`; each absorbed under the class it names
 * @returns `too_few_classes` under two classes with examples; `dimension_mismatch`; `not_positive_definite` when the
 *   statistics are spoilt and must be rebuilt
 */
export function fitHead(
  stats: Statistics,
  sample: readonly LabelledEmbedding[],
  options: FitOptions,
): Result<FittedHead, FitError> {
  const strangers = options.strangers?.slice(0, MAX_STRANGERS) ?? [];
  const posed = poseProblem(stats, sample, options.classIds, strangers);
  if (!posed.ok) return posed;
  const discriminant = openDiscriminant(posed.value, options.kernels ?? createPlainKernels());
  const candidate = hasRowsToChooseBy(discriminant)
    ? chooseByLeaveOneOut(discriminant, options)
    : solveByDefault(discriminant);
  if (candidate === undefined) return err(notPositiveDefinite());
  return ok(finish(discriminant, candidate, options, sample));
}

/** Without scatter there is nothing to shrink, with few rows nothing to choose by. */
function hasRowsToChooseBy({ trace, problem }: Discriminant): boolean {
  return trace > 0 && problem.rows.labels.length >= MIN_LEAVE_ONE_OUT_ROWS;
}

/** The rho with the least class-weighted loss at its own temperature; then the temperature again without the offset h. */
function chooseByLeaveOneOut(
  discriminant: Discriminant,
  { previousRho, rho }: Pick<FitOptions, "previousRho" | "rho">,
): Candidate | undefined {
  const rhos = rho === undefined ? [...rhoCandidates(previousRho)] : [rho];
  let best: Candidate | undefined;
  for (let i = 0; i < rhos.length; i++) {
    const choice = tryRho(discriminant, rhos[i]);
    if (choice !== undefined && choice.loss < (best?.loss ?? Number.POSITIVE_INFINITY)) {
      best = keepCandidate(discriminant, choice, best);
    }
    if (rho !== undefined || previousRho === undefined || best === undefined || i < rhos.length - 1) continue;
    const next = nextRho(rhos, best.rho);
    if (next !== undefined) rhos.push(next);
  }
  if (best === undefined) return undefined;
  const { temperature } = fitTemperature(scoresWithTerm(discriminant, best.scores, best.tau, 0));
  return { ...best, temperature, rhosTried: rhos.length };
}

/** Solves at this rho and leaves every row out; undefined where A is not positive definite. */
function tryRho(discriminant: Discriminant, rho: number): Choice | undefined {
  if (!solveAt(discriminant, rho)) return undefined;
  const leftOut = leaveOneOutInPlace(discriminant);
  const { tau } = leftOut;
  return {
    rho,
    ...leftOut,
    ...fitTemperature(scoresWithTerm(discriminant, discriminant.products, tau, SMALL_SAMPLE_OFFSET)),
  };
}

function solveByDefault(discriminant: Discriminant): Candidate | undefined {
  if (!solveAt(discriminant, DEFAULT_RHO)) return undefined;
  const byDefault = defaultTemperature(discriminant);
  const leftOut = leaveOneOutInPlace(discriminant);
  const { tau } = leftOut;
  const hasRowsToCalibrateBy =
    discriminant.trace > 0 && discriminant.problem.rows.labels.length >= MIN_CALIBRATION_ROWS;
  const temperature = hasRowsToCalibrateBy
    ? fitTemperature(scoresWithTerm(discriminant, discriminant.products, tau, 0)).temperature
    : byDefault;
  return keepCandidate(discriminant, { rho: DEFAULT_RHO, ...leftOut, temperature, loss: Number.POSITIVE_INFINITY });
}

/** Copies what the next rho would overwrite, into the memory of the candidate that it displaces. */
function keepCandidate(discriminant: Discriminant, chosen: Choice, displaced?: Candidate): Candidate {
  const norms = prototypeNorms(discriminant);
  const norm = strangerNorm(discriminant);
  const scores = displaced?.scores ?? discriminant.products.slice();
  scores.set(discriminant.products);
  const weights = quantiseRows(solveWeights(discriminant), norms.length, displaced?.weights);
  const stranger = { weights: discriminant.stranger.prototype.slice(), norm };
  const ofRows = { strangerScores: discriminant.stranger.products.slice(), shifts: discriminant.shifts.slice() };
  return { ...chosen, norms, scores, weights, rhosTried: 1, stranger, ...ofRows };
}

function scoresWithTerm(discriminant: Discriminant, scores: RealArray, tau: number, offset: number): ScoredRows {
  addSmallSampleTerm(discriminant, scores, tau, offset, discriminant.scores);
  const { rows, classIds } = discriminant.problem;
  return { scores: discriminant.scores, labels: rows.labels, classCount: classIds.length };
}

/** The temperature to serve: surer than on the left-out rows, if these chose it. */
function servedTemperature({ trace, problem }: Discriminant, { temperature }: Candidate): number {
  const isFitted = trace > 0 && problem.rows.labels.length >= MIN_CALIBRATION_ROWS;
  return isFitted ? temperature * surerThanLeftOut(problem.counts) : temperature;
}

function finish(
  discriminant: Discriminant,
  candidate: Candidate,
  options: FitOptions,
  sample: readonly LabelledEmbedding[],
): FittedHead {
  const { problem } = discriminant;
  const { rho, tau } = candidate;
  const temperature = servedTemperature(discriminant, candidate);
  const scored = scoresWithTerm(discriminant, candidate.scores, tau, SMALL_SAMPLE_OFFSET);
  const { counts, total } = problem;
  const { priorExponent } = options;
  const nearest = nearestScores(scored, { temperature, priorExponent, counts }, total);
  for (const picture of candidate.pictures) {
    nearest[picture.members[0]] = nearestOfPicture(picture, problem, { temperature, priorExponent }, tau);
  }
  // The rows are judged by the temperature that was fitted to them.
  const probabilities = calibrateInPlace(scored, { temperature: candidate.temperature, priorExponent, counts });
  const entropyThreshold = entropyQuantile(probabilities, problem.classIds.length, 1 - options.unknownAlpha);
  const answering = foldHead(problem, { ...candidate, temperature }, priorExponent, entropyThreshold);
  const { labels, sampleIndex } = problem.rows;
  // They outlive the arena: into the memory of the candidate's scores, which nobody reads any more.
  candidate.scores.set(probabilities);
  const rows = { classIds: problem.classIds, labels, sampleIndex, probabilities: candidate.scores };
  const judged = labels.length === 0 ? null : rows;
  const leftOut = { nearest, shifts: candidate.shifts, strangers: candidate.strangerScores };
  const distances = { rho, temperature, stranger: candidate.stranger, alpha: options.unknownAlpha };
  const fitted = { rho, temperature, tau, entropyThreshold, rhosTried: candidate.rhosTried, judged };
  const evaluate = (none?: Float64Array) => judged && evaluateWithCopies(judged, sample, none);
  if (options.isForJudgement) return { ...fitted, head: answering, strangers: null, evaluation: evaluate() };
  const { strangeness, evaluation: strangers, none } = fitStrangeness(discriminant, answering, leftOut, distances);
  return { ...fitted, head: { ...answering, strangeness }, strangers, evaluation: evaluate(none) };
}

/** Before anybody reads the rows: the scorecard of the gate is made of them too. */
function evaluateWithCopies(judged: JudgedRows, sample: readonly LabelledEmbedding[], none?: Float64Array): Evaluation {
  const copies = findCrossCopies(judged, sample);
  tieCopiesInPlace(judged, copies);
  return evaluateRows(judged, none, copies);
}

function notPositiveDefinite(): FitError {
  return toFitError("not_positive_definite", scatterNotPositive());
}
