/** What the API says of runs, of versions and of changed texts, in Russian. */
import { type Pattern, saySentences } from "../../patterns.ts";
import { COMPARED, compare, API_SENTENCES as OF_PHOTOS, percent, sayCauseBy } from "../../ru/api-sentences.ts";
import { count } from "../../ru/words.ts";
import { countTopics } from "./words.ts";

const CAUSES: readonly Pattern[] = [
  [
    /The classes count (\d+) examples and the squared norms add up to (\S+)\./,
    (examples, sum) => `текстов с метками — ${examples}, а сумма квадратов — ${sum.replace(".", ",")}`,
  ],
  [/Class (\S+) counts (\S+) examples:.*/, (id, amount) => `у «${id}» число текстов ${amount.replace(".", ",")}`],
  [/trace\(G\) is (\S+) and .*/, () => "общие суммы не сходятся с числом текстов"],
  [
    /None of the \d+ classes has a labelled example:.*/,
    () => "ни у одной темы нет текста с меткой: нужны хотя бы две темы с одним текстом",
  ],
  [
    /Only class (\S+) has labelled examples:.*/,
    (id) => `тексты с метками есть только у «${id}»: нужны хотя бы две темы с одним текстом`,
  ],
  [/The sample holds embeddings whose length is not (\d+):.*/, () => "часть текстов посчитана другой нейросетью"],
];
const sayCause = (cause: string) => sayCauseBy(cause, CAUSES);

const RUNS_AND_VERSIONS: readonly Pattern[] = [
  [
    /Goes live unopposed: only (\d+) photos were judged by head (\d+) too\./,
    (texts, version) => `Действует без сравнения: общих текстов с версией ${version} слишком мало (${texts}).`,
  ],
  [
    /Goes live because head (\d+) has seen examples that were to be forgotten\./,
    (version) => `Действует, потому что версия ${version} видела тексты, которые нужно было забыть.`,
  ],
  [
    /Waits for your word: with (\d+) new items ([\d.]+) % of (\d+) photos of the others are answered right, ([\d.]+) % by head (\d+)(?:; NEW_ITEMS_MAY_TAKE lets them take ([\d.]+) %)?\. More photos of the new items help; or make it live\./,
    (topics, now, texts, before, version, mayTake) =>
      `Ждёт вашего слова: с новыми темами (${topics}) верных ответов на ${count(Number(texts), { one: "текст", few: "текста", other: "текстов" })} остальных стало ${percent(now)}, у версии ${version} было ${percent(before)}` +
      `${mayTake === "" ? "" : `; отнять им разрешено ${percent(mayTake)}`}. ` +
      "Помогут ещё тексты на новые темы; или сделайте её действующей.",
  ],
  [
    new RegExp(`(Worse|Not worse) than head (\\d+): ${COMPARED.source}`),
    (verdict, version, ...figures) =>
      `${verdict === "Worse" ? "Хуже версии" : "Не хуже версии"} ${version}: ` +
      `${compare(figures, { one: "общем тексте", other: "общих текстах" })}.`,
  ],
  [
    /Rebuilding the statistics \((.*?)\): (\d+) examples read so far\. The next run goes on\./s,
    (reason, read) =>
      `Суммы пересчитываются (${sayCause(reason)}): прочитано текстов — ${read}. Дальше — в следующий раз.`,
  ],
  [
    /Rebuilt the statistics from (\d+) examples \((.*?)\); (?:there were none to compare them with|largest difference (\S+))\.(?=\s|$)/s,
    (read, reason, difference) =>
      `Суммы пересчитаны по ${count(Number(read), { one: "тексту", other: "текстам" })} (${sayCause(reason)}); ` +
      (difference === "" ? "сравнить было не с чем." : `наибольшее расхождение ${difference.replace(".", ",")}.`),
  ],
  [
    /The live head has seen examples that were to be forgotten and is withdrawn; a new one needs two active items with photos\./,
    () =>
      "Действующая версия видела тексты, которые нужно было забыть, и снята; для новой нужны две действующие темы с текстами.",
  ],
  [
    /Took in (\d+) labels; a head needs two active items with photos\./,
    (labels) => `Учтено меток: ${labels}; для версии нужны две действующие темы с текстами.`,
  ],
  [/No head could be solved: (.+)/s, (fault) => `Версию посчитать не удалось: ${sayCause(fault)}.`],
  [
    /Head (\d+) (is live|waits for an admin): (\d+) items, (\d+) examples, (\d+) labels taken in(?:, leave-one-out accuracy ([\d.]+) %)?\./,
    (version, state, topics, texts, labels, accuracy) =>
      `Версия ${version} ${state === "is live" ? "действует" : "ждёт администратора"}: ${countTopics(Number(topics))}, ` +
      `тексты с метками: ${texts}, новых меток учтено: ${labels}${accuracy === "" ? "" : `, точность ${percent(accuracy)}`}.`,
  ],
];

const DRIFT: readonly Pattern[] = [
  [
    /People send what the menu does not know, or photograph otherwise than the examples show\./,
    () => "Гости присылают то, о чём здесь нет темы, или пишут не так, как в текстах с метками.",
  ],
  [
    /Head (\d+) is new since then: it may answer otherwise, or people send what the menu does not know\./,
    (version) =>
      `С тех пор появилась версия ${version}: возможно, она отвечает иначе, или гости присылают то, о чём здесь нет темы.`,
  ],
];

const OF_TEXTS: readonly Pattern[] = [...RUNS_AND_VERSIONS, ...DRIFT, ...CAUSES, ...OF_PHOTOS];

/** The sentences of the API in Russian; «не из меню» is what the shared ones call an unknown answer. */
export function sayOfTexts(text: string): string {
  return saySentences(text, OF_TEXTS).replaceAll("«не из меню»", "«ни одна из тем»");
}
