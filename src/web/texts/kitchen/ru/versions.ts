/** Versions of the head: the timeline, each one's card, and the closer look at it, in Russian. */
import type { KitchenTexts } from "../en.ts";
import { count } from "./words.ts";

/** After "показать". */
const versionForms = { one: "версию", few: "версии", many: "версий", other: "версии" };
/** After "на". */
const storedPhotoForms = { one: "последнем сохранённом фото", other: "последних сохранённых фото" };

export const versions: KitchenTexts["versions"] = {
  section: {
    title: "Версии",
    note: "Если обучению было чему научиться, получается новая версия. Если она хуже прежней, она не вступит в действие. Вернуться к одной из прежних можно одним нажатием.",
  },
  empty: "Версий пока нет. Первую создаст обучение, которое найдёт фото двух блюд.",
  showSome: (versions) => `Показать ${count(versions, versionForms)}`,
  showAll: (versions) => `Показать все ${count(versions, versionForms)}`,
  showOlder: "Показать более старые версии",
  hold: {
    note: (live) => `Новые версии откладываются: действует версия ${live}, а каждая новая ждёт здесь вашего решения.`,
    end: "Больше не откладывать",
    ended: "Новые версии снова становятся действующими сами, если они не хуже.",
  },
  title: (version) => `Версия ${version}`,
  badges: { live: "действует", held: "отложена", gone: "стёрта", pinned: "закреплена" },
  madeBy: { staff: "— обучили сотрудники", clock: "— по расписанию" },
  unmeasured: "точность не измерена",
  unchecked: "Её никто не проверял: она знает только описания",
  right: (counted) => `Верно: ${counted}`,
  testSet: "Проверка",
  backbone: "Другая нейросеть",
  tested: (counted) => `На отложенных примерах, которых она никогда не видела: ${counted}`,
  learnedFrom: (photos, items) =>
    `${count(photos, { other: "фото" })} · ${count(items, { one: "блюдо", few: "блюда", many: "блюд", other: "блюда" })}`,
  activate: "Сделать действующей",
  activateVersion: (version) => `Сделать действующей: версия ${version}`,
  holdLater: "Следующие откладывать",
  activated: (version) => `Версия ${version} действует: гости получат её через несколько секунд.`,
  closer: "Рассмотреть",
  closerAt: (version) => `Рассмотреть версию ${version}`,
  parts: {
    replay: "Что заметят гости",
    confusion: "Что с чем путает",
    comparison: "Сравнить с другой",
    pin: "Сохранить её",
    figures: "Цифры для знатоков",
  },
  guards: {
    unlabelled: {
      helps: (samples, judged, without, withThem) =>
        `Она училась и на том, чего никто не отметил (${samples}): из ваших меток (${judged}) без этого она угадала бы ${without}, а с этим угадывает ${withThem}.`,
      tooFew: (judged, needed) =>
        `На том, чего никто не отметил, она не училась: ваших меток, чтобы это проверить, только ${judged}, а нужно ${needed}.`,
      harms: (judged, without, withThem) =>
        withThem < without
          ? `На том, чего никто не отметил, она не училась: из ваших меток (${judged}) без этого угадано ${without}, а с этим ${withThem}.`
          : `На том, чего никто не отметил, она не училась: из ваших меток (${judged}) с этим угадано ${withThem}, без этого ${without}, но менее уверенно.`,
      harmsTest: (examples, without, withThem) =>
        `На том, чего никто не отметил, она не училась: из проверочных примеров (${examples}) без этого угадано ${without}, а с этим ${withThem}.`,
    },
    gap: (taught, unseen) =>
      `На том, чему её учили, верных ответов ${taught}, а если судить о каждом как о незнакомом — ${unseen}. Чем больше разница, тем больше она просто заучила.`,
    kept: "Всё, что знала прежняя действующая версия, она находит не реже.",
    lost: (items) => `Реже, чем прежняя действующая версия, она находит: ${items}.`,
    move: (name, before, now) => `${name} (было ${before}, стало ${now})`,
  },
  replay: {
    same: (replayed) => `На ${count(replayed, storedPhotoForms)} ни один ответ не изменился бы.`,
    changed: (changed, replayed, kinds) => {
      const answers = count(changed, {
        one: "ответ был бы другим",
        few: "ответа были бы другими",
        many: "ответов были бы другими",
        other: "ответа были бы другими",
      });
      return `На ${count(replayed, storedPhotoForms)} ${answers}: ${kinds}.`;
    },
    pair: (answers, from, to) => `${from} → ${to} (${answers})`,
    others: (answers) => `ещё ${answers}`,
  },
  pin: {
    pin: "Закрепить",
    unpin: "Открепить",
    isPinned: "Она останется, сколько бы ей ни было. Но если забыть фото, которое она видела, её не станет.",
    isNotPinned: "Старые версии со временем стираются. Закреплённая остаётся.",
    pinned: (version) => `Версия ${version} закреплена.`,
    unpinned: (version) => `Версия ${version} больше не закреплена.`,
  },
};

export const gate: KitchenTexts["gate"] = {
  notWorse: (version) => `Блюда, которые знают обе, различает не хуже версии ${version}.`,
  worse: (version) => `Блюда, которые знают обе, различает хуже версии ${version}.`,
  taken: (items, now, before, version, mayTake) =>
    `Ждёт вашего решения: с новыми блюдами (${items}) верных ответов на фото остальных — ${now} из 100, а у версии ${version} было ${before}. ` +
    `Помогут ещё фото новых блюд; или сделайте её действующей. Новые блюда могут отнять ${mayTake} из 100: так задано в NEW_ITEMS_MAY_TAKE.`,
  gone: "От неё остались только цифры: она устарела или видела фото, которые нужно было забыть. Снова действующей ей не стать.",
  activatedAndHeld: (version) =>
    `Версия ${version} действует: гости получат её через несколько секунд. Следующие версии подождут вашего решения.`,
};
