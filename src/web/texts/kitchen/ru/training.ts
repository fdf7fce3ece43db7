/** Training runs, under way and done, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { count, words } from "./words.ts";

const labels = { one: "метка", few: "метки", many: "меток", other: "метки" };
const afterFrom = { one: "новой метке", other: "новым меткам" };

function waits(waiting: number): string {
  return `${waiting % 10 === 1 && waiting % 100 !== 11 ? "ждёт" : "ждут"} ещё ${count(waiting, labels)}`;
}

function formatSeconds(seconds: number): string {
  return `${seconds < 0.1 ? "неполные 0,1" : seconds.toFixed(1).replace(".", ",")}\u00a0с`;
}

export const training: KitchenTexts["training"] = {
  train: "Обучить",
  underWay: "Обучение…",
  outcome: {
    published: (version) => `Версия ${version} действует.`,
    learned: (absorbed) => `Она выучена и по ${count(absorbed, afterFrom)}.`,
    takenIn: (absorbed) => `Учтено меток: ${words.formatCount(absorbed)}.`,
    held: (version) =>
      `Версия ${version} готова, но не действует. Посмотрите на неё в разделе «Версии» и, если захотите, сделайте действующей.`,
    idle: "Учить нечего: действующая версия знает все метки.",
    overtaken: "Другое обучение уже шло и всё сделало.",
    failed: "Обучение не удалось. Попробуйте ещё раз.",
    leftForNext: (waiting) => `Следующего обучения ${waits(waiting)}.`,
    goingOn: (waiting) => `Продолжаю: ${waits(waiting)}.`,
  },
  outcomes: {
    published: "вступила в действие",
    held: "придержана",
    absorbed: "метки учтены",
    rebuilding: "пересчёт",
    overtaken: "сделало другое обучение",
    failed: "не удалось",
  },
  record: {
    last: "Последнее обучение: ",
    lastDetails: (start, deed) => `, ${start}. ${deed}`,
    byStaff: (seconds) => `вручную, за ${formatSeconds(seconds)}`,
    byClock: (seconds) => `по расписанию, за ${formatSeconds(seconds)}`,
    published: (version) => `Получилась версия ${version}, и она действует.`,
    publishedAndLearned: (version, absorbed) =>
      `Получилась версия ${version}, и она действует; новых меток учтено: ${words.formatCount(absorbed)}.`,
    held: (version) => `Получилась версия ${version}, но она придержана`,
    heldAndLearned: (version, absorbed) =>
      `Получилась версия ${version}, новых меток учтено: ${words.formatCount(absorbed)}, но она придержана`,
    failed: (message) => `Не удалось: ${message}`,
    left: (remaining) => `На следующий раз осталось меток: ${words.formatCount(remaining)}.`,
  },
  news: {
    run: "Идёт обучение, запущенное не здесь.",
    restore: "Идёт восстановление. Обучение ждёт его.",
    ended: (deed) => `Обучение закончилось. ${deed}`,
    runWithoutRecord: "Обучение закончилось и ничего не изменило.",
    restoreWithoutRecord: "Восстановление закончилось или ждёт продолжения.",
    waiting: (waiting) => `Учёта ${waits(waiting)}.`,
  },
};
