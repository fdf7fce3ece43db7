/** The figures of the text benchmark: every set with few texts of each class, drawn several times, and with all there are. */
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import type { EncodedText } from "../../evaluate/embed-texts.ts";
import { meanOf } from "../accuracy-figures.ts";
import { type HeadFigures, judgeHead, judgeRivals, type RivalFigures, type RivalStrengths } from "./text-judges.ts";
import { pickShots, type TextSet } from "./text-sets.ts";

export interface TextFigures {
  readonly set: string;
  readonly classes: number;
  /** Of each class; null: all texts there are, once. */
  readonly shots: number | null;
  /** By the seeds 1 to 5. */
  readonly head: Spread;
  /** By the seeds 1 to 40, where that costs little: five draws of a few texts tell a class of problems apart, and not more. */
  readonly headManyDraws: Spread | null;
  /** Means over the seeds 1 to 5, C chosen on the first draw. */
  readonly rivals: Omit<RivalFigures, "strengths">;
}

/** What the head reached over so many draws. */
export interface Spread {
  readonly draws: number;
  readonly accuracy: number;
  /** Of that mean. */
  readonly standardError: number;
  readonly least: number;
  readonly most: number;
  /** Mean over the classes, whatever share of the test texts they have. */
  readonly recall: number;
  /** Accuracy on the training texts left over; null if none is. */
  readonly onOtherTrainingTexts: number | null;
  /** How loud the characters were, by draw. */
  readonly characters: readonly number[];
}

const SHOTS = [5, 10];
const DRAWS = 5;
const MANY_DRAWS = 40;
/** Up to this many texts to learn from, there are `MANY_DRAWS`. */
const FEW_TEXTS = 100;

/** `onRow` hears of each row of the table as it comes. */
export function measureTexts(set: TextSet, kernels: Kernels, onRow: (row: TextFigures) => void): TextFigures[] {
  const classes = new Set(set.train.map(({ classId }) => classId)).size;
  return [...SHOTS, null].map((shots) => {
    const draws = shots === null ? [1] : Array.from({ length: DRAWS }, (_, i) => i + 1);
    const trials = draws.map((seed) => drawTexts(set, shots, seed));
    const heads = trials.map(({ learnt, rest }) => judgeHead({ learnt, judged: set.test, kernels }, rest));
    const more = shots !== null && shots * classes <= FEW_TEXTS ? MANY_DRAWS - DRAWS : 0;
    const further = Array.from({ length: more }, (_, i) => {
      const { learnt, rest } = drawTexts(set, shots, DRAWS + i + 1);
      return judgeHead({ learnt, judged: set.test, kernels }, rest);
    });
    const row = {
      set: set.set,
      classes,
      shots,
      head: summarise(heads),
      headManyDraws: more === 0 ? null : summarise([...heads, ...further]),
      rivals: measureRivals(
        trials.map(({ learnt }, i) => ({ learnt, characters: heads[i].figures.characters })),
        set.test,
        kernels,
      ),
    };
    onRow(row);
    return row;
  });
}

function drawTexts({ train }: TextSet, shots: number | null, seed: number) {
  if (shots === null) return { learnt: train, rest: [] };
  const learnt = pickShots(train, shots, seed);
  const drawn = new Set(learnt);
  return { learnt, rest: train.filter((row) => !drawn.has(row)) };
}

function measureRivals(
  trials: readonly { readonly learnt: readonly EncodedText[]; readonly characters: number }[],
  judged: readonly EncodedText[],
  kernels: Kernels,
): TextFigures["rivals"] {
  let strengths: RivalStrengths | undefined;
  const figures = trials.map(({ learnt, characters }) => {
    const figure = judgeRivals({ learnt, judged, kernels }, characters, strengths);
    strengths = figure.strengths;
    return figure;
  });
  return {
    logistic: meanOf(figures.map(({ logistic }) => logistic)),
    tfIdf: meanOf(figures.map(({ tfIdf }) => tfIdf)),
  };
}

function summarise(trials: readonly { figures: HeadFigures; further: HeadFigures | null }[]): Spread {
  const accuracies = trials.map(({ figures }) => figures.accuracy);
  const others = trials.flatMap(({ further }) => (further === null ? [] : [further.accuracy]));
  const accuracy = meanOf(accuracies);
  const squares = accuracies.reduce((sum, value) => sum + (value - accuracy) ** 2, 0);
  return {
    draws: trials.length,
    accuracy,
    standardError: Math.sqrt(squares / Math.max(1, trials.length - 1) / trials.length),
    least: Math.min(...accuracies),
    most: Math.max(...accuracies),
    recall: meanOf(trials.map(({ figures }) => figures.recall)),
    onOtherTrainingTexts: others.length === 0 ? null : meanOf(others),
    characters: trials.map(({ figures }) => figures.characters),
  };
}
