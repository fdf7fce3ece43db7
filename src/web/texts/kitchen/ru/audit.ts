/** What the audit log tells of, a sentence for each action, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { count } from "./words.ts";

/** `12 фото и 2 поправки`; corrections that are zero are left out. */
function countForgotten(photos: number, corrections: number): string {
  const told = count(photos, { other: "фото" });
  if (!(corrections > 0)) return told;
  return `${told} и ${count(corrections, { one: "поправка", few: "поправки", many: "поправок", other: "поправки" })}`;
}

export const audit: KitchenTexts["history"]["audit"] = {
  "class.create": ({ item }) => `Блюдо «${item}» добавлено в меню.`,
  "class.change": ({ item }) => `Блюдо «${item}» изменено.`,
  "class.merge": ({ item, into }) => `Блюдо «${item}» объединено с блюдом «${into}».`,
  "class.delete": ({ item, photos, corrections }) =>
    `Блюдо «${item}» удалено навсегда. Забыто: ${countForgotten(photos, corrections)}.`,
  "classes.order": () => "Блюда в меню идут в другом порядке.",
  "examples.label": ({ item }) => `Фото получили метку «${item}».`,
  "example.relabel": ({ to }) => `Метка фото исправлена на «${to}».`,
  "example.confirm": () => "Метка под сомнением подтверждена.",
  "reviews.decide": () => "Приняты решения по поправкам.",
  "reviews.accept": () => "Поправки приняты: гости сошлись во мнении.",
  "reviews.undo": () => "Решения по поправкам отменены.",
  "reviews.skip": () => "Поправки отложены на потом.",
  "photos.forget": ({ photos, corrections }) => `Забыто: ${countForgotten(photos, corrections)}.`,
  "contributor.forget": ({ photos, corrections }) =>
    `Забыто всё от одного отправителя: ${countForgotten(photos, corrections)}.`,
  "head.activate": ({ version, hold }) =>
    `Версия ${version} стала действующей${hold ? ", следующие будут придержаны" : ""}.`,
  "head.pin": ({ version }) => `Версия ${version} закреплена.`,
  "head.unpin": ({ version }) => `Версия ${version} больше не закреплена.`,
  "training.run": () => "Обучение запущено вручную.",
  "keys.make": ({ role }) => `Создан ключ, который ${role}.`,
  "keys.rotate": () => "Ключ получил новый секрет.",
  "keys.revoke": () => "Ключ отозван.",
  "import.merge": () => "Файл экспорта объединён с тем, что было здесь.",
  "import.abort": () => "Восстановление прервано.",
};
