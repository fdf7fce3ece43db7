/** In which of a few languages a text is written, as far as its letters tell. Pure. */

/** The language that each script stands for here; Ukrainian counts as Russian, French as English. */
const SCRIPTS = [
  { language: "ko", letters: /\p{Script=Hangul}/gu },
  { language: "ru", letters: /\p{Script=Cyrillic}/gu },
  { language: "en", letters: /\p{Script=Latin}/gu },
] as const;

/** What a text may be told to be written in. */
export type TextLanguage = (typeof SCRIPTS)[number]["language"];

/** By the script of most of its letters; null where there are none, or none of these. At a tie the first: a Korean text names brands. */
export function languageOf(text: string): TextLanguage | null {
  const counted = SCRIPTS.map(({ language, letters }) => ({ language, count: text.match(letters)?.length ?? 0 }));
  const most = counted.reduce((a, b) => (b.count > a.count ? b : a));
  return most.count === 0 ? null : most.language;
}
