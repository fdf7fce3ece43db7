/** The items of a deployment that reads texts: adding one, its card, its tools, how much it knows. In English. */

import { itemQuality as qualityOfPhotos } from "../../en/item-quality.ts";
import { samples as samplesOfPhotos, itemTools as toolsOfPhotos } from "../../en/item-tools.ts";
import { items as ofPhotos, summariseUpload } from "../../en/items.ts";
import { count, words } from "../../en/words.ts";
import type { KitchenTexts } from "../../en.ts";

export const countTexts = (texts: number) => count(texts, { one: "text", other: "texts" });
const countMore = (texts: number) => count(texts, { one: "more text", other: "more texts" });
const allTexts = (texts: number) => (texts === 1 ? "Its 1 text" : `All ${countTexts(texts)}`);

export const items: KitchenTexts["items"] = {
  ...ofPhotos,
  section: {
    title: "Items",
    note: "Type, paste or drop texts on an item to teach it: lines, or a CSV or TSV file. Ten are a good start; each item says when it has enough.",
  },
  empty: "There is no item yet. Name the first one above.",
  emptyForOthers: "There is no item yet: an admin has to name some.",
  add: {
    ...ofPhotos.add,
    example: "Refund",
    descriptionHint: "Say what such texts are about. I go by it and by the item's names until you show me some.",
    photos: "Texts",
    chosen: (files) => `${count(files, { one: "file", other: "files" })} chosen`,
    submit: "Add the item",
    added: (name) => `${name} is there. Now show texts of it.`,
    addedWithPhotos: (_files, name) => `${name} is there. Its texts are on the way.`,
  },
  card: {
    ...ofPhotos.card,
    photos: (texts) => (texts === 0 ? "no texts yet" : countTexts(texts)),
    restore: "Bring back",
    restoreItem: (name) => `Bring back: ${name}`,
  },
  upload: {
    ...ofPhotos.upload,
    drop: "Drop a file, or choose",
    choose: (name) => `Drop a file, or choose: ${name}`,
    bar: "Texts sent",
    progress: (done, total) => `${done} of ${countTexts(total)} sent`,
    refused: "Texts that were refused",
    tooLarge: "Too large.",
    summary: summariseUpload(countTexts),
  },
};

const { merge, tools, photos: listOfPhotos } = toolsOfPhotos;

export const itemTools: KitchenTexts["itemTools"] = {
  ...toolsOfPhotos,
  tools: { ...tools, photos: { title: "Texts", name: (item) => `Texts: ${item}` } },
  merge: {
    ...merge,
    alone: "There is no other item to merge it into.",
    meaning: (texts, from, into) => {
      const moved =
        texts === 0
          ? `Corrections that wait for ${from} will be about ${into}.`
          : `${allTexts(texts)} of ${from} will count as ${into}, and corrections that wait for ${from} will be about ${into}.`;
      return `${moved} ${from} itself goes. This cannot be undone in one step.`;
    },
  },
  delete: {
    ...toolsOfPhotos.delete,
    meaning: (texts, name) => {
      const forgotten = texts === 0 ? "It has no texts." : `${allTexts(texts)} will be forgotten.`;
      return `${name} and the corrections that wait for it will be deleted for good. ${forgotten} The next training makes a version that has never seen it; the older ones go. There is no way back.`;
    },
    done: (texts, name, corrections) => {
      const reviews = corrections > 0 ? ` and ${count(corrections, { one: "correction", other: "corrections" })}` : "";
      return `${name} is gone, with ${countTexts(texts)}${reviews}. Train to make a version that has never seen it.`;
    },
  },
  photos: {
    ...listOfPhotos,
    list: (name) => `Texts of ${name}`,
    empty: "It has no texts yet.",
    note: "Where no copy is kept, a text goes by its fingerprint.",
    more: "More texts",
  },
};

export const samples: KitchenTexts["samples"] = {
  ...samplesOfPhotos,
  picture: "What this text says",
  doubt: (suggested, itsScore, given, givenScore) =>
    `The other texts speak for ${suggested} (${words.formatScore(itsScore)}), hardly for ${given} (${words.formatScore(givenScore)}).`,
};

export const itemQuality: KitchenTexts["itemQuality"] = {
  ...qualityOfPhotos,
  few: (more) => `Too few to tell: ${countMore(more)} would show how well I know it.`,
  enough: "Good enough: more texts change little.",
  unproven: (more) => `Looks good, but with so few texts that may be luck: ${countMore(more)} would make sure.`,
  growing: (more, rival) =>
    rival === null
      ? `${countMore(more)} would help.`
      : `${countMore(more)} would help: it is still confused with ${rival}.`,
  curve: {
    ...qualityOfPhotos.curve,
    point: (texts, recall) => `${countTexts(texts)} ${words.formatShare(recall)}`,
    photos: countTexts,
  },
};
