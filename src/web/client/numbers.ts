/** Numbers as words and figures for the pages. Pure. */

/** A probability as a whole per cent that never claims certainty: `<1%` to `>99%`. */
export function formatScore(score: number): string {
  if (score < 0.01) return "<1%";
  if (score > 0.99) return ">99%";
  return `${Math.round(score * 100)}%`;
}

/** A measured share, such as an accuracy, where 100% is a figure and not a promise. */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** `1 photo`, `2 photos`; give the plural where an s is not enough. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? singular : plural}`;
}

/** `A`, `A and B`, `A, B and C`. */
export function joinNames(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length <= 1 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
