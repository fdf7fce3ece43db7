/** Which of the texts learnt from are in the language of those to judge, and which in others. Pure. */
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
