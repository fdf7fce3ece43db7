/** The contestants of the text benchmark on one set of texts learnt from: the product's head, and logistic regression. */

import { fitHead } from "../../../src/head/fit.ts";
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import { fitLogistic, foldLogistic } from "../../../src/head/logistic.ts";
import { type Head, predict } from "../../../src/head/predict.ts";
import { takeStratified } from "../../../src/head/sample.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../../src/head/statistics.ts";
import { chooseBlocks, joinRows } from "../../evaluate/choose-blocks.ts";
import type { EncodedText } from "../../evaluate/embed-texts.ts";
import { CommandError } from "../../shared/command.ts";
import { tfIdf } from "./tf-idf.ts";

export interface TextTrial {
  readonly learnt: readonly EncodedText[];
  readonly judged: readonly EncodedText[];
  readonly kernels: Kernels;
}

/** Shares of the judged texts that were answered rightly. */
export interface TrialFigures {
  readonly head: number;
  /** How loud the characters were, chosen on the texts learnt from. */
  readonly characters: number;
  /** On the same embeddings. */
  readonly logistic: number;
  /** On TF-IDF of characters, without a backbone. */
  readonly tfIdf: number;
}

const HEAD_OPTIONS = { priorExponent: 0, unknownAlpha: 0.05 };
/** Values of C; a fifth of the texts learnt from chooses. */
const STRENGTHS = [10, 100, 1_000];
const CHOOSING_SHARE = 5;

export function runTrial({ learnt, judged, kernels }: TextTrial): TrialFigures {
  const classIds = classIdsOf(learnt);
  const { characters } = chooseBlocks(learnt, { ...HEAD_OPTIONS, classIds, kernels });
  const [train, test] = [joinRows(learnt, characters).rows, joinRows(judged, characters).rows];
  const plain = tfIdf(
    learnt.map(({ text }) => text),
    judged.map(({ text }) => text),
  );
  const [plainTrain, plainTest] = [label(learnt, plain.learnt), label(judged, plain.judged)];
  return {
    characters,
    head: accuracyOf(fitDiscriminant(train, kernels), test),
    logistic: accuracyOf(fitTuned(train, kernels), test),
    tfIdf: accuracyOf(fitTuned(plainTrain, kernels), plainTest),
  };
}

/** The head that training would publish. */
export function fitDiscriminant(rows: readonly LabelledEmbedding[], kernels: Kernels): Head {
  const classIds = classIdsOf(rows);
  const statistics = createStatistics(rows[0]?.embedding.values.length ?? 0);
  addExamples(statistics, rows, kernels);
  return unwrap(fitHead(statistics, takeStratified(rows, classIds), { ...HEAD_OPTIONS, classIds, kernels })).head;
}

/** Logistic regression with the C that is right most often on every fifth text of a class, then on all. */
function fitTuned(rows: readonly LabelledEmbedding[], kernels: Kernels): Head {
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
    right: accuracyOf(fitAt(learn, strength, kernels), choose),
  }));
  const best = scored.reduce((a, b) => (b.right > a.right ? b : a));
  return fitAt(rows, best.strength, kernels);
}

function fitAt(rows: readonly LabelledEmbedding[], strength: number, kernels: Kernels): Head {
  const fitted = fitLogistic(rows, { classIds: classIdsOf(rows), strength, priorExponent: 1, kernels });
  return foldLogistic(unwrap(fitted), 0);
}

function accuracyOf(head: Head, rows: readonly LabelledEmbedding[]): number {
  const right = rows.filter(({ classId, embedding }) => predict(head, embedding).scores[0]?.classId === classId);
  return right.length / rows.length;
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
