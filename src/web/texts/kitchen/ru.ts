/** What the kitchen says in Russian. */

import { picker } from "../picker/ru.ts";
import type { KitchenTexts } from "./en.ts";
import { because } from "./ru/because.ts";
import { change } from "./ru/change.ts";
import { comparison } from "./ru/comparison.ts";
import { confusion } from "./ru/confusion.ts";
import { firstRun } from "./ru/first-run.ts";
import { frame } from "./ru/frame.ts";
import { history } from "./ru/history.ts";
import { itemQuality } from "./ru/item-quality.ts";
import { itemTools } from "./ru/item-tools.ts";
import { items } from "./ru/items.ts";
import { keys } from "./ru/keys.ts";
import { none } from "./ru/none.ts";
import { overview } from "./ru/overview.ts";
import { reviewQueue } from "./ru/review-queue.ts";
import { reviews } from "./ru/reviews.ts";
import { training } from "./ru/training.ts";
import { transfer } from "./ru/transfer.ts";
import { versions } from "./ru/versions.ts";
import { words } from "./ru/words.ts";

export const kitchen: KitchenTexts = {
  tag: "ru",
  words,
  frame,
  overview,
  training,
  firstRun,
  items,
  itemTools,
  itemQuality,
  none,
  reviews,
  reviewQueue,
  because,
  picker: { ...picker, somethingElse: none.title },
  versions,
  change,
  comparison,
  confusion,
  history,
  keys,
  transfer,
  loadCamera: async () => (await import("./ru/camera.ts")).camera,
  loadPool: async () => (await import("./ru/pool.ts")).pool,
  loadWebhooks: async () => (await import("./ru/webhooks.ts")).webhooks,
  loadLook: async () => (await import("./ru/look.ts")).look,
  loadMap: async () => (await import("./ru/map.ts")).map,
  loadPlaces: async () => (await import("./ru/places.ts")).places,
  loadTeacher: async () => (await import("./ru/teacher.ts")).teacher,
  loadBackups: async () => (await import("./ru/backups.ts")).backups,
  loadBackbone: async () => (await import("./ru/backbone.ts")).backbone,
  loadTesting: async () => (await import("./ru/testing.ts")).testing,
};
