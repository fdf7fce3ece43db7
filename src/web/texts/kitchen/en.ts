/**
 * What the kitchen says in English, on the server and in its script: one file per part of the page. The other languages have
 * the same keys; the compiler sees to it.
 */
import { picker } from "../picker/en.ts";
import type { BackboneTexts } from "./en/backbone.ts";
import type { BackupTexts } from "./en/backups.ts";
import { because } from "./en/because.ts";
import { change } from "./en/change.ts";
import { comparison } from "./en/comparison.ts";
import { confusion } from "./en/confusion.ts";
import { firstRun } from "./en/first-run.ts";
import { frame } from "./en/frame.ts";
import { history } from "./en/history.ts";
import { itemQuality } from "./en/item-quality.ts";
import { itemTools } from "./en/item-tools.ts";
import { items } from "./en/items.ts";
import { keys } from "./en/keys.ts";
import type { LookTexts } from "./en/look.ts";
import type { MapTexts } from "./en/map.ts";
import { none } from "./en/none.ts";
import { overview } from "./en/overview.ts";
import type { PlaceTexts } from "./en/places.ts";
import type { PoolTexts } from "./en/pool.ts";
import { reviewQueue } from "./en/review-queue.ts";
import { reviews } from "./en/reviews.ts";
import type { TeacherTexts } from "./en/teacher.ts";
import type { TestingTexts } from "./en/testing.ts";
import { training } from "./en/training.ts";
import { transfer } from "./en/transfer.ts";
import { versions } from "./en/versions.ts";
import type { WebhookTexts } from "./en/webhooks.ts";
import { words } from "./en/words.ts";

export const kitchen = {
  /** As `lang`, `Content-Language` and `Accept-Language` write it. */
  tag: "en",
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
  /** Staff need not say what it is instead. */
  picker: { ...picker, somethingElse: none.title },
  versions,
  change,
  comparison,
  confusion,
  history,
  keys,
  transfer,
  /** Comes when somebody opens it. */
  loadCamera: async () => (await import("./en/camera.ts")).camera,
  loadPool: async (): Promise<PoolTexts> => (await import("./en/pool.ts")).pool,
  loadLook: async (): Promise<LookTexts> => (await import("./en/look.ts")).look,
  loadMap: async (): Promise<MapTexts> => (await import("./en/map.ts")).map,
  loadPlaces: async (): Promise<PlaceTexts> => (await import("./en/places.ts")).places,
  loadTeacher: async (): Promise<TeacherTexts> => (await import("./en/teacher.ts")).teacher,
  loadWebhooks: async (): Promise<WebhookTexts> => (await import("./en/webhooks.ts")).webhooks,
  loadBackups: async (): Promise<BackupTexts> => (await import("./en/backups.ts")).backups,
  loadBackbone: async (): Promise<BackboneTexts> => (await import("./en/backbone.ts")).backbone,
  loadTesting: async (): Promise<TestingTexts> => (await import("./en/testing.ts")).testing,
};

/** The keys that every language has. */
export type KitchenTexts = typeof kitchen;
