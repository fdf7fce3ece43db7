/** What greets the owner of an empty deployment, in Russian. */
import { EXAMPLE_NOTES } from "../../../example-note.ts";
import type { KitchenTexts } from "../en.ts";

export const firstRun: KitchenTexts["firstRun"] = {
  title: "Добро пожаловать. Всему можно научить за минуту",
  steps: [
    "Назовите два блюда в разделе «Меню».",
    "Перетащите на каждое несколько фото или покажите его там же камере. Для начала хватит десяти.",
    "Нажмите «Обучить».",
  ],
  tryIt: { before: "Откройте ", link: "страницу гостей", after: " и попробуйте." },
  example:
    "Нет фото под рукой? Начните с трёх пицц, нарисованных для этого проекта, по восемь картинок. О настоящих фото они ничего не говорят, и убрать их можно одной кнопкой.",
  load: "Загрузить пример меню",
  itemNote: EXAMPLE_NOTES.ru,
  removal: {
    note: (names) => `Это пример: ${names}. По рисункам я не узнаю настоящих фото.`,
    button: "Убрать пример",
    done: "Пример убран вместе со всем, что было по нему выучено.",
  },
  showing: (name) => `Показываю: ${name}…`,
  tryAsGuest: "Попробовать как гость",
};
