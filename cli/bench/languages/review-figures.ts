/** Reviews in one language, judged by labels in another and by few of their own; beside it what either gives alone. Pure. */
import { joinBlocks } from "../../../src/backbone/text-embedder.ts";
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import type { LabelledEmbedding } from "../../../src/head/statistics.ts";
import { GRAM_NUMBERS } from "../../../src/text/character-grams.ts";
import { USUAL_CHARACTERS } from "../../backbone/text-blocks.ts";
import { joinRows } from "../../evaluate/choose-blocks.ts";
import { type LanguageTexts, splitByLanguage } from "../../evaluate/choose-in-language.ts";
import type { EncodedText } from "../../evaluate/embed-texts.ts";
import { evaluateInLanguage } from "../../evaluate/evaluate-in-language.ts";
import { CommandError } from "../../shared/command.ts";
import { fitDiscriminant, scoreHead } from "../text/text-judges.ts";

/** Shares of the judged texts that were answered right; null where there was nothing to learn from. */
export interface ReviewFigures {
  readonly direction: string;
  /** Labels in the language that is judged. */
  readonly labels: number;
  readonly judged: number;
  readonly charactersOwn: number | null;
  readonly charactersBoth: number;
  readonly encoderOwn: number | null;
  readonly encoderOther: number;
  readonly encoderBoth: number;
  /** What the labels, each left out, chose of all that. */
  readonly chosen: number;
}

export interface Direction {
  readonly name: string;
  readonly source: readonly EncodedText[];
  readonly target: readonly EncodedText[];
  readonly kernels: Kernels;
}

const FOLDS = 2;

/** With `labels` of the target, drawn from one half of it, judged on the other, in turn; 0: judged on all. */
export function measureReviews({ name, source, target, kernels }: Direction, labels: number): ReviewFigures {
  const folds = labels === 0 ? 1 : FOLDS;
  const trials = Array.from({ length: folds }, (_, fold) => {
    const judged = labels === 0 ? target : target.filter((_, i) => i % FOLDS === fold);
    const rest = labels === 0 ? [] : target.filter((_, i) => i % FOLDS !== fold);
    return runTrial(source, rest.slice(0, labels), judged, kernels);
  });
  const mean = (pick: (trial: Trial) => number | null) =>
    trials.reduce<number | null>((sum, trial) => {
      const share = pick(trial);
      return sum === null || share === null ? null : sum + share / folds;
    }, 0);
  const sure = (pick: (trial: Trial) => number) => mean(pick) ?? 0;
  return {
    direction: name,
    labels,
    judged: target.length,
    charactersOwn: mean(({ charactersOwn }) => charactersOwn),
    charactersBoth: sure(({ charactersBoth }) => charactersBoth),
    encoderOwn: mean(({ encoderOwn }) => encoderOwn),
    encoderOther: sure(({ encoderOther }) => encoderOther),
    encoderBoth: sure(({ encoderBoth }) => encoderBoth),
    chosen: sure(({ chosen }) => chosen),
  };
}

type Trial = ReturnType<typeof runTrial>;

function runTrial(
  source: readonly EncodedText[],
  labelled: readonly EncodedText[],
  judged: readonly EncodedText[],
  kernels: Kernels,
) {
  const score = (learnt: readonly EncodedText[], join: (rows: readonly EncodedText[]) => LabelledEmbedding[]) =>
    scoreHead(fitDiscriminant(join(learnt), kernels, true), join(judged)).accuracy;
  const encoder = (rows: readonly EncodedText[]) => joinRows(rows, USUAL_CHARACTERS).rows;
  const both = [...source, ...labelled];
  const classIds = [...new Set(both.map(({ classId }) => classId))].sort();
  const split = splitByLanguage(both, judged);
  if (split === null) throw new CommandError("The reviews are not in two languages.");
  const options = { classIds, kernels, priorExponent: 0, unknownAlpha: 0.05, isForJudgement: true };
  return {
    charactersOwn: labelled.length === 0 ? null : score(labelled, charactersAlone),
    charactersBoth: score(both, charactersAlone),
    encoderOwn: labelled.length === 0 ? null : score(labelled, encoder),
    encoderOther: score(source, encoder),
    encoderBoth: score(both, encoder),
    chosen: evaluateInLanguage(split, judged, options).accuracy,
  };
}

/** A text without a word has no characters: then, and only then, the encoder is heard, as no vector may be zeros. */
function charactersAlone(rows: readonly EncodedText[]): LabelledEmbedding[] {
  const encoder = { source: "encoder" as const, dimension: rows[0]?.sources.encoder.length ?? 0, weight: 1e-4 };
  const blocks = [encoder, { source: "characters" as const, dimension: GRAM_NUMBERS, weight: 1 }];
  return rows.map(({ classId, sources }) => {
    const embedding = joinBlocks(blocks, sources);
    if (!embedding.ok) throw new CommandError(embedding.error.detail);
    return { classId, embedding: embedding.value };
  });
}

/** What texts that nobody has labelled give beside labels in another language, and what they give without those. */
export interface UnlabelledReviews {
  readonly unlabelled: number;
  readonly from: string;
  /** Labels in the other language alone; moved by the mean of the unlabelled texts; learnt from them as well. */
  readonly asTaught: number | null;
  readonly moved: number | null;
  readonly trained: number | null;
  /** Control: the same learning, from labels that were dealt out again; by seed. */
  readonly randomSeeds: readonly (number | null)[];
}

/** `deal` gives the source with its labels in another order, by a seed. */
export function measureUnlabelledReviews(
  texts: LanguageTexts,
  judged: readonly EncodedText[],
  { kernels, from, dealt }: { kernels: Kernels; from: string; dealt: readonly (readonly EncodedText[])[] },
): UnlabelledReviews {
  const classIds = [...new Set(texts.source.map(({ classId }) => classId))].sort();
  const options = { classIds, kernels, priorExponent: 0, unknownAlpha: 0.05, isForJudgement: true };
  const waysOf = (source: readonly EncodedText[]) => {
    const { language } = evaluateInLanguage({ ...texts, source }, judged, options);
    return new Map(language.accuracy.map(({ way, accuracy }) => [way, accuracy]));
  };
  const real = waysOf(texts.source);
  return {
    unlabelled: texts.unlabelled.length,
    from,
    asTaught: real.get("as taught") ?? null,
    moved: real.get("moved") ?? null,
    trained: real.get("moved, with unlabelled") ?? null,
    randomSeeds: dealt.map((source) => waysOf(source).get("moved, with unlabelled") ?? null),
  };
}
