/** One labelled photo in words. Its picture may not be kept, so a photo goes by the start of its fingerprint. Pure. */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Example, Suspect } from "./label-answers.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

const FINGERPRINT_CHARACTERS = 8;

const texts = kitchen.samples;
const SOURCE_WORDS: ReadonlyMap<string, string> = new Map(Object.entries(texts.sources));

/** `photo` is the SHA-256 in hex; its start is enough to tell photos apart by eye. */
export function shortPhoto(photo: string): string {
  return photo.slice(0, FINGERPRINT_CHARACTERS);
}

/** `from staff, learned`, for instance. */
export function describeExample({ source, purpose, absorbed, confirmedAt }: Example): string {
  const [settled, waiting] = purpose === "test" ? [texts.aside, texts.notYetAside] : [texts.learned, texts.notLearned];
  const parts = [SOURCE_WORDS.get(source) ?? source, absorbed ? settled : waiting];
  return (confirmedAt === null ? parts : [...parts, texts.confirmed]).join(", ");
}

/** What is doubted, and how much. */
export function describeSuspect(suspect: Suspect, names: ItemNames): string {
  if (suspect.suggested === NONE_ID) return kitchen.none.doubt;
  const [suggested, given] = [nameOf(names, suspect.suggested), nameOf(names, suspect.given)];
  return texts.doubt(suggested, suspect.suggestedProbability, given, suspect.givenProbability);
}
