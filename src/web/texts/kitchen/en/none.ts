/** Photos that are marked "not on the menu", in English. */
import { count } from "./words.ts";

export const none = {
  title: "Not on the menu",
  /** Inside a sentence, where an item's name may stand. */
  name: "not on the menu",
  note: "Photos of what you do not serve. From them I learn to tell that something is not on the menu.",
  /** How many of ten such photos the live version would notice by itself. */
  caught: (ofTen: number) =>
    `Of 10 photos like these I would notice ${ofTen === 0 ? "none" : `about ${ofTen}`} by myself.`,
  fewPhotos:
    "So far I can only guess what is not on the menu. Show me more photos, several of each item, that differ from each other.",
  moved: (photo: string) => `${photo} counts as not on the menu from the next training on.`,
  photoList: "Photos that are not on the menu",
  accept: "Accept: it is not on the menu",
  reject: "Reject: a guest says that it is not on the menu",
  accepted: "Accepted as not on the menu",
  acceptedMany: (pictures: number) =>
    `Accepted as not on the menu: ${count(pictures, { one: "picture", other: "pictures" })}`,
  doubtTitle: (given: string) => `Labelled ${given}. Or is it not on the menu?`,
  doubt: "It looks unlike all the other photos.",
  taught: "You said that it is not on the menu.",
};
