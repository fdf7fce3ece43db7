/** What can be wrong with the sums, in Russian. */
import type { SumTexts, VersionTexts } from "../../../../../shared/english/catalogue.ts";

const TWO = "Нужны хотя бы два блюда с одним фото.";

/** A problem of versions, yet kept here: a training run can say it too, and this file is in the page from the start. */
export const labelsOfAnotherBackbone: VersionTexts["labels_of_another_backbone"] = ({ stored, current }) =>
  `Сохранённые метки посчитаны нейросетью ${stored}, а здесь работает ${current}: вместе они не годятся. Верните прежнюю и подготовьте смену командой headstart reembed; если она готова, её закончит следующее обучение.`;

export const sums: SumTexts = {
  negative_count: ({ id, count: amount }) => `У «${id}» число фото ${amount}.`,
  sum_not_finite: ({ id }) => `Сумма «${id}» испорчена.`,
  sum_of_another_length: ({ id, found }) => `В сумме «${id}» чисел: ${found}.`,
  gram_not_finite: () => "Общие суммы испорчены.",
  gram_cut_off: ({ found, needed }) => `Общие суммы сохранены не целиком: ${found} байт из ${needed}.`,
  trace_mismatch: () => "Общие суммы не сходятся с числом фото.",
  norms_mismatch: ({ examples, norms }) =>
    `Фото с метками — ${examples}, а сумма квадратов — ${String(norms).replace(".", ",")}.`,
  counts_mismatch: ({ classes }) => `Число фото не сошлось с отметками у ${classes} блюд.`,
  scatter_not_positive: () => "По общим суммам нельзя посчитать.",
  nothing_shown: () => `Ни у одного блюда нет фото с меткой. ${TWO}`,
  only_one_shown: ({ id }) => `Фото с метками есть только у «${id}». ${TWO}`,
  embeddings_of_another_length: () => "Часть фото посчитана другой нейросетью.",
  rebuild_asked_for: () => "Об этом попросил администратор.",
  export_restored: ({ file }) => `Восстановлен экспорт ${file.slice(0, 12)}.`,
  restore_of_export_given_up: ({ file }) => `Восстановление из файла ${file.slice(0, 12)} прервано.`,
  backbone_moved: () => "Нейросеть сменили.",
  told_before: ({ text }) => text,
};
