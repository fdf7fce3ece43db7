/** Answers to reviews by labels in another language and by unlabelled texts. Pure. */
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import type { EncodedText } from "../../evaluate/embed-texts.ts";
import { evaluateInLanguage } from "../../evaluate/evaluate-in-language.ts";
import type { LanguageTexts } from "../../evaluate/split-by-language.ts";

/** What unlabelled texts add to labels in another language, and what they achieve without those. */
export interface UnlabelledReviews {
  readonly unlabelled: number;
  readonly from: string;
  /** Labels in the other language alone; moved by the mean of the unlabelled texts; learnt from them as well. */
  readonly asTaught: number | null;
  readonly moved: number | null;
  readonly trained: number | null;
  /** What is served. */
  readonly chosen: number;
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
  const evaluate = (source: readonly EncodedText[]) => {
    const { language, accuracy } = evaluateInLanguage({ ...texts, source }, judged, options);
    return { chosen: accuracy, ways: new Map(language.accuracy.map((row) => [row.way, row.accuracy])) };
  };
  const { ways: real, chosen } = evaluate(texts.source);
  return {
    unlabelled: texts.unlabelled.length,
    from,
    asTaught: real.get("as taught") ?? null,
    moved: real.get("moved") ?? null,
    trained: real.get("moved, with unlabelled") ?? null,
    chosen,
    randomSeeds: dealt.map((source) => evaluate(source).ways.get("moved, with unlabelled") ?? null),
  };
}
