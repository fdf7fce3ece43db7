/** Corrections from guests, labels in doubt and what guests miss, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { count } from "./words.ts";

export const reviews: KitchenTexts["reviews"] = {
  section: {
    title: "Поправки гостей",
    note: "Принятое учитывается со следующего обучения.",
  },
  empty: "Смотреть пока нечего. Поправки гостей будут ждать вас здесь.",
  poolSection: {
    title: "Где уверенности меньше всего",
    note: "Ваш ответ здесь научит меня большему, чем любой другой: тут есть сомнения, и все фото разные.",
  },
  doubtsSection: {
    title: "Метки под сомнением",
    note: "Против них говорят все остальные фото. Вам виднее: само ничего не меняется.",
  },
  doubts: {
    empty: "Ни одна метка не вызывает сомнений.",
    title: (given, suggested) => `Метка «${given}». А может, это «${suggested}»?`,
    about: (words, photo) => `${words}: фото ${photo}`,
    confirm: (given) => `Это «${given}»`,
    confirmed: (photo, given) => `Значит, на фото ${photo} «${given}». Больше не спрошу.`,
    change: (suggested) => `Изменить на «${suggested}»`,
    changed: (photo, suggested) => `Со следующего обучения фото ${photo} относится к блюду «${suggested}».`,
    forget: "Забыть",
    forgotten: (photo) => `Фото ${photo} забыто. После следующего обучения я не буду его учитывать.`,
    copies: {
      title: (name, other) => `У одного и того же фото разные метки: «${name}» и «${other}». Что на нём?`,
      settled: (name) => `Значит, на фото и его копиях «${name}». Больше не спрошу.`,
      forget: "Забыть вместе с копиями",
      forgotten: "Фото и его копии забыты. После следующего обучения я не буду их учитывать.",
    },
  },
  suggestions: {
    title: "Чего не хватает гостям",
    note: "Их собственными словами.",
    noteForAdmin: "Добавьте это в меню или уберите из списка.",
    demand: (guests) =>
      count(guests, {
        one: "гость спрашивал:",
        few: "гостя спрашивали:",
        many: "гостей спрашивали:",
        other: "гостя спрашивали:",
      }),
    add: "Внести в меню",
    addIt: (wish) => `Внести в меню: ${wish}`,
    done: "Убрать из списка",
    doneWith: (wish) => `Убрать из списка: ${wish}`,
    gone: (wish) => `Убрано из списка: ${wish}.`,
  },
};
