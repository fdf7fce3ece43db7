/**
 * What descriptions, few labels and texts without labels give, with the Worker's own code: a head without the latter, one with them, and
 * the one that the guard lets through.
 */
import { chooseToLabel } from "../../src/head/choose-to-label.ts";
import type { Kernels } from "../../src/head/kernels/kernels.ts";
import { USUAL_CHARACTERS } from "../backbone/text-blocks.ts";
import { CommandError } from "../shared/command.ts";
import { joinRows } from "./choose-blocks.ts";
import type { EncodedText } from "./embed-texts.ts";
import { evaluateInLanguage, type LanguageFigures } from "./evaluate-in-language.ts";
import { judgeMenu, type MenuEvaluation } from "./evaluate-menu.ts";
import type { GuardVerdict } from "./learn-from-few.ts";
import { type LearntFromFew, learnFromFew } from "./learn-from-few.ts";
import { keepJudged, splitByLanguage } from "./split-by-language.ts";

export interface DescribedTexts {
  readonly descriptions: readonly EncodedText[];
  readonly labelled: readonly EncodedText[];
  readonly unlabelled: readonly EncodedText[];
  readonly test: readonly EncodedText[];
}

export interface DescribedEvaluation
  extends Omit<MenuEvaluation, "strangers" | "marked" | "secondStage" | "unknown" | "undecided"> {
  /** Classes with a description. */
  readonly described: number;
  /** Null where there were no texts without labels. */
  readonly selfTraining: SelfTrainingFigures | null;
  /** If no class is described and the test texts are in another language than some taught texts: the choice for that language. */
  readonly language: LanguageFigures | null;
  /** Unlabelled texts that were left out, as no labels in their language can say whether they help. */
  readonly unjudged: number;
  /** Unlabelled texts to label first, the most useful ones first; empty if nobody asked. */
  readonly labelFirst: readonly string[];
}

export interface SelfTrainingFigures {
  readonly unlabelled: number;
  /** Texts whose answer was taken at the head's word in the last round. */
  readonly used: number;
  /** On the test texts: what the guard did not see. The figures beside this are those of the head it let through. */
  readonly accuracyWithout: number;
  readonly accuracyWith: number;
  readonly guard: GuardVerdict;
}

export interface DescribedOptions {
  readonly priorExponent: number;
  readonly unknownAlpha: number;
  readonly kernels: Kernels;
  /** How many texts to name that are worth labelling first. */
  readonly suggest?: number | undefined;
}

/** Throws `CommandError` when these lists do not make a test. */
export function evaluateDescribed(texts: DescribedTexts, options: DescribedOptions): DescribedEvaluation {
  const join = (rows: readonly EncodedText[]) => joinRows(rows, USUAL_CHARACTERS).rows;
  const embeddingsOf = (rows: readonly EncodedText[]) => join(rows).map(({ embedding }) => embedding);
  const classIds = [...new Set([...texts.descriptions, ...texts.labelled].map(({ classId }) => classId))].sort();
  const known = texts.test.filter(({ classId }) => classIds.includes(classId));
  const test = join(known);
  if (test.length === 0) throw new CommandError("The test list has no text of an item that is described or taught.");
  const languages = splitByLanguage(texts.labelled, known, texts.unlabelled);
  if (languages !== null && texts.descriptions.length === 0) {
    const evaluation = evaluateInLanguage(languages, known, { ...options, classIds });
    return { ...evaluation, described: 0, selfTraining: null, unjudged: 0 };
  }
  const unlabelled = keepJudged(texts.labelled, texts.unlabelled);
  const examples = {
    descriptions: join(texts.descriptions),
    labelled: join(texts.labelled),
    unlabelled: embeddingsOf(unlabelled),
  };
  const { suggest = 0, ...fitOptions } = options;
  const learnt = learnFromFew(examples, { ...fitOptions, classIds, isForJudgement: true });
  if (!learnt.ok) throw new CommandError(`No head can be made of these texts: ${learnt.error.message}`);
  const judge = ({ head }: LearntFromFew["served"]) => judgeMenu(head, head, test);
  const { first, served, trained, verdict } = learnt.value;
  const { unknown: _unknown, undecided: _undecided, ...evaluation } = judge(served);
  return {
    ...evaluation,
    classIds: served.head.classIds,
    trainedOn: texts.labelled.length,
    leaveOneOutAccuracy: served.evaluation?.accuracy ?? null,
    language: null,
    unjudged: texts.unlabelled.length - unlabelled.length,
    labelFirst: chooseToLabel(served.head, embeddingsOf(texts.unlabelled), suggest).map(
      (i) => texts.unlabelled[i].text,
    ),
    described: new Set(texts.descriptions.map(({ classId }) => classId)).size,
    selfTraining:
      trained === null || verdict === null
        ? null
        : {
            unlabelled: unlabelled.length,
            used: trained.used,
            accuracyWithout: judge(first).accuracy,
            accuracyWith: judge(trained.fitted).accuracy,
            guard: verdict,
          },
  };
}
