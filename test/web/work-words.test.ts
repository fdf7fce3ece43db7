import { describe, expect, it } from "vitest";
import type { AnswerDay } from "../../src/shared/drift.ts";
import { judgeDrift } from "../../src/shared/drift.ts";
import * as drift from "../../src/shared/english/drift.ts";
import * as gates from "../../src/shared/english/gates.ts";
import * as runs from "../../src/shared/english/runs.ts";
import * as sums from "../../src/shared/english/sums.ts";
import { type Told, tellAll } from "../../src/shared/sentence.ts";
import { judgeCandidate } from "../../src/training/gate.ts";
import { tellMade, tellRebuilding } from "../../src/training/run-messages.ts";
import * as english from "../../src/web/texts/kitchen/en.ts";
import { findKitchenTexts } from "../../src/web/texts/kitchen/languages.ts";

const russian = findKitchenTexts("ru").frame;
const russianOfTexts = findKitchenTexts("ru", true).frame;
const say = ({ text, says }: Told) => russian.tell(text, says);

const CODES = [drift, gates, runs, sums].flatMap((part) => Object.values(part).map(({ says }) => says));
const WORDS = { from: "2026-02-03", to: "2026-02-04", file: "0123", text: "Раньше." };
const ANYTHING = new Proxy<Readonly<Record<string, string>>>(WORDS, { get: (words, name) => words[String(name)] ?? 4 });

function findLatinWords(text: string): readonly string[] {
  return text.match(/[A-Za-z]{2,}/g) ?? [];
}

/** The gate's word on cards of 100 photos, of which so many are answered wrongly now. */
function judge(wrong: number) {
  const card = (mistakes: number) =>
    Array.from({ length: 100 }, (_, i) => [`photo-${i}`, i < mistakes ? 3 : 0.2, i < mistakes ? 0 : 1] as const);
  return judgeCandidate(4, card(0), card(wrong));
}

/** The warning after days on which the share of unknown answers has risen. */
function warn(days: number, headVersion: number): Told {
  const today = 20_000;
  const usual = { headVersion: 1, answers: 400, unknown: 40, entropySum: 100, entropySquares: 35 };
  const rows: AnswerDay[] = Array.from({ length: 20 }, (_, i) => ({ ...usual, day: today - 1 - days - i }));
  const changed = { ...usual, headVersion, answers: 400 / days, unknown: 200 / days };
  const fresh = Array.from({ length: days }, (_, i) => ({ ...changed, day: today - 1 - i }));
  const { warning } = judgeDrift([...fresh, ...rows], today);
  if (warning === null) throw new Error("no warning");
  return warning;
}

describe("what runs, versions and the watch say, in Russian", () => {
  it("is known by a code each", () => expect(CODES).toHaveLength(new Set(CODES).size));

  it.each(CODES)("says %s without a word of English, and of texts without a photo", (code) => {
    const said = russian.tell("", [{ code, params: ANYTHING }]);
    expect(said).toMatch(/^[А-Я0-9].*\.$/s);
    expect(findLatinWords(said)).toEqual([]);
    expect(russianOfTexts.tell("", [{ code, params: ANYTHING }])).not.toMatch(/фото|меню|блюд/i);
  });

  it("keeps every figure of a comparison", () => {
    const { reason, says } = judge(60);
    expect(reason).toMatch(
      /^Worse than version 4: accuracy 40\.0 % against 100\.0 % \(margin 10\.0 %\), log-loss 1\.880/,
    );
    expect(russian.tell(reason, says)).toBe(
      "Хуже версии 4: точность 40,0\u00a0% против 100,0\u00a0% (допуск 10,0\u00a0%), " +
        "логарифмическая потеря 1,880 против 0,200 (допуск 0,277), на 100 общих фото.",
    );
  });

  it("tells of a new version all that English does, in the same order", () => {
    const replay = { replayed: 40, changed: 2, changes: [] };
    const made = { version: 5, isLive: true, gate: judge(0), replay, examples: 30, classCount: 3, accuracy: 0.912 };
    const told = tellMade(made, 4);
    expect(told.text).toMatch(
      /^Version 5 is live: 3 items, 30 examples, 4 labels taken in\. Leave-one-out accuracy 91/,
    );
    expect(say(told)).toMatch(
      /^Версия 5 действует: 3 блюда, 30 фото с метками, новых меток учтено: 4\. Точность 91,2.%\. Не хуже версии 4: .*Сохранённых ответов изменится: 2 из 40\.$/,
    );
    const unchecked = tellMade({ ...made, examples: 0, accuracy: null, replay: null }, 0);
    expect(say(unchecked)).toContain("Её никто не проверял");
  });

  it("says why the sums are made again", () => {
    expect(say(tellRebuilding({ examples: 21, reason: sums.rebuildAskedFor() }))).toBe(
      "Суммы пересчитываются: прочитано фото — 21. Дальше — в следующий раз. Об этом попросил администратор.",
    );
  });

  it("warns of the day or the days, with the figures", () => {
    expect(say(warn(1, 1))).toMatch(
      /^3 октября: доля ответов «не из меню» — 50,0.% \(ответов: 400\), а за 28 дней до того — 10,0.%.*Гости присылают/,
    );
    expect(say(warn(5, 1))).toMatch(/^2 октября — 3 октября: /);
    expect(say(warn(1, 2))).toContain("С тех пор появилась версия 2");
  });

  it("shows what has no codes, or one that is not known, as it is", () => {
    const text = "Goes live unopposed: no head was live.";
    expect(russian.tell(text, [])).toBe(text);
    expect(russian.tell(text, [...gates.unopposed().says, { code: "brand_new", params: {} }])).toBe(text);
    expect(say(tellAll([sums.toldBefore({ text: "asked for by an admin" })]))).toBe("asked for by an admin");
  });
});

describe("what runs, versions and the watch say, in English", () => {
  it("is what the API says", () => {
    const { text, says } = gates.held({ version: 4 });
    expect(text).toBe("Held: an admin keeps version 4 in place until further notice.");
    expect(english.frame.tell(text, says)).toBe(text);
  });
});
