/** The rows of an import that the API tells of, and its reasons, in Russian. */
import type { RowKind } from "../../../../shared/transfer-format.ts";
import type { KitchenTexts } from "../en.ts";
import { type Pattern, sayWhole } from "../patterns.ts";

export const KIND_WORDS: Readonly<Record<RowKind, string>> = {
  class: "блюдо",
  merge: "объединение",
  example: "фото с меткой",
  review: "поправка",
  head: "версия",
  audit: "кто что делал",
  statistics: "статистика",
  deployment: "состояние кухни",
};
const OUTCOME_WORDS: ReadonlyMap<string, string> = new Map([
  ["refused", "отклонена"],
  ["kept", "ничего не изменила"],
]);

export const REASONS: readonly Pattern[] = [
  [/it names an item that is not here/, () => "в ней названо блюдо, которого здесь нет"],
  [/it has another state here/, () => "здесь у блюда другое состояние"],
  [
    /it is named "(.+)" here, or described otherwise/s,
    (name) => `здесь это блюдо называется «${name}» или описано иначе`,
  ],
  [
    /the item "(.+)" has this name; rename one of them/s,
    (id) => `такое название уже у блюда «${id}», переименуйте одно из них`,
  ],
  [
    /head (\d+), which was live, is not here with its weights/,
    (version) => `версии ${version}, которая была действующей, здесь нет или у неё нет весов`,
  ],
  [/it is forgotten here and (.+) there/s, (theirs) => `здесь фото забыто, а там на нём метка «${theirs}»`],
  [/it is (.+) here and (.+) there/s, (ours, theirs) => `здесь на фото метка «${ours}», а там «${theirs}»`],
  [/there is no item "(.+)" here/s, (id) => `здесь нет блюда «${id}»`],
  [/is not one line of JSON that a row can hold/, () => "это не строка экспорта"],
  [/is of no known kind/, () => "строк такого вида не бывает"],
];

/** `Строка 3 (блюдо) отклонена: …`, with these words for the kinds of rows and these reasons. */
export function createRowWords(
  kindWords: Readonly<Record<RowKind, string>>,
  reasons: readonly Pattern[],
): KitchenTexts["transfer"]["importing"]["row"] {
  const kinds: ReadonlyMap<string, string> = new Map(Object.entries(kindWords));
  return function describeRow(line, kind, outcome, reason) {
    const name = kind === "" ? "" : ` (${kinds.get(kind) ?? kind})`;
    const why = reason === null ? "" : `: ${explainReason(reason, reasons)}`;
    return `Строка ${line}${name} ${OUTCOME_WORDS.get(outcome) ?? outcome}${why}`;
  };
}

export const describeRow = createRowWords(KIND_WORDS, REASONS);

/** Faults of single fields go by the names of the fields: `weights: is too long; rho: …`. */
function explainReason(reason: string, reasons: readonly Pattern[]): string {
  const said = sayWhole(reason, reasons);
  if (said !== null) return said;
  const fields = [...`; ${reason}`.matchAll(/; ([\w.]+): /g)]
    .map(([, field]) => field)
    .filter((field) => field !== "row");
  return fields.length === 0 ? "она составлена неверно" : `неверно заполнено: ${[...new Set(fields)].join(", ")}`;
}
