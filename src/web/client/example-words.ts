/** One labelled photo in words. Photos are not kept, so a photo goes by the start of its fingerprint. Pure. */
import type { Example, Suspect } from "./label-answers.ts";
import { formatScore } from "./numbers.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

const FINGERPRINT_CHARACTERS = 8;
const SOURCE_WORDS: ReadonlyMap<string, string> = new Map([
  ["admin", "from staff"],
  ["import", "imported"],
  ["guest", "from a guest"],
]);

export function shortPhoto(photo: string): string {
  return photo.slice(0, FINGERPRINT_CHARACTERS);
}

/** `from staff, learned`, for instance. */
export function describeExample({ source, absorbed, confirmedAt }: Example): string {
  const parts = [SOURCE_WORDS.get(source) ?? source, absorbed ? "learned" : "not learned yet"];
  return (confirmedAt === null ? parts : [...parts, "confirmed"]).join(", ");
}

/** What is doubted, and how much. */
export function describeSuspect(suspect: Suspect, names: ItemNames): string {
  const suggested = `${nameOf(names, suspect.suggested)} (${formatScore(suspect.suggestedProbability)})`;
  const given = `${nameOf(names, suspect.given)} (${formatScore(suspect.givenProbability)})`;
  return `The other photos speak for ${suggested}, hardly for ${given}.`;
}
