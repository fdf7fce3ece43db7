/** The contestants of the text benchmark on one set of texts learnt from: the product's head, and logistic regression. */

import { fitHead } from "../../../src/head/fit.ts";
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import { type Head, predict } from "../../../src/head/predict.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../../src/head/statistics.ts";
import { chooseBlocks, joinRows } from "../../evaluate/choose-blocks.ts";
import type { EncodedText } from "../../evaluate/embed-texts.ts";
import { takeStratified } from "../../evaluate/sample.ts";
import { fitLogistic, foldLogistic } from "../../evaluate/second-stage/logistic.ts";
import { CommandError } from "../../shared/command.ts";
import { tfIdf } from "./tf-idf.ts";

export interface TextTrial {
  readonly learnt: readonly EncodedText[];
  readonly judged: readonly EncodedText[];
  readonly kernels: Kernels;
}

/** What the head reached. */
export interface HeadFigures {
  /** Share of right answers to the judged texts. */
  readonly accuracy: number;
  /** Mean over the classes of the share of their texts that were. */
  readonly recall: number;
  /** How loud the characters were, chosen on the texts learnt from. */
  readonly characters: number;
}

/** Shares of the judged texts that logistic regression answered right, and the values of C that were chosen for it. */
export interface RivalFigures {
  /** On the same embeddings. */
  readonly logistic: number;
  /** On TF-IDF of characters, without a backbone. */
  readonly tfIdf: number;
  readonly strengths: RivalStrengths;
}

export interface RivalStrengths {
  readonly logistic: number;
  readonly tfIdf: number;
}

const HEAD_OPTIONS = { priorExponent: 0, unknownAlpha: 0.05 };
/** Values of C; a fifth of the texts learnt from chooses. */
const STRENGTHS = [10, 100, 1_000];
const CHOOSING_SHARE = 5;
/** Where scikit-learn stops too. */
const TOLERANCE = 1e-4;

/** The head on texts; `further` are judged by the same head. */
export function judgeHead({ learnt, judged, kernels }: TextTrial, further: readonly EncodedText[] = []) {
  const { characters } = chooseBlocks(learnt, { ...HEAD_OPTIONS, classIds: classIdsOf(learnt), kernels });
  const head = fitDiscriminant(joinRows(learnt, characters).rows, kernels, true);
  const judge = (rows: readonly EncodedText[]): HeadFigures => ({
    ...scoreHead(head, joinRows(rows, characters).rows),
    characters,
  });
  return { figures: judge(judged), further: further.length === 0 ? null : judge(further) };
}

/** Logistic regression on the same texts. `characters` is how loud they are in the embeddings; without `strengths` C is chosen. */
export function judgeRivals(
  { learnt, judged, kernels }: TextTrial,
  characters: number,
  strengths?: RivalStrengths,
): RivalFigures {
  const embedded = { train: joinRows(learnt, characters).rows, test: joinRows(judged, characters).rows };
  const plain = tfIdf(
    learnt.map(({ text }) => text),
    judged.map(({ text }) => text),
  );
  const counted = { train: label(learnt, plain.learnt), test: label(judged, plain.judged) };
  const chosen = strengths ?? {
    logistic: chooseStrength(embedded.train, kernels),
    tfIdf: chooseStrength(counted.train, kernels),
  };
  const accuracyOf = ({ train, test }: typeof embedded, strength: number) =>
    scoreHead(fitAt(train, strength, kernels), test).accuracy;
  return {
    logistic: accuracyOf(embedded, chosen.logistic),
    tfIdf: accuracyOf(counted, chosen.tfIdf),
    strengths: chosen,
  };
}

/** The head that training would publish, or all of it but how strange a text is. */
export function fitDiscriminant(rows: readonly LabelledEmbedding[], kernels: Kernels, isForJudgement = false): Head {
  const classIds = classIdsOf(rows);
  const statistics = createStatistics(rows[0]?.embedding.values.length ?? 0);
  addExamples(statistics, rows, kernels);
  const options = { ...HEAD_OPTIONS, classIds, kernels, isForJudgement };
  return unwrap(fitHead(statistics, takeStratified(rows, classIds), options)).head;
}

/** The C that is right most often on every fifth text of a class, learning from the others. */
function chooseStrength(rows: readonly LabelledEmbedding[], kernels: Kernels): number {
  const seen = new Map<string, number>();
  const isChoosing = rows.map(({ classId }) => {
    const count = (seen.get(classId) ?? 0) + 1;
    seen.set(classId, count);
    return count % CHOOSING_SHARE === 0;
  });
  const choose = rows.filter((_, i) => isChoosing[i]);
  const learn = rows.filter((_, i) => !isChoosing[i]);
  const scored = STRENGTHS.map((strength) => ({
    strength,
    right: scoreHead(fitAt(learn, strength, kernels), choose).accuracy,
  }));
  return scored.reduce((a, b) => (b.right > a.right ? b : a)).strength;
}

function fitAt(rows: readonly LabelledEmbedding[], strength: number, kernels: Kernels): Head {
  const options = { classIds: classIdsOf(rows), strength, priorExponent: 1, kernels, tolerance: TOLERANCE };
  return foldLogistic(unwrap(fitLogistic(rows, options)), 0);
}

/** Accuracy over the rows, and the mean of it over the classes; `rows` has one at least. */
export function scoreHead(head: Head, rows: readonly LabelledEmbedding[]): { accuracy: number; recall: number } {
  const tally = new Map<string, { right: number; all: number }>();
  for (const { classId, embedding } of rows) {
    const own = tally.get(classId) ?? { right: 0, all: 0 };
    const isRight = predict(head, embedding).scores[0]?.classId === classId;
    tally.set(classId, { right: own.right + (isRight ? 1 : 0), all: own.all + 1 });
  }
  const classes = [...tally.values()];
  return {
    accuracy: classes.reduce((sum, { right }) => sum + right, 0) / rows.length,
    recall: classes.reduce((sum, { right, all }) => sum + right / all, 0) / classes.length,
  };
}

function label(
  rows: readonly EncodedText[],
  embeddings: readonly LabelledEmbedding["embedding"][],
): LabelledEmbedding[] {
  return rows.flatMap(({ classId }, i) => {
    const embedding = embeddings[i];
    return embedding === undefined ? [] : [{ classId, embedding }];
  });
}

function classIdsOf(rows: readonly { readonly classId: string }[]): string[] {
  return [...new Set(rows.map(({ classId }) => classId))].sort();
}

function unwrap<T>(result: { ok: true; value: T } | { ok: false; error: { readonly message: string } }): T {
  if (!result.ok) throw new CommandError(result.error.message);
  return result.value;
}
