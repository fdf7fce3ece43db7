/** Training runs, under way and done, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { count, words } from "./words.ts";

const labels = { one: "метка", few: "метки", many: "меток", other: "метки" };

function waits(waiting: number): string {
  return `${waiting % 10 === 1 && waiting % 100 !== 11 ? "ждёт" : "ждут"} ещё ${count(waiting, labels)}`;
}

/** The reason says by itself that the version is held back. */
function wasHeld(why: string): string {
  return why === "" ? "Она отложена." : `Она пока не действует. ${why}`;
}

function formatSeconds(seconds: number): string {
  return `${seconds < 0.1 ? "меньше чем за 0,1" : `за ${seconds.toFixed(1).replace(".", ",")}`}\u00a0с`;
}

export const training: KitchenTexts["training"] = {
  train: "Обучить",
  underWay: "Обучение…",
  toLearn: (waiting) =>
    `${count(waiting, { one: "новая метка", few: "новые метки", many: "новых меток", other: "новой метки" })} для обучения`,
  outcome: {
    published: (version) => `Версия ${version} действует.`,
    learned: (absorbed) => `Новых меток учтено: ${words.formatCount(absorbed)}.`,
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
    held: "отложена",
    absorbed: "метки учтены",
    rebuilding: "пересчёт",
    overtaken: "сделало другое обучение",
    failed: "не удалось",
  },
  record: {
    last: "Последнее обучение: ",
    lastDetails: (start, deed) => `, ${start}. ${deed}`,
    byStaff: (seconds) => `вручную, ${formatSeconds(seconds)}`,
    byClock: (seconds) => `по расписанию, ${formatSeconds(seconds)}`,
    published: (version) => `Получилась версия ${version}, и она действует.`,
    publishedAndLearned: (version, absorbed) =>
      `Получилась версия ${version}, и она действует; новых меток учтено: ${words.formatCount(absorbed)}.`,
    held: (version, why) => `Получилась версия ${version}. ${wasHeld(why)}`,
    heldAndLearned: (version, absorbed, why) =>
      `Получилась версия ${version}, новых меток учтено: ${words.formatCount(absorbed)}. ${wasHeld(why)}`,
    failed: (message) => `Не удалось: ${message}`,
    left: (remaining) => `На следующий раз осталось меток: ${words.formatCount(remaining)}.`,
  },
  news: {
    run: "Идёт обучение, запущенное не здесь.",
    restore: "Идёт восстановление. Обучение ждёт его.",
    ended: (deed) => `Обучение закончилось. ${deed}`,
    runWithoutRecord: "Обучение закончилось и ничего не изменило.",
    restoreWithoutRecord: "Восстановление закончилось или ждёт продолжения.",
    waiting: (waiting) => `Ещё не учтены: ${count(waiting, labels)}.`,
  },
};
