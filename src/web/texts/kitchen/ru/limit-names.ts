/** What each limit is of, in Russian: comes when somebody opens the list. A test holds the names together with the API's. */
import {
  GUEST_BURST,
  KEY_BURST,
  SITE_BURST,
  WRONG_SECRET_BURST,
  WRONG_SECRET_SITE_BURST,
} from "../../../../shared/request-limits.ts";
import { words } from "./words.ts";

const inSeconds = ({ periodMs }: { readonly periodMs: number }) => `за ${words.formatCount(periodMs / 1_000)}\u00a0с`;

/** What is limited, by the API's name of the limit. */
export const limitNames = {
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
  thumbnailBytes: "Размер картинки, которая приходит с поправкой",
  batchPhotos: "Фото в одном запросе, который их добавляет",
  batchBytes: "Размер одного запроса, который добавляет фото",
  knownPhotos: "Фото, о которых спрашивает один запрос",
  embeddingBytes: "Размер чисел, полученных из фото на устройстве",
  jsonBytes: "Размер запроса в JSON",
  bodyTime: "Время, за которое запрос должен прийти целиком",
  stepTime: "Время, за которое должны прийти следующие 64 КБ запроса",
  importRows: "Строки импорта в одном запросе",
  importBytes: "Размер одного запроса при импорте",
  pendingReviews: "Поправки, которые ждут одновременно",
  pendingOfSource: "Поправки одной сети или одного ключа, которые ждут одновременно",
  pendingOfSite: "Поправки соседних сетей, которые ждут одновременно",
  reviewPage: "Поправки в одном списке ожидающих",
  decisions: "Решения в одном запросе",
  poolSize: "Ответы, в которых я не уверена, оставленные для разметки",
  poolDays: "Дни, сколько они хранятся",
  pooledOfSource: "Такие ответы одной сети гостей",
  pooledOfSite: "Такие ответы соседних сетей",
  headBytes: "Размер одной версии: хватает примерно на 1000 блюд",
  itemName: "Знаки в названии блюда",
  itemDescription: "Знаки в описании блюда",
  itemAliases: "Другие названия одного блюда",
  itemLanguages: "Языки, на которые переводят название блюда",
  runLabels: "Метки, учтённые за одно обучение",
  runLease: "Время, после которого молчащее обучение считается прерванным",
  keptHeads: "Версии, которые остаются целиком, кроме действующей и закреплённых",
};
