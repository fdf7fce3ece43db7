/** What the kitchen of a deployment that reads texts says otherwise in English: where items are taught, and what stands around it. */

import { summariseUpload } from "../en/items.ts";
import { count } from "../en/words.ts";
import { type KitchenTexts, kitchen as photoKitchen } from "../en.ts";

const countTexts = (texts: number) => count(texts, { one: "text", other: "texts" });
const { frame, items, none, reviewQueue, overview } = photoKitchen;

export const kitchen: KitchenTexts = {
  ...photoKitchen,
  frame: {
    ...frame,
    page: {
      ...frame.page,
      description: "Teach kinds of text: items, texts, corrections, versions.",
      scriptNotice: "The kitchen needs JavaScript.",
      lead: "Name kinds of text, show some of each, and keep an eye on what people say.",
      teacherNote:
        "You are signed in to teach: paste texts or drop files on the items. The rest of the kitchen takes another key, so it is not shown here.",
    },
  },
  overview: {
    ...overview,
    figures: { ...overview.figures, examples: "Labelled texts" },
  },
  items: {
    ...items,
    section: {
      ...items.section,
      note: "Type, paste or drop texts on an item to teach it: lines, or a CSV or TSV file. Ten are a good start; each item says when it has enough.",
    },
    add: {
      ...items.add,
      example: "Refund",
      photos: "Texts",
      chosen: (files) => `${count(files, { one: "file", other: "files" })} chosen`,
      added: (name) => `${name} is there. Now show texts of it.`,
      addedWithPhotos: (_files, name) => `${name} is there. Its texts are on the way.`,
    },
    card: { ...items.card, photos: (texts) => (texts === 0 ? "no texts yet" : countTexts(texts)) },
    upload: {
      ...items.upload,
      drop: "Drop a file, or choose",
      bar: "Texts sent",
      progress: (done, total) => `${done} of ${countTexts(total)} sent`,
      refused: "Texts that were refused",
      summary: summariseUpload(countTexts),
    },
  },
  none: { ...none, note: "Texts of none of your kinds. They teach me to say so, and are never an answer." },
  reviewQueue: { ...reviewQueue, card: { ...reviewQueue.card, noPicture: "No copy of the text" } },
};
