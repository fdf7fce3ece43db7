/** A menu taught in one place and served in another: which way is chosen for the new place, and what each comes to. Pure. */
import type { Embedding } from "../../src/head/embedding.ts";
import type { Kernels } from "../../src/head/kernels/kernels.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { CommandError } from "../shared/command.ts";
import { judgeMenu } from "./evaluate-menu.ts";
import { choosePlaceWay, type JudgedWay } from "./new-place.ts";
import { PLACE_WAYS, type PlaceWay, place } from "./place-ways.ts";

export interface PlaceEvaluation {
  readonly chosen: PlaceWay;
  /** Labels of the place that chose; 0: the number of photos did. */
  readonly judged: number;
  /** How the labels of the place, left out, were answered. */
  readonly ways: readonly JudgedWay[];
  readonly trainedOn: number;
  readonly unlabelled: number;
  readonly examples: number;
  /** On the test photos; null where the way leaves no head. */
  readonly accuracy: readonly { readonly way: PlaceWay; readonly accuracy: number | null }[];
}

export interface PlacePhotos {
  readonly source: readonly LabelledEmbedding[];
  readonly labelled: readonly LabelledEmbedding[];
  readonly unlabelled: readonly Embedding[];
  readonly test: readonly LabelledEmbedding[];
}

export interface PlaceOptions {
  readonly priorExponent: number;
  readonly unknownAlpha: number;
  readonly kernels?: Kernels;
}

/** Throws `CommandError` where these photos do not make a test. */
export function evaluatePlace({ test, ...examples }: PlacePhotos, options: PlaceOptions): PlaceEvaluation {
  const { source, labelled, unlabelled } = examples;
  const classIds = [...new Set(source.map(({ classId }) => classId))].sort();
  const untaught = [...labelled, ...test].find(({ classId }) => !classIds.includes(classId));
  if (untaught !== undefined) throw new CommandError(`The training folder has no photos of ${untaught.classId}.`);
  const choice = choosePlaceWay(examples, { ...options, classIds, isForJudgement: true });
  if (!choice.ok) throw new CommandError(`No head can be made of these photos: ${choice.error.message}`);
  const accuracyOf = (way: PlaceWay): number | null => {
    const opened = labelled.length + unlabelled.length === 0 && way !== "as taught" ? null : choice.value.open(way);
    if (opened === null || !opened.ok) return null;
    const { head } = opened.value;
    const seen = place(
      opened.value,
      test.map(({ embedding }) => embedding),
    );
    const known = test.flatMap(({ classId }, i) =>
      head.classIds.includes(classId) ? [{ classId, embedding: seen[i] }] : [],
    );
    return (judgeMenu(head, head, known).accuracy * known.length) / test.length;
  };
  return {
    chosen: choice.value.way,
    judged: choice.value.judged,
    ways: choice.value.ways,
    trainedOn: source.length,
    unlabelled: unlabelled.length,
    examples: test.length,
    accuracy: PLACE_WAYS.map((way) => ({ way, accuracy: accuracyOf(way) })),
  };
}

/** The evaluation in lines for a person. */
export function describePlace({
  chosen,
  judged,
  ways,
  accuracy,
  trainedOn,
  unlabelled,
  examples,
}: PlaceEvaluation): string {
  const by =
    judged > 0
      ? `${judged} labels of the new place, left out in turn, chose`
      : `no label of the new place can choose; it has ${unlabelled} photos to be moved by`;
  return [
    `Taught with ${trainedOn} photos elsewhere, tested on ${examples} of the new place; ${by}:`,
    ...accuracy.map((row) => {
      const mark = row.way === chosen ? "*" : " ";
      const own = ways.find(({ way }) => way === row.way);
      const left = own === undefined ? "" : `  ${own.right} of ${judged} labels right, log-loss ${own.loss.toFixed(2)}`;
      return `${mark} ${row.way.padEnd(24)} accuracy ${row.accuracy?.toFixed(3) ?? "-"}${left}`;
    }),
    "The star marks the one that would be served.",
  ].join("\n");
}
