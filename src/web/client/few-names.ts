/** Names in a sentence: of many, the first few and how many more there are. Pure. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";

const MAX_NAMED = 3;

/** `A`, `A and B`, `A, B, C and 2 others`. */
export function listFewNames(names: readonly string[]): string {
  const named = names.slice(0, MAX_NAMED);
  const others = names.length - named.length;
  return kitchen.words.joinNames(others === 0 ? named : [...named, kitchen.change.others(others)]);
}
