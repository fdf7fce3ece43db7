/** What greets the owner of an empty deployment that reads texts, in Russian. */
import type { KitchenTexts } from "../../en.ts";
import { firstRun as ofPhotos } from "../../ru/first-run.ts";

export const firstRun: KitchenTexts["firstRun"] = {
  ...ofPhotos,
  steps: [
    "Назовите две темы в разделе «Темы», например «Возврат денег» и «Вопрос».",
    "Вставьте для каждой несколько сообщений, по одному в строке, или перетащите туда файл. Для начала хватит десяти.",
    "Нажмите «Обучить».",
  ],
  example:
    "Нет сообщений под рукой? Начните с почты для примера: тридцать писем в пиццерию на три темы, придуманных для этого проекта, на английском. Убрать их можно одной кнопкой.",
  load: "Загрузить почту для примера",
  removal: {
    ...ofPhotos.removal,
    note: (names) => `Это пример: ${names}. Письма придуманы, о ваших они говорят мало.`,
  },
};
