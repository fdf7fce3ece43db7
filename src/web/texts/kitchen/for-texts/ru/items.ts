/** The topics of a deployment that reads texts: adding one, its card, its tools, how much it knows. In Russian. */
import type { KitchenTexts } from "../../en.ts";
import { itemQuality as qualityOfPhotos } from "../../ru/item-quality.ts";
import { samples as samplesOfPhotos, itemTools as toolsOfPhotos } from "../../ru/item-tools.ts";
import { items as ofPhotos } from "../../ru/items.ts";
import { count, words } from "../../ru/words.ts";
import { countTexts, countTopics } from "./words.ts";

export const items: KitchenTexts["items"] = {
  ...ofPhotos,
  section: {
    title: "Темы",
    note: "Впишите, вставьте или перетащите тексты: строки, файл CSV или TSV. Десять — хорошее начало; о каждой теме сказано, хватает ли ей текстов.",
  },
  empty: "Тем пока нет. Назовите выше первую.",
  emptyForOthers: "Тем пока нет: их называет администратор.",
  archivedItems: (topics) => `В архиве: ${countTopics(topics)}`,
  add: {
    ...ofPhotos.add,
    name: "Новая тема",
    example: "Возврат денег",
    descriptionHint: "О чём такие тексты? Пока их нет, я сужу по описанию и названиям.",
    photos: "Тексты",
    chosen: (files) => `Выбрано файлов: ${files}`,
    submit: "Добавить тему",
    added: (name) => `Тема «${name}» добавлена. Осталось показать тексты.`,
    addedWithPhotos: (_files, name) => `Тема «${name}» добавлена. Отправляю тексты.`,
  },
  card: {
    ...ofPhotos.card,
    photos: (texts) => (texts === 0 ? "пока без текстов" : countTexts(texts)),
    mergedInto: (name) => `Объединена с темой «${name}».`,
    restoreItem: (name) => `Вернуть тему: ${name}`,
  },
  upload: {
    ...ofPhotos.upload,
    drop: "Перетащите файл или выберите",
    choose: (name) => `Перетащите файл или выберите: ${name}`,
    bar: "Отправка текстов",
    progress: (done, total) => `Отправлено: ${done} из ${total}`,
    refused: "Непринятые тексты",
    tooLarge: "Слишком длинный.",
    summary: ({ stored, relabelled, duplicates, pending, refused }) => {
      const parts = [
        ["добавлено", stored] as const,
        ["перенесено из другой темы", relabelled] as const,
        ["уже известно", duplicates] as const,
        ["ждёт проверки (у текста уже другая тема)", pending] as const,
        ["не принято", refused] as const,
      ].filter(([, texts]) => texts > 0);
      if (parts.length === 0) return "Ничего не добавлено.";
      // The first figure says of what: «Добавлено: 2 текста, не принято: 3.»
      const said = parts.map(([word, n], at) => `${word}: ${at === 0 ? countTexts(n) : n}`).join(", ");
      return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
    },
  },
};

const { tools, merge, photos: listOfPhotos } = toolsOfPhotos;

export const itemTools: KitchenTexts["itemTools"] = {
  ...toolsOfPhotos,
  tools: { ...tools, photos: { title: "Тексты", name: (topic) => `Тексты: ${topic}` } },
  merge: {
    ...merge,
    into: "Объединить с темой",
    alone: "Другой темы, с которой её можно объединить, нет.",
    meaning: (texts, from, into) => {
      const moved = texts === 1 ? "Единственный текст перейдёт" : `Все тексты (${texts}) перейдут`;
      return `${texts === 0 ? "" : `${moved} к теме «${into}». `}Поправки, которые ждут решения по теме «${from}», станут поправками к теме «${into}». Самой темы «${from}» больше не будет. Одним шагом это не отменить.`;
    },
    done: (from, into) =>
      `«${from}» теперь часть темы «${into}». Запустите обучение, чтобы это узнала и действующая версия.`,
  },
  delete: {
    ...toolsOfPhotos.delete,
    meaning: (texts, name) => {
      const all = texts === 1 ? "Единственный текст будет забыт." : `Все тексты (${texts}) будут забыты.`;
      const forgotten = texts === 0 ? "Текстов у неё нет." : all;
      return `Тема «${name}» и поправки, которые ждут решения по ней, будут удалены навсегда. ${forgotten} Следующее обучение создаст версию, которая её никогда не видела, а прежние исчезнут. Вернуть ничего нельзя.`;
    },
    done: (texts, name, corrections) => {
      const gone = [
        ...(texts > 0 ? [count(texts, { one: "текстом", other: "текстами" })] : []),
        ...(corrections > 0 ? [count(corrections, { one: "поправкой", other: "поправками" })] : []),
      ].join(" и ");
      return `Тема «${name}» удалена${gone === "" ? "" : ` вместе с ${gone}`}. Запустите обучение, чтобы появилась версия, которая её никогда не видела.`;
    },
  },
  photos: {
    ...listOfPhotos,
    list: (name) => `Тексты на тему «${name}»`,
    empty: "Текстов пока нет.",
    note: "Если копия не хранится, текст обозначен своим отпечатком.",
    more: "Ещё тексты",
    forgetPhoto: (text) => `Забыть текст ${text}`,
    forgotten: (text) => `Текст ${text} забыт. После следующего обучения я не буду его учитывать.`,
    movePhoto: (text) => `Перенести текст ${text}`,
    moveTo: (text) => `К какой теме перенести текст ${text}`,
    moved: (text, topic) => `Со следующего обучения текст ${text} относится к теме «${topic}».`,
  },
};

export const samples: KitchenTexts["samples"] = {
  ...samplesOfPhotos,
  picture: "Что в этом тексте",
  sources: { admin: "от сотрудников", import: "импортирован", guest: "от гостя" },
  learned: "выучен",
  notLearned: "ещё не выучен",
  confirmed: "подтверждён",
  doubt: (suggested, itsScore, given, givenScore) =>
    `Судя по остальным текстам, это скорее «${suggested}» (${words.formatScore(itsScore)}), чем «${given}» (${words.formatScore(givenScore)}).`,
};

export const itemQuality: KitchenTexts["itemQuality"] = {
  ...qualityOfPhotos,
  few: (more) => `Судить рано: ещё ${countTexts(more)} — и станет видно, насколько хорошо я знаю эту тему.`,
  enough: "Текстов хватает: новые мало что изменят.",
  unproven: (more) =>
    `Выглядит хорошо, но на немногих текстах это может быть везением: ещё ${countTexts(more)} — и я скажу точно.`,
  growing: (more, rival) => {
    const confused = rival === null ? "" : `: пока путается с темой «${rival}»`;
    return `Пригодится ещё ${countTexts(more)}${confused}.`;
  },
  stuck: (rival) => {
    const confused = rival === null ? "" : `: всё ещё путается с темой «${rival}»`;
    return `Такие же тексты мало что изменят${confused}. Покажите, чем отличается эта тема, и проверьте её метки.`;
  },
  curve: {
    ...qualityOfPhotos.curve,
    picture: (name, points) => `Как узнаётся тема «${name}»: ${points}`,
    point: (texts, recall) => `${countTexts(texts)} — ${words.formatShare(recall)}`,
    photos: countTexts,
  },
};
