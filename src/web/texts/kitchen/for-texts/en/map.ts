/** The map of the items where texts are read, in English. */
import { type MapTexts, map as ofPhotos } from "../../en/map.ts";
import { count } from "../../en/words.ts";

const countTexts = (texts: number) => count(texts, { one: "text", other: "texts" });

export const map: MapTexts = {
  ...ofPhotos,
  note: (version) => `Version ${version}: your texts, arranged by how alike they are to it.`,
  meaning:
    "Each mark is a text. Texts that are alike to me lie close together, and what lies far apart I tell apart easily. Where the marks of two items mix, I take one for the other. Each text lies where it would lie if I had never seen it.",
  onlyAcross: "With two items, only left and right tells them apart; up and down is how texts of one item differ.",
  drawn: (drawn, total) => `The map shows ${drawn} of ${countTexts(total)}, always the same ones.`,
  drawnItems: (drawn, total) => `The map shows the ${drawn} items with most texts, of ${total}.`,
  keys: "Click a mark to read its text. By keyboard: arrow keys go to the next mark that way, Enter opens it.",
  picture: (items, texts) =>
    `Map of ${countTexts(texts)} of ${count(items, { one: "item", other: "items" })}. Arrow keys go from mark to mark, Enter opens. The same is in the table below.`,
  step: "as far as texts of one item usually lie apart",
  columns: { ...ofPhotos.columns, photos: "Texts", astray: "Texts nearer to another item", photo: "Text" },
  allPhotos: (texts) => `Every mark in a list (${countTexts(texts)})`,
  empty: "There is no map yet: it takes two items with texts, and a version that has learned them.",
};
