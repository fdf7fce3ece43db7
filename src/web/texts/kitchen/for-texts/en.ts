/** What the kitchen of a deployment that reads texts says in English: what speaks of photos and of a menu is replaced, part by part. */
// biome-ignore-all lint/performance/noBarrelFile: as of the kitchen for photos, whose parts are all here but for those named again
import type { KitchenTexts } from "../en.ts";
import { frame as photoFrame, picker as photoPicker } from "../en.ts";
import { sayOfTexts } from "./en/api-words.ts";
import { none } from "./en/none.ts";

export * from "../en.ts";
export { firstRun } from "./en/first-run.ts";
export { itemQuality, items, itemTools, samples } from "./en/items.ts";
export { none } from "./en/none.ts";
export { comparison, gate, history, keys, overview, transfer, versions } from "./en/records.ts";
export { because, confusion, reviewQueue, reviews } from "./en/reviews.ts";

export const frame: KitchenTexts["frame"] = {
  ...photoFrame,
  tell: sayOfTexts,
  explain: (problem) => sayOfTexts(photoFrame.explain(problem)),
  places: { ...photoFrame.places, map: "Map of the items" },
  toItems: "To the items",
  page: {
    ...photoFrame.page,
    description: "Teach kinds of text: items, texts, corrections, versions.",
    scriptNotice: "The kitchen needs JavaScript.",
    reviewerNote:
      "You are signed in to review: corrections, doubted labels and texts are yours. The items, training, versions and keys need an admin key, so what changes them is not shown here.",
    teacherNote:
      "You are signed in to teach: paste texts or drop files on the items. The rest of the kitchen needs another key, so it is not shown here.",
  },
};
export const picker: KitchenTexts["picker"] = {
  ...photoPicker,
  list: "Items",
  none: "No item goes by that name.",
  somethingElse: none.title,
};
export const loadBackbone = async () => (await import("./en/backbone.ts")).backbone;
export const loadLook = async () => (await import("./en/look.ts")).look;
export const loadMap = async () => (await import("./en/map.ts")).map;
export const loadPool = async () => (await import("./en/pool.ts")).pool;
