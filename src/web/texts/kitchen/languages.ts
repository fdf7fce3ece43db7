/** The languages of the kitchen: those of the guests' page. The build makes the kitchen's script once for each. */
import { kitchen as english, type KitchenTexts } from "./en.ts";
import { kitchen as russian } from "./ru.ts";

const LANGUAGES: readonly KitchenTexts[] = [english, russian];

/** The texts of a language by its tag; English when there is none. */
export function findKitchenTexts(tag: string): KitchenTexts {
  return LANGUAGES.find((texts) => texts.tag === tag) ?? english;
}
