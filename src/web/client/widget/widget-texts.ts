/** What the widget says: the guests' page's words in every language, chosen where it runs, because one file serves all sites. */
import type { Texts } from "../../texts/en.ts";
import { texts as englishForTexts } from "../../texts/for-texts/en.ts";
import { texts as russianForTexts } from "../../texts/for-texts/ru.ts";
import { findTexts } from "../../texts/languages.ts";

export type WidgetTexts = Texts & Partial<Pick<typeof englishForTexts, "box">>;

const FOR_TEXTS = [englishForTexts, russianForTexts];

/** By a BCP 47 tag, its region ignored; English where the language is not known. */
export function findWidgetTexts(tag: string, readsTexts: boolean): WidgetTexts {
  const [language] = tag.toLowerCase().split("-");
  if (!readsTexts) return findTexts(language);
  return FOR_TEXTS.find((texts) => texts.tag === language) ?? englishForTexts;
}
