/** Whether a sentence lies where its English translation lies, and whether English descriptions sort mails in other languages. */
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import { joinRows } from "../../evaluate/choose-blocks.ts";
import { type EncodedText, encodeTexts } from "../../evaluate/embed-texts.ts";
import { learnFromFew } from "../../evaluate/learn-from-few.ts";
import type { NodeTextEmbedder } from "../../evaluate/node-text-embedder.ts";
import { CommandError } from "../../shared/command.ts";
import { scoreHead } from "../text/text-judges.ts";
import { label, type MailLanguage, type Pair, readMails } from "./language-sets.ts";

/** Share of the sentences of which no other translation lies nearer than their own; both languages less their means. */
export async function measureRetrieval(
  pairs: readonly Pair[],
  encoder: NodeTextEmbedder,
  teacher: NodeTextEmbedder,
): Promise<number> {
  const others = await encodeTexts(
    pairs.map(({ other }) => label(other)),
    "pairs",
    encoder,
  );
  const english = await encodeTexts(
    pairs.map((pair) => label(pair.english)),
    "pairs",
    teacher,
  );
  const [mine, theirs] = [centre(others.rows, SENTENCE_NUMBERS), centre(english.rows, SENTENCE_NUMBERS)];
  const isFound = mine.map((vector, i) => {
    const own = cosine(vector, theirs[i]);
    return theirs.every((other, k) => k === i || cosine(vector, other) < own);
  });
  return isFound.filter(Boolean).length / pairs.length;
}

/** Of the sentence alone: how it sounds comes behind. */
const SENTENCE_NUMBERS = 512;

function centre(rows: readonly EncodedText[], numbers: number): Float64Array[] {
  const vectors = rows.map(({ sources }) => Float64Array.from(sources.encoder.subarray(0, numbers)));
  const mean = new Float64Array(numbers);
  for (const vector of vectors) for (let d = 0; d < numbers; d++) mean[d] += vector[d] / vectors.length;
  return vectors.map((vector) => {
    const moved = vector.map((value, d) => value - mean[d]);
    const length = Math.sqrt(cosine(moved, moved));
    return moved.map((value) => value / length);
  });
}

function cosine(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d] * b[d];
  return sum;
}

export interface MailFigures {
  readonly language: string;
  readonly mails: number;
  /** By English descriptions alone, and moved to the mean of these mails, as where traffic is known. */
  readonly described: number;
  readonly moved: number;
}

const DESCRIPTIONS = [
  { label: "refund", text: "a refund request: the customer wants money back" },
  { label: "complaint", text: "a complaint: the customer is unhappy about the food or the service" },
  { label: "question", text: "a question: the customer wants to know something" },
];

/** Characters are of no use across scripts, so the encoder answers alone. Throws `CommandError` where no head can be made. */
export async function measureMails(
  language: MailLanguage,
  encoder: NodeTextEmbedder,
  kernels: Kernels,
): Promise<MailFigures> {
  const mails = joinRows((await encodeTexts(await readMails(language), "mails", encoder)).rows, 0).rows;
  const descriptions = joinRows((await encodeTexts(DESCRIPTIONS, "descriptions", encoder)).rows, 0).rows;
  const classIds = DESCRIPTIONS.map((description) => description.label);
  const options = { classIds, kernels, priorExponent: 0, unknownAlpha: 0.05, isForJudgement: true };
  const accuracy = (unlabelled: readonly (typeof mails)[number][]) => {
    const examples = { descriptions, labelled: [], unlabelled: unlabelled.map(({ embedding }) => embedding) };
    const learnt = learnFromFew(examples, options);
    if (!learnt.ok) throw new CommandError(learnt.error.message);
    return scoreHead(learnt.value.first.head, mails).accuracy;
  };
  return { language, mails: mails.length, described: accuracy([]), moved: accuracy(mails) };
}
