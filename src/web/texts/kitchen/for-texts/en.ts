/** What the kitchen of a deployment that reads texts says in English: what speaks of photos and of a menu is replaced, part by part. */

import { type KitchenTexts, kitchen as photoKitchen } from "../en.ts";
import { sayOfTexts } from "./en/api-words.ts";
import { firstRun } from "./en/first-run.ts";
import { itemQuality, items, itemTools } from "./en/items.ts";
import { none } from "./en/none.ts";
import { comparison, history, keys, overview, transfer, versions } from "./en/records.ts";
import { because, confusion, reviewQueue, reviews } from "./en/reviews.ts";

const { frame } = photoKitchen;

export const kitchen: KitchenTexts = {
  ...photoKitchen,
  frame: {
    ...frame,
    tell: sayOfTexts,
    explain: (problem) => sayOfTexts(frame.explain(problem)),
    places: { ...frame.places, map: "Map of the items" },
    page: {
      ...frame.page,
      description: "Teach kinds of text: items, texts, corrections, versions.",
      scriptNotice: "The kitchen needs JavaScript.",
      reviewerNote:
        "You are signed in to review: corrections, doubted labels and texts are yours. The items, training, versions and keys need an admin key, so what changes them is not shown here.",
      teacherNote:
        "You are signed in to teach: paste texts or drop files on the items. The rest of the kitchen needs another key, so it is not shown here.",
    },
  },
  overview,
  firstRun,
  items,
  itemTools,
  itemQuality,
  none,
  reviews,
  reviewQueue,
  because,
  picker: {
    ...photoKitchen.picker,
    list: "Items",
    none: "No item goes by that name.",
    somethingElse: none.title,
  },
  versions,
  comparison,
  confusion,
  history,
  keys,
  transfer,
  loadBackbone: async () => (await import("./en/backbone.ts")).backbone,
  loadLook: async () => (await import("./en/look.ts")).look,
  loadMap: async () => (await import("./en/map.ts")).map,
  loadPool: async () => (await import("./en/pool.ts")).pool,
};
