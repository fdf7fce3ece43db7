/** Export and import, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { describeRow } from "./import-rows.ts";
import { count, formatTenths, words } from "./words.ts";

export const transfer: KitchenTexts["transfer"] = {
  title: "Экспорт и импорт",
  exporting: {
    note: "В одном файле меню, все метки, поправки и версии. Фото и ключей в нём нет.",
    button: "Экспортировать всё",
    size: (rows, megabytes) =>
      `${count(rows, { one: "строка", few: "строки", many: "строк", other: "строки" })}, ${formatTenths(megabytes)}\u00a0МБ`,
    done: (size) => `Экспорт готов: ${size}.`,
    nothing: "Сервер ничего не прислал.",
    again: (fault) => `${fault} Попробуйте ещё раз.`,
  },
  faults: {
    foreign: "Этот файл не из экспорта Headstart.",
    cutOff: "Файл оборван: в нём нет последней строки.",
    changed: "Файл изменили после экспорта.",
  },
  importing: {
    file: "Импортировать файл экспорта",
    merge: "Добавить к тому, что есть",
    note: "Пустая кухня станет такой, как в файле. Если блюда уже есть, файл можно только добавить: то, что есть, останется. Если импорт прервётся, выберите файл ещё раз: дважды ничего не сохранится.",
    abort: "Прервать восстановление",
    abortNote:
      "Пока восстановление не закончено, обучение ждёт, но не больше суток. Чтобы продолжить, выберите тот же файл ещё раз. Если прервать, то, что уже пришло, останется.",
    aborted: "Восстановление прервано. То, что уже пришло, осталось, обучение продолжается.",
    bar: "Импортировано",
    checking: "Проверяю файл…",
    returning: (found) =>
      `После того как сохранили этот файл, на кухне что-то забыли. В файле есть то, чего здесь нет: ${found}. Если файл сохранили здесь, вернётся то, что люди просили забыть.`,
    returningPhotos: (photos) => count(photos, { one: "фото", few: "фото", many: "фото", other: "фото" }),
    returningCorrections: (corrections) =>
      count(corrections, { one: "поправка", few: "поправки", many: "поправок", other: "поправки" }),
    addAnyway: "Всё равно добавить",
    leave: "Не добавлять",
    left: "Ничего не добавлено.",
    progress: (done, rows) => `Готово строк: ${words.formatCount(done)} из ${words.formatCount(rows)}`,
    outcomes: {
      stored: "сохранено",
      present: "уже было",
      replaced: "заменено",
      kept: "осталось как было",
      leftOut: "пропущено",
      refused: "отклонено",
    },
    counted: (rows, outcome) => `${outcome} ${words.formatCount(rows)}`,
    none: "строк нет",
    restored: (told) => `Восстановление закончено: ${told}.`,
    merged: (told) => `Объединение закончено: ${told}.`,
    rows: "Строки, которые отклонены или ничего не изменили",
    row: describeRow,
  },
};
