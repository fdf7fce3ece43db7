/**
 * How loud the characters should be beside the encoder, by leave-one-out on the training texts alone. The usual loudness stays unless
 * another one's log-loss is lower by more than two standard errors of their difference, text by text, and with few texts.
 */
import { joinBlocks } from "../../src/backbone/text-embedder.ts";
import { lossOf } from "../../src/head/evaluate.ts";
import { type FitOptions, type FittedHead, fitHead } from "../../src/head/fit.ts";
import { MIN_LEAVE_ONE_OUT_ROWS } from "../../src/head/policy.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../src/head/statistics.ts";
import { joinedBlocks, USUAL_CHARACTERS } from "../backbone/text-blocks.ts";
import { CommandError } from "../shared/command.ts";
import type { EncodedText } from "./embed-texts.ts";
import { compareLosses } from "./new-place.ts";
import { takeStratified } from "./sample.ts";

/** From not at all to twice as loud as the encoder. */
const CANDIDATES: readonly number[] = [0, 0.25, 0.35, 0.7, 1, 2];
/**
 * At one, thirty texts choose by chance among six: on training texts that were not drawn (three kinds of mail, ten of each, 24 draws)
 * .873 were right, at two .875, with the usual loudness .877; from sixty on it makes no difference.
 */
const SURE_ERRORS = 2;

export interface BlockTrial {
  /** How loud the characters are. */
  readonly characters: number;
  /** Mean over the texts left out; null where too few could be. */
  readonly logLoss: number | null;
}

export interface BlockChoice {
  readonly characters: number;
  readonly tried: readonly BlockTrial[];
}

/** Rows with the blocks joined, and the numbers of one. */
export function joinRows(
  rows: readonly EncodedText[],
  characters: number,
): { rows: LabelledEmbedding[]; dimension: number } {
  const blocks = joinedBlocks(rows[0]?.sources.encoder.length ?? 0, characters);
  const joined = rows.map(({ classId, sources }) => {
    const embedding = joinBlocks(blocks, sources);
    if (!embedding.ok) throw new CommandError(embedding.error.detail);
    return { classId, embedding: embedding.value };
  });
  return { rows: joined, dimension: blocks.reduce((sum, { dimension }) => sum + dimension, 0) };
}

/** `options.classIds` are the labels of `rows`. Throws `CommandError` when no head can be made of them. */
export function chooseBlocks(rows: readonly EncodedText[], options: FitOptions): BlockChoice {
  const { losses: usual, rho } = lossesAt(rows, USUAL_CHARACTERS, options);
  const tried: BlockTrial[] = [{ characters: USUAL_CHARACTERS, logLoss: meanOf(usual) }];
  let best = { characters: USUAL_CHARACTERS, gain: 0 };
  if (usual.length < MIN_LEAVE_ONE_OUT_ROWS) return { characters: USUAL_CHARACTERS, tried };
  for (const characters of CANDIDATES) {
    const { losses } = lossesAt(rows, characters, { ...options, previousRho: rho });
    tried.push({ characters, logLoss: meanOf(losses) });
    const { mean, standardError } = compareLosses(usual, losses);
    if (mean > SURE_ERRORS * standardError && mean > best.gain) best = { characters, gain: mean };
  }
  return { characters: best.characters, tried };
}

/** `-log p(its label)` of each text left out, and the shrinkage chosen: another loudness needs nearly the same one. */
function lossesAt(
  rows: readonly EncodedText[],
  characters: number,
  options: FitOptions,
): { losses: number[]; rho: number } {
  const { judged, rho } = fitRows(joinRows(rows, characters), { ...options, isForJudgement: true });
  if (judged === null) return { losses: [], rho };
  const { labels, probabilities, classIds } = judged;
  const losses = Array.from(labels, (label, i) => lossOf(probabilities[i * classIds.length + label]));
  return { losses, rho };
}

function fitRows(joined: { rows: readonly LabelledEmbedding[]; dimension: number }, options: FitOptions): FittedHead {
  const statistics = createStatistics(joined.dimension);
  addExamples(statistics, joined.rows, options.kernels);
  const fitted = fitHead(statistics, takeStratified(joined.rows, options.classIds), options);
  if (!fitted.ok) throw new CommandError(`No head can be made of the training texts: ${fitted.error.message}`);
  return fitted.value;
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
