/** What the API says of runs, of versions and of changed photos, in Russian. `test/web/api-sentences.test.ts` calls what makes these sentences. */
import type { PluralForms } from "../../plural.ts";
import { type Pattern, sayWhole } from "../patterns.ts";
import { count, words } from "./words.ts";

const WEIGHTS_AND_SUMS: readonly Pattern[] = [
  [/asked for by an admin/, () => "по просьбе администратора"],
  [/restored from the export (\w{1,12})\w*/, (file) => `восстановление из экспорта ${file}`],
  [/a restore of the export (\w+) was given up/, (file) => `восстановление из файла ${file.slice(0, 12)} прервано`],
  [
    /The classes count (\d+) examples and the squared norms add up to (\S+)\./,
    (examples, sum) => `фото с метками — ${examples}, а сумма квадратов — ${figure(sum)}`,
  ],
  [/Class (\S+) counts (\S+) examples:.*/, (id, amount) => `у «${id}» число фото ${figure(amount)}`],
  [/The sum of class (\S+) is not finite:.*/, (id) => `сумма «${id}» испорчена`],
  [/The sum of class (\S+) has (\d+) numbers\./, (id, found) => `в сумме «${id}» чисел: ${found}`],
  [/The Gram matrix is not finite:.*/, () => "общие суммы испорчены"],
  [
    /The Gram matrix is stored in (\d+) bytes, (\d+) are needed\./,
    (found, needed) => `общие суммы сохранены не целиком: ${found} байт из ${needed}`,
  ],
  [/trace\(G\) is (\S+) and .*/, () => "общие суммы не сходятся с числом фото"],
  [/The within-class scatter is not positive definite:.*/, () => "по общим суммам нельзя посчитать"],
  [
    /None of the \d+ classes has a labelled example:.*/,
    () => "ни у одного блюда нет фото с меткой: нужны хотя бы два блюда с одним фото",
  ],
  [
    /Only class (\S+) has labelled examples:.*/,
    (id) => `фото с метками есть только у «${id}»: нужны хотя бы два блюда с одним фото`,
  ],
  [/The sample holds embeddings whose length is not (\d+):.*/, () => "часть фото посчитана другой нейросетью"],
  [
    /The stored labels were embedded by backbone (\w+), this deployment runs (\w+):.*/s,
    (stored, current) =>
      `сохранённые метки посчитаны нейросетью ${stored}, а здесь работает ${current}; вместе они не годятся`,
  ],
];

/** How the gate says what was compared; `compare` takes what its groups found. */
export const COMPARED =
  /accuracy ([\d.]+) % against ([\d.]+) % \(margin ([\d.]+) %\), log-loss ([\d.]+) against ([\d.]+) \(margin ([\d.]+)\), on (\d+) photos that both were judged on\./;

const GATE: readonly Pattern[] = [
  [/Goes live unopposed: no head was live\./, () => "Действует сразу: другой версии ещё не было."],
  [
    /Goes live unopposed: only (\d+) photos were judged by head (\d+) too\./,
    (photos, version) => `Действует без сравнения: общих фото с версией ${version} слишком мало (${photos}).`,
  ],
  [
    /Goes live because head (\d+) has seen examples that were to be forgotten\./,
    (version) => `Действует, потому что версия ${version} видела фото, которые нужно было забыть.`,
  ],
  [
    /Held: an admin has put head (\d+) in place until further notice\./,
    (version) => `Придержана: администратор оставил версию ${version} до новых распоряжений.`,
  ],
  [
    /Waits for your word: with (\d+) new items ([\d.]+) % of (\d+) photos of the others are answered right, ([\d.]+) % by head (\d+)(?:; NEW_ITEMS_MAY_TAKE lets them take ([\d.]+) %)?\. More photos of the new items help; or make it live\./,
    (items, now, photos, before, version, mayTake) =>
      `Ждёт вашего слова: с новыми блюдами (${items}) верных ответов на ${photos} фото остальных стало ${percent(now)}, у версии ${version} было ${percent(before)}` +
      `${mayTake === "" ? "" : `; отнять им разрешено ${percent(mayTake)}`}. ` +
      "Помогут ещё фото новых блюд; или сделайте её действующей.",
  ],
  [
    new RegExp(`(Worse|Not worse) than head (\\d+): ${COMPARED.source}`),
    (verdict, version, ...figures) =>
      `${verdict === "Worse" ? "Хуже версии" : "Не хуже версии"} ${version}: ${compare(figures)}.`,
  ],
];

const RUNS: readonly Pattern[] = [
  [/Nothing has changed since the newest head\./, () => "С последней версии ничего не изменилось."],
  [
    /Another run is at work; should it have died, the next one can start at (\d{4}-\d\d-\d\dT[\d:.]+Z)\./,
    (moment) => `Уже идёт другое обучение; если оно оборвалось, новое можно начать ${formatMoment(moment)}.`,
  ],
  [/Another run did the same work first\./, () => "Другое обучение успело раньше."],
  [
    /The number that this run was to write under is taken, though no other run was at work\. .*/,
    () =>
      "Номер, под которым надо было сохранить результат, уже занят, хотя другого обучения не было. Дальше номера не идут: восстановите экспорт в новой базе.",
  ],
  [
    /Rebuilding the statistics \((.*?)\): (\d+) examples read so far\. The next run goes on\./s,
    (reason, read) =>
      `Суммы пересчитываются (${sayCause(reason)}): прочитано фото — ${read}. Дальше — в следующий раз.`,
  ],
  [
    /Rebuilt the statistics from (\d+) examples \((.*?)\); (?:there were none to compare them with|largest difference (\S+))\.(?=\s|$)/s,
    (read, reason, difference) =>
      `Суммы пересчитаны по ${count(Number(read), { one: "фотографии", other: "фотографиям" })} (${sayCause(reason)}); ` +
      (difference === "" ? "сравнить было не с чем." : `наибольшее расхождение ${figure(difference)}.`),
  ],
  [
    /The live head has seen examples that were to be forgotten and is withdrawn; a new one needs two active items with photos\./,
    () =>
      "Действующая версия видела фото, которые нужно было забыть, и снята; для новой нужны два блюда в меню с фото.",
  ],
  [
    /Took in (\d+) labels; a head needs two active items with photos\./,
    (labels) => `Учтено меток: ${labels}; для версии нужны два блюда в меню с фото.`,
  ],
  [/No head could be solved: (.+)/s, (fault) => `Версию посчитать не удалось: ${sayCause(fault)}.`],
  [
    /Head (\d+) (is live|waits for an admin): (\d+) items, (\d+) examples, (\d+) labels taken in(?:, leave-one-out accuracy ([\d.]+) %)?\./,
    (version, state, items, photos, labels, accuracy) =>
      `Версия ${version} ${state === "is live" ? "действует" : "ждёт администратора"}: ${nameItems(Number(items))}, ` +
      `${photos} фото с метками, новых меток учтено: ${labels}${accuracy === "" ? "" : `, точность ${percent(accuracy)}`}.`,
  ],
  [/Nobody has checked it: it goes by descriptions alone\./, () => "Её никто не проверял: она знает только описания."],
  [
    /(\d+) of (\d+) stored answers change\./,
    (changed, answers) => `Сохранённых ответов изменится: ${changed} из ${answers}.`,
  ],
];

const DRIFT: readonly Pattern[] = [
  [
    /(?:On|From (\S+) to) (\S+) (the share of unknown answers|the mean entropy of the scores) was ([\d.]+) % over (\d+) answers, after ([\d.]+) % over (\d+) in the (\d+) days before\./,
    (from, to, what, now, answers, before, baseline, days) =>
      `${from === "" ? formatDay(to) : `${formatDay(from)} — ${formatDay(to)}`}: ` +
      `${what.includes("unknown") ? "доля ответов «не из меню»" : "средняя неуверенность ответов"} — ${percent(now)} ` +
      `(ответов: ${formatCount(answers)}), а за ${days} дней до того — ${percent(before)} (ответов: ${formatCount(baseline)}).`,
  ],
  [
    /People send what the menu does not know, or photograph otherwise than the examples show\./,
    () => "Гости присылают то, чего нет в меню, или снимают не так, как на фото с метками.",
  ],
  [
    /Head (\d+) is new since then: it may answer otherwise, or people send what the menu does not know\./,
    (version) =>
      `С тех пор появилась версия ${version}: возможно, она отвечает иначе, или гости присылают то, чего нет в меню.`,
  ],
];

export const API_SENTENCES: readonly Pattern[] = [...GATE, ...RUNS, ...DRIFT, ...WEIGHTS_AND_SUMS];

/** Why a rebuild was begun or no version came of a run, within a sentence. */
function sayCause(cause: string): string {
  return sayCauseBy(cause, []);
}

/** The same with patterns that go before those for photos. */
export function sayCauseBy(cause: string, patterns: readonly Pattern[]): string {
  return sayWhole(cause, [...patterns, ...WEIGHTS_AND_SUMS]) ?? cause.replace(/\.$/, "");
}

/** `forms` name what both were judged on, after «на». */
export function compare(
  [accuracy, before, margin, loss, lossBefore, lossMargin, samples]: readonly string[],
  forms: PluralForms = { one: "общем фото", other: "общих фото" },
): string {
  return (
    `точность ${percent(accuracy)} против ${percent(before)} (допуск ${percent(margin)}), ` +
    `логарифмическая потеря ${figure(loss)} против ${figure(lossBefore)} (допуск ${figure(lossMargin)}), ` +
    `на ${count(Number(samples), forms)}`
  );
}

function nameItems(items: number): string {
  return count(items, { one: "блюдо", few: "блюда", many: "блюд", other: "блюда" });
}

function formatCount(digits: string): string {
  return words.formatCount(Number(digits));
}

/** `93,5 %`. */
export function percent(digits: string): string {
  return `${figure(digits)}\u00a0%`;
}

/** As many places as the API gave. */
function figure(digits: string): string {
  return digits.replace(".", ",");
}

function formatDay(date: string): string {
  const format = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long", timeZone: "UTC" });
  return format.format(new Date(date));
}

/** In the time zone of the browser. */
function formatMoment(iso: string): string {
  const format = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  return format.format(new Date(iso));
}
