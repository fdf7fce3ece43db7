/** What the API says of photos and of a menu, said of texts. It has one set of sentences for both kinds of deployments. */

/** The longer phrases come first. */
const WORDS: readonly (readonly [said: RegExp, instead: string])[] = [
  [/photograph otherwise than/g, "write otherwise than"],
  [/what the menu does not know/g, "what is none of the items"],
  [/The menu already has an item/g, "There is an item already"],
  [/\b([Tt])he menu item\b/g, "$1he item"],
  [/\bmenu item\b/g, "item"],
  [/\bon the menu\b/g, "among the items"],
  [/\b[Tt]he menu\b/g, "the list of items"],
  [/\b(?:photo|picture)(s?)\b/g, "text$1"],
  [/\b(?:Photo|Picture)(s?)\b/g, "Text$1"],
];

/** The same sentence without a word that only photos have. */
export function sayOfTexts(text: string): string {
  return WORDS.reduce((words, [said, instead]) => words.replaceAll(said, instead), text);
}
