/** The queue of corrections: its bar, its cards, its keys, and what is said of a decision. In Russian. */
import type { KitchenTexts } from "../en.ts";
import { count, words } from "./words.ts";

const countPictures = (pictures: number) => count(pictures, { other: "фото" });

export const reviewQueue: KitchenTexts["reviewQueue"] = {
  left: (cards) => (cards === 0 ? "Больше ничего не осталось." : `Осталось: ${words.formatCount(cards)}.`),
  undo: {
    button: (done) => `Отменить: ${done}`,
    nothing: "Отменять нечего.",
    done: (done) => `Отменено: ${done}.`,
  },
  keys: {
    start: "Когда выбрана карточка:",
    space: "Пробел",
    move: "дальше, назад",
    accept: "принять",
    relabel: "это что-то другое",
    none: "этого нет в меню",
    reject: "отклонить",
    select: "отметить",
    undo: "отменить",
  },
  bar: {
    selectAll: "Отметить все",
    selectShown: (cards) => `Отметить эти ${words.formatCount(cards)}`,
    selected: (cards, disputed) => {
      const selected = `Отмечено: ${words.formatCount(cards)}`;
      return disputed === 0 ? selected : `${selected}, из них спорных: ${words.formatCount(disputed)}`;
    },
    group: "Все отмеченные",
    // Without "all", which would take a third line of a phone; the bar says how many, and the group's name says which.
    accept: "Принять",
    reject: "Отклонить",
    relabel: "Все они…",
    clear: "Снять отметки",
  },
  bulk: {
    accepted: (pictures) => `Принято: ${countPictures(pictures)}`,
    acceptedAs: (name, pictures) => `Принято как «${name}»: ${countPictures(pictures)}`,
    rejected: (pictures) => `Отклонено: ${countPictures(pictures)}`,
    stay: (pictures) =>
      count(pictures, {
        one: "спорное фото остаётся.",
        few: "спорных фото остаются.",
        many: "спорных фото остаются.",
        other: "спорного фото остаются.",
      }),
  },
  card: {
    select: (what) => `Отметить: ${what}`,
    accept: "Принять",
    acceptAs: (name) => `Принять: это «${name}»`,
    reject: "Отклонить",
    rejectIt: (names) => `Отклонить ответ: ${names}`,
    relabel: "Это…",
    relabelIt: "Это что-то другое",
    acceptedAs: (name) => `Принято как «${name}»`,
    fromNextTraining: "Это учтётся при следующем обучении.",
    rejected: "Отклонено",
    noPicture: "Фото не прислано",
    picture: "Что сфотографировал гость",
  },
  marks: {
    conflict: "Спорное",
    suspect: "Возможно, ошибка",
    alike: (photos) =>
      count(photos, { one: "похожее фото", few: "похожих фото", many: "похожих фото", other: "похожего фото" }),
  },
  says: {
    guests: (guests) =>
      guests === 1
        ? "Гость говорит"
        : count(guests, { one: "гость говорит", few: "гостя говорят", many: "гостей говорят", other: "гостя говорят" }),
    disagree: "Гости спорят",
    or: (others, last) => `${others} или ${last}`,
    which: (names) => `Это ${names}?`,
  },
  reasons: {
    taught: (names) => `Вы учили, что это ${names}.`,
    same: "Мне тоже так казалось.",
    had: (name) => `Мне казалось, что это ${name}.`,
    thinks: (name) => `По-моему, это ${name}.`,
    unsure: "Уверенности совсем нет.",
    device: "Вычислено на устройстве гостя: проверить это нельзя.",
  },
};
