/** What staff decide on where texts are read: corrections, doubts, mistakes, and why an answer came out. In Russian. */
import type { KitchenTexts } from "../../en.ts";
import { because as becauseOfPhotos } from "../../ru/because.ts";
import { confusion as confusedPhotos } from "../../ru/confusion.ts";
import { reviewQueue as queueOfPhotos } from "../../ru/review-queue.ts";
import { reviews as ofPhotos } from "../../ru/reviews.ts";
import { count } from "../../ru/words.ts";
import { none } from "./none.ts";
import { countTexts, ofTexts } from "./words.ts";

export const reviews: KitchenTexts["reviews"] = {
  ...ofPhotos,
  poolSection: {
    ...ofPhotos.poolSection,
    note: "Ваш ответ здесь научит меня большему, чем любой другой: тут есть сомнения, и все тексты разные.",
  },
  doubtsSection: {
    ...ofPhotos.doubtsSection,
    note: "Против них говорят все остальные тексты. Вам виднее: само ничего не меняется.",
  },
  doubts: {
    ...ofPhotos.doubts,
    about: (words, text) => `${words}: текст ${text}`,
    confirmed: (text, given) => `Значит, тема текста ${text} — «${given}». Больше не спрошу.`,
    changed: (text, suggested) => `Со следующего обучения текст ${text} относится к теме «${suggested}».`,
    forgotten: (text) => `Текст ${text} забыт. После следующего обучения я не буду его учитывать.`,
    copies: {
      ...ofPhotos.doubts.copies,
      title: (name, other) => `У одного и того же текста разные метки: «${name}» и «${other}». Какая верна?`,
      settled: (name) => `Значит, тема текста и его копий — «${name}». Больше не спрошу.`,
      forgotten: "Текст и его копии забыты. После следующего обучения я не буду их учитывать.",
    },
  },
  suggestions: {
    ...ofPhotos.suggestions,
    noteForAdmin: "Сделайте из этого тему или уберите из списка.",
    add: "Сделать темой",
    addIt: (wish) => `Сделать темой: ${wish}`,
  },
};

export const reviewQueue: KitchenTexts["reviewQueue"] = {
  ...queueOfPhotos,
  keys: { ...queueOfPhotos.keys, none: none.name },
  bulk: {
    accepted: (texts) => `Принято: ${countTexts(texts)}`,
    acceptedAs: (name, texts) => `Принято как «${name}»: ${countTexts(texts)}`,
    rejected: (texts) => `Отклонено: ${countTexts(texts)}`,
    stay: (texts) =>
      count(texts, {
        one: "спорный текст остаётся.",
        few: "спорных текста остаются.",
        many: "спорных текстов остаются.",
        other: "спорного текста остаются.",
      }),
  },
  card: { ...queueOfPhotos.card, noPicture: "Копии текста нет", picture: "Что написал гость" },
  marks: {
    ...queueOfPhotos.marks,
    alike: (texts) =>
      count(texts, {
        one: "похожий текст",
        few: "похожих текста",
        many: "похожих текстов",
        other: "похожего текста",
      }),
  },
};

export const because: KitchenTexts["because"] = {
  ...becauseOfPhotos,
  speakFor: (topic) => `За «${topic}» говорят эти тексты:`,
  unlike: "не похож на этот текст",
  howUnlike: "Текст одной темы говорит за другую, когда не похож на тот, о котором вопрос.",
  itself: "сам этот текст",
  wrongOf: (text) => `Метка неверна: текст ${text}`,
  none: "Таких текстов нет.",
  nothing: "Показать пока нечего: обеим темам нужны тексты, которые уже учтены при обучении.",
  capped: (weighed, learned) => `Учтено текстов на обе темы: ${weighed} из ${learned}, всегда одни и те же.`,
};

export const confusion: KitchenTexts["confusion"] = {
  ...confusedPhotos,
  matrix: "Тексты на каждую тему и ответы на них",
  corner: "тема ↓ ответ →",
  hintToOpen:
    "Наведите на клетку или дойдите до неё стрелками, чтобы прочитать её словами. Нажмите на ошибку, мышью или клавишей ввода, чтобы увидеть её тексты.",
  leftOut: (topics) =>
    count(topics, {
      one: "тема с меньшим числом ошибок не показана.",
      few: "темы с меньшим числом ошибок не показаны.",
      many: "тем с меньшим числом ошибок не показаны.",
      other: "темы с меньшим числом ошибок не показаны.",
    }),
  recognised: (texts, total, topic) => `«${topic}»: узнано ${texts} из ${ofTexts(total)}.`,
  mistaken: (texts, total, topic, answered) => `«${topic}»: на ${texts} из ${ofTexts(total)} ответ — «${answered}».`,
  quality: (found, precision) => `Узнано текстов: ${found}. Из 100 таких ответов верны ${Math.round(100 * precision)}.`,
  foundAll: "Если копия не хранится, текст обозначен своим отпечатком.",
};
