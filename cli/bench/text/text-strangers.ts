/** Texts that fit no class: what the head makes of clinc150's out-of-scope class when it was never taught. */
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import { predict } from "../../../src/head/predict.ts";
import { chooseBlocks, joinRows } from "../../evaluate/choose-blocks.ts";
import type { EncodedText } from "../../evaluate/embed-texts.ts";
import { fitDiscriminant } from "./text-judges.ts";
import { pickShots, type TextSet } from "./text-sets.ts";

/** The class of texts that belong nowhere, in the set that has one. */
const STRANGERS = "oos";

export interface StrangerFigures {
  readonly set: string;
  /** Texts learnt from of each known class, drawn by seed 1; null: all there are. */
  readonly shots: number | null;
  readonly strangers: number;
  readonly known: number;
  /** The chance that a stranger looks stranger than a known text. */
  readonly auroc: number;
  /** Share of the strangers at the strangeness that 5 % of the known test texts reach. */
  readonly foundAtFivePercent: number;
  /** What the head calls unknown: of the strangers, and of the known texts. */
  readonly answeredUnknown: { readonly strangers: number; readonly known: number };
}

const SHOTS = [5, 10, null];

/** With few texts of each known class and with all; empty for a set without a class of strangers. */
export function measureStrangers(set: TextSet, kernels: Kernels): StrangerFigures[] {
  return set.train.every(isKnown) ? [] : SHOTS.map((shots) => measureAt(set, shots, kernels));
}

function measureAt({ set, train, test }: TextSet, shots: number | null, kernels: Kernels): StrangerFigures {
  const known = train.filter(isKnown);
  const taught = shots === null ? known : pickShots(known, shots, 1);
  const classIds = [...new Set(taught.map(({ classId }) => classId))].sort();
  const { characters } = chooseBlocks(taught, { priorExponent: 0, unknownAlpha: 0.05, classIds, kernels });
  const head = fitDiscriminant(joinRows(taught, characters).rows, kernels);
  const answer = (rows: readonly EncodedText[]) =>
    joinRows(rows, characters).rows.map(({ embedding }) => predict(head, embedding));
  // The training part's strangers were not taught either; with them there are enough to measure by.
  const strangers = answer([...train, ...test].filter((row) => !isKnown(row)));
  const familiar = answer(test.filter(isKnown));
  const scores = (answers: typeof familiar) => answers.map(({ strangeness }) => 1 - (strangeness ?? 1));
  const [strange, usual] = [scores(strangers), scores(familiar)];
  const share = (answers: typeof familiar) => answers.filter(({ isUnknown }) => isUnknown).length / answers.length;
  return {
    set,
    shots,
    strangers: strange.length,
    known: usual.length,
    auroc: aurocOf(strange, usual),
    foundAtFivePercent: foundAt(strange, usual, 0.05),
    answeredUnknown: { strangers: share(strangers), known: share(familiar) },
  };
}

function isKnown({ classId }: EncodedText): boolean {
  return classId !== STRANGERS;
}

/** Ties count half. */
export function aurocOf(positive: readonly number[], negative: readonly number[]): number {
  let wins = 0;
  for (const a of positive) for (const b of negative) wins += a > b ? 1 : a === b ? 0.5 : 0;
  return wins / (positive.length * negative.length);
}

/** Share of `positive` above the score that at most `alarms` of `negative` lie above. */
export function foundAt(positive: readonly number[], negative: readonly number[], alarms: number): number {
  const threshold = negative.toSorted((a, b) => b - a)[Math.floor(alarms * negative.length)] ?? 0;
  return positive.filter((score) => score > threshold).length / positive.length;
}
