/** From answers to the figures of the accuracy benchmark: means over seeds, and what a new class costs the old ones. Pure. */
import { lossOf } from "../../src/head/evaluate.ts";
import type { Answers, LogisticAnswers } from "./accuracy-judges.ts";
import { type EmbeddedMenu, NEW_CLASS_EXAMPLES, type NewClassTrial, SHOTS, type ShotTrial } from "./accuracy-trials.ts";

/** The head beside logistic regression tuned by log-loss and by accuracy; both null without scikit-learn. */
export interface Contest {
  readonly head: number;
  readonly byLogLoss: number | null;
  readonly byAccuracy: number | null;
}

/** One set and number of photos per class, means over the seeds. */
export interface ShotFigures {
  readonly menu: string;
  readonly shots: number;
  readonly accuracy: Contest;
  /** Mean `-log p(right class)`, nats. */
  readonly logLoss: Contest;
  /** Standard error, over the seeds, of the mean log-loss of the head less that of the regression tuned by it. */
  readonly logLossGapError: number | null;
}

/** A new class with so many examples, means over sets and seeds. */
export interface NewClassFigures {
  readonly examples: number;
  readonly recallOfNew: Contest;
  /** Share of the old classes' test photos answered right; examples = 0 is before the new class. */
  readonly accuracyOfOld: Contest;
}

type Measure = (answers: Answers, labels: readonly string[]) => number;

/** `logistic` is null without scikit-learn. */
export function summariseShots(
  menus: readonly EmbeddedMenu[],
  trials: readonly ShotTrial[],
  head: readonly Answers[],
  logistic: readonly LogisticAnswers[] | null,
): ShotFigures[] {
  return menus.flatMap(({ menu, rows }, set) =>
    SHOTS.map((shots) => {
      const at = trials.flatMap((trial, i) => (trial.set === set && trial.shots === shots ? [i] : []));
      const labelsOf = (i: number) => (trials[i]?.test ?? []).map((row) => rows[row]?.classId ?? "");
      const score = (measure: Measure) => contest(at, head, logistic, (answers, i) => measure(answers, labelsOf(i)));
      const gaps = at.flatMap((i) => {
        const [own, other] = [head[i], logistic?.[i]?.byLogLoss];
        return own === undefined || other === undefined ? [] : [logLossOf(own) - logLossOf(other)];
      });
      const logLossGapError = gaps.length < 2 ? null : standardError(gaps);
      return { menu, shots, accuracy: score(accuracyOf), logLoss: score(logLossOf), logLossGapError };
    }),
  );
}

/** As `summariseShots`, over all sets together. */
export function summariseNewClasses(
  menus: readonly EmbeddedMenu[],
  trials: readonly NewClassTrial[],
  head: readonly Answers[],
  logistic: readonly LogisticAnswers[] | null,
): NewClassFigures[] {
  return NEW_CLASS_EXAMPLES.map((examples) => {
    const at = trials.flatMap((trial, i) => (trial.examples === examples ? [i] : []));
    const shareOf = (wantsNew: boolean) =>
      contest(at, head, logistic, (answers, i) => {
        const trial = trials[i];
        const labels = (trial?.test ?? []).map((row) => menus[trial?.set ?? 0]?.rows[row]?.classId ?? "");
        const judged = labels.map((label) => (label === trial?.newClassId) === wantsNew);
        const right = labels.filter((label, row) => judged[row] && answers.answered[row] === label).length;
        return right / judged.filter(Boolean).length;
      });
    return { examples, recallOfNew: shareOf(true), accuracyOfOld: shareOf(false) };
  });
}

export function accuracyOf({ answered }: Answers, labels: readonly string[]): number {
  return labels.filter((label, i) => answered[i] === label).length / labels.length;
}

export function logLossOf({ given }: Answers): number {
  return meanOf(given.map(lossOf));
}

function contest(
  at: readonly number[],
  head: readonly Answers[],
  logistic: readonly LogisticAnswers[] | null,
  measure: (answers: Answers, trial: number) => number,
): Contest {
  const mean = (answersOf: (i: number) => Answers | undefined) =>
    meanOf(at.flatMap((i) => answersOf(i) ?? []).map((answers, j) => measure(answers, at[j] ?? -1)));
  return {
    head: mean((i) => head[i]),
    byLogLoss: logistic && mean((i) => logistic[i]?.byLogLoss),
    byAccuracy: logistic && mean((i) => logistic[i]?.byAccuracy),
  };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of the mean of these values. */
export function standardError(values: readonly number[]): number {
  const mean = meanOf(values);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return Math.sqrt(variance / values.length);
}
