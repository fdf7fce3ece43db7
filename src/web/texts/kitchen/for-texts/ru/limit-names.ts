/** What each limit is of where texts are read, in Russian: comes when somebody opens the list. */
import { limitNames as ofPhotos } from "../../ru/limit-names.ts";

export const limitNames = {
  ...ofPhotos,
  embeddingBytes: "Размер чисел, полученных из текста на устройстве",
  textCharacters: "Знаки в одном тексте",
  previewCharacters: "Знаки в копии текста, которая приходит с поправкой",
  batchTexts: "Тексты в одном запросе",
  batchBytes: "Размер одного запроса с несколькими текстами",
  headBytes: "Размер одной версии: хватает примерно на 1000 тем",
  itemName: "Знаки в названии темы",
  itemDescription: "Знаки в описании темы",
  itemAliases: "Другие названия одной темы",
  itemLanguages: "Языки, на которые переводят название темы",
};
