/** What I am least sure of where texts are read, in Russian. */
import type { PoolTexts } from "../../en/pool.ts";
import { pool as ofPhotos } from "../../ru/pool.ts";

export const pool: PoolTexts = {
  ...ofPhotos,
  blind:
    "Некоторые ждут без текста, и сказать, о чём они, никто не может: текст сохраняет POOL_KEEPS_COPIES в wrangler.toml.",
  what: "О чём это?",
  none: "Значит, ни одна тема не подходит. Учитывается со следующего обучения.",
  picture: "Что было написано",
};
