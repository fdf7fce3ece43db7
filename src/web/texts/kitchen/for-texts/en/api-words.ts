/** Sentences of the API about photos and a menu, said of texts: those that older versions stored, and those that only photos have. */

/** The longer phrases come first. */
const WORDS: readonly (readonly [said: RegExp, instead: string])[] = [
  [/photograph otherwise than/g, "write otherwise than"],
  [/what the menu does not know/g, "what is none of the items"],
  [/\bon the menu\b/g, "among the items"],
  [/\b[Tt]he menu\b/g, "the list of items"],
  [/\b(?:photo|picture)(s?)\b/g, "text$1"],
  [/\b(?:Photo|Picture)(s?)\b/g, "Text$1"],
];

/** The same sentence without a word that only photos have. */
export function sayOfTexts(text: string): string {
  return WORDS.reduce((words, [said, instead]) => words.replaceAll(said, instead), text);
}
