/** The languages of the guests' page of a deployment that reads texts: those of the page for photos. */
import { texts as english, type WritingTexts } from "./en.ts";
import { texts as russian } from "./ru.ts";

const LANGUAGES: readonly WritingTexts[] = [english, russian];

/** The texts of a language by its tag; English when there is none. */
export function findWritingTexts(tag: string): WritingTexts {
  return LANGUAGES.find((texts) => texts.tag === tag) ?? english;
}
