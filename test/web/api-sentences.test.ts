import { describe, expect, it } from "vitest";
import { checkInvariants, createStatistics, type Statistics } from "../../src/head/statistics.ts";
import type { AnswerDay } from "../../src/shared/answer-counts.ts";
import { judgeDrift } from "../../src/shared/drift.ts";
import { decodeGramInto } from "../../src/store/codecs.ts";
import { judgeCandidate, judgeNewItems, MIN_GATE_PHOTOS } from "../../src/training/gate.ts";
import { ASKED_FOR, gateReasons, runMessages } from "../../src/training/run-messages.ts";
import { findFault } from "../../src/training/self-check.ts";
import { kitchen as english } from "../../src/web/texts/kitchen/en.ts";
import { findKitchenTexts } from "../../src/web/texts/kitchen/languages.ts";

const { apiText } = findKitchenTexts("ru").frame;

function findLatinWords(text: string): readonly string[] {
  return text.match(/[A-Za-z]{2,}/g) ?? [];
}

function judge(photos: number, wrong: number): string {
  const card = (mistakes: number) =>
    Array.from({ length: photos }, (_, i) => [`photo-${i}`, i < mistakes ? 3 : 0.2, i < mistakes ? 0 : 1] as const);
  return judgeCandidate(4, card(0), card(wrong)).reason;
}

function judgeNew(): string {
  const card = (right: 0 | 1) => Array.from({ length: 100 }, (_, i) => [`photo-${i}`, 1, right] as const);
  return judgeNewItems(4, card(1), card(0), { count: 11, mayTake: 0.2 })?.reason ?? "";
}

const made = { version: 5, isLive: true, replay: null, examples: 30, classCount: 3, accuracy: null };
const progress = { examples: 21, reason: ASKED_FOR };

/** Of every sentence that a run can say: a new one does not compile before it is here. */
const RUN_SAYS: { readonly [name in keyof typeof runMessages]: readonly string[] } = {
  idle: [runMessages.idle()],
  busy: [runMessages.busy(Date.UTC(2026, 1, 3, 4, 5))],
  overtaken: [runMessages.overtaken()],
  numberTaken: [runMessages.numberTaken()],
  rebuilding: [runMessages.rebuilding(progress), runMessages.rebuilding({ ...progress, reason: findFaults()[0] })],
  rebuilt: [runMessages.rebuilt(progress, null), runMessages.rebuilt(progress, 0.000_123)],
  withdrawn: [runMessages.withdrawn()],
  tooFewItems: [runMessages.tooFewItems(7)],
  unsolved: findFaults().map(runMessages.unsolved),
  made: [
    runMessages.made(made, 4, judge(100, 1)),
    runMessages.made({ ...made, examples: 0 }, 0, gateReasons.unopposed()),
    runMessages.made({ ...made, isLive: false, accuracy: 0.912 }, 0, gateReasons.held(4)),
    runMessages.made({ ...made, replay: { replayed: 40, changed: 2, changes: [] } }, 1, gateReasons.unopposed()),
  ],
};

const GATE_SAYS: { readonly [name in keyof typeof gateReasons]: string } = {
  unopposed: gateReasons.unopposed(),
  forgetting: gateReasons.forgetting(4),
  held: gateReasons.held(4),
};

/** What is found wrong with sums that are broken in each way. */
function findFaults(): readonly string[] {
  const broken = (spoil: (statistics: Statistics) => void) => {
    const statistics = createStatistics(2);
    statistics.classes.set("суп", { count: 1, sum: new Float64Array([1, 0]) });
    spoil(statistics);
    const sound = checkInvariants(statistics);
    return (sound.ok ? findFault(statistics) : sound.error.message) ?? "";
  };
  const cutOff = decodeGramInto([], new Float32Array(3));
  return [
    broken(() => undefined),
    broken(({ classes }) => classes.set("суп", { count: -1, sum: new Float64Array(2) })),
    broken(({ classes }) => classes.set("суп", { count: 1, sum: new Float64Array([Number.NaN, 0]) })),
    broken(({ gram }) => gram.fill(Number.NaN)),
    broken(({ gram }) => gram.fill(9)),
    cutOff.ok ? "" : cutOff.error,
  ];
}

/** The warning after a day on which the share of unknown answers, or the entropy, has risen. */
function warn(changed: Pick<AnswerDay, "unknown" | "entropySum" | "entropySquares" | "headVersion">, days = 1): string {
  const today = 20_000;
  const usual = { headVersion: 1, answers: 400, unknown: 40, entropySum: 100, entropySquares: 35 };
  const rows = Array.from({ length: 20 }, (_, i) => ({ ...usual, day: today - 1 - days - i }));
  const fresh = Array.from({ length: days }, (_, i) => ({ ...changed, answers: 400 / days, day: today - 1 - i }));
  return judgeDrift([...fresh, ...rows], today).warning?.text ?? "";
}

const DRIFT_SAYS = [
  warn({ headVersion: 1, unknown: 200, entropySum: 100, entropySquares: 35 }),
  warn({ headVersion: 2, unknown: 200, entropySum: 100, entropySquares: 35 }),
  warn({ headVersion: 1, unknown: 40, entropySum: 300, entropySquares: 240 }),
  warn({ headVersion: 1, unknown: 40, entropySum: 70, entropySquares: 60 }, 5),
];

const SAID = [
  ...Object.values(RUN_SAYS).flat(),
  ...Object.values(GATE_SAYS),
  ...[judge(100, 1), judge(100, 60), judge(MIN_GATE_PHOTOS - 1, 0), judgeNew()],
  ...DRIFT_SAYS,
];

describe("what the API says, in Russian", () => {
  it.each(SAID)("has no English left in: %s", (text) => {
    expect(text).not.toBe("");
    expect(findLatinWords(apiText(text))).toEqual([]);
  });

  it("keeps every figure of a comparison", () => {
    const reason =
      "Worse than head 4: accuracy 40.0 % against 100.0 % (margin 9.8 %), log-loss 1.880 against 0.200 " +
      "(margin 0.276), on 100 photos that both were judged on.";
    expect(apiText(reason)).toBe(
      "Хуже версии 4: точность 40,0\u00a0% против 100,0\u00a0% (допуск 9,8\u00a0%), " +
        "логарифмическая потеря 1,880 против 0,200 (допуск 0,276), на 100 общих фото.",
    );
  });

  it("translates around a sentence that it does not know, which stays", () => {
    const text = `${gateReasons.unopposed()} Cats scored 8.1 % here. ${gateReasons.held(3)}`;
    expect(apiText(text)).toBe(
      "Действует сразу: другой версии ещё не было. Cats scored 8.1 % here. " +
        "Придержана: администратор оставил версию 3 до новых распоряжений.",
    );
    expect(apiText("")).toBe("");
    expect(apiText("Nothing known")).toBe("Nothing known");
  });
});

describe("what the API says, in English", () => {
  it("stays as it is, with the kitchen's word for a head", () => {
    expect(english.frame.apiText(gateReasons.held(4))).toBe(
      "Held: an admin has put version 4 in place until further notice.",
    );
  });
});
