/** The test set: what is set aside, how the live version answers it, and what both figures mean. In Russian. */
import type { TestingTexts } from "../en/testing.ts";
import { count } from "./words.ts";

const exampleForms = { one: "пример", few: "примера", many: "примеров", other: "примера" };

export const testing: TestingTexts = {
  note: "Примеры, отложенные для проверки. Ни одна версия на них не учится, поэтому по ним видно, как она справляется с тем, чего никогда не видела.",
  empty: "Пока ничего не отложено.",
  noVersion: "Действующей версии ещё нет, проверять нечего.",
  figures: "Верные ответы",
  leftOut: "На том, чему вы её научили",
  leftOutMeans:
    "О каждом примере, на котором она училась, она судит как о новом: видно, насколько согласовано то, чему её научили.",
  aside: "На отложенных примерах",
  asideMeans:
    "Их ей никто не показывал: видно, как она справляется с новыми, — пока вы ничего не подгоняете под эти примеры.",
  unmeasured: "не измерено",
  strangers: (found, marked) => `Посторонних: ${marked}; из них она находит ${found}.`,
  notCounted: (examples) =>
    `Ещё ${count(examples, exampleForms)} не в счёт: на них эта версия училась. Следующее обучение их исключит.`,
  items: "По отдельности",
  itemHeads: ["Что это", "Отложено", "Верно"],
  mistakes: "Что с чем путает",
  mistakeHeads: ["На самом деле", "Ответ", "Сколько раз"],
  setAside: "Отложить пятую часть примеров",
  setAsideDone: (examples) =>
    examples === 0
      ? "Откладывать больше нечего: пятая часть уже отложена или примеров меньше пяти."
      : `Отложено: ${count(examples, exampleForms)}. Следующее обучение создаст версию без них.`,
  giveBack: "Вернуть всё в обучение",
  giveBackDone: (examples) => `Возвращено: ${count(examples, exampleForms)}. Следующее обучение снова их выучит.`,
};
