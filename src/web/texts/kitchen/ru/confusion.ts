/** What is taken for what: the matrix, the photos behind its cells, and how well an item is told apart, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { count } from "./words.ts";

export const confusion: KitchenTexts["confusion"] = {
  matrix: "Фото каждого блюда и ответы на них",
  corner: "на фото ↓ ответ →",
  hint: "Наведите на клетку или дойдите до неё стрелками, чтобы прочитать её словами.",
  hintToOpen:
    "Наведите на клетку или дойдите до неё стрелками, чтобы прочитать её словами. Нажмите на ошибку, мышью или клавишей ввода, чтобы увидеть её фото.",
  leftOut: (items) =>
    count(items, {
      one: "блюдо с меньшим числом ошибок не показано.",
      few: "блюда с меньшим числом ошибок не показаны.",
      many: "блюд с меньшим числом ошибок не показаны.",
      other: "блюда с меньшим числом ошибок не показаны.",
    }),
  recognised: (photos, total, item) => `«${item}»: узнано ${photos} из ${count(total, { other: "фото" })}.`,
  mistaken: (photos, total, item, answered) =>
    `«${item}»: на ${photos} из ${count(total, { other: "фото" })} ответ — «${answered}».`,
  quality: (found, precision) => `Узнано фото: ${found}. Из 100 таких ответов верны ${Math.round(100 * precision)}.`,
  takenFor: (item, photos, total) => `Чаще всего принимается за «${item}» (${photos} из ${total}).`,
  photosOf: (item, answered) => `«${item}», ответ «${answered}»`,
  close: "Закрыть",
  foundAll: "Если картинка не хранится, фото обозначено своим отпечатком.",
  foundNone: "Решать нечего: каждый раз ответ был почти так же вероятен, как метка, или её с тех пор проверили.",
  foundSome: (found, total) =>
    `${found} из ${total}: те, где ответ намного вероятнее метки и её с тех пор никто не проверил.`,
};
