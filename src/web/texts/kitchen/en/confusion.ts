/** What is taken for what: the matrix, the photos behind its cells, and how well an item is told apart, in English. */
import { count } from "./words.ts";

export const confusion = {
  matrix: "Photos of each item, and how they were answered",
  corner: "shown ↓ answered →",
  hint: "Point at a cell, or walk with the arrow keys, to read it in words.",
  hintToOpen:
    "Point at a cell, or walk with the arrow keys, to read it in words. Click a mistake, or press Enter on it, to see its photos.",
  leftOut: (items: number) => `${count(items, { one: "item", other: "items" })} with fewer mistakes left out.`,
  /** So many photos of an item, of `total`, were answered as that item. */
  recognised: (photos: number, total: number, item: string) => `${ofPhotos(photos, total, item)} recognised.`,
  mistaken: (photos: number, total: number, item: string, answered: string) =>
    `${ofPhotos(photos, total, item)} answered ${answered}.`,
  /** `found` says how many of its photos; `precision` is the share of right ones among the answers with its name. */
  quality: (found: string, precision: number) =>
    `Finds ${found}. Of 100 such answers ${Math.round(100 * precision)} are right.`,
  takenFor: (item: string, photos: number, total: number) => `Most often taken for ${item} (${photos} of ${total}).`,
  photosOf: (item: string, answered: string) => `${item}, answered ${answered}`,
  close: "Close",
  foundAll: "Where no picture is kept, a photo goes by its fingerprint.",
  foundNone: "Nothing to decide: the answer was close each time, or the label has been settled since.",
  foundSome: (found: number, total: number) =>
    `${found} of ${total}: where the answer was far ahead of the label, and nobody has settled it since.`,
};

function ofPhotos(photos: number, total: number, item: string): string {
  return `${photos} of ${count(total, { one: "photo", other: "photos" })} of ${item} ${photos === 1 ? "was" : "were"}`;
}
