/** The kitchen's frame, its door and what it says when something fails, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { sayAll } from "../say.ts";
import { explain, prepareToExplain } from "./problems.ts";
import { workTexts } from "./said/work.ts";

export const frame: KitchenTexts["frame"] = {
  tell: (text, says) => sayAll(says, workTexts) ?? text,
  prepareToExplain,
  explain,
  page: {
    title: "Кухня · Headstart",
    description: "Здесь учат меню: блюда, фото, поправки, версии.",
    scriptNotice: "Кухне нужен JavaScript: браузер уменьшает фото перед отправкой.",
    site: "Сайт",
    guestsPage: "Страница гостей",
    signOut: "Выйти",
    heading: "Кухня",
    reviewerNote:
      "Вы вошли, чтобы разбирать поправки: поправки, метки под сомнением и фото — ваши. Меню, обучение, версии и ключи меняют с ключом администратора, поэтому здесь этого не видно.",
    teacherNote:
      "Вы вошли, чтобы добавлять фото к блюдам в меню. Для остальной кухни нужен другой ключ, поэтому её здесь не видно.",
  },
  places: { today: "Сегодня", item: "Блюдо", look: "Поближе", map: "Карта меню", settings: "Настройки" },
  toItems: "К меню",
  lookCloser: "Просмотреть всё разом",
  leaveIt: "Оставить как есть",
  noSuchItem: "Такого блюда нет. Возможно, его удалили.",
  door: {
    heading: "Кухня",
    note: {
      before:
        "Войдите со своим ключом или с токеном администратора. На своём компьютере откройте ссылку, которую выводит ",
      between: "; на сервере токен хранится в секрете ",
      after: ", который задают при публикации.",
    },
    field: "Ключ или токен администратора",
    submit: "Войти",
    refused: "Это не ключ и не токен администратора.",
    linkRefused:
      "Эта ссылка для входа больше не действует: каждая срабатывает один раз в течение десяти минут. Нажмите Enter там, где запущен npm start, и вы получите новую.",
  },
  sessionEnded: "Время входа истекло.",
  signInAgain: "Войти ещё раз",
  tryAgain: "Повторить",
  showMore: "Показать ещё",
  partMissing: "Эта часть страницы не загрузилась. Проверьте соединение и обновите страницу.",
  reload: "Обновить страницу",
  outdated: (why) => `Страница могла устареть. ${why}`,
};
