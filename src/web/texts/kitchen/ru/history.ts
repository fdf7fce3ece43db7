/** Training runs and the audit log, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { audit } from "./audit.ts";
import { count, formatTenths } from "./words.ts";

const ACTORS: ReadonlyMap<string, string> = new Map([
  ["admin", "сотрудники"],
  ["auto-accept", "автоматически"],
]);

function countEntries(entries: number): string {
  return count(entries, { one: "запись", few: "записи", many: "записей", other: "записи" });
}

export const history: KitchenTexts["history"] = {
  title: "Журнал и данные",
  runs: {
    title: "Последние обучения",
    heads: ["Когда", "Кто", "Итог", "Меток", "Длилось"],
    none: "Обучения ещё не было.",
    byStaff: "сотрудники",
    bySchedule: "по расписанию",
    outcome: ({ version, outcome, fault, remaining }) => {
      const subject = version === null ? outcome : `версия ${version} ${outcome}`;
      const why = fault === "" ? "" : `: ${fault}`.replace(/\.$/, "");
      return `${subject}${why}${remaining > 0 ? `; меток осталось: ${remaining}` : ""}`;
    },
    seconds: (seconds) => `${formatTenths(seconds)}\u00a0с`,
  },
  rebuild: {
    note: "Обучение добавляет новые метки к суммам, которые оно хранит. Если суммы вызывают сомнение, их можно собрать заново из всех меток.",
    button: "Собрать заново из меток",
  },
  log: {
    title: "Кто что делал",
    filter: "Только записи со словами",
    none: "Пока ничего.",
    found: (entries) => `Нашлось: ${countEntries(entries)}.`,
    foundAmong: (entries, newest) => `Нашлось: ${countEntries(entries)} среди ${newest} последних.`,
    by: (actor) => ` · ${ACTORS.get(actor) ?? actor}`,
  },
  audit,
};
