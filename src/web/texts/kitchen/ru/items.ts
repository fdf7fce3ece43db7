/** The menu: a new item, an item's card, the photos that are sent to it, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { count } from "./words.ts";

const countPhotos = (photos: number) => count(photos, { other: "фото" });

export const items: KitchenTexts["items"] = {
  section: {
    title: "Меню",
    note: "Добавьте к блюду его фото, и я научусь его узнавать. Десять — хорошее начало; о каждом блюде сказано, хватает ли ему фото.",
  },
  cameraTitle: "Учить с помощью камеры",
  empty: "Меню пустое. Назовите выше первое блюдо.",
  emptyForOthers: "Меню пустое: блюда называет администратор.",
  archivedItems: (items) => `В архиве: ${count(items, { one: "блюдо", few: "блюда", many: "блюд", other: "блюда" })}`,
  add: {
    name: "Новое блюдо",
    example: "Четыре сыра",
    description: "Описание",
    descriptionHint: "Его читают гости. Учусь я только по фото.",
    photos: "Фото",
    optional: "(необязательно)",
    chosen: (photos) => `Выбрано ${countPhotos(photos)}`,
    submit: "Добавить в меню",
    notLoaded: "Ничего не добавлено: страницу не удалось загрузить.",
    added: (name) => `«${name}» теперь в меню. Осталось показать фото.`,
    addedWithPhotos: (photos, name) => `«${name}» теперь в меню. Отправляю ${countPhotos(photos)}.`,
  },
  card: {
    photos: (photos) => (photos === 0 ? "пока без фото" : countPhotos(photos)),
    byDescription: "по описанию",
    mergedInto: (name) => `Объединено с блюдом «${name}».`,
    rename: "Изменить",
    renameItem: (name) => `Изменить: ${name}`,
    archive: "В архив",
    archiveItem: (name) => `В архив: ${name}`,
    restore: "Вернуть",
    restoreItem: (name) => `Вернуть в меню: ${name}`,
  },
  rename: { name: "Название", description: "Описание", save: "Сохранить" },
  cancel: "Отмена",
  write: {
    handedOn: (service) =>
      `Тексты, которым вы здесь учите, и описания тем передаются в ${service}: их читает эта служба.`,
    placeholder: "Впишите или вставьте тексты, по одному в строке",
    field: (item) => `Тексты: ${item}, по одному в строке`,
    teach: "Научить",
    teachItem: (item) => `Научить: ${item}`,
    file: "Выбрать файл",
    chooseFor: (item) => `Выбрать файл: ${item}`,
    noText: "Не могу прочитать. Сохраните его как CSV или как обычный текст.",
    nothingOf: (item) => `В нём нет текстов для темы «${item}».`,
  },
  upload: {
    drop: "Перетащите фото или выберите",
    choose: (name) => `Перетащите фото или выберите: ${name}`,
    bar: "Отправка фото",
    progress: (done, total) => `Отправлено ${done} из ${countPhotos(total)}`,
    goOn: "Продолжить",
    refused: "Непринятые фото",
    tooLarge: "Слишком большое, а уменьшить его этот браузер не может.",
    summary: ({ stored, relabelled, duplicates, pending, refused }) => {
      const parts = [
        ["добавлено", stored] as const,
        ["перенесено из другого блюда", relabelled] as const,
        ["уже известно", duplicates] as const,
        ["ждёт проверки (у фото уже другое блюдо)", pending] as const,
        ["не принято", refused] as const,
      ].filter(([, photos]) => photos > 0);
      if (parts.length === 0) return "Ничего не добавлено.";
      // The first figure says of what: «Добавлено 2 фото, не принято 3.»
      const words = parts.map(([word, photos], at) => `${word} ${at === 0 ? countPhotos(photos) : photos}`).join(", ");
      return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
    },
  },
};
