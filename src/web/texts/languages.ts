/**
 * The languages of the guests' page. One more is one more file beside this one and its name in the list here; the build makes
 * the page's script once for each.
 */
import { texts as english, type Texts } from "./en.ts";
import { texts as russian } from "./ru.ts";

/** The first is what guests get whose languages are not here. */
export const LANGUAGES: readonly [Texts, ...Texts[]] = [english, russian];

/** The texts of a language by its tag; the first language's when there is none. */
export function findTexts(tag: string): Texts {
  return LANGUAGES.find((texts) => texts.tag === tag) ?? LANGUAGES[0];
}
