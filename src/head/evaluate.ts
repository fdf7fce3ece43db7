/**
 * What leave-one-out says for free: how good the head is, class by class, and which labels look wrong. Works on
 * probabilities of examples that the head had not seen; no hold-out is spent.
 */

import { NONE_ID } from "../shared/none-label.ts";
import { doubtThreshold, isDoubted } from "./doubts.ts";
import { CALIBRATION_BINS, FALSE_DOUBTS } from "./policy.ts";
import { type Head, predict } from "./predict.ts";
import type { LabelledEmbedding } from "./statistics.ts";

/* The answer to one labelled row: right or not, and how far its own class is from certain. Pure. */

/** What a probability counts as at least, so that one impossible answer does not make a mean infinite. */
const SMALLEST_PROBABILITY = 1e-15;

/** `-log p` of the row's own class. */
export function lossOf(probability: number): number {
  return -Math.log(Math.max(SMALLEST_PROBABILITY, probability));
}

/** Whether the row's own class, at `label`, is ahead of every other: a tie is not a right answer. */
export function isAhead(probabilities: Float32Array | Float64Array, label: number): boolean {
  return probabilities.every((other, k) => k === label || other < probabilities[label]);
}

/** `loss` is that of the row's own class, by all scores of the head. */
export function judgeRow(head: Head, { classId, embedding }: LabelledEmbedding): { isRight: boolean; loss: number } {
  const { scores } = predict(head, embedding);
  const own = scores.find((score) => score.classId === classId)?.score ?? 0;
  return { isRight: scores[0].classId === classId, loss: lossOf(own) };
}

/** One class of the evaluation. */
export interface ClassEvaluation {
  readonly classId: string;
  /** Rows of this class. */
  readonly examples: number;
  /** Share of the answers with this class that were right; 0 without any. */
  readonly precision: number;
  /** Share of its rows that were answered with it; 0 without rows. */
  readonly recall: number;
}

/** A label that the other examples contradict: for a person to look at, never to delete by itself. */
interface SuspectLabel {
  /** Index into the sample given to the fit. */
  readonly sampleIndex: number;
  readonly givenClassId: string;
  /** The best other item, or `:none` where the photo is unlike anything taught. */
  readonly suggestedClassId: string;
  readonly givenProbability: number;
  readonly suggestedProbability: number;
}

/** A row whose answer is another item than its label. */
export interface Mistake {
  /** Index into the sample given to the fit. */
  readonly sampleIndex: number;
  /** Places in `classIds`. */
  readonly given: number;
  readonly answered: number;
  readonly givenProbability: number;
  readonly answeredProbability: number;
}

/** Quality over the rows that could be left out. */
export interface Evaluation {
  readonly examples: number;
  readonly accuracy: number;
  /** Mean over the classes with rows of `2 P R / (P + R)`. */
  readonly macroF1: number;
  /** Mean of `-log p(given label)`, nats. */
  readonly logLoss: number;
  /** Mean over 10 equal bins of confidence of |accuracy - confidence|, weighted by rows. */
  readonly expectedCalibrationError: number;
  /** One entry per served class, in the order of the head. */
  readonly perClass: readonly ClassEvaluation[];
  /** `confusion[given][answered]`, rows counted. */
  readonly confusion: readonly (readonly number[])[];
  /** Corrections whose label has at most this score are doubted where the answer is another; null where that finds too few (doubts.ts). */
  readonly doubtBelow: number | null;
  /** All that `confusion` counts off its diagonal, least probable label first. */
  readonly mistakes: readonly Mistake[];
  /** Least probable label first. */
  readonly suspects: readonly SuspectLabel[];
}

/** Probabilities (n x K, row-major) beside the labels they are judged by. */
export interface JudgedRows {
  readonly classIds: readonly string[];
  readonly labels: Int32Array;
  readonly sampleIndex: Int32Array;
  readonly probabilities: Float32Array | Float64Array;
}

/**
 * Evaluates n >= 1 rows. What can be told of them beside their probabilities matters to the doubts alone.
 *
 * @param none of each row that lies far beyond the others the probability that it is none of the items, 0 of the others: such labels
 *   are suspect
 * @param copies of each row the class under which a copy of its picture is labelled as well, -1 where there is none: such labels too
 */
export function evaluateRows(rows: JudgedRows, none?: Float64Array, copies?: Int32Array): Evaluation {
  const { classIds, labels } = rows;
  const answers = Int32Array.from(labels, (label, i) => bestClass(rows, i, label));
  const confusion = classIds.map(() => classIds.map(() => 0));
  labels.forEach((label, i) => {
    confusion[label][answers[i]] += 1;
  });
  const perClass = classIds.map((classId, k) => evaluateClass(classId, k, confusion));
  const withRows = perClass.filter(({ examples }) => examples > 0);
  const correct = confusion.reduce((sum, row, k) => sum + row[k], 0);
  const below = doubtThreshold(rows, FALSE_DOUBTS.labels);
  return {
    examples: labels.length,
    accuracy: correct / labels.length,
    macroF1: withRows.reduce((sum, part) => sum + f1(part), 0) / withRows.length,
    logLoss: meanLogLoss(rows),
    expectedCalibrationError: calibrationError(rows, answers),
    perClass,
    confusion,
    doubtBelow: doubtThreshold(rows, FALSE_DOUBTS.corrections),
    mistakes: findMistakes(rows, answers),
    suspects: findSuspects(rows, answers, { below, none, copies }),
  };
}

function probability({ probabilities, classIds }: JudgedRows, row: number, k: number): number {
  return probabilities[row * classIds.length + k];
}

/** The first class of the highest probability; a tie is never an answer in favour of the label. */
function bestClass(rows: JudgedRows, row: number, label: number): number {
  let best = label === 0 && rows.classIds.length > 1 ? 1 : 0;
  for (let k = 0; k < rows.classIds.length; k++) {
    if (k !== label && probability(rows, row, k) > probability(rows, row, best)) best = k;
  }
  return probability(rows, row, label) > probability(rows, row, best) ? label : best;
}

function evaluateClass(classId: string, k: number, confusion: readonly (readonly number[])[]): ClassEvaluation {
  const examples = confusion[k].reduce((sum, count) => sum + count, 0);
  const answered = confusion.reduce((sum, row) => sum + row[k], 0);
  const correct = confusion[k][k];
  return { classId, examples, precision: ratio(correct, answered), recall: ratio(correct, examples) };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function f1({ precision, recall }: ClassEvaluation): number {
  return ratio(2 * precision * recall, precision + recall);
}

function meanLogLoss(rows: JudgedRows): number {
  let loss = 0;
  rows.labels.forEach((label, i) => {
    loss += lossOf(probability(rows, i, label));
  });
  return loss / rows.labels.length;
}

/** `sum over bins of |correct - sum of confidence| / n`. */
function calibrationError(rows: JudgedRows, answers: Int32Array): number {
  const excess = new Float64Array(CALIBRATION_BINS);
  answers.forEach((answer, i) => {
    const confidence = probability(rows, i, answer);
    const bin = Math.min(CALIBRATION_BINS - 1, Math.floor(confidence * CALIBRATION_BINS));
    excess[bin] += (answer === rows.labels[i] ? 1 : 0) - confidence;
  });
  return excess.reduce((sum, value) => sum + Math.abs(value), 0) / answers.length;
}

function findMistakes(rows: JudgedRows, answers: Int32Array): Mistake[] {
  const mistakes: Mistake[] = [];
  answers.forEach((answered, i) => {
    const given = rows.labels[i];
    if (answered === given) return;
    const [givenProbability, answeredProbability] = [given, answered].map((k) => probability(rows, i, k));
    mistakes.push({ sampleIndex: rows.sampleIndex[i], given, answered, givenProbability, answeredProbability });
  });
  return mistakes.sort((a, b) => a.givenProbability - b.givenProbability);
}

/** What speaks against labels. */
interface Doubts {
  readonly below: number | null;
  readonly none: Float64Array | undefined;
  readonly copies: Int32Array | undefined;
}

/** Doubted labels, photos that lie far beyond the others, and copies under another label; ranked by the score of the label. */
function findSuspects(rows: JudgedRows, answers: Int32Array, { below, none, copies }: Doubts): SuspectLabel[] {
  const suspects: SuspectLabel[] = [];
  answers.forEach((answer, i) => {
    const label = rows.labels[i];
    const [given, best] = [label, answer].map((k) => probability(rows, i, k));
    const isCopy = copies !== undefined && copies[i] >= 0 && answer !== label;
    const stranger = isCopy ? 0 : (none?.[i] ?? 0);
    if (!isCopy && stranger === 0 && !isDoubted({ given, best, none: 0 }, below)) return;
    suspects.push({
      sampleIndex: rows.sampleIndex[i],
      givenClassId: rows.classIds[label],
      suggestedClassId: stranger > 0 ? NONE_ID : rows.classIds[answer],
      givenProbability: (1 - stranger) * given,
      suggestedProbability: stranger > 0 ? stranger : best,
    });
  });
  return suspects.sort((a, b) => a.givenProbability - b.givenProbability);
}
