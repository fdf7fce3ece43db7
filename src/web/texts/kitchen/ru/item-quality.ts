/** Whether an item is done, and its learning curve, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { count, words } from "./words.ts";

const countPhotos = (photos: number) => count(photos, { other: "фото" });

export const itemQuality: KitchenTexts["itemQuality"] = {
  few: (more) => `Судить рано: ещё ${countPhotos(more)} — и станет видно, насколько хорошо я знаю это блюдо.`,
  enough: "Фото хватает: новые мало что изменят.",
  unproven: (more) =>
    `Выглядит хорошо, но на немногих фото это может быть везением: ещё ${countPhotos(more)} — и я скажу точно.`,
  growing: (more, rival) => {
    const confused = rival === null ? "" : `: пока путается с блюдом «${rival}»`;
    return `Пригодится ещё ${countPhotos(more)}${confused}.`;
  },
  stuck: (rival) => {
    const confused = rival === null ? "" : `: всё ещё путается с блюдом «${rival}»`;
    return `Такие же фото мало что изменят${confused}. Покажите, чем отличается это блюдо, и проверьте его метки.`;
  },
  curve: {
    picture: (name, points) => `Как узнаётся блюдо «${name}»: ${points}`,
    point: (photos, recall) => `${countPhotos(photos)} — ${words.formatShare(recall)}`,
    photos: countPhotos,
    words: (points) => `Узнаётся: ${points}.`,
  },
};
