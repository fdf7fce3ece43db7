/** What the audit log tells of where texts are read, in Russian. */
import type { KitchenTexts } from "../../en.ts";
import { audit as ofPhotos } from "../../ru/audit.ts";
import { count } from "../../ru/words.ts";
import { countTexts } from "./words.ts";

/** `12 текстов и 2 поправки`; corrections that are zero are left out. */
function countForgotten(texts: number, corrections: number): string {
  const told = countTexts(texts);
  if (!(corrections > 0)) return told;
  return `${told} и ${count(corrections, { one: "поправка", few: "поправки", many: "поправок", other: "поправки" })}`;
}

export const audit: KitchenTexts["history"]["audit"] = {
  ...ofPhotos,
  "class.create": ({ item }) => `Тема «${item}» добавлена.`,
  "class.change": ({ item }) => `Тема «${item}» изменена.`,
  "class.merge": ({ item, into }) => `Тема «${item}» объединена с темой «${into}».`,
  "class.delete": ({ item, photos, corrections }) =>
    `Тема «${item}» удалена навсегда. Забыто: ${countForgotten(photos, corrections)}.`,
  "classes.order": () => "Темы идут в другом порядке.",
  "examples.label": ({ item, photos, moved }) => {
    if (photos === 0) return `Тексты получили метку «${item}».`;
    const before = moved > 0 ? `; раньше с другой меткой: ${moved}` : "";
    return `Метку «${item}» ${photos === 1 ? "получил" : "получили"} ${countTexts(photos)}${before}.`;
  },
  "example.relabel": ({ to }) => `Метка текста исправлена на «${to}».`,
  "pool.dismiss": () => "Текст, в котором не было уверенности, убран без метки.",
  "pool.empty": ({ photos }) => `Всё, в чём не было уверенности, убрано без метки: ${countTexts(photos)}.`,
  "photos.forget": ({ photos, corrections }) => `Забыто: ${countForgotten(photos, corrections)}.`,
  "contributor.forget": ({ photos, corrections }) =>
    `Забыто всё от одного отправителя: ${countForgotten(photos, corrections)}.`,
};
