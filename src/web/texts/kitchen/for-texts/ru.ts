/** What the kitchen of a deployment that reads texts says in Russian: an item is a topic there. */
// biome-ignore-all lint/performance/noBarrelFile: as of the kitchen for photos, whose parts are all here but for those named again
import type { KitchenTexts } from "../en.ts";
import { frame as photoFrame, history as photoHistory, picker as photoPicker } from "../ru.ts";
import { sayAll } from "../say.ts";
import { audit } from "./ru/audit.ts";
import { none } from "./ru/none.ts";
import { explain, prepareToExplain } from "./ru/problems.ts";
import { workTexts } from "./ru/said-work.ts";

export * from "../ru.ts";
export { firstRun } from "./ru/first-run.ts";
export { itemQuality, items, itemTools, samples } from "./ru/items.ts";
export { none } from "./ru/none.ts";
export { change, comparison, gate, keys, overview, transfer, versions } from "./ru/records.ts";
export { because, confusion, reviewQueue, reviews } from "./ru/reviews.ts";

export const frame: KitchenTexts["frame"] = {
  ...photoFrame,
  tell: (text, says) => sayAll(says, workTexts) ?? text,
  prepareToExplain,
  explain,
  page: {
    ...photoFrame.page,
    description: "Здесь учат темы: тексты, поправки, версии.",
    scriptNotice: "Кухне нужен JavaScript.",
    reviewerNote:
      "Вы вошли, чтобы разбирать поправки: поправки, метки под сомнением и тексты — ваши. Темы, обучение, версии и ключи меняют с ключом администратора, поэтому здесь этого не видно.",
    teacherNote:
      "Вы вошли, чтобы добавлять тексты: вставляйте их или перетаскивайте файлы. Для остальной кухни нужен другой ключ, поэтому её здесь не видно.",
  },
  places: { ...photoFrame.places, item: "Тема", map: "Карта тем" },
  toItems: "К темам",
  noSuchItem: "Такой темы нет. Возможно, её удалили.",
};
export const history: KitchenTexts["history"] = { ...photoHistory, audit };
export const picker: KitchenTexts["picker"] = {
  ...photoPicker,
  list: "Темы",
  find: "Найти тему",
  none: "Темы с таким названием нет.",
  somethingElse: none.title,
};
export const loadBackbone = async () => (await import("./ru/backbone.ts")).backbone;
export const loadLook = async () => (await import("./ru/look.ts")).look;
export const loadMap = async () => (await import("./ru/map.ts")).map;
export const loadPool = async () => (await import("./ru/pool.ts")).pool;
