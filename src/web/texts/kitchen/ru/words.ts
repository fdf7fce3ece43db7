/** Numbers, lists and moments as the kitchen writes them in Russian. */
import { createCounter, createScoreFormat, createShareFormat, createTenthsFormat } from "../../plural.ts";
import type { KitchenTexts } from "../en.ts";

/** A number before the form of the word that it takes: `1 фото`, `2 позиции`, `5 позиций`. */
export const count = createCounter("ru");
const figures = new Intl.NumberFormat("ru");
const lists = new Intl.ListFormat("ru", { type: "conjunction" });

/** A measure with one place behind the point. */
export const formatTenths = createTenthsFormat("ru");

export const words: KitchenTexts["words"] = {
  formatScore: createScoreFormat("ru"),
  formatShare: createShareFormat("ru"),
  formatCount: (amount) => figures.format(amount),
  joinNames: (names) => lists.format(names),
  counted: (right, of, low, high) => `примерно ${right} из ${of}, вероятно, от ${low} до ${high}`,
  dates: "ru",
  loading: "Загрузка",
};
