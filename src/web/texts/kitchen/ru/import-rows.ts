/** The rows of an import that the API tells of, and why, in Russian. */
import type { RowTexts } from "../../../../shared/english/catalogue.ts";
import type { RowKind } from "../../../../shared/transfer-format.ts";
import type { KitchenTexts } from "../en.ts";
import { sayAll } from "../say.ts";

export const KIND_WORDS: Readonly<Record<RowKind, string>> = {
  class: "блюдо",
  merge: "объединение",
  example: "фото с меткой",
  picture: "маленькая копия",
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

export const rowTexts: RowTexts = {
  names_unknown_item: () => "в ней названо блюдо, которого здесь нет",
  has_another_state: () => "здесь у блюда другое состояние",
  is_named_otherwise: ({ name }) => `здесь это блюдо называется «${name}» или описано иначе`,
  was_deleted_there: () => "там блюдо удалено",
  name_is_of_another: ({ id }) => `такое название уже у блюда «${id}», переименуйте одно из них`,
  live_is_missing: ({ version }) => `версии ${version}, которая была действующей, здесь нет или у неё нет весов`,
  is_not_merged: () => "она принадлежит той кухне, где сделана",
  is_forgotten_here: ({ theirs }) => `здесь фото забыто, а там на нём метка «${theirs}»`,
  is_labelled_otherwise: ({ ours, theirs }) => `здесь на фото метка «${ours}», а там «${theirs}»`,
  photo_is_forgotten: () => "её фото здесь забыто",
  was_forgotten_there: () => "там фото забыто",
  item_is_missing: ({ id }) => `здесь нет блюда «${id}»`,
  pictures_are_not_kept: () => "копии фото здесь не хранятся",
  example_is_missing: () => "её фото с меткой здесь нет",
  row_is_no_json: () => "это не строка экспорта",
  row_is_of_no_kind: () => "строк такого вида не бывает",
  row_is_misfilled: ({ fields }) => (fields === "" ? "она составлена неверно" : `неверно заполнено: ${fields}`),
};

/** `Строка 3 (блюдо) отклонена: …`, with these words for the kinds of rows and these reasons. */
export function createRowWords(
  kindWords: Readonly<Record<RowKind, string>>,
  reasons: RowTexts,
): KitchenTexts["transfer"]["importing"]["row"] {
  const kinds: ReadonlyMap<string, string> = new Map(Object.entries(kindWords));
  return function describeRow(line, kind, outcome, reason, says) {
    const name = kind === "" ? "" : ` (${kinds.get(kind) ?? kind})`;
    const why = reason === null ? "" : `: ${sayAll(says, reasons) ?? reason}`;
    return `Строка ${line}${name} ${OUTCOME_WORDS.get(outcome) ?? outcome}${why}`;
  };
}

export const describeRow = createRowWords(KIND_WORDS, rowTexts);
