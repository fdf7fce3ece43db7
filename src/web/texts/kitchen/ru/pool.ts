/** What I am least sure of, in Russian. */
import type { PoolTexts } from "../en/pool.ts";

export const pool: PoolTexts = {
  empty: "Здесь пока ничего нет.",
  blind:
    "Некоторые ждут без картинки, и сказать, что на них, никто не может: картинку сохраняет POOL_KEEPS_COPIES в wrangler.toml.",
  reasons: { unknown: "Не похоже ни на что знакомое", undecided: "Трудно выбрать" },
  what: "Что это?",
  share: (name, share) => `${name} — ${share}`,
  is: (name) => `Это «${name}»`,
  labelled: (name) => `Значит, это «${name}». Учитывается со следующего обучения.`,
  none: "Значит, этого нет в меню. Учитывается со следующего обучения.",
  leaveOut: "Пропустить",
  leaveOutIt: "Пропустить: это ничему не научит",
  leftOut: "Пропущено. Это ничему не научит.",
  gone: "Кто-то вас опередил: это больше не ждёт ответа.",
  picture: "Что было на фото",
};
