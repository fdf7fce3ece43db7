/** The figures of the accuracy benchmark as Markdown tables. */
import { type Contest, meanOf, type NewClassFigures, type ShotFigures } from "./accuracy-figures.ts";
import type { SecondStageFigures } from "./accuracy-second-stage.ts";
import { SHOTS } from "./accuracy-trials.ts";

export interface AccuracyReport {
  readonly backbone: string;
  readonly shots: readonly ShotFigures[];
  readonly newClasses: readonly NewClassFigures[];
  readonly secondStage: readonly SecondStageFigures[];
}

export function describeAccuracy({ backbone, shots, newClasses, secondStage }: AccuracyReport): string {
  return [
    `Backbone ${backbone}. Head / logistic regression with C by log-loss / with C by accuracy.`,
    ...shotTable("Accuracy", shots, ({ accuracy }) => accuracy, SHOTS),
    ...shotTable(
      "Log-loss",
      shots,
      ({ logLoss }) => logLoss,
      SHOTS.filter((count) => count >= 5),
    ),
    ...newClassTable(newClasses),
    ...secondStageTable(secondStage),
  ].join("\n");
}

function shotTable(
  title: string,
  figures: readonly ShotFigures[],
  pick: (row: ShotFigures) => Contest,
  meanOver: readonly number[],
): string[] {
  const menus = [...new Set(figures.map(({ menu }) => menu))];
  const cells = (rows: readonly ShotFigures[]) => [
    ...SHOTS.map((shots) => meanContest(rows.filter((row) => row.shots === shots).map(pick))),
    meanContest(rows.filter((row) => meanOver.includes(row.shots)).map(pick)),
  ];
  const meanTitle = meanOver.length === SHOTS.length ? "mean" : `mean from ${Math.min(...meanOver)}`;
  return table(
    [title, ...SHOTS.map(String), meanTitle],
    [
      ...menus.map((menu) => [menu, ...cells(figures.filter((row) => row.menu === menu))]),
      ["mean of the sets", ...cells(figures)],
    ],
  );
}

function newClassTable(figures: readonly NewClassFigures[]): string[] {
  return table(
    ["Examples of the new class", "recall of it", "accuracy on the old"],
    figures.map(({ examples, recallOfNew, accuracyOfOld }) => [
      String(examples),
      examples === 0 ? "-" : describe(recallOfNew),
      describe(accuracyOfOld),
    ]),
  );
}

function secondStageTable(figures: readonly SecondStageFigures[]): string[] {
  return table(
    ["Second stage", "judged on", "log-loss there", "promoted", "C", "steps with / without", "log-loss on test photos"],
    figures.map(({ comparison, testLogLoss, ...row }) => [
      row.menu,
      String(comparison?.examples ?? "too few"),
      comparison === null ? "-" : pair(comparison.discriminantLogLoss, comparison.logisticLogLoss),
      row.isPromoted ? "yes" : "no",
      String(row.strength),
      `${row.iterations} / ${row.iterationsWithout}`,
      pair(testLogLoss.discriminant, testLogLoss.logistic),
    ]),
  );
}

function meanContest(contests: readonly Contest[]): string {
  const mean = (values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : meanOf(known);
  };
  return describe({
    head: meanOf(contests.map(({ head }) => head)),
    byLogLoss: mean(contests.map(({ byLogLoss }) => byLogLoss)),
    byAccuracy: mean(contests.map(({ byAccuracy }) => byAccuracy)),
  });
}

function describe({ head, byLogLoss, byAccuracy }: Contest): string {
  return [head, byLogLoss, byAccuracy].flatMap((value) => (value === null ? [] : value.toFixed(3))).join(" / ");
}

function pair(discriminant: number, logistic: number): string {
  return `${discriminant.toFixed(3)} / ${logistic.toFixed(3)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return ["", line(head), line(head.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)];
}
