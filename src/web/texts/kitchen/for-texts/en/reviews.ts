/** What staff decide on where texts are read: corrections, doubts, mistakes, and why an answer came out. In English. */

import { because as becauseOfPhotos } from "../../en/because.ts";
import { confusion as confusedPhotos } from "../../en/confusion.ts";
import { reviewQueue as queueOfPhotos } from "../../en/review-queue.ts";
import { reviews as ofPhotos } from "../../en/reviews.ts";
import type { KitchenTexts } from "../../en.ts";
import { countTexts } from "./items.ts";
import { none } from "./none.ts";

export const reviews: KitchenTexts["reviews"] = {
  ...ofPhotos,
  doubtsSection: {
    ...ofPhotos.doubtsSection,
    note: "All other texts speak against them. You know better; nothing changes by itself.",
  },
  doubts: {
    ...ofPhotos.doubts,
    about: (words, text) => `${words}: text ${text}`,
    confirmed: (text, given) => `Text ${text} is ${given}, then. I will not ask again.`,
    changed: (text, suggested) => `Text ${text} counts as ${suggested} from the next training on.`,
    forgotten: (text) => `Text ${text} is forgotten. The next training unlearns it.`,
    copies: {
      ...ofPhotos.doubts.copies,
      title: (name, other) => `One text, labelled ${name} and ${other}. Which is it?`,
      settled: (name) => `The text and its copies are ${name}, then. I will not ask again.`,
      forgotten: "The text and its copies are forgotten. The next training unlearns them.",
    },
  },
  suggestions: {
    ...ofPhotos.suggestions,
    noteForAdmin: "Make an item of it, or take it off this list.",
    add: "Make it an item",
    addIt: (wish) => `Make it an item: ${wish}`,
  },
};

export const reviewQueue: KitchenTexts["reviewQueue"] = {
  ...queueOfPhotos,
  keys: { ...queueOfPhotos.keys, none: none.name },
  bulk: {
    accepted: (texts) => `Accepted: ${countTexts(texts)}`,
    acceptedAs: (name, texts) => `Accepted as ${name}: ${countTexts(texts)}`,
    rejected: (texts) => `Rejected: ${countTexts(texts)}`,
    stay: (texts) => `${countTexts(texts)} with a disagreement ${texts === 1 ? "stays" : "stay"}.`,
  },
  card: { ...queueOfPhotos.card, noPicture: "No copy of the text", picture: "What the guest wrote" },
};

export const because: KitchenTexts["because"] = {
  ...becauseOfPhotos,
  speakFor: (item) => `These texts speak for ${item}:`,
  unlike: "unlike this text",
  howUnlike: "A text of one item speaks for the other when it reads unlike the text in question.",
  itself: "this very text",
  wrongOf: (text) => `This label is wrong: text ${text}`,
  none: "None of my texts.",
  nothing: "There is nothing to show yet: both items need texts that I have learned.",
  capped: (weighed, learned) => `I weighed ${weighed} of the ${learned} texts of the two, always the same ones.`,
};

export const confusion: KitchenTexts["confusion"] = {
  ...confusedPhotos,
  matrix: "Texts of each item, and how they were answered",
  hintToOpen:
    "Point at a cell, or walk with the arrow keys, to read it in words. Click a mistake, or press Enter on it, to see its texts.",
  recognised: (texts, total, item) => `${ofTexts(texts, total, item)} recognised.`,
  mistaken: (texts, total, item, answered) => `${ofTexts(texts, total, item)} answered ${answered}.`,
  foundAll: "Where no copy is kept, a text goes by its fingerprint.",
};

function ofTexts(texts: number, total: number, item: string): string {
  return `${texts} of ${countTexts(total)} of ${item} ${texts === 1 ? "was" : "were"}`;
}
