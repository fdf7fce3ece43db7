/** Problems of items and places, in Russian. */
import type { MenuTexts } from "../../../../../shared/english/catalogue.ts";
import { count } from "../words.ts";

export const menu: MenuTexts = {
  name_taken: ({ name }) => `В меню уже есть блюдо, которое зовётся «${name}» или одним из других названий.`,
  id_taken: ({ id }) => `Код «${id}» в меню уже занят. Не указывайте код или возьмите другой.`,
  name_archived: ({ name }) => `Блюдо «${name}» лежит в архиве. Верните его или назовите новое блюдо иначе.`,
  no_such_label: ({ item }) => `Блюда «${item}» в меню нет.`,
  no_such_item: ({ item }) => `Блюда «${item}» в меню нет.`,
  no_such_item_of_correction: ({ item }) => `Блюда «${item}» в меню нет.`,
  none_is_no_item: () => "Эта метка — не блюдо: её нельзя изменить, объединить или удалить.",
  item_merged: ({ item, into }) => `Блюдо «${item}» объединено с «${into}». Выберите то.`,
  item_merged_before: ({ item, into }) => `Блюдо «${item}» уже объединено с «${into}».`,
  merged_item_is_empty: ({ item, into }) =>
    `Блюдо «${item}» объединено с «${into}», своих фото у него нет. Добавьте новое.`,
  item_archived: ({ item }) => `Блюдо «${item}» в архиве. Сначала верните его или выберите другое.`,
  item_of_correction_archived: ({ item }) => `Блюдо «${item}» в архиве. Сначала верните его или отклоните поправку.`,
  item_off_for_a_moment: ({ item }) => `Блюдо «${item}» на мгновение пропало из меню. Отправьте ещё раз.`,
  merged_into_itself: () => "Блюдо нельзя объединить с ним самим.",
  item_not_learnt: ({ version, item }) => `Версия ${version} не знает блюда «${item}» или не отвечает им.`,
  order_names_unknown: ({ item }) => `Блюда «${item}» в меню нет. Обновите страницу.`,
  order_names_twice: ({ item }) => `Блюдо «${item}» названо дважды. Обновите страницу.`,
  order_lacks_items: ({ count: missing, item }) =>
    `Не хватает ${count(missing, { one: "блюда", other: "блюд" })}, например «${item}». Обновите страницу.`,
  place_name_taken: ({ name }) => `Место с названием «${name}» уже есть. Дайте этому месту другое название.`,
  place_exists: ({ place }) => `Место с кодом «${place}» уже есть.`,
  too_many_places: ({ limit }) => `Мест уже ${limit}, больше нельзя. Удалите то, которое больше не нужно.`,
  no_such_place: ({ place }) => `Места «${place}» нет.`,
};
