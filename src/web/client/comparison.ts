/** Two versions side by side, in figures and words. Pure. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { describeCounted } from "./counted.ts";
import type { HeadComparison, HeadEvaluation } from "./head-answers.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

/** A row of the comparison; both figures are formatted for the page's language. */
export interface ComparedFigure {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const NONE = "–";

const { formatCount, formatShare, joinNames } = kitchen.words;
const texts = kitchen.comparison;

/** The rows of the table that everybody sees. */
export function compareFigures(comparison: HeadComparison): readonly ComparedFigure[] {
  return [
    compareEvaluations(comparison, texts.accuracy, ({ accuracy, examples }) => describeCounted(accuracy, examples)),
    ...compareTested(comparison),
    { name: texts.photos, from: formatCount(comparison.examplesFrom), to: formatCount(comparison.examplesTo) },
  ];
}

/** The rows for those who know what a log-loss is. */
export function compareSpecialFigures(comparison: HeadComparison): readonly ComparedFigure[] {
  return [
    compareEvaluations(comparison, texts.balance, ({ macroF1 }) => formatShare(macroF1)),
    compareEvaluations(comparison, texts.surprise, ({ logLoss }) => texts.formatLoss(logLoss)),
    compareEvaluations(comparison, texts.sureness, (figures) => formatShare(figures.expectedCalibrationError)),
  ];
}

/** On the same examples, which neither has learnt from; nothing where there are none. */
function compareTested({ test }: HeadComparison): readonly ComparedFigure[] {
  if (test === null) return [];
  const show = (right: number) => describeCounted(right / test.examples, test.examples);
  return [{ name: texts.testSet, from: show(test.rightFrom), to: show(test.rightTo) }];
}

function compareEvaluations(
  { evaluationFrom, evaluationTo }: HeadComparison,
  name: string,
  show: (evaluation: HeadEvaluation) => string,
): ComparedFigure {
  return {
    name,
    from: evaluationFrom === null ? NONE : show(evaluationFrom),
    to: evaluationTo === null ? NONE : show(evaluationTo),
  };
}

/** Items that came and went, one sentence each; empty where the menu is the same. */
export function describeMenuChange(comparison: HeadComparison, names: ItemNames): readonly string[] {
  const list = (ids: readonly string[]) => joinNames(ids.map((id) => nameOf(names, id)));
  const { addedClasses, removedClasses } = comparison;
  return [
    addedClasses.length > 0 ? texts.knows(comparison.to, list(addedClasses)) : "",
    removedClasses.length > 0 ? texts.doesNotKnow(comparison.to, list(removedClasses)) : "",
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
