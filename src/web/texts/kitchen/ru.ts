/** What the kitchen says in Russian. */
// biome-ignore-all lint/performance/noBarrelFile: the module is the object of all texts; what nobody reads of it is left out of a bundle
import { picker as photoPicker } from "../picker/ru.ts";
import { none } from "./ru/none.ts";

export { because } from "./ru/because.ts";
export { change } from "./ru/change.ts";
export { comparison } from "./ru/comparison.ts";
export { confusion } from "./ru/confusion.ts";
export { firstRun } from "./ru/first-run.ts";
export { frame } from "./ru/frame.ts";
export { history } from "./ru/history.ts";
export { itemQuality } from "./ru/item-quality.ts";
export { itemTools, samples } from "./ru/item-tools.ts";
export { items } from "./ru/items.ts";
export { keys } from "./ru/keys.ts";
export { none } from "./ru/none.ts";
export { overview } from "./ru/overview.ts";
export { reviewQueue } from "./ru/review-queue.ts";
export { reviews } from "./ru/reviews.ts";
export { training } from "./ru/training.ts";
export { transfer } from "./ru/transfer.ts";
export { gate, versions } from "./ru/versions.ts";
export { words } from "./ru/words.ts";

export const tag: string = "ru";

export const picker = { ...photoPicker, somethingElse: none.title };

export const loadCamera = async () => (await import("./ru/camera.ts")).camera;
export const loadPool = async () => (await import("./ru/pool.ts")).pool;
export const loadWebhooks = async () => (await import("./ru/webhooks.ts")).webhooks;
export const loadLook = async () => (await import("./ru/look.ts")).look;
export const loadMap = async () => (await import("./ru/map.ts")).map;
export const loadPlaces = async () => (await import("./ru/places.ts")).places;
export const loadTeacher = async () => (await import("./ru/teacher.ts")).teacher;
export const loadBackups = async () => (await import("./ru/backups.ts")).backups;
export const loadBackbone = async () => (await import("./ru/backbone.ts")).backbone;
export const loadTesting = async () => (await import("./ru/testing.ts")).testing;
