/** The languages of the kitchen: those of the guests' page. The build makes the kitchen's script once for each. */
import * as english from "./en.ts";
import * as englishForTexts from "./for-texts/en.ts";
import * as russianForTexts from "./for-texts/ru.ts";
import * as russian from "./ru.ts";

type KitchenTexts = english.KitchenTexts;

const FOR_PHOTOS: readonly [KitchenTexts, ...KitchenTexts[]] = [english, russian];
const FOR_TEXTS: readonly [KitchenTexts, ...KitchenTexts[]] = [englishForTexts, russianForTexts];

/** The texts of a language by its tag, as they speak of what the deployment reads; English when there is none. */
export function findKitchenTexts(tag: string, readsTexts = false): KitchenTexts {
  const languages = readsTexts ? FOR_TEXTS : FOR_PHOTOS;
  return languages.find((texts) => texts.tag === tag) ?? languages[0];
}
