/** What is known of a deployment that reads texts: the overview, its versions, exports, keys. In Russian. */
import type { KitchenTexts } from "../../en.ts";
import { change as changeOfPhotos } from "../../ru/change.ts";
import { comparison as comparedPhotos } from "../../ru/comparison.ts";
import { keys as keysToPhotos } from "../../ru/keys.ts";
import { overview as overPhotos } from "../../ru/overview.ts";
import { transfer as transferOfPhotos } from "../../ru/transfer.ts";
import { gate as gateOfPhotos, versions as versionsOfPhotos } from "../../ru/versions.ts";
import { count, words } from "../../ru/words.ts";
import { describeRow } from "./import-rows.ts";
import { countTexts, countTopics, ofTexts } from "./words.ts";

const unlikeAny = (days: number, share: number, answers: number) =>
  `Не похожи ни на одну из тем: ${words.formatShare(share)} из ${ofTexts(answers)} за последние ${days} дней`;
const { advice } = overPhotos;

export const overview: KitchenTexts["overview"] = {
  ...overPhotos,
  figures: { ...overPhotos.figures, examples: "Тексты с метками" },
  measured: (counted, examples) =>
    `${counted}. Проверено на ${count(examples, { one: "тексте", other: "текстах" })}, каждый — как незнакомый`,
  ofItems: (topics) => `у ${count(topics, { one: "темы", other: "тем" })}`,
  advice: {
    ...advice,
    first: {
      title: "Назовите первые темы",
      detail: "Назовите две темы и вставьте для каждой несколько текстов. Через минуту гости смогут попробовать.",
    },
    second: {
      title: "Добавьте вторую тему",
      detail: (name) => `Чтобы было что различать, нужны хотя бы две: пока есть только «${name}».`,
    },
    show: {
      title: (names) => `Покажите тексты: ${names}`,
      detail: "Вставьте их там по одному в строке. Для начала хватит десяти на каждую тему.",
    },
    train: {
      ...advice.train,
      detail: (examples) => `Тексты с метками, по которым можно учиться: ${words.formatCount(examples)}.`,
    },
    bare: { ...advice.bare, title: (names) => `Пока нет текстов: ${names}` },
    few: { ...advice.few, title: (name) => `Ещё немного текстов: ${name}` },
    example: { ...advice.example, title: "Теперь добавьте свою тему" },
    weak: {
      title: "Помогло бы больше текстов",
      detail: (accuracy) => `Верных ответов около ${words.formatShare(accuracy)}. Больше всего помогают разные тексты.`,
    },
  },
  unknownOfFew: (days, unknown, answers) =>
    `Не похожи ни на одну из тем: ${unknown} из ${ofTexts(answers)} за последние ${days} дней.`,
  unknown: (days, share, answers) => `${unlikeAny(days, share, answers)}.`,
  unknownThan: (days, share, answers, before) =>
    `${unlikeAny(days, share, answers)}; обычно — ${words.formatShare(before)}.`,
};

const { replay, pin } = versionsOfPhotos;
/** After "на". */
const lastStoredTexts = (texts: number) =>
  count(texts, { one: "последнем сохранённом тексте", other: "последних сохранённых текстах" });

export const gate: KitchenTexts["gate"] = {
  ...gateOfPhotos,
  notWorse: (version) => `Темы, которые знают обе, различает не хуже версии ${version}.`,
  worse: (version) => `Темы, которые знают обе, различает хуже версии ${version}.`,
  taken: (topics, now, before, version, mayTake) =>
    `Ждёт вашего решения: с новыми темами (${topics}) верных ответов на тексты остальных — ${now} из 100, а у версии ${version} было ${before}. ` +
    `Помогут ещё тексты на новые темы; или сделайте её действующей. Новые темы могут отнять ${mayTake} из 100: так задано в NEW_ITEMS_MAY_TAKE.`,
  gone: "От неё остались только цифры: она устарела или видела тексты, которые нужно было забыть. Снова действующей ей не стать.",
};

export const versions: KitchenTexts["versions"] = {
  ...versionsOfPhotos,
  empty: "Версий пока нет. Первую создаст обучение, которое найдёт тексты на две темы.",
  learnedFrom: (texts, topics) => `${countTexts(texts)} · ${countTopics(topics)}`,
  replay: {
    ...replay,
    same: (replayed) => `На ${lastStoredTexts(replayed)} ни один ответ не изменился бы.`,
    changed: (changed, replayed, kinds) => {
      const answers = count(changed, {
        one: "ответ был бы другим",
        few: "ответа были бы другими",
        many: "ответов были бы другими",
        other: "ответа были бы другими",
      });
      return `На ${lastStoredTexts(replayed)} ${answers}: ${kinds}.`;
    },
  },
  pin: {
    ...pin,
    isPinned: "Она останется, сколько бы ей ни было. Но если забыть текст, который она видела, её не станет.",
  },
};

export const change: KitchenTexts["change"] = {
  ...changeOfPhotos,
  lessOften: (topic, from, to) => `реже узнаю тему «${topic}» (было ${from} из 100, стало ${to})`,
  others: (topics) => `ещё ${countTopics(topics)}`,
};

export const comparison: KitchenTexts["comparison"] = {
  ...comparedPhotos,
  balance: "Ровность по темам (макро-F1)",
  photos: "Обучена по текстам",
  recognised: "Узнано текстов",
  same: "Все темы, которые знают обе, узнаются одинаково часто.",
};

export const transfer: KitchenTexts["transfer"] = {
  ...transferOfPhotos,
  exporting: {
    ...transferOfPhotos.exporting,
    note: "В одном файле темы, все метки, поправки и версии. Текстов и ключей в нём нет.",
  },
  importing: {
    ...transferOfPhotos.importing,
    note: "Пустая кухня станет такой, как в файле. Если темы уже есть, файл можно только добавить: то, что есть, останется. Если импорт прервётся, выберите файл ещё раз: дважды ничего не сохранится.",
    returningPhotos: countTexts,
    row: describeRow,
  },
};

export const keys: KitchenTexts["keys"] = {
  ...keysToPhotos,
  pictures: {
    ...keysToPhotos.pictures,
    title: "Какие тексты хранятся",
    none: "От текстов с метками не хранится ничего.",
    thumbnails:
      "Хранится начало каждого текста с меткой, чтобы вам было что прочесть. Оно удаляется, когда текст забывают.",
    originals: "Каждый текст с меткой хранится целиком, чтобы вам было что прочесть. Он удаляется, когда его забывают.",
    rows: { small: "Начала текстов", originals: "Тексты целиком" },
  },
  form: {
    ...keysToPhotos.form,
    example: "Почта магазина",
    choices: { ...keysToPhotos.form.choices, classify: "спрашивать о текстах" },
  },
  roles: { ...keysToPhotos.roles, classify: "спрашивает о текстах" },
  limits: { ...keysToPhotos.limits, loadNames: async () => (await import("./limit-names.ts")).limitNames },
};
