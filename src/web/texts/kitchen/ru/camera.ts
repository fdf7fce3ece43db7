/** Teaching by camera, in Russian. */
import type { CameraTexts } from "../en/camera.ts";
import { count } from "./words.ts";

const countPictures = (pictures: number) =>
  count(pictures, { one: "снимок", few: "снимка", many: "снимков", other: "снимка" });

export const camera: CameraTexts = {
  how: "Покажите блюдо камере и держите его кнопку, понемногу двигая блюдо. Потом так же следующее, и нажмите «Обучить».",
  view: "Что видит камера",
  hold: (name) => `Держать: ${name}`,
  taking: (taken, wanted) => `${taken} из ${wanted}`,
  taken: (taken, alike) => {
    if (taken === 0 && alike === 0) return "Ни одного снимка. Держите кнопку нажатой.";
    const taught = `Готово: ${countPictures(taken)}.`;
    if (alike === 0) return taught;
    return `${taught} Ещё ${countPictures(alike)} почти не отличались и пропущены: понемногу двигайте блюдо или камеру.`;
  },
  newItem: "Новое блюдо",
  add: "Добавить",
  noItems: "Меню пусто. Сначала назовите блюдо.",
  train: "Обучить",
  seen: "Что я вижу сейчас",
  none: "Нет в меню",
  notTaught: "Пока ничего: покажите два блюда и нажмите «Обучить».",
  waiting: "Подождите, пока снимки отправятся.",
  problems: {
    insecure:
      "Браузер даёт странице камеру только по https или на том компьютере, где она запущена. Снимите фото и добавьте их к блюду.",
    refused: "Браузеру запретили включать камеру. Разрешите её в адресной строке и откройте этот раздел снова.",
    missing: "Камеры здесь нет. Снимите блюдо телефоном и добавьте к нему фото.",
    busy: "Камера не включилась. Возможно, она занята другой программой.",
  },
};
