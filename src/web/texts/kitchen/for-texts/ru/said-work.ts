/** What runs, versions and the watch over the answers say where texts are read, in Russian. */
import type { WorkTexts } from "../../../../../shared/english/catalogue.ts";
import { percent } from "../../ru/said/figures.ts";
import { compare, describeRise, formatTiny } from "../../ru/said/runs.ts";
import { workTexts as ofPhotos } from "../../ru/said/work.ts";
import { count } from "../../ru/words.ts";
import { countTopics } from "./words.ts";

const IN_COMMON = { one: "общем тексте", other: "общих текстах" };
const TWO = "Нужны хотя бы две темы с одним текстом.";

export const workTexts: WorkTexts = {
  ...ofPhotos,
  too_few_to_compare: ({ samples, version }) =>
    `Действует без сравнения: общих текстов с версией ${version} слишком мало (${samples}).`,
  forgetting: ({ version }) => `Действует, потому что версия ${version} видела тексты, которые нужно было забыть.`,
  worse: (compared) => `Хуже версии ${compared.version}: ${compare(compared, IN_COMMON)}.`,
  not_worse: (compared) => `Не хуже версии ${compared.version}: ${compare(compared, IN_COMMON)}.`,
  new_items_take: ({ items, now, samples, before, version, mayTake }) =>
    `Ждёт вашего решения: с новыми темами (${items}) верных ответов на ${count(samples, { one: "текст", few: "текста", other: "текстов" })} остальных стало ${percent(now)}, у версии ${version} было ${percent(before)}` +
    `; отнять им разрешено ${percent(mayTake)}. Помогут ещё тексты на новые темы; или сделайте её действующей.`,
  rebuilding: ({ examples }) => `Суммы пересчитываются: прочитано текстов — ${examples}. Дальше — в следующий раз.`,
  rebuilt: ({ examples }) =>
    `Суммы пересчитаны по ${count(examples, { one: "тексту", other: "текстам" })}; сравнить было не с чем.`,
  rebuilt_and_compared: ({ examples, difference }) =>
    `Суммы пересчитаны по ${count(examples, { one: "тексту", other: "текстам" })}; наибольшее расхождение ${formatTiny(difference)}.`,
  live_withdrawn: () =>
    "Действующая версия видела тексты, которые нужно было забыть, и снята; для новой нужны две действующие темы с текстами.",
  took_in: ({ labels }) => `Учтено меток: ${labels}; для версии нужны две действующие темы с текстами.`,
  went_live: ({ version, items, examples, labels }) =>
    `Версия ${version} действует: ${countTopics(items)}, тексты с метками: ${examples}, новых меток учтено: ${labels}.`,
  waits_for_admin: ({ version, items, examples, labels }) =>
    `Версия ${version} ждёт администратора: ${countTopics(items)}, тексты с метками: ${examples}, новых меток учтено: ${labels}.`,
  unknown_share_up: (rise) => describeRise("доля ответов «ни одна из тем»", rise),
  people_send_other_things: () =>
    "Гости присылают то, о чём здесь нет темы, или пишут не так, как в текстах с метками.",
  version_is_new: ({ version }) =>
    `С тех пор появилась версия ${version}: возможно, она отвечает иначе, или гости присылают то, о чём здесь нет темы.`,
  negative_count: ({ id, count: amount }) => `У «${id}» число текстов ${amount}.`,
  trace_mismatch: () => "Общие суммы не сходятся с числом текстов.",
  norms_mismatch: ({ examples, norms }) =>
    `Текстов с метками — ${examples}, а сумма квадратов — ${String(norms).replace(".", ",")}.`,
  counts_mismatch: ({ classes }) => `Число текстов не сошлось с отметками у ${classes} тем.`,
  nothing_shown: () => `Ни у одной темы нет текста с меткой. ${TWO}`,
  only_one_shown: ({ id }) => `Тексты с метками есть только у «${id}». ${TWO}`,
  embeddings_of_another_length: () => "Часть текстов посчитана другой нейросетью.",
};
