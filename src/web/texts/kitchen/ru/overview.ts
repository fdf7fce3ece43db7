/** What to do next, and the four figures, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { count, words } from "./words.ts";

/** After «по», «на» and the like: по 1 фото, 5 фото. */
const photos = { other: "фото" };
const items = { one: "блюда", other: "блюд" };

export const overview: KitchenTexts["overview"] = {
  name: "Обзор",
  next: "Что дальше",
  looking: "Осматриваюсь…",
  goThere: "Перейти",
  links: { reviews: "Посмотреть", versions: "Посмотреть на неё" },
  figures: { accuracy: "Точность", version: "Версия", examples: "Фото с метками", waiting: "Новые метки" },
  notYetTrained: "обучения ещё не было",
  notYetMeasured: "ещё не измерена",
  unchecked: "никто не проверял: пока есть только описания",
  measured: (counted, examples) => `${counted}. Проверено на ${count(examples, photos)}, каждое — как незнакомое`,
  noVersion: "пока нет",
  ofItems: (amount) => `у ${count(amount, items)}`,
  toReview: (reviews) => `и поправок: ${words.formatCount(reviews)}`,
  allLearned: "всё выучено",
  notLearned: "ещё не выучено",
  rebuilding: "Суммы пересчитываются по меткам; новые метки учтутся после этого.",
  webhooksEnded: (addresses) =>
    `Сообщения больше не уходят: ${count(addresses, { one: "адрес", few: "адреса", other: "адресов" })}. Посмотрите в «Настройках», раздел «Сообщения другим системам».`,
  held: "Новые версии откладываются: они начнут действовать, когда вы разрешите это в разделе «Версии».",
  backup: {
    never: "Первая резервная копия не удалась. ",
    last: "Резервная копия не удалась. Последняя целая — от ",
    advice:
      "Я пробую снова каждый час. Почему не вышло, тот, кто меня установил, узнает командой npx headstart doctor.",
  },
  advice: {
    nothing: { title: "Решать нечего", detail: "Здесь появятся поправки гостей." },
    held: {
      title: (version) => `Версия ${version} отложена`,
      detail: "Посмотрите, что заметили бы гости, и сделайте её действующей, если она нравится вам больше, чем мне.",
    },
    first: {
      title: "Добавьте в меню первые блюда",
      detail: "Назовите два блюда и добавьте к каждому несколько фото. Через минуту гости смогут попробовать.",
    },
    second: {
      title: "Добавьте второе блюдо",
      detail: (name) => `Чтобы было что различать, нужны хотя бы два: пока есть только «${name}».`,
    },
    show: {
      title: (names) => `Покажите фото: ${names}`,
      detail: "Добавьте их к блюдам в меню. Для начала хватит десяти на каждое.",
    },
    train: {
      title: "Обучите первую версию",
      detail: (examples) => `Фото с метками, по которым можно учиться: ${words.formatCount(examples)}.`,
      described: "Для первой версии хватит описаний.",
    },
    reviews: {
      title: (reviews) =>
        `${count(reviews, { one: "поправка", few: "поправки", many: "поправок", other: "поправки" })} от гостей`,
      detail: "Пока вы не посмотрели, слова гостя ничего не меняют.",
    },
    learn: {
      detail: "Обучите сейчас или оставьте это обучению по расписанию.",
    },
    bare: {
      title: (names) => `Пока нет фото: ${names}`,
      detail: "Без них это название никто никогда не услышит.",
    },
    few: {
      title: (name) => `Ещё немного фото: ${name}`,
      detail: (examples, enough) => `Сейчас их ${words.formatCount(examples)}; надёжно становится с ${enough}.`,
    },
    weak: {
      title: "Помогло бы больше фото",
      detail: (accuracy) => `Верных ответов около ${words.formatShare(accuracy)}. Больше всего помогают разные фото.`,
    },
    example: {
      title: "Теперь добавьте своё блюдо",
      detail: "То, что есть, — пример; его можно убрать одной кнопкой.",
    },
    well: { title: "Всё хорошо", detail: "Здесь появятся поправки гостей." },
  },
  unknownOfFew: (days, unknown, answers) =>
    `Не похожи ни на что в меню: ${unknown} из ${count(answers, photos)} за последние ${days} дней.`,
  unknown: (days, share, answers) =>
    `Не похожи ни на что в меню: ${words.formatShare(share)} из ${count(answers, photos)} за последние ${days} дней.`,
  unknownThan: (days, share, answers, before) =>
    `Не похожи ни на что в меню: ${words.formatShare(share)} из ${count(answers, photos)} за последние ${days} дней; ` +
    `обычно — ${words.formatShare(before)}.`,
};
