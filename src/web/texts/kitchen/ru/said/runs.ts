/** What training runs, versions and the watch over the answers say, in Russian. Part of the page's script: staff see these every day. */
import type { DriftTexts, GateTexts, RunTexts } from "../../../../../shared/english/catalogue.ts";
import type { PluralForms } from "../../../plural.ts";
import { count, words } from "../words.ts";
import { decimals, percent } from "./figures.ts";

export const runs: RunTexts = {
  nothing_new: () => "С последней версии ничего не изменилось.",
  another_run_at_work: ({ until }) =>
    `Уже идёт другое обучение; если оно оборвалось, новое можно начать ${formatMoment(until)}.`,
  another_run_was_first: () => "Другое обучение успело раньше.",
  number_taken: () =>
    "Номер, под которым надо было сохранить результат, уже занят, хотя другого обучения не было. Дальше номера не идут: восстановите экспорт в новой базе.",
  rebuilding: ({ examples }) => `Суммы пересчитываются: прочитано фото — ${examples}. Дальше — в следующий раз.`,
  rebuilt: ({ examples }) =>
    `Суммы пересчитаны по ${count(examples, { one: "фотографии", other: "фотографиям" })}; сравнить было не с чем.`,
  rebuilt_and_compared: ({ examples, difference }) =>
    `Суммы пересчитаны по ${count(examples, { one: "фотографии", other: "фотографиям" })}; наибольшее расхождение ${formatTiny(difference)}.`,
  live_withdrawn: () =>
    "Действующая версия видела фото, которые нужно было забыть, и снята; для новой нужны два блюда в меню с фото.",
  took_in: ({ labels }) => `Учтено меток: ${labels}; для версии нужны два блюда в меню с фото.`,
  broke_off: ({ reason }) => `Обучение оборвалось: ${reason}.`,
  unsolved: () => "Версию посчитать не удалось.",
  went_live: ({ version, items, examples, labels }) =>
    `Версия ${version} действует: ${nameItems(items)}, ${examples} фото с метками, новых меток учтено: ${labels}.`,
  waits_for_admin: ({ version, items, examples, labels }) =>
    `Версия ${version} ждёт администратора: ${nameItems(items)}, ${examples} фото с метками, новых меток учтено: ${labels}.`,
  accuracy_measured: ({ accuracy }) => `Точность ${percent(accuracy)}.`,
  unchecked_by_anybody: () => "Её никто не проверял: она знает только описания.",
  answers_change: ({ changed, answers }) => `Сохранённых ответов изменится: ${changed} из ${answers}.`,
};

export const gates: GateTexts = {
  unopposed: () => "Действует сразу: другой версии ещё не было.",
  too_few_to_compare: ({ samples, version }) =>
    `Действует без сравнения: общих фото с версией ${version} слишком мало (${samples}).`,
  forgetting: ({ version }) => `Действует, потому что версия ${version} видела фото, которые нужно было забыть.`,
  held: ({ version }) => `Отложена: администратор оставил действующей версию ${version} до новых распоряжений.`,
  worse: (compared) => `Хуже версии ${compared.version}: ${compare(compared)}.`,
  loses_tested: ({ version, examples, now, before }) =>
    `На проверке хуже версии ${version}: верных ответов ${now} из ${examples}, у версии ${version} было ${before}.`,
  not_worse: (compared) => `Не хуже версии ${compared.version}: ${compare(compared)}.`,
  new_items_take: ({ items, now, samples, before, version, mayTake }) =>
    `Ждёт вашего решения: с новыми блюдами (${items}) верных ответов на ${samples} фото остальных стало ${percent(now)}, у версии ${version} было ${percent(before)}` +
    `; отнять им разрешено ${percent(mayTake)}. Помогут ещё фото новых блюд; или сделайте её действующей.`,
};

export const drift: DriftTexts = {
  unknown_share_up: (rise) => describeRise("доля ответов «не из меню»", rise),
  entropy_up: (rise) => describeRise("средняя неуверенность ответов", rise),
  people_send_other_things: () => "Гости присылают то, чего нет в меню, или снимают не так, как на фото с метками.",
  version_is_new: ({ version }) =>
    `С тех пор появилась версия ${version}: возможно, она отвечает иначе, или гости присылают то, чего нет в меню.`,
};

type Compared = Parameters<GateTexts["worse"]>[0];
type Rise = Parameters<DriftTexts["entropy_up"]>[0];

/** `forms` name what both were judged on, after «на». */
export function compare(of: Compared, forms: PluralForms = { one: "общем фото", other: "общих фото" }): string {
  return (
    `точность ${percent(of.accuracyNow)} против ${percent(of.accuracyBefore)} (допуск ${percent(of.accuracyMargin)}), ` +
    `логарифмическая потеря ${decimals(of.lossNow, 3)} против ${decimals(of.lossBefore, 3)} (допуск ${decimals(of.lossMargin, 3)}), ` +
    `на ${count(of.samples, forms)}`
  );
}

export function describeRise(what: string, { from, to, now, answers, before, beforeAnswers, days }: Rise): string {
  return (
    `${from === to ? formatDay(to) : `${formatDay(from)} — ${formatDay(to)}`}: ${what} — ${percent(now)} ` +
    `(ответов: ${words.formatCount(answers)}), а за ${days} дней до того — ${percent(before)} (ответов: ${words.formatCount(beforeAnswers)}).`
  );
}

function nameItems(items: number): string {
  return count(items, { one: "блюдо", few: "блюда", many: "блюд", other: "блюда" });
}

/** `1,2e-5`. */
export function formatTiny(value: number): string {
  return value.toExponential(1).replace(".", ",");
}

function formatDay(date: string): string {
  const format = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long", timeZone: "UTC" });
  return format.format(new Date(date));
}

/** In the time zone of the browser. */
function formatMoment(at: number): string {
  const format = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  return format.format(new Date(at));
}
