/** Looking through many examples at once where texts are read, in English. */
import { type LookTexts, look as ofPhotos } from "../../en/look.ts";
import { count } from "../../en/words.ts";

const countTexts = (texts: number) => count(texts, { one: "text", other: "texts" });

export const look: LookTexts = {
  ...ofPhotos,
  twins: "The same text under several items",
  ofItem: (item) => `Texts of ${item}`,
  near: "The texts an answer stands on",
  notes: {
    ...ofPhotos.notes,
    doubted: "The other texts speak against these labels. Move what is wrong, and confirm what is right.",
    twins: "Each text can be only one thing: move the wrong one, or forget it.",
    mistakes: (version) =>
      `What version ${version} would have answered if it had never seen the text. The mistake may be in the label or in the version.`,
  },
  words: "No texts are kept, so each goes by its fingerprint.",
  shownAll: (shown) => `${countTexts(shown)}.`,
  sureToForget: (texts) =>
    `${countTexts(texts)} will be forgotten: the next training unlearns them, and there is no way back.`,
  forgetThem: (texts) => `Forget ${countTexts(texts)}`,
  done: {
    moved: (texts, item) => `${countTexts(texts)} moved to ${item}. It counts from the next training on.`,
    aside: (texts) => `${countTexts(texts)} set aside: versions are tested on them and no longer learn from them.`,
    back: (texts) => `${countTexts(texts)} teach again from the next training on.`,
    confirmed: (texts) => `${countTexts(texts)} confirmed.`,
    forgotten: (texts) => `${countTexts(texts)} forgotten. The next training unlearns them.`,
    undone: (texts) => `Taken back: ${countTexts(texts)}.`,
  },
  refused: (texts, why) => `${countTexts(texts)} could not be changed. ${why}`,
};
