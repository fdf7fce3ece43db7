/** The copy of a text that staff see while they decide on a correction. Pure. */

/** The longest copy, in UTF-16 units: a page. */
export const MAX_PREVIEW_CHARACTERS = 2_000;

/** The beginning of a normalised text, with an ellipsis where something is left out; never half a character. */
export function previewText(text: string): string {
  if (text.length <= MAX_PREVIEW_CHARACTERS) return text;
  const beginning = text.slice(0, MAX_PREVIEW_CHARACTERS - 1);
  return `${beginning.isWellFormed() ? beginning : beginning.slice(0, -1)}…`;
}
