/** What a new version changes for the owner, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { count } from "./words.ts";

export const change: KitchenTexts["change"] = {
  known: (items) => `теперь я знаю и это: ${items}`,
  unknown: (items) => `больше я не знаю этого: ${items}`,
  lessOften: (item, from, to) => `реже узнаю блюдо «${item}» (было ${from} из 100, стало ${to})`,
  less: (items) => `реже узнаю: ${items}`,
  more: (items) => `чаще узнаю: ${items}`,
  move: (name, from, to) => `${name} (было ${from} из 100, стало ${to})`,
  others: (items) => `ещё ${count(items, { one: "блюдо", few: "блюда", many: "блюд", other: "блюда" })}`,
  question: "Вернуть прежнюю версию?",
  back: (version) => `Вернуть версию ${version}`,
  keep: "Оставить новую",
};
