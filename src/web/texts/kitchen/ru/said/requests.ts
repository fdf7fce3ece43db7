/** Problems of requests as such, in Russian. */
import type { FieldTexts, RequestTexts } from "../../../../../shared/english/catalogue.ts";
import { count, words } from "../words.ts";
import { megabytes } from "./figures.ts";

export const requests: RequestTexts = {
  nothing_there: () => "Этого здесь нет. Обновите страницу.",
  method_unknown: () => "Так это сделать нельзя. Обновите страницу.",
  no_accepted_type: () => "Ответ в нужном виде получить нельзя. Обновите страницу.",
  body_empty: () => "Файл пришёл пустым. Выберите его ещё раз.",
  body_too_large: ({ limit }) => `Это больше ${megabytes(limit)}: столько за один раз не принимается.`,
  body_too_slow: () => "Отправка шла слишком медленно. Попробуйте ещё раз, лучше по другой сети.",
  no_room: () => "Сейчас приходит больше фото, чем можно посмотреть. Попробуйте через несколько секунд.",
  body_cut_off: () => "Соединение оборвалось, пришло не всё. Отправьте ещё раз.",
  body_packed: () => "Сжатые запросы здесь не читаются. Отправьте файл без сжатия.",
  not_json_type: ({ type }) => `Запрос пришёл как ${type}, а нужен JSON. Обновите страницу.`,
  broken_json: () => "Запрос составлен неверно: это не JSON. Обновите страницу.",
  broken_multipart: () => "Запрос с файлами прочитать не удалось. Отправьте ещё раз.",
  first_try_unanswered: () => "На первый такой запрос ответа ещё нет. Подождите немного.",
  key_of_another_request: () => "Этот запрос уже отправляли с другим содержимым. Обновите страницу.",
  database_silent: () => "База данных не ответила; из этого запроса ничего не сохранено. Попробуйте ещё раз.",
  database_not_ready: ({ fault }) => `База данных не готова. (${fault})`,
  wrong_setting: ({ fault }) => `Сервер настроен неверно. (${fault})`,
  something_broke: () => "На сервере что-то сломалось. Попробуйте ещё раз; если повторится, посмотрите журнал сервера.",
};

export const fields: FieldTexts = {
  field_empty: ({ field }) => `${nameField(field)}: здесь пусто.`,
  field_too_long: ({ field, limit }) =>
    `${nameField(field)} не помещается: можно не больше ${count(limit, { one: "знака", other: "знаков" })}.`,
  field_holds_too_many: ({ field, limit }) =>
    field === "aliases"
      ? `Других названий может быть не больше ${limit}.`
      : `${nameField(field)}: можно не больше ${words.formatCount(limit)}.`,
  field_too_low: ({ field, limit }) => `${nameField(field)}: можно не меньше ${words.formatCount(limit)}.`,
  field_too_high: ({ field, limit }) => `${nameField(field)}: можно не больше ${words.formatCount(limit)}.`,
  field_none_of: ({ field, known }) => `${nameField(field)}: можно только ${known}.`,
  field_unreadable: ({ field }) =>
    `${nameField(field)} содержит знаки, которых никто не видит. Наберите заново, в одну строку.`,
  field_unknown: ({ field }) => `${nameField(field)}: такого поля нет.`,
  field_wrong: ({ field, fault }) => `В запросе что-то не так. (${field === "" ? fault : `${field}: ${fault}`})`,
  repeat_key_malformed: () => "Ключ повтора запроса составлен неверно.",
  repeat_key_not_taken: () => "Этот запрос нельзя повторять по ключу: в ответе секрет, а он нигде не хранится.",
};

function nameField(field: string): string {
  if (field === "") return "Запрос";
  if (field === "description") return "Описание";
  if (field === "name") return "Название";
  return field.startsWith("aliases.") ? "Другое название" : `Поле «${field}»`;
}
