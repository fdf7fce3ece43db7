/** What is done rarely to an item: looking through its photos, merging, deleting. In Russian. */
import type { KitchenTexts } from "../en.ts";
import { count, words } from "./words.ts";

const countPhotos = (photos: number) => count(photos, { other: "фото" });

export const itemTools: KitchenTexts["itemTools"] = {
  tools: {
    photos: { title: "Фото", name: (item) => `Фото: ${item}` },
    merge: { title: "Объединить", name: (item) => `Объединить: ${item}` },
    delete: { title: "Удалить", name: (item) => `Удалить: ${item}` },
  },
  merge: {
    into: "Объединить с блюдом",
    alone: "В меню нет другого блюда, с которым его можно объединить.",
    meaning: (photos, from, into) => {
      const moved = photos === 1 ? "Единственное фото перейдёт" : `Все ${countPhotos(photos)} перейдут`;
      return `${photos === 0 ? "" : `${moved} к блюду «${into}». `}Поправки, которые ждут решения по блюду «${from}», станут поправками к блюду «${into}». «${from}» уйдёт из меню. Одним шагом это не отменить.`;
    },
    submit: (into) => `Объединить с «${into}»`,
    done: (from, into) =>
      `«${from}» теперь часть блюда «${into}». Запустите обучение, чтобы это узнала и действующая версия.`,
  },
  delete: {
    meaning: (photos, name) => {
      const all = photos === 1 ? "Единственное фото будет забыто." : `Все ${countPhotos(photos)} будут забыты.`;
      const forgotten = photos === 0 ? "Фото у него нет." : all;
      return `Блюдо «${name}» и поправки, которые ждут решения по нему, будут удалены навсегда. ${forgotten} Следующее обучение создаст версию, которая его никогда не видела, а прежние исчезнут. Вернуть ничего нельзя.`;
    },
    confirm: (name) => `Чтобы подтвердить, введите «${name}»`,
    otherName: (name) => `Это не «${name}». Ничего не удалено.`,
    submit: "Удалить навсегда",
    done: (photos, name, corrections) => {
      const gone = [
        ...(photos > 0 ? [countPhotos(photos)] : []),
        ...(corrections > 0 ? [count(corrections, { one: "поправкой", other: "поправками" })] : []),
      ].join(" и ");
      return `Блюдо «${name}» удалено${gone === "" ? "" : ` вместе с ${gone}`}. Запустите обучение, чтобы появилась версия, которая его никогда не видела.`;
    },
  },
  photos: {
    list: (name) => `Фото блюда «${name}»`,
    empty: "Фото пока нет.",
    note: "Если картинка не хранится, фото обозначено своим отпечатком.",
    more: "Ещё фото",
    setAside: "Для проверки",
    setPhotoAside: (photo) => `Только для проверки: ${photo}`,
    isAside: (photo) => `Отложено: ${photo}. По этому примеру проверяют версии, и они на нём больше не учатся.`,
    isBack: (photo) => `Возвращено: ${photo}. Следующее обучение снова выучит этот пример.`,
    setItemAside: "Отложить пятую часть для проверки",
    setAsideDone: (photos) =>
      photos === 0
        ? "Откладывать больше нечего: пятая часть уже отложена, или всего их меньше пяти."
        : `Отложено: ${photos}. Следующее обучение создаст версию без них.`,
    giveItemBack: "Вернуть в обучение",
    givenBack: (photos) =>
      photos === 0 ? "Возвращать нечего." : `Возвращено: ${photos}. Следующее обучение снова их выучит.`,
    forget: "Забыть",
    forgetPhoto: (photo) => `Забыть фото ${photo}`,
    forgotten: (photo) => `Фото ${photo} забыто. После следующего обучения я не буду его учитывать.`,
    move: "Перенести",
    movePhoto: (photo) => `Перенести фото ${photo}`,
    moveTo: (photo) => `К какому блюду перенести фото ${photo}`,
    moved: (photo, item) => `Со следующего обучения фото ${photo} относится к блюду «${item}».`,
  },
};

export const samples: KitchenTexts["samples"] = {
  picture: "Что на этом фото",
  sources: { admin: "от сотрудников", import: "импортировано", guest: "от гостя" },
  learned: "выучено",
  notLearned: "ещё не выучено",
  confirmed: "подтверждено",
  aside: "отложено для проверки",
  notYetAside: "отложено для проверки со следующего обучения",
  doubt: (suggested, itsScore, given, givenScore) =>
    `Судя по остальным фото, это скорее «${suggested}» (${words.formatScore(itsScore)}), чем «${given}» (${words.formatScore(givenScore)}).`,
};
