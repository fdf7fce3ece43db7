/** Words of the API that tell more than the code of a problem, where they speak of texts. In Russian. */
import type { Pattern } from "../../patterns.ts";
import { PROBLEM_DETAILS as OF_PHOTOS } from "../../ru/problem-details.ts";

const OF_TEXTS: readonly Pattern[] = [
  [
    /The menu already has an item that goes by "(.*)" or one of the aliases\./s,
    (name) => `Уже есть тема, которая зовётся «${name}» или одним из других названий.`,
  ],
  [
    /The menu already has an item with the id "(.*)"\. .*/s,
    (id) => `Код «${id}» уже занят. Не указывайте код или возьмите другой.`,
  ],
  [
    /The archived item ".*?" is called "(.*)"\. Restore it, or give the new item another name\./s,
    (name) => `Тема «${name}» лежит в архиве. Верните её или назовите новую тему иначе.`,
  ],
  [/There is no menu item "(.*?)"\.(?: GET \/v1\/menu .*)?/s, (topic) => `Темы «${topic}» нет.`],
  [
    /The menu item "(.*?)" was merged into "(.*?)"\. Use that one\./s,
    (topic, target) => `Тема «${topic}» объединена с «${target}». Выберите ту.`,
  ],
  [
    /"(.*?)" was merged into "(.*?)" and has no examples of its own\. Add a new item instead\./s,
    (topic, target) => `Тема «${topic}» объединена с «${target}», своих текстов у неё нет. Добавьте новую.`,
  ],
  [
    /The menu item "(.*?)" is archived\. Restore it first, or choose another one\./s,
    (topic) => `Тема «${topic}» в архиве. Сначала верните её или выберите другую.`,
  ],
  [
    /The menu item "(.*?)" is archived\. Restore it first, or reject this\./s,
    (topic) => `Тема «${topic}» в архиве. Сначала верните её или отклоните поправку.`,
  ],
  [/into: an item cannot be merged into itself\./, () => "Тему нельзя объединить с ней самой."],
  [/There is no such example\..*/, () => "Этого текста больше нет."],
  [
    /The photo's label has been changed since\. Relabel or forget it instead\./,
    () => "Метку текста с тех пор изменили. Смените её ещё раз или удалите текст.",
  ],
  [
    /The item that the photo belonged to before is gone\. Relabel it instead\./,
    () => "Темы, к которой относился текст, больше нет. Дайте тексту другую метку.",
  ],
  [
    /The weights of head (\d+) have been deleted:.*/,
    (version) =>
      `Веса версии ${version} удалены: она старая или видела тексты, которые нужно было забыть. Возьмите другую.`,
  ],
  [
    /This needs the role label; the key that was sent has (\w+)\./,
    () => "Для этого нужна роль «добавлять тексты»: у этого ключа прав меньше.",
  ],
  [
    /The kitchen needs a key with the role .*; this one has label\./,
    () => "С этим ключом на кухню нельзя: его роль — добавлять тексты.",
  ],
];

export const PROBLEM_DETAILS: readonly Pattern[] = [...OF_TEXTS, ...OF_PHOTOS];
