/** What the kitchen of a deployment that reads texts says otherwise in Russian. */
import type { KitchenTexts } from "../en.ts";
import { count } from "../ru/words.ts";
import { kitchen as photoKitchen } from "../ru.ts";

const countTexts = (texts: number) => count(texts, { one: "текст", few: "текста", many: "текстов", other: "текста" });
const { frame, items, none, reviewQueue, overview } = photoKitchen;

export const kitchen: KitchenTexts = {
  ...photoKitchen,
  frame: {
    ...frame,
    page: {
      ...frame.page,
      description: "Здесь учат темы: тексты, поправки, версии.",
      scriptNotice: "Кухне нужен JavaScript.",
      lead: "Называйте темы, показывайте тексты на каждую и следите за тем, что говорят люди.",
      teacherNote:
        "Вы вошли, чтобы добавлять тексты: вставляйте их или перетаскивайте файлы. Для остальной кухни нужен другой ключ, поэтому её здесь не видно.",
    },
  },
  overview: {
    ...overview,
    figures: { ...overview.figures, examples: "Тексты с метками" },
  },
  items: {
    ...items,
    section: {
      ...items.section,
      title: "Темы",
      note: "Впишите, вставьте или перетащите тексты: строки, файл CSV или TSV. Десять — хорошее начало; о каждой теме сказано, хватает ли ей текстов.",
    },
    add: {
      ...items.add,
      name: "Новая тема",
      example: "Возврат денег",
      photos: "Тексты",
      chosen: (files) => `Выбрано файлов: ${files}`,
      submit: "Добавить тему",
      added: (name) => `Тема «${name}» добавлена. Осталось показать тексты.`,
      addedWithPhotos: (_files, name) => `Тема «${name}» добавлена. Отправляю тексты.`,
    },
    card: { ...items.card, photos: (texts) => (texts === 0 ? "пока без текстов" : countTexts(texts)) },
    upload: {
      ...items.upload,
      drop: "Перетащите файл или выберите",
      bar: "Отправка текстов",
      progress: (done, total) => `Отправлено: ${done} из ${total}`,
      refused: "Непринятые тексты",
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
        const words = parts.map(([word, n], at) => `${word}: ${at === 0 ? countTexts(n) : n}`).join(", ");
        return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
      },
    },
  },
  none: { ...none, note: "Тексты не на ваши темы. По ним я учусь так и говорить; ответом они не бывают." },
  reviewQueue: { ...reviewQueue, card: { ...reviewQueue.card, noPicture: "Копии текста нет" } },
};
