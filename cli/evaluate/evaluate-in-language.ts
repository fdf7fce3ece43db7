/** Texts of one language, judged by what was taught in others as well: which way their labels chose, and what each comes to. Pure. */
import { chooseToLabel } from "../../src/head/choose-to-label.ts";
import type { FitOptions } from "../../src/head/fit.ts";
import { MIN_PLACE_PHOTOS } from "../../src/head/policy.ts";
import { CommandError } from "../shared/command.ts";
import { joinRows } from "./choose-blocks.ts";
import {
  chooseInLanguage,
  LANGUAGE_WAYS,
  type LanguageHead,
  type LanguageWay,
  type TriedWay,
} from "./choose-in-language.ts";
import type { EncodedText } from "./embed-texts.ts";
import { judgeMenu, type MenuEvaluation } from "./evaluate-menu.ts";
import { place } from "./place-ways.ts";
import type { LanguageTexts } from "./split-by-language.ts";

/** What came of a language in which little was taught. */
export interface LanguageFigures {
  readonly language: string;
  /** Labels in other languages, labels in this one, and texts in this one that nobody has labelled. */
  readonly taughtElsewhere: number;
  readonly labelled: number;
  readonly unlabelled: number;
  /** Of these, those that took part: none, where they are of another kind than those with labels. */
  readonly used: number;
  readonly chosen: LanguageWay;
  /** By the labels in this language, each left out with a tenth of them; empty where there are none. */
  readonly tried: readonly TriedWay[];
  /** Share of the test texts that each way answers right, as loud as chosen; null where it leaves no head. */
  readonly accuracy: readonly { readonly way: LanguageWay; readonly accuracy: number | null }[];
}

export interface InLanguage extends MenuEvaluation {
  readonly characters: number;
  readonly language: LanguageFigures;
  /** Unlabelled texts of the language to label first, at most `suggest` of them, the most useful ones first. */
  readonly labelFirst: readonly string[];
}

/** `judged` has a label of `options.classIds` each. Throws `CommandError` when no head can be made of the texts. */
export function evaluateInLanguage(
  texts: LanguageTexts,
  judged: readonly EncodedText[],
  { suggest = 0, ...options }: Omit<FitOptions, "strangers"> & { readonly suggest?: number | undefined },
): InLanguage {
  const { way: chosen, characters, tried, unlabelled: used, open } = chooseInLanguage(texts, options);
  const seeBy = (opened: LanguageHead, rows: readonly EncodedText[]) =>
    place(
      opened,
      joinRows(rows, characters).rows.map(({ embedding }) => embedding),
    );
  const judge = (opened: LanguageHead) => {
    const seen = seeBy(opened, judged);
    const rows = judged.map(({ classId }, i) => ({ classId, embedding: seen[i] }));
    return judgeMenu(opened.head, opened.measuring, rows);
  };
  const served = open(chosen);
  if (served === null) throw new CommandError("No head can be made of these texts: too few of them are of two labels.");
  const { source, labelled, unlabelled, language } = texts;
  const accuracyOf = (way: LanguageWay) => {
    if (way !== "as taught" && labelled.length + unlabelled.length === 0) return null;
    if (way === "moved, with unlabelled" && used === 0) return null;
    const opened = open(way);
    return opened === null ? null : judge(opened).accuracy;
  };
  const leftOut = tried.find((row) => row.way === chosen && row.characters === characters);
  return {
    ...judge(served),
    characters,
    classIds: served.head.classIds,
    trainedOn: source.length + labelled.length,
    leaveOneOutAccuracy: leftOut === undefined ? null : leftOut.right / labelled.length,
    strangers: null,
    marked: 0,
    secondStage: null,
    labelFirst: chooseToLabel(served.head, seeBy(served, unlabelled), suggest).map((i) => unlabelled[i].text),
    language: {
      language,
      taughtElsewhere: source.length,
      labelled: labelled.length,
      unlabelled: unlabelled.length,
      used,
      chosen,
      tried,
      accuracy: LANGUAGE_WAYS.map((way) => ({ way, accuracy: accuracyOf(way) })),
    },
  };
}

/** The figures in lines for a person. */
export function describeLanguage({ language, chosen, tried, accuracy, ...counts }: LanguageFigures): string[] {
  const { taughtElsewhere, labelled, unlabelled, used } = counts;
  const by =
    tried.length > 0
      ? `${labelled} labels in it, left out in turn, chose`
      : `${labelled} labels in it are too few to choose`;
  return [
    `The test texts are in another language (${language}) than ${taughtElsewhere} of those learnt from; ${by}.`,
    ...(unlabelled === 0 ? [] : [`${unlabelled} texts in it have no label: ${describeUse(chosen, used)}.`]),
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

function describeUse(chosen: LanguageWay, used: number): string {
  if (used === 0) return "they are of another kind than those with labels, and were left out";
  if (chosen === "as taught") return `too few to say where texts in it lie, which takes ${MIN_PLACE_PHOTOS}`;
  return chosen === "moved, with unlabelled" ? "they were learnt from as well" : "they say where texts in it lie";
}
