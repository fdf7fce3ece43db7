/** What greets the owner of an empty deployment, in Russian. */
import type { KitchenTexts } from "../en.ts";

export const firstRun: KitchenTexts["firstRun"] = {
  title: "Добро пожаловать. Всему можно научить за минуту",
  steps: [
    "Назовите два блюда в разделе «Меню» ниже.",
    "Перетащите на каждое несколько фото. Для начала хватит десяти.",
    "Нажмите «Обучить».",
  ],
  tryIt: { before: "Откройте ", link: "страницу гостей", after: " и попробуйте." },
  example:
    "Нет фото под рукой? Начните с трёх пицц, нарисованных для этого проекта, по восемь картинок. Потом их можно удалить.",
  load: "Загрузить пример меню",
  showing: (name) => `Показываю: ${name}…`,
  tryAsGuest: "Попробовать как гость",
};
