/** Reviews in one language, judged by labels in another and by few of their own; beside it what either gives alone. Pure. */
import { joinBlocks } from "../../../src/backbone/text-embedder.ts";
import { meanEmbedding } from "../../../src/head/descriptions.ts";
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import { applyShift, measureShift } from "../../../src/head/place-shift.ts";
import type { LabelledEmbedding } from "../../../src/head/statistics.ts";
import { GRAM_NUMBERS } from "../../../src/text/grams.ts";
import { USUAL_CHARACTERS } from "../../backbone/text-blocks.ts";
import { joinRows } from "../../evaluate/choose-blocks.ts";
import type { EncodedText } from "../../evaluate/embed-texts.ts";
import { evaluateInLanguage } from "../../evaluate/evaluate-in-language.ts";
import { splitByLanguage } from "../../evaluate/split-by-language.ts";
import { CommandError } from "../../shared/command.ts";
import { fitDiscriminant, scoreHead } from "../text/text-judges.ts";
import { shuffled } from "../text/text-sets.ts";

/** Shares of right answers to the judged texts, means over the draws; null if there was nothing to learn from. */
export interface ReviewFigures extends Shares {
  readonly direction: string;
  /** Labels in the language that is judged. */
  readonly labels: number;
  /** The number of draws, and of texts that all draws together judged. */
  readonly draws: number;
  readonly judged: number;
  /** Right answers with them, less the best of the others' means, and the standard error over the draws; null of a single draw. */
  readonly gain: number;
  readonly gainError: number | null;
}

/** Of one draw. */
interface Shares {
  readonly charactersOwn: number | null;
  /** Of the first draw alone: nothing crosses the scripts by them. */
  readonly charactersBoth: number | null;
  readonly encoderOwn: number | null;
  readonly encoderOther: number;
  readonly encoderBoth: number;
  /** As a Worker answers that has one head of all labels and moves the language by its mean. */
  readonly moved: number | null;
  /** As `headstart evaluate` answers: all ways together, or the one that the labels prefer. */
  readonly chosen: number;
}

export interface Direction {
  readonly name: string;
  readonly source: readonly EncodedText[];
  readonly target: readonly EncodedText[];
  readonly kernels: Kernels;
}

/** What the answer must not fall below: what either gives alone. */
const RIVALS = ["charactersOwn", "encoderOwn", "encoderOther", "encoderBoth"] as const;

/** Draws `labels` of the target so often, each time judging on the rest of it; 0: judged on all, once. */
export function measureReviews(
  { name, source, target, kernels }: Direction,
  labels: number,
  draws: number,
): ReviewFigures {
  const trials = Array.from({ length: draws }, (_, draw) => {
    const rows = inTurn(target, target.length - labels, draw);
    const [judged, labelled] = [rows.slice(0, target.length - labels), rows.slice(target.length - labels)];
    return runTrial({ source, labelled, judged, kernels, isFirst: draw === 0 });
  });
  const mean = (key: keyof Shares) => meanOf(trials.flatMap((trial) => trial[key] ?? []));
  const orNull = (key: keyof Shares) => (Number.isNaN(mean(key)) ? null : mean(key));
  const best = RIVALS.reduce((a, b) => (mean(b) > mean(a) || Number.isNaN(mean(a)) ? b : a));
  const gains = trials.map((trial) => trial.chosen - (trial[best] ?? Number.NaN));
  const [gain, variance] = [meanOf(gains), meanOf(gains.map((value) => (value - meanOf(gains)) ** 2))];
  return {
    direction: name,
    labels,
    draws,
    judged: draws * (target.length - labels),
    charactersOwn: orNull("charactersOwn"),
    charactersBoth: mean("charactersBoth"),
    encoderOwn: orNull("encoderOwn"),
    encoderOther: mean("encoderOther"),
    encoderBoth: mean("encoderBoth"),
    moved: orNull("moved"),
    chosen: mean("chosen"),
    gain,
    gainError: draws < 2 ? null : Math.sqrt(variance / (draws - 1)),
  };
}

/** In an order in which each next draw begins where the one before ended, and of another kind with each pass. */
function inTurn(rows: readonly EncodedText[], judged: number, draw: number): EncodedText[] {
  const from = draw * judged;
  const order = shuffled(rows, Math.floor(from / rows.length) + 1);
  return [...order.slice(from % rows.length), ...order.slice(0, from % rows.length)];
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

interface Trial {
  readonly source: readonly EncodedText[];
  readonly labelled: readonly EncodedText[];
  readonly judged: readonly EncodedText[];
  readonly kernels: Kernels;
  readonly isFirst: boolean;
}

function runTrial({ source, labelled, judged, kernels, isFirst }: Trial): Shares {
  const score = (learnt: readonly EncodedText[], join: (rows: readonly EncodedText[]) => LabelledEmbedding[]) =>
    scoreHead(fitDiscriminant(join(learnt), kernels, true), join(judged)).accuracy;
  const both = [...source, ...labelled];
  const classIds = [...new Set(both.map(({ classId }) => classId))].sort();
  const split = splitByLanguage(both, judged);
  if (split === null) throw new CommandError("The reviews are not in two languages.");
  const options = { classIds, kernels, priorExponent: 0, unknownAlpha: 0.05, isForJudgement: true };
  const head = fitDiscriminant(joinUsual(both), kernels, true);
  const hasOwn = labelled.length > 0;
  return {
    charactersOwn: hasOwn ? score(labelled, charactersAlone) : null,
    charactersBoth: isFirst ? score(both, charactersAlone) : null,
    encoderOwn: hasOwn ? score(labelled, joinUsual) : null,
    encoderOther: score(source, joinUsual),
    encoderBoth: scoreHead(head, joinUsual(judged)).accuracy,
    moved: hasOwn ? scoreHead(head, moveJudged(both, labelled, judged)).accuracy : null,
    chosen: evaluateInLanguage(split, judged, options).accuracy,
  };
}

function joinUsual(rows: readonly EncodedText[]): LabelledEmbedding[] {
  return joinRows(rows, USUAL_CHARACTERS).rows;
}

/** By the mean of `seen`, as a place is. */
function moveJudged(taught: readonly EncodedText[], seen: readonly EncodedText[], judged: readonly EncodedText[]) {
  const embeddingsOf = (rows: readonly EncodedText[]) => joinUsual(rows).map(({ embedding }) => embedding);
  const { shift } = measureShift(embeddingsOf(seen), meanEmbedding(embeddingsOf(taught)));
  return joinUsual(judged).map(({ classId, embedding }) => ({ classId, embedding: applyShift(embedding, shift) }));
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
