/** What is said in Russian when something fails where texts are read. */
import { createExplainer, PROBLEMS } from "../../ru/problems.ts";

export const { explain, prepareToExplain } = createExplainer(
  {
    ...PROBLEMS,
    unsupported_media_type: "Здесь я читаю тексты. Подойдут строки, CSV и TSV.",
    invalid_embedding: "Числа, полученные из текста, не годятся. Отправьте сам текст.",
    head_purged: "Веса этой версии удалены: она старая или видела тексты, которые нужно было забыть. Возьмите другую.",
    unknown_class: "Такой темы нет.",
    class_exists: "Такая тема уже есть.",
    class_archived: "Эта тема в архиве. Сначала верните её или выберите другую.",
    overloaded: "Сейчас приходит больше текстов, чем можно прочитать. Попробуйте через несколько секунд.",
  },
  async () => (await import("./said-problems.ts")).problemTexts,
);
