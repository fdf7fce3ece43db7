/** The nouns of a deployment that reads texts, beside a number: 1 текст, 2 темы, 5 тем. */
import { count } from "../../ru/words.ts";

export const countTexts = (texts: number) =>
  count(texts, { one: "текст", few: "текста", many: "текстов", other: "текста" });
/** After «на», «по» or «из». */
export const ofTexts = (texts: number) => count(texts, { one: "текста", other: "текстов" });
export const countTopics = (topics: number) => count(topics, { one: "тема", few: "темы", many: "тем", other: "темы" });
