/** The limits of the deployment with their units, in Russian; a test holds the names together with the API's list. */
import {
  GUEST_BURST,
  KEY_BURST,
  SITE_BURST,
  WRONG_SECRET_BURST,
  WRONG_SECRET_SITE_BURST,
} from "../../../../shared/request-limits.ts";
import type { KitchenTexts } from "../en.ts";
import { count, words } from "./words.ts";

const seconds = (amount: number) => count(amount, { one: "секунда", few: "секунды", many: "секунд", other: "секунды" });
const inSeconds = ({ periodMs }: { readonly periodMs: number }) => `за ${words.formatCount(periodMs / 1_000)}\u00a0с`;

/** What is limited, by the API's name of the limit. */
const names = {
  guestBurst: `Запросы одной сети ${inSeconds(GUEST_BURST)}`,
  siteBurst: `Запросы всех сетей одного /48 в IPv6 ${inSeconds(SITE_BURST)}`,
  keyBurst: `Запросы одного ключа без полных прав ${inSeconds(KEY_BURST)}`,
  wrongKeys: `Запросы одной сети с неверным ключом ${inSeconds(WRONG_SECRET_BURST)}`,
  wrongKeysOfSite: `Запросы с неверным ключом из всех сетей одного /48 в IPv6 ${inSeconds(WRONG_SECRET_SITE_BURST)}`,
  guestQuota: "Запросы одной сети за день по всемирному времени, кроме чтения",
  keyQuota: "Запросы одного ключа без полных прав за день, кроме чтения",
  sessionTime: "Время, на которое страница запоминает вход",
  revocationTime: "Время, за которое отозванный ключ перестаёт работать везде",
  receiptTime: "Время, пока гость может поправить ответ",
  imageBytes: "Размер одного фото",
  imagePixels: "Пиксели фото в обычном JPEG; другие форматы обходятся дороже",
  embeddingBytes: "Размер чисел, полученных из фото на устройстве",
  jsonBytes: "Размер запроса в JSON",
  thumbnailBytes: "Размер картинки, которая приходит с поправкой",
  bodyTime: "Время, за которое запрос должен прийти целиком",
  stepTime: "Время, за которое должны прийти следующие 64 КБ запроса",
  batchPhotos: "Фото в одном запросе, который их добавляет",
  batchBytes: "Размер одного запроса, который добавляет фото",
  knownPhotos: "Фото, о которых спрашивает один запрос",
  importRows: "Строки импорта в одном запросе",
  importBytes: "Размер одного запроса при импорте",
  pendingReviews: "Поправки, которые ждут одновременно",
  pendingOfSource: "Поправки одной сети или одного ключа, которые ждут одновременно",
  pendingOfSite: "Поправки соседних сетей, которые ждут одновременно",
  reviewPage: "Поправки в одном списке ожидающих",
  decisions: "Решения в одном запросе",
  headBytes: "Размер одной версии: хватает примерно на 1000 блюд",
  itemName: "Знаки в названии блюда",
  itemDescription: "Знаки в описании блюда",
  itemAliases: "Другие названия одного блюда",
  itemLanguages: "Языки, на которые переводят название блюда",
  runLabels: "Метки, учтённые за одно обучение",
  runLease: "Время, после которого молчащее обучение считается прерванным",
  keptHeads: "Версии, которые остаются целиком, кроме действующей и закреплённых",
};

export const limits: KitchenTexts["keys"]["limits"] = {
  title: "Ограничения",
  heads: ["Что ограничено", "Не больше"],
  names,
  anyNumber: "сколько угодно",
  bytes: (amount) => count(amount, { one: "байт", few: "байта", many: "байт", other: "байта" }),
  kilobytes: (amount) => `${words.formatCount(amount)}\u00a0КБ`,
  megabytes: (amount) => `${words.formatCount(amount)}\u00a0МБ`,
  seconds,
  minutes: (amount) => count(amount, { one: "минута", few: "минуты", many: "минут", other: "минуты" }),
  hours: (amount) => count(amount, { one: "час", few: "часа", many: "часов", other: "часа" }),
  days: (amount) => count(amount, { one: "день", few: "дня", many: "дней", other: "дня" }),
};
