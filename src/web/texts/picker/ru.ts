/** The list of items to choose from, which guests and staff both have, in Russian. */
import type { PickerTexts } from "./en.ts";

export const picker: PickerTexts = {
  title: "Что это на самом деле?",
  list: "Блюда в меню",
  find: "Найти блюдо",
  narrow: "Введите название",
  none: "В меню нет ничего с таким названием.",
  back: "Назад",
  somethingElse: "Что-то другое",
};
