/** Which of the texts learnt from are in the language of those to judge, and which in others; and which languages labels can judge. Pure. */
import { MIN_JUDGING_LABELS } from "../../src/shared/judging-labels.ts";
import { languageOf, type TextLanguage } from "../../src/text/language.ts";
import type { EncodedText } from "./embed-texts.ts";

export interface LanguageTexts {
  readonly language: TextLanguage;
  /** Taught in other languages. */
  readonly source: readonly EncodedText[];
  readonly labelled: readonly EncodedText[];
  readonly unlabelled: readonly EncodedText[];
}

/** Of the test texts that have to be of one language. */
const MOST = 0.9;

/** Null where the texts to judge are of several languages, or nothing was taught in another one. */
export function splitByLanguage(
  learnt: readonly EncodedText[],
  judged: readonly EncodedText[],
  unlabelled: readonly EncodedText[] = [],
): LanguageTexts | null {
  const byLanguage = Map.groupBy(judged, ({ text }) => languageOf(text));
  const [most] = [...byLanguage].sort((a, b) => b[1].length - a[1].length);
  const [language, own] = most ?? [null, []];
  if (language === null || own.length < MOST * judged.length) return null;
  const isOwn = ({ text }: EncodedText) => languageOf(text) === language;
  const source = learnt.filter((row) => !isOwn(row));
  if (new Set(source.map(({ classId }) => classId)).size < 2) return null;
  return { language, source, labelled: learnt.filter(isOwn), unlabelled: unlabelled.filter(isOwn) };
}

/**
 * Of what nobody has labelled, the texts that labels can judge: in a language with ten of them, or with all that there are. Labels in
 * Russian do not notice what Korean texts do to Korean (decision 62).
 */
export function keepJudged(
  labelled: readonly EncodedText[],
  unlabelled: readonly EncodedText[],
): readonly EncodedText[] {
  const languages = labelled.flatMap(({ text }) => languageOf(text) ?? []);
  const countOf = new Map(
    [...Map.groupBy(languages, (language) => language)].map(([language, all]) => [language, all.length]),
  );
  return unlabelled.filter(({ text }) => {
    const language = languageOf(text);
    const labels = language === null ? languages.length : (countOf.get(language) ?? 0);
    return labels >= MIN_JUDGING_LABELS || labels === languages.length;
  });
}
