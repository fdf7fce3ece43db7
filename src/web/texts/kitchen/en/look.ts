/** Looking through many examples at once, in English. */
import { count } from "./words.ts";

const countPhotos = (photos: number) => count(photos, { one: "photo", other: "photos" });

export const look = {
  chooser: "What to look at",
  show: "Show",
  /** The lists, as the chooser and the titles call them. */
  doubted: "Labels I doubt",
  twins: "The same picture under several items",
  ofItem: (item: string) => `Photos of ${item}`,
  /** What a version mixed up; either item may be any. */
  mistakes: (given: string | null, answered: string | null, version: number) => {
    if (given !== null && answered !== null) return `${given}, answered ${answered}`;
    if (given !== null) return `${given}, answered as something else`;
    return answered === null ? `All mistakes of version ${version}` : `Answered ${answered} by mistake`;
  },
  near: "The photos an answer stands on",
  missing: "What the other backbone still lacks",
  notes: {
    doubted: "The other photos speak against these labels. Move what is wrong, and confirm what is right.",
    twins: "Each picture can be only one thing: move the wrong one, or forget it.",
    item: "Look them over, and move what belongs elsewhere.",
    mistakes: (version: number) =>
      `What version ${version} would have answered if it had never seen the photo. The mistake may be in the label or in the version.`,
    missing:
      "The command looks for these. What nobody has any more can be left behind with its label, or forgotten here.",
    near: "Those that speak for the answer first, then those that speak for the item that came second.",
  },
  /** Said where a version has kept some of its mistakes alone. */
  partly: (listed: number, total: number) =>
    `${listed} of ${total}: this version kept only those it doubted. Later versions keep all.`,
  empty: "Nothing to look at here.",
  words: "No pictures are kept, so each photo goes by its fingerprint.",
  flags: { aside: "for testing", confirmed: "confirmed" },
  answered: (item: string, score: string) => `answered ${item} ${score}`,
  /** Of what the command can fetch by itself. */
  kept: "kept here",
  speaksFor: (item: string) => `for ${item}`,
  keys: "Click or press Space to select, with Shift for a range. Arrow keys move, Enter looks closer, Z undoes the last step.",
  /** The same where there is no keyboard. */
  taps: "Tap to select. “Look closer” shows one large.",
  shown: (shown: number, total: number) => `${shown} of ${total} shown.`,
  shownAll: (shown: number) => `${countPhotos(shown)}.`,
  more: "Show more",
  selected: (photos: number) => (photos === 0 ? "Nothing selected" : `${photos} selected`),
  bar: "What to do with the selected",
  selectAll: "Select all",
  selectNone: "Select none",
  open: "Look closer",
  moveTo: "Move to",
  move: "Move",
  setAside: "For testing",
  giveBack: "Teach again",
  confirm: "The label is right",
  forget: "Forget",
  sureToForget: (photos: number) =>
    `${countPhotos(photos)} will be forgotten: the next training unlearns them, and there is no way back.`,
  forgetThem: (photos: number) => `Forget ${countPhotos(photos)}`,
  keep: "Keep them",
  undo: "Undo",
  done: {
    moved: (photos: number, item: string) =>
      `${countPhotos(photos)} moved to ${item}. It counts from the next training on.`,
    aside: (photos: number) =>
      `${countPhotos(photos)} set aside: versions are tested on them and no longer learn from them.`,
    back: (photos: number) => `${countPhotos(photos)} teach again from the next training on.`,
    confirmed: (photos: number) => `${countPhotos(photos)} confirmed.`,
    forgotten: (photos: number) => `${countPhotos(photos)} forgotten. The next training unlearns them.`,
    undone: (photos: number) => `Taken back: ${countPhotos(photos)}.`,
  },
  refused: (photos: number, why: string) => `${countPhotos(photos)} could not be changed. ${why}`,
  close: "Close",
  previous: "Previous",
  next: "Next",
  why: "What its answer stands on",
  fingerprint: "Fingerprint",
};

/** The keys that every language has. */
export type LookTexts = typeof look;
