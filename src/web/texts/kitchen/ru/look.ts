/** Looking through many examples at once, in Russian. */
import type { LookTexts } from "../en/look.ts";
import { count } from "./words.ts";

const countPhotos = (photos: number) => count(photos, { other: "фото" });

export const look: LookTexts = {
  chooser: "Что показать",
  show: "Показать",
  doubted: "Метки, в которых я сомневаюсь",
  twins: "Одна картинка под разными блюдами",
  ofItem: (item) => `Фото блюда «${item}»`,
  mistakes: (given, answered, version) => {
    if (given !== null && answered !== null) return `«${given}», ответ «${answered}»`;
    if (given !== null) return `«${given}», а ответ другой`;
    return answered === null ? `Все ошибки версии ${version}` : `Ответ «${answered}» по ошибке`;
  },
  near: "Фото, на которых основан ответ",
  missing: "Чего ещё не хватает другой нейросети",
  notes: {
    doubted: "Остальные фото говорят против этих меток. Перенесите то, что ошибочно, и подтвердите то, что верно.",
    twins: "На одной картинке может быть только одно блюдо: перенесите или забудьте лишнее.",
    item: "Просмотрите их и перенесите то, что относится к другому блюду.",
    mistakes: (version) =>
      `Так ответила бы версия ${version}, если бы никогда не видела этого фото. Ошибиться могла и метка, и сама версия.`,
    missing: "Команда их ищет. То, чего больше ни у кого нет, можно оставить позади вместе с меткой или забыть здесь.",
    near: "Сначала те, что говорят за ответ, потом те, что говорят за блюдо, с которым его сравнили.",
  },
  partly: (listed, total) =>
    `${listed} из ${total}: эта версия сохранила только те ошибки, в которых усомнилась. Новые версии хранят все.`,
  empty: "Здесь смотреть нечего.",
  words: "Картинки не хранятся, поэтому каждое фото обозначено своим отпечатком.",
  flags: { aside: "для проверки", confirmed: "подтверждено" },
  answered: (item, score) => `ответ «${item}» ${score}`,
  kept: "хранится здесь",
  speaksFor: (item) => `за «${item}»`,
  keys: "Выбрать: щелчок или пробел, с Shift — подряд. Стрелки ведут дальше, клавиша ввода показывает ближе, Z отменяет последний шаг.",
  taps: "Нажмите, чтобы выбрать. «Рассмотреть» покажет крупно.",
  shown: (shown, total) => `Показано ${shown} из ${total}.`,
  shownAll: (shown) => `${countPhotos(shown)}.`,
  more: "Показать ещё",
  selected: (photos) => (photos === 0 ? "Ничего не выбрано" : `Выбрано: ${photos}`),
  bar: "Что сделать с выбранным",
  selectAll: "Выбрать все",
  selectNone: "Снять выбор",
  open: "Рассмотреть",
  moveTo: "К какому блюду перенести",
  move: "Перенести",
  setAside: "Для проверки",
  giveBack: "Вернуть в обучение",
  confirm: "Метка верна",
  forget: "Забыть",
  sureToForget: (photos) =>
    `Будет забыто: ${countPhotos(photos)}. После следующего обучения я не буду их учитывать, и вернуть их нельзя.`,
  forgetThem: (photos) => `Забыть ${countPhotos(photos)}`,
  keep: "Оставить",
  undo: "Отменить",
  done: {
    moved: (photos, item) =>
      `Перенесено к блюду «${item}»: ${countPhotos(photos)}. Это подействует со следующего обучения.`,
    aside: (photos) => `Отложено: ${countPhotos(photos)}. По ним проверяют версии, и версии на них больше не учатся.`,
    back: (photos) => `Возвращено: ${countPhotos(photos)}. Следующее обучение снова их выучит.`,
    confirmed: (photos) => `Подтверждено: ${countPhotos(photos)}.`,
    forgotten: (photos) => `Забыто: ${countPhotos(photos)}. После следующего обучения я не буду их учитывать.`,
    undone: (photos) => `Отменено: ${countPhotos(photos)}.`,
  },
  refused: (photos, why) => `Не удалось изменить: ${countPhotos(photos)}. ${why}`,
  close: "Закрыть",
  previous: "Назад",
  next: "Дальше",
  why: "На чём основан ответ",
  fingerprint: "Отпечаток",
};
