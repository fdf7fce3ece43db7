/** Numbers as words and figures in the kitchen. Pure. */
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";

/** A probability as a whole per cent that never claims certainty: `<1%` to `>99%`. */
export function formatScore(score: number): string {
  return kitchen.words.formatScore(score);
}

/** A measured share, such as an accuracy, where 100% is a figure and not a promise. */
export function formatShare(share: number): string {
  return kitchen.words.formatShare(share);
}

/** `1 photo`, `2 photos`; give the plural where an s is not enough. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? singular : plural}`;
}

/** `A`, `A and B`, `A, B and C`. */
export function joinNames(names: readonly string[]): string {
  return kitchen.words.joinNames(names);
}
