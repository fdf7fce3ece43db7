/** A head that has been fitted and not yet stored, and what of it is kept beside its weights: figures, details, curves, and the test set's verdict. */

import type { Evaluation } from "../head/evaluate.ts";
import type { FittedHead } from "../head/fit.ts";
import type { JudgedLabels } from "../head/judged-fit.ts";
import { type LearningCurve, learningCurves } from "../head/learning-curve.ts";
import type { LabelledEmbedding } from "../head/statistics.ts";
import { judgeTestSet } from "../head/test-set.ts";
import type { StoredDetails, StoredEvaluation, StoredMistakes, StoredTest } from "../store/heads/head-record.ts";
import type { HeadJudgement } from "../store/heads/heads.ts";
import type { LeasedRun } from "./context.ts";
import { MAX_CURVE_CLASSES, MAX_MISTAKES, MAX_SUSPECTS } from "./policy.ts";

/** A fit with the ids of what it was drawn from, and what its items would gain by more. */
export interface Candidate {
  readonly fitted: FittedHead;
  /** What people's labels say of the teacher's; null where it has said nothing. */
  readonly taught: JudgedLabels | null;
  /** The same of its own answers to what nobody has labelled; null where there is nothing. */
  readonly pooled: JudgedLabels | null;
  readonly curves: readonly LearningCurve[];
  /** The accuracy on the judged samples of the head that has seen them; null if none was judged. */
  readonly taughtAccuracy: number | null;
  readonly sampleIds: readonly string[];
}

/** Two more fits, of a quarter and of half of what was drawn. That is in the order of the ids, so any part is a random one. */
export function drawCurves(
  { head, rho, evaluation }: FittedHead,
  sample: readonly LabelledEmbedding[],
  kernels: LeasedRun["kernels"],
): readonly LearningCurve[] {
  const { classIds } = head;
  if (evaluation === null || classIds.length > MAX_CURVE_CLASSES) return [];
  return learningCurves(sample, { classIds, rho, whole: evaluation.perClass, kernels });
}

/** Null where nothing is set aside. */
export function judgeAside({ head }: FittedHead, rows: readonly LabelledEmbedding[]): StoredTest | null {
  if (rows.length === 0) return null;
  const { examples, right, strangers, found } = judgeTestSet(head, rows, () => true);
  return { examples, right, strangers, found };
}

/** What of an evaluation is kept for lists. */
export function pickFigures(evaluation: Evaluation, candidate: Candidate): StoredEvaluation {
  const { taught, pooled, taughtAccuracy } = candidate;
  const { strangers } = candidate.fitted;
  const { examples, accuracy, macroF1, logLoss, expectedCalibrationError, doubtBelow } = evaluation;
  const leftOut = { examples, accuracy, macroF1, logLoss, expectedCalibrationError, doubtBelow };
  const measured = taughtAccuracy === null ? leftOut : { ...leftOut, taughtAccuracy };
  const said = taught === null ? measured : { ...measured, teacher: taught };
  const figures = pooled === null ? said : { ...said, pool: pooled };
  if (strangers === null) return figures;
  const judged = { ...figures, fewPhotos: strangers.isGuess };
  if (strangers.marked === 0) return judged;
  return { ...judged, strangers: { marked: strangers.marked, found: strangers.found } };
}

/** The part that grows with the items; `before` is the judgement of the head that was live. */
export function pickDetails(
  { perClass, confusion, suspects }: Evaluation,
  { sampleIds, curves }: Candidate,
  before: HeadJudgement | null,
): StoredDetails {
  const ids = perClass.map(({ classId }) => classId);
  const points = new Map(curves.map((curve) => [curve.classId, curve.points]));
  const judgedBefore = before?.details?.perClass.filter(({ examples }) => examples > 0) ?? [];
  const recalls = new Map(judgedBefore.map(({ classId, recall }) => [classId, recall]));
  return {
    perClass: perClass.map((item) => {
      const curve = points.get(item.classId)?.map(({ examples, recall }) => [examples, recall] as const);
      const recallBefore = recalls.get(item.classId);
      return {
        ...item,
        ...(recallBefore === undefined ? {} : { recallBefore }),
        ...(curve === undefined ? {} : { curve }),
      };
    }),
    confusions: confusion.flatMap((row, given) =>
      row.flatMap((examples, answered) =>
        examples > 0 && answered !== given ? [{ given: ids[given], answered: ids[answered], examples }] : [],
      ),
    ),
    suspects: suspects.slice(0, MAX_SUSPECTS).map((suspect) => ({
      photo: sampleIds[suspect.sampleIndex],
      given: suspect.givenClassId,
      suggested: suspect.suggestedClassId,
      givenProbability: suspect.givenProbability,
      suggestedProbability: suspect.suggestedProbability,
    })),
  };
}

/** At most `MAX_MISTAKES`, least probable label first. */
export function pickMistakes({ mistakes }: Evaluation, { sampleIds }: Pick<Candidate, "sampleIds">): StoredMistakes {
  const toDigits = (probability: number) => Number(probability.toFixed(4));
  return mistakes
    .slice(0, MAX_MISTAKES)
    .map(({ sampleIndex, given, answered, givenProbability, answeredProbability }) => [
      ...([sampleIds[sampleIndex], given, answered] as const),
      ...([toDigits(givenProbability), toDigits(answeredProbability)] as const),
    ]);
}
