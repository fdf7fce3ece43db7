/** Two versions side by side, in figures and words. Pure. */
import type { HeadComparison, HeadEvaluation } from "./head-answers.ts";
import { formatShare, joinNames } from "./numbers.ts";
import { formatAccuracy, type ItemNames, nameOf } from "./version-words.ts";

export interface ComparedFigure {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const NONE = "–";
const LOSS_DIGITS = 3;

/** The rows of the table, the most telling first. */
export function compareFigures(comparison: HeadComparison): readonly ComparedFigure[] {
  const { evaluationFrom, evaluationTo } = comparison;
  const row = (name: string, show: (evaluation: HeadEvaluation) => string): ComparedFigure => ({
    name,
    from: evaluationFrom === null ? NONE : show(evaluationFrom),
    to: evaluationTo === null ? NONE : show(evaluationTo),
  });
  return [
    row("Accuracy", formatAccuracy),
    row("Balance over items (macro F1)", ({ macroF1 }) => formatShare(macroF1)),
    row("Surprise (log-loss, lower is better)", ({ logLoss }) => logLoss.toFixed(LOSS_DIGITS)),
    row("Sureness off by (calibration error)", (figures) => formatShare(figures.expectedCalibrationError)),
    { name: "Photos learned from", from: count(comparison.examplesFrom), to: count(comparison.examplesTo) },
  ];
}

/** Items that came and went, one sentence each; empty where the menu is the same. */
export function describeMenuChange(comparison: HeadComparison, names: ItemNames): readonly string[] {
  const list = (ids: readonly string[]) => joinNames(ids.map((id) => nameOf(names, id)));
  const { addedClasses, removedClasses } = comparison;
  return [
    addedClasses.length > 0 ? `Version ${comparison.to} knows ${list(addedClasses)} as well.` : "",
    removedClasses.length > 0 ? `Version ${comparison.to} does not know ${list(removedClasses)}.` : "",
  ].filter((sentence) => sentence !== "");
}

/** Items of both versions that are recognised more or less often, largest loss first. */
export function compareItems({ changedClasses }: HeadComparison, names: ItemNames): readonly ComparedFigure[] {
  const show = (recall: number | null) => (recall === null ? NONE : formatShare(recall));
  return changedClasses.map(({ classId, recallFrom, recallTo }) => ({
    name: nameOf(names, classId),
    from: show(recallFrom),
    to: show(recallTo),
  }));
}

function count(examples: number): string {
  return examples.toLocaleString("en");
}
