/** What stands for a doubted label's photo: nothing, since none is kept. The build puts `held-text.ts` in its place where texts are read. */

/** Elements for the top of a row; `text` is the copy, or null. */
export function createHeldCopy(_text: string | null): readonly HTMLElement[] {
  return [];
}
