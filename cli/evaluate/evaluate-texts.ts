/** Trains on one list of texts and judges on another, with the Worker's own code: reads, encodes, weighs the blocks, evaluates. */
import type { Kernels } from "../../src/head/kernels/kernels.ts";
import type { LabelledText } from "../import/text-list.ts";
import { CommandError } from "../shared/command.ts";
import { type BlockChoice, chooseBlocks, joinRows } from "./choose-blocks.ts";
import { type EncodedText, encodeTexts, type RefusedText, takeShots } from "./embed-texts.ts";
import { evaluateInLanguage, type LanguageFigures } from "./evaluate-in-language.ts";
import { evaluateMenu, type MenuEvaluation } from "./evaluate-menu.ts";
import type { NodeTextEmbedder } from "./node-text-embedder.ts";
import { type LanguageTexts, splitByLanguage } from "./split-by-language.ts";

export interface TextEvaluationOptions {
  readonly encoder: NodeTextEmbedder;
  readonly kernels: Kernels;
  readonly priorExponent: number;
  readonly unknownAlpha: number;
  /** At most so many texts of each label, chosen by `seed`. */
  readonly shots?: number | undefined;
  readonly seed: number;
  readonly withSecondStage?: boolean;
}

export interface TextEvaluation extends MenuEvaluation {
  /** How loud the characters are beside the encoder, chosen on the training texts. */
  readonly blocks: BlockChoice;
  /** Null where the test texts are in the language, or the languages, of all that was learnt from. */
  readonly language: LanguageFigures | null;
  /** Labels that only the test texts have; those texts are left out of the figures. */
  readonly untaught: { readonly labels: readonly string[]; readonly texts: number };
  /** Test texts that are, word for word, among those learnt from. */
  readonly alsoLearnt: number;
  /** Mean share of a test text's characters that the encoder could not read. */
  readonly unreadShare: number;
  /** Median over the test texts. */
  readonly embedMs: number;
  readonly refused: readonly RefusedText[];
}

/** Throws `CommandError` when the two lists do not make a test. */
export async function evaluateTexts(
  train: readonly LabelledText[],
  test: readonly LabelledText[],
  options: TextEvaluationOptions,
): Promise<TextEvaluation> {
  const learnt = await encodeTexts(takeShots(train, options.shots, options.seed), "training", options.encoder);
  const classIds = [...new Set(learnt.rows.map(({ classId }) => classId))].sort();
  if (classIds.length < 2) throw new CommandError("The training list has texts of fewer than two labels.");
  const judged = await encodeTexts(test, "test", options.encoder);
  const known = judged.rows.filter(({ classId }) => classIds.includes(classId));
  if (known.length === 0) throw new CommandError("The test list has no usable text with a label of the training list.");
  const languages = splitByLanguage(learnt.rows, known);
  const fitOptions = { ...options, classIds };
  return {
    ...(languages === null ? evaluateAll(learnt.rows, known, fitOptions) : evaluateOne(languages, known, fitOptions)),
    ...describeTests(learnt.rows, judged.rows, classIds),
    refused: [...learnt.refused, ...judged.refused],
  };
}

type FitTextOptions = TextEvaluationOptions & { readonly classIds: readonly string[] };

function evaluateAll(learnt: readonly EncodedText[], known: readonly EncodedText[], options: FitTextOptions) {
  const blocks = chooseBlocks(learnt, options);
  const { rows, dimension } = joinRows(learnt, blocks.characters);
  const evaluation = evaluateMenu(rows, joinRows(known, blocks.characters).rows, { ...options, dimension });
  return { ...evaluation, blocks, language: null };
}

function evaluateOne(languages: LanguageTexts, known: readonly EncodedText[], options: FitTextOptions) {
  const { characters, labelFirst: _none, ...evaluation } = evaluateInLanguage(languages, known, options);
  return { ...evaluation, blocks: { characters, tried: [] } };
}

function describeTests(learnt: readonly EncodedText[], judged: readonly EncodedText[], classIds: readonly string[]) {
  const untaught = judged.filter(({ classId }) => !classIds.includes(classId));
  const texts = new Set(learnt.map(({ text }) => text));
  const times = judged.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    untaught: { labels: [...new Set(untaught.map(({ classId }) => classId))].sort(), texts: untaught.length },
    alsoLearnt: judged.filter(({ text }) => texts.has(text)).length,
    unreadShare: judged.reduce((sum, { unreadShare }) => sum + unreadShare, 0) / judged.length,
    embedMs: times[times.length >> 1] ?? 0,
  };
}
