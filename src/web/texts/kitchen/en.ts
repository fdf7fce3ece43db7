/**
 * What the kitchen says in English, on the server and in its script: one export for each part of the page, so that a place's script
 * takes only the parts that it shows. The other languages have the same; the compiler sees to it where `languages.ts` lists them.
 */
// biome-ignore-all lint/performance/noBarrelFile: the module is the object of all texts; what nobody reads of it is left out of a bundle
import { picker as photoPicker } from "../picker/en.ts";
import type { BackboneTexts } from "./en/backbone.ts";
import type { BackupTexts } from "./en/backups.ts";
import type { LookTexts } from "./en/look.ts";
import type { MapTexts } from "./en/map.ts";
import { none } from "./en/none.ts";
import type { PlaceTexts } from "./en/places.ts";
import type { PoolTexts } from "./en/pool.ts";
import type { TeacherTexts } from "./en/teacher.ts";
import type { TestingTexts } from "./en/testing.ts";
import type { WebhookTexts } from "./en/webhooks.ts";

export { because } from "./en/because.ts";
export { change } from "./en/change.ts";
export { comparison } from "./en/comparison.ts";
export { confusion } from "./en/confusion.ts";
export { firstRun } from "./en/first-run.ts";
export { frame } from "./en/frame.ts";
export { history } from "./en/history.ts";
export { itemQuality } from "./en/item-quality.ts";
export { itemTools, samples } from "./en/item-tools.ts";
export { items } from "./en/items.ts";
export { keys } from "./en/keys.ts";
export { none } from "./en/none.ts";
export { overview } from "./en/overview.ts";
export { reviewQueue } from "./en/review-queue.ts";
export { reviews } from "./en/reviews.ts";
export { training } from "./en/training.ts";
export { transfer } from "./en/transfer.ts";
export { gate, versions } from "./en/versions.ts";
export { words } from "./en/words.ts";

/** As `lang`, `Content-Language` and `Accept-Language` write it. */
export const tag: string = "en";
/** Staff need not say what it is instead. */
export const picker = { ...photoPicker, somethingElse: none.title };

/** Comes when somebody opens it. */
export const loadCamera = async () => (await import("./en/camera.ts")).camera;
export const loadPool = async (): Promise<PoolTexts> => (await import("./en/pool.ts")).pool;
export const loadLook = async (): Promise<LookTexts> => (await import("./en/look.ts")).look;
export const loadMap = async (): Promise<MapTexts> => (await import("./en/map.ts")).map;
export const loadPlaces = async (): Promise<PlaceTexts> => (await import("./en/places.ts")).places;
export const loadTeacher = async (): Promise<TeacherTexts> => (await import("./en/teacher.ts")).teacher;
export const loadWebhooks = async (): Promise<WebhookTexts> => (await import("./en/webhooks.ts")).webhooks;
export const loadBackups = async (): Promise<BackupTexts> => (await import("./en/backups.ts")).backups;
export const loadBackbone = async (): Promise<BackboneTexts> => (await import("./en/backbone.ts")).backbone;
export const loadTesting = async (): Promise<TestingTexts> => (await import("./en/testing.ts")).testing;

/** The keys that every language has. */
export type KitchenTexts = typeof import("./en.ts");
