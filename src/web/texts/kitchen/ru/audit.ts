/** What the audit log tells of, a sentence for each action, in Russian. */
import type { AuditFacts } from "../en/audit.ts";
import type { KitchenTexts } from "../en.ts";
import { count } from "./words.ts";

/** `12 фото и 2 поправки`; corrections that are zero are left out. */
function countForgotten(photos: number, corrections: number): string {
  const told = count(photos, { other: "фото" });
  if (!(corrections > 0)) return told;
  return `${told} и ${count(corrections, { one: "поправка", few: "поправки", many: "поправок", other: "поправки" })}`;
}

const amount = (number: number) => (number === 0 ? "" : `: ${number}`);

/** `: принято 3, отклонено 1`; nothing where none is counted. */
function listDecided({ accepted, relabelled, rejected }: AuditFacts): string {
  const parts = [
    accepted > 0 ? `принято ${accepted}` : "",
    relabelled > 0 ? `с другой меткой ${relabelled}` : "",
    rejected > 0 ? `отклонено ${rejected}` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `: ${parts.join(", ")}`;
}

export const audit: KitchenTexts["history"]["audit"] = {
  "class.create": ({ item }) => `Блюдо «${item}» добавлено в меню.`,
  "class.change": ({ item }) => `Блюдо «${item}» изменено.`,
  "class.merge": ({ item, into }) => `Блюдо «${item}» объединено с блюдом «${into}».`,
  "class.delete": ({ item, photos, corrections }) =>
    `Блюдо «${item}» удалено навсегда. Забыто: ${countForgotten(photos, corrections)}.`,
  "classes.order": () => "Блюда в меню идут в другом порядке.",
  "examples.label": ({ item, photos, moved }) => {
    if (photos === 0) return `Фото получили метку «${item}».`;
    const before = moved > 0 ? `; раньше с другой меткой: ${moved}` : "";
    return `Метку «${item}» ${photos === 1 ? "получило" : "получили"} ${count(photos, { other: "фото" })}${before}.`;
  },
  "example.relabel": ({ to }) => `Метка фото исправлена на «${to}».`,
  "example.confirm": () => "Метка под сомнением подтверждена.",
  "example.purpose": ({ isTest }) =>
    isTest ? "Пример отложен для проверки: на нём больше не учатся." : "Пример снова служит для обучения.",
  "testSet.change": ({ isTest, photos }) =>
    isTest ? `Отложено для проверки: ${photos}.` : `Возвращено в обучение: ${photos}.`,
  "reviews.decide": (facts) => `Приняты решения по поправкам${listDecided(facts)}.`,
  "reviews.accept": ({ corrections }) =>
    `Поправки приняты${corrections === 0 ? "" : ` (${corrections})`}: гости сошлись во мнении.`,
  "reviews.undo": ({ corrections }) => `Решения по поправкам отменены${amount(corrections)}.`,
  "reviews.skip": ({ corrections }) => `Поправки отложены на потом${amount(corrections)}.`,
  "pool.dismiss": () => "Фото, в котором не было уверенности, убрано без метки.",
  "pool.empty": ({ photos }) =>
    `Всё, в чём не было уверенности, убрано без метки: ${count(photos, { other: "фото" })}.`,
  "place.create": ({ place }) => `Добавлено место «${place}».`,
  "place.change": ({ place }) => `Место «${place}» изменено.`,
  "place.delete": ({ place }) => `Место «${place}» удалено.`,
  "webhook.create": ({ webhook }) => `Добавлен адрес для оповещений ${webhook}.`,
  "webhook.change": ({ webhook }) => `Адрес для оповещений ${webhook} изменён.`,
  "webhook.delete": ({ webhook }) => `Адрес для оповещений ${webhook} удалён.`,
  "webhook.rotate": ({ webhook }) => `Адрес для оповещений ${webhook} получил новый секрет.`,
  "webhook.test": ({ webhook }) => `На адрес для оповещений ${webhook} отправлено пробное сообщение.`,
  "webhook.redeliver": ({ webhook }) => `На адрес для оповещений ${webhook} снова отправлено сообщение.`,
  "photos.forget": ({ photos, corrections }) => `Забыто: ${countForgotten(photos, corrections)}.`,
  "contributor.forget": ({ photos, corrections }) =>
    `Забыто всё от одного отправителя: ${countForgotten(photos, corrections)}.`,
  "teacher.forget": () => "Забыто всё, что сказал учитель.",
  "head.activate": ({ version, hold }) =>
    `Версия ${version} стала действующей${hold ? ", следующие будут отложены" : ""}.`,
  "head.pin": ({ version }) => `Версия ${version} закреплена.`,
  "head.unpin": ({ version }) => `Версия ${version} больше не закреплена.`,
  "training.run": () => "Обучение запущено вручную.",
  "keys.make": ({ role }) => `Создан ключ, который ${role}.`,
  "keys.rotate": () => "Ключ получил новый секрет.",
  "keys.revoke": () => "Ключ отозван.",
  "import.merge": () => "Файл экспорта объединён с тем, что было здесь.",
  "import.abort": () => "Восстановление прервано.",
  "backbone.begin": ({ backbone }) => `Начата смена нейросети на ${backbone}.`,
  "backbone.move": ({ backbone }) => `С этого места работает нейросеть ${backbone}.`,
  "backbone.end": ({ backbone }) => `Удалено всё, что оставалось от нейросети ${backbone}.`,
};
