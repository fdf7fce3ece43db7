/** The map of the menu, in English. */
import { count, words } from "./words.ts";

const countPhotos = (photos: number) => count(photos, { one: "photo", other: "photos" });

export const map = {
  note: (version: number) => `Version ${version}: your photos, arranged by how alike they look to it.`,
  /** What near and far mean. */
  meaning:
    "Each mark is a photo. Photos that look alike to me lie close together, and what lies far apart I tell apart easily. Where the marks of two items mix, I take one for the other. Each photo lies where it would lie if I had never seen it.",
  /** A flat picture of many directions. */
  share: (share: number) =>
    share >= 0.995
      ? "The map shows all that sets your items apart."
      : `A flat map cannot show everything: this one shows ${words.formatShare(share)} of what sets your items apart. Items that overlap here may still be told apart by the rest.`,
  onlyAcross: "With two items, only left and right tells them apart; up and down is how photos of one item differ.",
  drawn: (drawn: number, total: number) => `The map shows ${drawn} of ${countPhotos(total)}, always the same ones.`,
  drawnItems: (drawn: number, total: number) => `The map shows the ${drawn} items with most photos, of ${total}.`,
  outdated: "Labels have changed since this version was made.",
  keys: "Click a mark to see its photo. By keyboard: arrow keys go to the next mark that way, Enter opens it.",
  picture: (items: number, photos: number) =>
    `Map of ${countPhotos(photos)} of ${count(items, { one: "item", other: "items" })}. Arrow keys go from mark to mark, Enter opens. The same is in the table below.`,
  legend: "Items",
  legendNote: "Choose an item to bring it out.",
  doubted: "label doubted",
  answered: (item: string) => `answered ${item}`,
  step: "as far as photos of one item usually lie apart",
  table: "The same as a table",
  columns: {
    item: "Item",
    photos: "Photos",
    nearest: "Lies nearest to",
    distance: "Distance",
    astray: "Photos nearer to another item",
    photo: "Photo",
    across: "Across",
    upwards: "Up",
    remark: "Remark",
  },
  steps: (distance: number) => words.formatCount(Math.round(10 * distance) / 10),
  ofPhotos: (some: number, all: number) => `${some} of ${all}`,
  tableNote: "Distances are counted in the length of the bar on the map.",
  allPhotos: (photos: number) => `Every mark in a list (${countPhotos(photos)})`,
  empty: "There is no map yet: it takes two items with photos, and a version that has learned them.",
};

/** The keys that every language has. */
export type MapTexts = typeof map;
