/** The limits of the deployment with their units, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { count, words } from "./words.ts";

const seconds = (amount: number) => count(amount, { one: "секунда", few: "секунды", many: "секунд", other: "секунды" });

export const limits: KitchenTexts["keys"]["limits"] = {
  title: "Ограничения",
  heads: ["Что ограничено", "Не больше"],
  loadNames: async () => (await import("./limit-names.ts")).limitNames,
  anyNumber: "сколько угодно",
  bytes: (amount) => count(amount, { one: "байт", few: "байта", many: "байт", other: "байта" }),
  kilobytes: (amount) => `${words.formatCount(amount)}\u00a0КБ`,
  megabytes: (amount) => `${words.formatCount(amount)}\u00a0МБ`,
  seconds,
  minutes: (amount) => count(amount, { one: "минута", few: "минуты", many: "минут", other: "минуты" }),
  hours: (amount) => count(amount, { one: "час", few: "часа", many: "часов", other: "часа" }),
  days: (amount) => count(amount, { one: "день", few: "дня", many: "дней", other: "дня" }),
};
