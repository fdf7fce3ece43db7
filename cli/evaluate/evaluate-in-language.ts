/** Texts of one language, judged by what was taught in others as well: which way their labels chose, and what each comes to. Pure. */
import type { FitOptions } from "../../src/head/fit.ts";
import { PLACE_WAYS, type PlaceHead, type PlaceWay } from "../../src/head/new-place.ts";
import { joinRows } from "./choose-blocks.ts";
import { chooseInLanguage, type LanguageTexts, type TriedWay, unwrap } from "./choose-in-language.ts";
import type { EncodedText } from "./embed-texts.ts";
import { judgeMenu, type MenuEvaluation } from "./evaluate-menu.ts";

/** What came of a language in which little was taught. */
export interface LanguageFigures {
  readonly language: string;
  /** Labels in other languages, labels in this one, and texts in this one that nobody has labelled. */
  readonly taughtElsewhere: number;
  readonly labelled: number;
  readonly unlabelled: number;
  readonly chosen: PlaceWay;
  /** By the labels in this language, each left out with a tenth of them; empty where there are none. */
  readonly tried: readonly TriedWay[];
  /** Share of the test texts that each way answers right, as loud as chosen; null where it leaves no head. */
  readonly accuracy: readonly { readonly way: PlaceWay; readonly accuracy: number | null }[];
}

export interface InLanguage extends MenuEvaluation {
  readonly characters: number;
  readonly language: LanguageFigures;
}

/** `judged` has a label of `options.classIds` each. Throws `CommandError` when no head can be made of the texts. */
export function evaluateInLanguage(
  texts: LanguageTexts,
  judged: readonly EncodedText[],
  options: Omit<FitOptions, "strangers">,
): InLanguage {
  const { choice, characters, tried } = chooseInLanguage(texts, options);
  const test = joinRows(judged, characters).rows;
  const judge = ({ head, place }: PlaceHead) => {
    const seen = place(test.map(({ embedding }) => embedding));
    return judgeMenu(
      head,
      head,
      test.map(({ classId }, i) => ({ classId, embedding: seen[i] })),
    );
  };
  const served = unwrap(choice.open(choice.way));
  const { source, labelled, unlabelled, language } = texts;
  const isOpen = (way: PlaceWay) => way === "as taught" || labelled.length + unlabelled.length > 0;
  const accuracyOf = (way: PlaceWay) => {
    const opened = isOpen(way) ? choice.open(way) : null;
    const isWhole = opened?.ok === true && opened.value.head.classIds.length === options.classIds.length;
    return isWhole ? judge(opened.value).accuracy : null;
  };
  const chosen = choice.ways.find(({ way }) => way === choice.way);
  return {
    ...judge(served),
    characters,
    classIds: served.head.classIds,
    trainedOn: source.length + labelled.length,
    leaveOneOutAccuracy: chosen === undefined ? null : chosen.right / choice.judged,
    strangers: null,
    marked: 0,
    secondStage: null,
    language: {
      language,
      taughtElsewhere: source.length,
      labelled: labelled.length,
      unlabelled: unlabelled.length,
      chosen: choice.way,
      tried,
      accuracy: PLACE_WAYS.map((way) => ({ way, accuracy: accuracyOf(way) })),
    },
  };
}

/** The figures in lines for a person. */
export function describeLanguage({ language, chosen, tried, accuracy, ...counts }: LanguageFigures): string[] {
  const { taughtElsewhere, labelled, unlabelled } = counts;
  const by = labelled > 0 ? `${labelled} labels in it, left out in turn, chose` : "no label in it can choose";
  return [
    `The test texts are in another language (${language}) than ${taughtElsewhere} of those learnt from; ${by}.`,
    ...(unlabelled === 0 ? [] : [`${unlabelled} texts in it that nobody has labelled were learnt from as well.`]),
    ...accuracy.flatMap((row) => {
      if (row.accuracy === null) return [];
      const left = tried
        .filter(({ way }) => way === row.way)
        .map(({ characters, right }) => `${right} at ${characters}`);
      const said = left.length === 0 ? "" : `; of the labels left out ${left.join(", ")} are right`;
      return [`  ${row.way === chosen ? "*" : " "} ${row.way.padEnd(23)} ${row.accuracy.toFixed(3)}${said}`];
    }),
  ];
}
