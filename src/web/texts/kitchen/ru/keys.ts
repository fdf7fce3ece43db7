/** API keys and limits, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { limits } from "./limits.ts";

export const keys: KitchenTexts["keys"] = {
  section: {
    title: "Ключи",
    note: "Каждой программе и каждому человеку свой: тогда один можно отозвать, не трогая остальных.",
  },
  none: "Пока ни одного ключа. До первого хватает токена администратора.",
  form: {
    name: "Для чего он",
    example: "Касса у входа",
    role: "Что можно",
    choices: {
      classify: "спрашивать о фото",
      label: "спрашивать и учить",
      review: "спрашивать, учить и решать",
      admin: "всё",
    },
    life: "Сколько действует",
    lives: { month: "30 дней", quarter: "90 дней", year: "год", always: "без срока" },
    submit: "Создать ключ",
  },
  roles: {
    classify: "спрашивает о фото",
    label: "спрашивает и учит",
    review: "спрашивает, учит и решает о поправках",
    admin: "может всё",
  },
  dates: {
    revoked: "отозван",
    neverUsed: "ещё не использовался",
    lastUsed: "последний раз использован",
    endless: "без срока",
    expired: "истёк",
    worksUntil: "действует до",
  },
  secret: {
    title: (name) => `Секрет ключа «${name}»`,
    once: "Он показывается один раз. Сохраните его там, где хранят секреты.",
    onceForAdmin:
      "Он показывается один раз. Сохраните его там, где хранят секреты. Первый такой ключ занимает место токена администратора: теперь входите с ним.",
    copy: "Скопировать",
    copied: "Скопировано",
    copyByHand: "Нажмите Ctrl+C",
    kept: "Секрет сохранён",
  },
  places: "Места",
  fromPlace: (place) => `место: ${place}`,
  leaveIt: "Оставить как есть",
  rotate: {
    button: "Новый секрет",
    buttonOf: (name) => `Новый секрет: ${name}`,
    question: "Программы со старым секретом сразу потеряют доступ.",
    yes: "Создать новый секрет",
  },
  revoke: {
    button: "Отозвать",
    buttonOf: (name) => `Отозвать: ${name}`,
    question: "Ключ перестанет работать в течение полуминуты, навсегда.",
    yes: "Отозвать ключ",
    done: (name) => `Ключ «${name}» отозван.`,
  },
  limits,
};
