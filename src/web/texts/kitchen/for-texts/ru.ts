/** What the kitchen of a deployment that reads texts says in Russian: an item is a topic there. */
import type { KitchenTexts } from "../en.ts";
import { kitchen as photoKitchen } from "../ru.ts";
import { sayAll } from "../say.ts";
import { audit } from "./ru/audit.ts";
import { firstRun } from "./ru/first-run.ts";
import { itemQuality, items, itemTools } from "./ru/items.ts";
import { none } from "./ru/none.ts";
import { explain, prepareToExplain } from "./ru/problems.ts";
import { change, comparison, keys, overview, transfer, versions } from "./ru/records.ts";
import { because, confusion, reviewQueue, reviews } from "./ru/reviews.ts";
import { workTexts } from "./ru/said-work.ts";

const { frame, history, picker } = photoKitchen;

export const kitchen: KitchenTexts = {
  ...photoKitchen,
  frame: {
    ...frame,
    tell: (text, says) => sayAll(says, workTexts) ?? text,
    prepareToExplain,
    explain,
    page: {
      ...frame.page,
      description: "Здесь учат темы: тексты, поправки, версии.",
      scriptNotice: "Кухне нужен JavaScript.",
      reviewerNote:
        "Вы вошли, чтобы разбирать поправки: поправки, метки под сомнением и тексты — ваши. Темы, обучение, версии и ключи меняют с ключом администратора, поэтому здесь этого не видно.",
      teacherNote:
        "Вы вошли, чтобы добавлять тексты: вставляйте их или перетаскивайте файлы. Для остальной кухни нужен другой ключ, поэтому её здесь не видно.",
    },
    places: { ...frame.places, item: "Тема", map: "Карта тем" },
    noSuchItem: "Такой темы нет. Возможно, её удалили.",
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
    ...picker,
    list: "Темы",
    find: "Найти тему",
    none: "Темы с таким названием нет.",
    somethingElse: none.title,
  },
  versions,
  change,
  comparison,
  confusion,
  history: { ...history, audit },
  keys,
  transfer,
  loadBackbone: async () => (await import("./ru/backbone.ts")).backbone,
  loadLook: async () => (await import("./ru/look.ts")).look,
  loadMap: async () => (await import("./ru/map.ts")).map,
  loadPool: async () => (await import("./ru/pool.ts")).pool,
};
