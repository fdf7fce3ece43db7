import { describe, expect, it } from "vitest";
import { AUDIT_ACTIONS } from "../../src/shared/audit-actions.ts";
import * as rows from "../../src/shared/english/rows.ts";
import * as english from "../../src/web/texts/kitchen/en.ts";
import { findKitchenTexts } from "../../src/web/texts/kitchen/languages.ts";
import * as russian from "../../src/web/texts/kitchen/ru.ts";

const MORE = { moved: 2, accepted: 3, relabelled: 1, rejected: 2 };
const FACTS = {
  item: "Тунец",
  into: "Гавайская",
  to: "Гавайская",
  place: "терраса",
  version: 3,
  hold: true,
  photos: 21,
  corrections: 5,
  isTest: true,
  webhook: "1",
  backbone: "другая",
  ...MORE,
};

describe("the records in Russian", () => {
  it.each(AUDIT_ACTIONS)("tell of %s in a sentence, as the English ones do", (action) => {
    const said = [english, russian].map(({ history, keys }) =>
      history.audit[action]({ ...FACTS, role: keys.roles.review }),
    );
    for (const sentence of said) expect(sentence).toMatch(/^\S.*\S\.$/);
    expect(said[1]).not.toMatch(/[A-Za-z]|undefined/);
  });

  it.each([
    ["class.delete", "Блюдо «Тунец» удалено навсегда. Забыто: 21 фото и 5 поправок."],
    ["head.activate", "Версия 3 стала действующей, следующие будут отложены."],
    ["examples.label", "Метку «Тунец» получили 21 фото; раньше с другой меткой: 2."],
    ["reviews.decide", "Приняты решения по поправкам: принято 3, с другой меткой 1, отклонено 2."],
    ["reviews.accept", "Поправки приняты (5): гости сошлись во мнении."],
    ["keys.make", "Создан ключ, который спрашивает, учит и решает о поправках."],
  ] as const)("tell of %s by its details", (action, words) => {
    expect(russian.history.audit[action]({ ...FACTS, role: russian.keys.roles.review })).toBe(words);
  });

  it.each([
    [1, "Нашлось: 1 запись среди 100 последних."],
    [3, "Нашлось: 3 записи среди 100 последних."],
    [11, "Нашлось: 11 записей среди 100 последних."],
  ])("count %d entries", (count, words) => expect(russian.history.log.foundAmong(count, 100)).toBe(words));
});

describe("a line of the table of runs", () => {
  it.each([
    [english, "failed: No photos, 1 label left"],
    [russian, "failed: No photos; меток осталось: 1"],
  ])("ends as one sentence in $tag", ({ history }, words) => {
    const run = { version: null, outcome: "failed", fault: "No photos.", remaining: 1 };
    expect(history.runs.outcome(run)).toBe(words);
  });
});

describe("a row of an import in Russian", () => {
  it.each([
    ["kept", rows.isNamedOtherwise({ name: "Tuna" }), "здесь это блюдо называется «Tuna» или описано иначе"],
    ["kept", rows.isLabelledOtherwise({ ours: "tuna", theirs: "ham" }), "здесь на фото метка «tuna», а там «ham»"],
    ["kept", rows.isForgottenHere({ theirs: "ham" }), "здесь фото забыто, а там на нём метка «ham»"],
    ["kept", rows.hasAnotherState(), "здесь у блюда другое состояние"],
    ["refused", rows.itemIsMissing({ id: "ham" }), "здесь нет блюда «ham»"],
    ["refused", rows.namesUnknownItem(), "в ней названо блюдо, которого здесь нет"],
    [
      "refused",
      rows.rowIsMisfilled({ faults: "weights: is too long; rho: must be a number", fields: "weights, rho" }),
      "неверно заполнено: weights, rho",
    ],
    [
      "refused",
      rows.rowIsMisfilled({ faults: "row: is deleted and on the menu", fields: "" }),
      "она составлена неверно",
    ],
  ])("was %s: $text", (outcome, { text, says }, words) => {
    const row = russian.transfer.importing.row(3, "example", outcome, text, says);
    const verdict = outcome === "kept" ? "ничего не изменила" : "отклонена";
    expect(row).toBe(`Строка 3 (фото с меткой) ${verdict}: ${words}`);
  });

  it("may be of no known kind, as in English", () => {
    const { text, says } = rows.rowIsOfNoKind();
    expect(english.transfer.importing.row(4, "", "refused", text, says)).toBe("Line 4 refused: is of no known kind");
    const row = russian.transfer.importing.row(4, "", "refused", text, says);
    expect(row).toBe("Строка 4 отклонена: строк такого вида не бывает");
    expect(russian.transfer.importing.row(4, "", "refused", text, [])).toBe(`Строка 4 отклонена: ${text}`);
  });

  it.each(Object.values(rows).map(({ says }) => says))(
    "says %s without a word of English, and of texts without a photo",
    (code) => {
      const says = [{ code, params: { id: "", name: "", ours: "", theirs: "", version: 4, faults: "", fields: "" } }];
      expect(russian.transfer.importing.row(3, "", "refused", code, says)).not.toMatch(/[A-Za-z]{2,}/);
      const ofTexts = findKitchenTexts("ru", true).transfer.importing.row(3, "", "refused", code, says);
      expect(ofTexts).not.toMatch(/фото|меню|блюд/i);
    },
  );
});
