/** What is known of a deployment that reads texts: the overview, its versions, the log, exports, keys. In English. */

import { comparison as comparedPhotos } from "../../en/comparison.ts";
import { history as ofPhotos } from "../../en/history.ts";
import { keys as keysToPhotos } from "../../en/keys.ts";
import { overview as overPhotos } from "../../en/overview.ts";
import { transfer as transferOfPhotos } from "../../en/transfer.ts";
import { gate as gateOfPhotos, versions as versionsOfPhotos } from "../../en/versions.ts";
import { count, words } from "../../en/words.ts";
import type { KitchenTexts } from "../../en.ts";
import { countTexts } from "./items.ts";

const unlikeAny = (days: number, share: number, answers: number) =>
  `In the last ${days} days ${words.formatShare(share)} of ${countTexts(answers)} read like none of the items`;
const { advice } = overPhotos;

export const overview: KitchenTexts["overview"] = {
  ...overPhotos,
  figures: { ...overPhotos.figures, examples: "Labelled texts" },
  measured: (counted, examples) => `${counted}. Each of ${countTexts(examples)} was judged as if new`,
  advice: {
    ...advice,
    first: {
      title: "Name the first items",
      detail: "Name two items, then paste a few texts of each. A minute later guests can try it.",
    },
    show: {
      title: (names) => `Show texts of ${names}`,
      detail: "Paste them on the items, one a line. Ten each are a good start.",
    },
    train: {
      ...advice.train,
      detail: (examples) =>
        `${count(examples, { one: "labelled text is", other: "labelled texts are" })} ready to learn from.`,
    },
    bare: { ...advice.bare, title: (names, items) => `${names} ${items === 1 ? "has" : "have"} no texts yet` },
    few: {
      title: (name) => `A few more texts of ${name}`,
      detail: (examples, enough) => `It has ${countTexts(examples)}; with ${enough} or more it gets reliable.`,
    },
    example: { ...advice.example, title: "Now add an item of your own" },
    weak: {
      title: "More texts would help",
      detail: (accuracy) =>
        `I am right about ${words.formatShare(accuracy)} of the time. Texts that differ from each other help most.`,
    },
  },
  unknownOfFew: (days, unknown, answers) =>
    `In the last ${days} days ${unknown === 0 ? "none" : unknown} of ${countTexts(answers)} read like none of the items.`,
  unknown: (days, share, answers) => `${unlikeAny(days, share, answers)}.`,
  unknownThan: (days, share, answers, before) =>
    `${unlikeAny(days, share, answers)}; usually it is ${words.formatShare(before)}.`,
};

const { replay, pin } = versionsOfPhotos;
const storedTexts = (texts: number) => count(texts, { one: "stored text", other: "stored texts" });

export const gate: KitchenTexts["gate"] = {
  ...gateOfPhotos,
  taken: (items, now, before, version, mayTake) =>
    `Waits for your decision: with ${count(items, { one: "new item", other: "new items" })} it answers ${now} of 100 texts of the others right; version ${version} answered ${before}. ` +
    `Add texts of the new items, or make it live anyway. New items may take ${mayTake} of 100, as NEW_ITEMS_MAY_TAKE says.`,
  gone: "Its weights are gone: it was old, or it had seen texts that had to be forgotten. It cannot go live again.",
};

export const versions: KitchenTexts["versions"] = {
  ...versionsOfPhotos,
  learnedFrom: (texts, items) => `${countTexts(texts)} · ${count(items, { one: "item", other: "items" })}`,
  replay: {
    ...replay,
    same: (replayed) => `No answer to the last ${storedTexts(replayed)} would change.`,
    changed: (changed, replayed, kinds) =>
      `${changed} of the answers to the last ${storedTexts(replayed)} would change: ${kinds}.`,
  },
  pin: {
    ...pin,
    isPinned: "It stays, however old it gets. Forgetting a text that it has seen still removes it.",
  },
};

export const comparison: KitchenTexts["comparison"] = {
  ...comparedPhotos,
  photos: "Texts learned from",
  recognised: "Texts recognised",
};

/** `12 texts and 2 corrections`; corrections that are zero are left out. */
function countForgotten(texts: number, corrections: number): string {
  const told = countTexts(texts);
  return corrections > 0 ? `${told} and ${count(corrections, { one: "correction", other: "corrections" })}` : told;
}

export const history: KitchenTexts["history"] = {
  ...ofPhotos,
  audit: {
    ...ofPhotos.audit,
    "class.create": ({ item }) => `${item} added.`,
    "class.delete": ({ item, photos, corrections }) =>
      `${item} deleted for good, with ${countForgotten(photos, corrections)}.`,
    "classes.order": () => "The items put in another order.",
    "examples.label": ({ item, photos, moved }) => {
      const told = photos === 0 ? "Texts" : countTexts(photos);
      return `${told} labelled ${item}${moved > 0 ? `; ${moved} had another label before` : ""}.`;
    },
    "example.relabel": ({ to }) => `A text relabelled as ${to}.`,
    "pool.dismiss": () => "A text that I was unsure of left out, without a label.",
    "pool.empty": ({ photos }) => `All that I was unsure of left out, without a label: ${countTexts(photos)}.`,
    "photos.forget": ({ photos, corrections }) => `Forgotten: ${countForgotten(photos, corrections)}.`,
    "contributor.forget": ({ photos, corrections }) =>
      `All of one contributor forgotten: ${countForgotten(photos, corrections)}.`,
  },
};

export const transfer: KitchenTexts["transfer"] = {
  ...transferOfPhotos,
  exporting: {
    ...transferOfPhotos.exporting,
    note: "One file holds the items, all labels, corrections and versions. Texts and keys are not in it.",
  },
  importing: { ...transferOfPhotos.importing, returningPhotos: countTexts },
};

export const keys: KitchenTexts["keys"] = {
  ...keysToPhotos,
  pictures: {
    ...keysToPhotos.pictures,
    title: "Texts that are kept",
    none: "Nothing is kept of labelled texts.",
    thumbnails:
      "The beginning of each labelled text is kept, so that you can judge by reading. It goes when the text is forgotten.",
    originals: "Each labelled text is kept, so that you can judge by reading. It goes when it is forgotten.",
    rows: { small: "Beginnings", originals: "Whole texts" },
  },
  form: {
    ...keysToPhotos.form,
    example: "The shop’s mailbox",
    choices: { ...keysToPhotos.form.choices, classify: "ask about texts", label: "ask, and teach texts" },
  },
  roles: { ...keysToPhotos.roles, classify: "asks about texts" },
};
