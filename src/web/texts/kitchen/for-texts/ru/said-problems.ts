/** Every sentence that a problem can say where texts are read, in Russian: those that speak of photos or of a menu are replaced. */
import type { ProblemTexts } from "../../../../../shared/english/catalogue.ts";
import type { Role } from "../../../../../shared/role.ts";
import { nameRole as nameRoleForPhotos } from "../../ru/said/figures.ts";
import { problemTexts as ofPhotos } from "../../ru/said/problems.ts";
import { count } from "../../ru/words.ts";

const nameRole = (role: Role) => (role === "label" ? "добавлять тексты" : nameRoleForPhotos(role));
const topics = (amount: number) => count(amount, { one: "темы", other: "тем" });

export const problemTexts: ProblemTexts = {
  ...ofPhotos,
  photos_missing: ({ missing }) =>
    `Для новой нейросети не посчитано примеров: ${missing}. Найдите их тексты или назовите те, что можно оставить.`,
  nothing_to_draw: () => "Рисовать нечего: для карты нужны две темы, выученные по примерам.",
  needs_key: ({ least }) => `Для этого нужно войти с ключом, роль которого — «${nameRole(least)}».`,
  needs_role: ({ least, role }) => `Для этого нужна роль «${nameRole(least)}», а у этого ключа — «${nameRole(role)}».`,
  kitchen_needs_role: ({ role }) => `С этим ключом на кухню нельзя: его роль — ${nameRole(role)}.`,
  no_room: () => "Сейчас приходит больше текстов, чем можно прочитать. Попробуйте через несколько секунд.",
  name_taken: ({ name }) => `Уже есть тема, которая зовётся «${name}» или одним из других названий.`,
  id_taken: ({ id }) => `Код «${id}» уже занят. Не указывайте код или возьмите другой.`,
  name_archived: ({ name }) => `Тема «${name}» лежит в архиве. Верните её или назовите новую тему иначе.`,
  no_such_label: ({ item }) => `Темы «${item}» нет.`,
  no_such_item: ({ item }) => `Темы «${item}» нет.`,
  no_such_item_of_correction: ({ item }) => `Темы «${item}» нет.`,
  none_is_no_item: () => "Эта метка — не тема: её нельзя изменить, объединить или удалить.",
  item_merged: ({ item, into }) => `Тема «${item}» объединена с «${into}». Выберите ту.`,
  item_merged_before: ({ item, into }) => `Тема «${item}» уже объединена с «${into}».`,
  merged_item_is_empty: ({ item, into }) =>
    `Тема «${item}» объединена с «${into}», своих текстов у неё нет. Добавьте новую.`,
  item_archived: ({ item }) => `Тема «${item}» в архиве. Сначала верните её или выберите другую.`,
  item_of_correction_archived: ({ item }) => `Тема «${item}» в архиве. Сначала верните её или отклоните поправку.`,
  item_off_for_a_moment: ({ item }) => `Тема «${item}» на мгновение пропала. Отправьте ещё раз.`,
  merged_into_itself: () => "Тему нельзя объединить с ней самой.",
  item_not_learnt: ({ version, item }) => `Версия ${version} не знает темы «${item}» или не отвечает ею.`,
  order_names_unknown: ({ item }) => `Темы «${item}» нет. Обновите страницу.`,
  order_names_twice: ({ item }) => `Тема «${item}» названа дважды. Обновите страницу.`,
  order_lacks_items: ({ count: missing, item }) =>
    `Не хватает ${topics(missing)}, например «${item}». Обновите страницу.`,
  no_such_example: () => "Этого текста больше нет.",
  no_picture_kept: () => "Копия этого текста не хранится.",
  nothing_to_explain: () => "Этого текста больше нет ни среди текстов с метками, ни среди поправок.",
  decided_before: () => "Об этом тексте и этой метке уже решили, решение остаётся.",
  label_changed_since: () => "Метку текста с тех пор изменили. Смените её ещё раз или удалите текст.",
  former_item_gone: () => "Темы, к которой относился текст, больше нет. Дайте тексту другую метку.",
  corrected_item_gone: () => "Темы, которую назвала поправка, больше нет. Дайте тексту другую метку.",
  too_few_items: ({ items, needed }) =>
    `Действующей версии ещё нет: тем ${items}, нужно хотя бы ${needed}. Добавьте темы и тексты.`,
  too_few_shown_items: ({ items, needed }) =>
    `Действующей версии ещё нет: тем с текстами ${items}, нужно хотя бы ${needed}. Добавьте тексты к другим.`,
  too_few_known_items: ({ items, needed }) =>
    `Действующей версии ещё нет: тем с текстами или описанием ${items}, нужно хотя бы ${needed}. Добавьте тексты к другим или опишите их.`,
  version_purged: ({ version }) =>
    `Веса версии ${version} удалены: она старая или видела тексты, которые нужно было забыть. Возьмите другую.`,
};
