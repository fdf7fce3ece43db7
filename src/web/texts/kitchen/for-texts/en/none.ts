/** Texts that are marked "none of these", in English. */
import type { KitchenTexts } from "../../en.ts";
import { countTexts } from "./items.ts";

export const none: KitchenTexts["none"] = {
  title: "None of these",
  name: "none of these",
  note: "Texts that belong to none of your items. From them I learn to tell when none fits.",
  caught: (ofTen) => `Of 10 texts like these I would notice ${ofTen === 0 ? "none" : `about ${ofTen}`} by myself.`,
  fewPhotos:
    "So far I can only guess what is none of these. Show me more texts, several of each item, that differ from each other.",
  moved: (text) => `${text} counts as none of these from the next training on.`,
  photoList: "Texts that are none of these",
  accept: "Accept: it is none of these",
  reject: "Reject: a guest says that it is none of these",
  accepted: "Accepted as none of these",
  acceptedMany: (texts) => `Accepted as none of these: ${countTexts(texts)}`,
  doubtTitle: (given) => `Labelled ${given}. Or is it none of these?`,
  doubt: "It reads unlike all the other texts.",
  taught: "You said that it is none of these.",
};
