/** Trains a head on one set of embeddings and judges it on another, with the Worker's own code. Pure. */
import type { Embedding } from "../../src/head/embedding.ts";
import { type Evaluation, evaluateRows } from "../../src/head/evaluate.ts";
import { type FitOptions, fitHead } from "../../src/head/fit.ts";
import type { Kernels } from "../../src/head/kernels/kernels.ts";
import { type Head, predict } from "../../src/head/predict.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../src/head/statistics.ts";
import { CommandError } from "../shared/command.ts";
import { judgeStrangers, type StrangerFigures } from "./judge-strangers.ts";
import { takeStratified } from "./sample.ts";
import { type SecondStage, trySecondStage } from "./second-stage/second-stage.ts";

export interface MenuEvaluation extends Evaluation {
  readonly classIds: readonly string[];
  readonly trainedOn: number;
  /** Share of the test photos that would be called unknown, and undecided. */
  readonly unknown: number;
  readonly undecided: number;
  /** How it tells photos of nothing on the menu; null where there were none. */
  readonly strangers: StrangerFigures | null;
  /** Photos marked "not on the menu" among those to learn from. */
  readonly marked: number;
  /** What the head says of itself from its training photos alone. */
  readonly leaveOneOutAccuracy: number | null;
  /** What came of the second stage; null where it was not asked for. The figures are of the head that won. */
  readonly secondStage: SecondStageOutcome | null;
}

export interface SecondStageOutcome extends Omit<SecondStage, "head"> {
  readonly isPromoted: boolean;
}

export interface EvaluateMenuOptions {
  readonly dimension: number;
  readonly priorExponent: number;
  readonly unknownAlpha: number;
  /** Plain TypeScript where absent; the SIMD ones for many fits. */
  readonly kernels?: Kernels;
  /** Photos marked "not on the menu" to learn from. */
  readonly marked?: readonly Embedding[];
  /** Photos of nothing on the menu to be judged on. */
  readonly strangers?: readonly Embedding[];
  /** Let logistic regression challenge the discriminant on a part of the training photos. */
  readonly withSecondStage?: boolean;
}

/** Throws `CommandError` when the two sets do not make a test. */
export function evaluateMenu(
  train: readonly LabelledEmbedding[],
  test: readonly LabelledEmbedding[],
  { dimension, withSecondStage = false, marked = [], strangers = [], ...options }: EvaluateMenuOptions,
): MenuEvaluation {
  const classIds = [...new Set(train.map(({ classId }) => classId))];
  const untaught = [...new Set(test.map(({ classId }) => classId))].filter((id) => !classIds.includes(id));
  if (untaught.length > 0) throw new CommandError(`The training folder has no photos of ${untaught.join(", ")}.`);
  if (test.length === 0) throw new CommandError("The test folder has no usable photos.");
  const statistics = createStatistics(dimension);
  addExamples(statistics, train, options.kernels);
  const fitted = fitHead(statistics, takeStratified(train, classIds), { ...options, classIds, strangers: marked });
  if (!fitted.ok) throw new CommandError(`No head can be made of the training folder: ${fitted.error.message}`);
  const second = withSecondStage ? challenge(train, { ...options, classIds }) : null;
  const measuring = fitted.value.head;
  const head = second?.head ?? measuring;
  return {
    ...judgeMenu(head, measuring, test),
    strangers: strangers.length === 0 ? null : judgeStrangers(measuring, embeddingsOf(test), strangers),
    marked: marked.length,
    classIds: head.classIds,
    trainedOn: train.length,
    leaveOneOutAccuracy: fitted.value.evaluation?.accuracy ?? null,
    secondStage: second?.outcome ?? null,
  };
}

function challenge(train: readonly LabelledEmbedding[], options: FitOptions) {
  const tried = trySecondStage(train, options);
  if (!tried.ok) throw new CommandError(`The second stage could not be tried: ${tried.error.message}`);
  const { head, ...rest } = tried.value;
  return { head, outcome: { isPromoted: head !== null, ...rest } };
}

function embeddingsOf(rows: readonly LabelledEmbedding[]): Embedding[] {
  return rows.map(({ embedding }) => embedding);
}

/** `measuring` decides what is unknown: a second stage measures no distances, and the distances do not depend on what tells the items apart. */
export function judgeMenu(
  head: Head,
  measuring: Head,
  test: readonly LabelledEmbedding[],
): Evaluation & { unknown: number; undecided: number } {
  const { classIds } = head;
  const probabilities = new Float64Array(test.length * classIds.length);
  let [unknown, undecided] = [0, 0];
  for (const [i, { embedding }] of test.entries()) {
    const { scores, isUndecided } = predict(head, embedding);
    if (predict(measuring, embedding).isUnknown) unknown += 1;
    if (isUndecided) undecided += 1;
    for (const { classId, score } of scores) probabilities[i * classIds.length + classIds.indexOf(classId)] = score;
  }
  const labels = Int32Array.from(test, ({ classId }) => classIds.indexOf(classId));
  const sampleIndex = Int32Array.from(test, (_, i) => i);
  const evaluation = evaluateRows({ classIds, labels, sampleIndex, probabilities });
  return { ...evaluation, unknown: unknown / test.length, undecided: undecided / test.length };
}
