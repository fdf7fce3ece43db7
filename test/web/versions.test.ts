import { describe, expect, it } from "vitest";
import { notWorse, unopposed, worse } from "../../src/shared/english/gates.ts";
import { judgeNewItems, toGate } from "../../src/training/gate.ts";
import {
  compareFigures,
  compareItems,
  compareSpecialFigures,
  describeMenuChange,
} from "../../src/web/client/comparison.ts";
import { describeCell, describeQuality, MAX_MATRIX_ITEMS, makeMatrix } from "../../src/web/client/confusion.ts";
import { describeCounted } from "../../src/web/client/counted.ts";
import { describeGate, describeGateFigures } from "../../src/web/client/gate-words.ts";
import { describeGuards } from "../../src/web/client/guard-words.ts";
import type { HeadComparison, HeadDetails, JudgedLabels } from "../../src/web/client/head-answers.ts";
import { describeAccuracy, describeReplay, stateOf } from "../../src/web/client/version-words.ts";

const NAMES = new Map([
  ["a", "Hawaiian"],
  ["b", "Margherita"],
  ["c", "Four Cheese"],
]);

describe("a share that was counted", () => {
  it.each([
    // Wilson's interval at 95 %: .433 to .819 of 20, .722 to 1 of 10, .88 to .917 of 1,000.
    [0.65, 20, "about 13 of 20, probably between 9 and 16"],
    [1, 10, "about 10 of 10, probably between 7 and 10"],
    [0.9, 1000, "about 90 of 100, probably between 88 and 92"],
  ])("%d of %d photos has one figure and one interval", (share, photos, words) => {
    expect(describeCounted(share, photos)).toBe(words);
  });

  it("is how right a version is, where that was measured", () => {
    const evaluation = { accuracy: 0.65, examples: 20 };
    expect(describeAccuracy({ evaluation, examples: 22 })).toBe("Right: about 13 of 20, probably between 9 and 16");
    expect(describeAccuracy({ evaluation: null, examples: 2 })).toBe("not measured");
  });

  it("is nothing that anybody has checked where no label has taught the version", () => {
    const described = { evaluation: null, examples: 0 };
    expect(describeAccuracy(described)).toBe("Nobody has checked it: it knows its items by their descriptions alone");
  });
});

describe("the state of a version", () => {
  const figures = { accuracyNow: 0.8, accuracyBefore: 0.91, accuracyMargin: 0.05, lossNow: 1, lossBefore: 0.5 };
  const compared = { ...figures, lossMargin: 0.1, version: 12, samples: 40 };
  const passed = toGate(true, notWorse(compared));
  const failed = toGate(false, worse(compared));

  it.each([
    ["live", { live: true, purgedAt: null, gate: failed }],
    ["held", { live: false, purgedAt: null, gate: failed }],
    ["ready", { live: false, purgedAt: null, gate: passed }],
    ["gone", { live: false, purgedAt: "2026-01-01T00:00:00Z", gate: failed }],
  ])("is %s", (state, head) => expect(stateOf(head)).toBe(state));

  it("is explained in words, and its figures are there for those who look closer", () => {
    expect(describeGate({ gate: failed, purgedAt: null })).toBe(
      "It tells the items that both know apart less well than version 12.",
    );
    expect(describeGateFigures({ gate: failed, purgedAt: null })).toContain("accuracy 80.0 % against 91.0 %");
    const first = toGate(true, unopposed());
    expect(describeGate({ gate: first, purgedAt: null })).toBe("Goes live unopposed: no version was live.");
    expect(describeGateFigures({ gate: first, purgedAt: null })).toBe("");
    expect(describeGate({ gate: failed, purgedAt: "2026-01-01T00:00:00Z" })).toContain("cannot go live again");
    expect(describeGate({ gate: null, purgedAt: null })).toBe("");
  });

  it("is told in the words that an older version stored, its figures to those who look closer", () => {
    const gate = { passed: false, reason: "Worse than head 12: accuracy 80.0 % against 91.0 %.", says: [] };
    expect(describeGate({ gate, purgedAt: null })).toBe("Worse than head 12");
    expect(describeGateFigures({ gate, purgedAt: null })).toBe(gate.reason);
  });

  it("asks for a word where new items take too much, and says how much they may, and by which variable", () => {
    const right = (from: number) => Array.from({ length: 50 }, (_, i) => [`p${i}`, 0.5, i < from ? 1 : 0] as const);
    const gate = judgeNewItems(4, right(40), right(20), { count: 2, mayTake: 0.2 });
    const words = describeGate({ gate, purgedAt: null });
    expect(words).toContain("with 2 new items it answers 40 of 100 photos of the others right; version 4 answered 80.");
    expect(words).toContain("New items may take 20 of 100, as NEW_ITEMS_MAY_TAKE says.");
    expect(describeGateFigures({ gate, purgedAt: null })).toContain("40.0 % of 50 examples");
  });
});

describe("describeReplay", () => {
  const change = (from: string, to: string, photo = "p") => ({ photo, from, to });

  it("counts what would change, most frequent first, and sums up the rest", () => {
    const changes = [change("a", "b"), change("a", "c"), change("a", "c"), change("b", "a"), change("b", "c")];
    expect(describeReplay({ replayed: 300, changed: 9, changes }, NAMES)).toBe(
      "9 of the answers to the last 300 stored photos would change: 2 from Hawaiian to Four Cheese, " +
        "1 from Hawaiian to Margherita, 1 from Margherita to Hawaiian and 5 others.",
    );
  });

  it("says that nothing changes, and nothing where nothing was tried", () => {
    const none = { replayed: 18, changed: 0, changes: [] };
    expect(describeReplay(none, NAMES)).toBe("No answer to the last 18 stored photos would change.");
    expect(describeReplay({ ...none, replayed: 0 }, NAMES)).toBe("");
    expect(describeReplay(null, NAMES)).toBe("");
  });
});

describe("the confusion matrix", () => {
  const details: HeadDetails = {
    perClass: [
      { classId: "a", examples: 40, precision: 0.9, recall: 0.85, curve: null, recallBefore: null },
      { classId: "b", examples: 20, precision: 0.79, recall: 1, curve: null, recallBefore: null },
      { classId: "c", examples: 0, precision: 0, recall: 0, curve: null, recallBefore: null },
    ],
    confusions: [
      { given: "a", answered: "b", examples: 5 },
      { given: "a", answered: "c", examples: 1 },
    ],
  };

  it("gets its diagonal from the totals", () => {
    expect(makeMatrix(details)).toEqual({
      rows: [
        { classId: "a", total: 40, counts: [34, 5, 1] },
        { classId: "b", total: 20, counts: [0, 20, 0] },
        { classId: "c", total: 0, counts: [0, 0, 0] },
      ],
      hidden: 0,
    });
  });

  it("keeps the items with most mistakes when there are too many, and counts photos of all", () => {
    const many = Array.from({ length: MAX_MATRIX_ITEMS + 3 }, (_, i) => ({
      classId: `item-${i}`,
      examples: 10,
      precision: 1,
      recall: 1,
      curve: null,
      recallBefore: null,
    }));
    const last = many.length - 1;
    const confusions = [{ given: `item-${last}`, answered: `item-${last - 1}`, examples: 4 }];
    const { rows, hidden } = makeMatrix({ perClass: many, confusions });
    expect(hidden).toBe(3);
    expect(rows).toHaveLength(MAX_MATRIX_ITEMS);
    expect(rows.at(-1)).toMatchObject({ classId: `item-${last}`, total: 10 });
    expect(rows.at(-1)?.counts.slice(-2)).toEqual([4, 6]);
  });

  it.each([
    ["Hawaiian", "Margherita", 5, 40, "5 of 40 photos of Hawaiian were answered Margherita."],
    ["Hawaiian", "Margherita", 1, 40, "1 of 40 photos of Hawaiian was answered Margherita."],
    ["Hawaiian", "Hawaiian", 1, 1, "1 of 1 photo of Hawaiian was recognised."],
    ["Hawaiian", "Hawaiian", 34, 40, "34 of 40 photos of Hawaiian were recognised."],
  ])("reads %s answered %s in words", (given, answered, count, total, words) => {
    expect(describeCell(given, answered, count, total)).toBe(words);
  });

  it("says how well an item is told apart, and from what it is not", () => {
    expect(describeQuality(details, "a", NAMES)).toBe(
      "Finds about 34 of 40, probably between 28 and 37. Of 100 such answers 90 are right. Most often taken for Margherita (5 of 40).",
    );
    expect(describeQuality(details, "b", NAMES)).toMatch(/^Finds about .* Of 100 such answers 79 are right\.$/);
    expect(describeQuality(details, "c", NAMES)).toBe("");
    expect(describeQuality(details, "unknown", NAMES)).toBe("");
  });
});

describe("what a version has learnt by heart and forgotten", () => {
  const evaluation = {
    accuracy: 0.91,
    macroF1: 0.9,
    logLoss: 0.3,
    expectedCalibrationError: 0.02,
    examples: 60,
    taughtAccuracy: 0.98,
    pool: null,
  };
  const item = (classId: string, recall: number, recallBefore: number | null, examples = 20) => ({
    classId,
    examples,
    precision: 1,
    recall,
    recallBefore,
    curve: null,
  });
  const judged = (...perClass: ReturnType<typeof item>[]) => ({ evaluation, details: { perClass, confusions: [] } });

  it("is one line: the gap, and what is found less often, the largest loss first", () => {
    const report = judged(item("a", 0.85, 0.9), item("b", 0.6, 0.8), item("c", 1, null), item("d", 0.9, 0.7));
    expect(describeGuards(report, NAMES)).toBe(
      "It answers 98% of what it was taught right, and 91% of the same when each is judged as if new: the wider the gap, the more it has learnt by heart. " +
        "It finds less often than the version that was live before it: Margherita (80% before, now 60%) and Hawaiian (90% before, now 85%).",
    );
  });

  it("says whether what nobody has labelled counts in it, and why not", () => {
    const pool: JudgedLabels = {
      labels: 40,
      isAllowed: true,
      judged: 30,
      rightWithout: 26,
      rightWith: 28,
      tested: null,
    };
    const say = (change: Partial<JudgedLabels>) =>
      describeGuards({ evaluation: { ...evaluation, pool: { ...pool, ...change } }, details: null }, NAMES);
    expect(say({})).toMatch(/learnt from 40 that nobody has labelled too: .* get 26 right without them and gets 28/);
    expect(say({ isAllowed: false, judged: 4 })).toMatch(/only 4 of your labels could judge that, and it takes 10\.$/);
    expect(say({ isAllowed: false, rightWith: 25 })).toMatch(
      /of your 30 labels 26 come out right without that, and 25 with/,
    );
    expect(say({ isAllowed: false })).toMatch(/28 come out right with that, 26 without, but less surely\.$/);
    const tested = { examples: 50, rightWithout: 45, rightWith: 41 };
    expect(say({ isAllowed: false, tested })).toMatch(
      /of 50 test examples 45 come out right without that, and 41 with/,
    );
  });

  it("says that nothing was forgotten, and nothing of what was not measured", () => {
    const kept = "It finds every item at least as often as the version that was live before it.";
    expect(describeGuards(judged(item("a", 0.9, 0.9)), NAMES)).toMatch(new RegExp(`by heart\\. ${kept}$`));
    expect(describeGuards(judged(item("a", 0.9, null), item("b", 0, 0.8, 0)), NAMES)).toMatch(/by heart\.$/);
    expect(describeGuards({ evaluation: { ...evaluation, taughtAccuracy: null }, details: null }, NAMES)).toBe("");
    expect(describeGuards({ evaluation: null, details: null }, NAMES)).toBe("");
  });
});

describe("two versions side by side", () => {
  const evaluation = {
    accuracy: 0.9,
    macroF1: 0.88,
    logLoss: 0.3456,
    expectedCalibrationError: 0.02,
    examples: 96,
    taughtAccuracy: null,
    pool: null,
  };
  const comparison: HeadComparison = {
    from: 3,
    to: 4,
    evaluationFrom: evaluation,
    evaluationTo: null,
    addedClasses: ["c"],
    removedClasses: ["gone-for-good"],
    changedClasses: [{ classId: "a", recallFrom: 0.8, recallTo: null }],
    examplesFrom: 1200,
    examplesTo: 1300,
    test: null,
  };

  it("show the same figures, and a dash where one was not measured", () => {
    expect(compareFigures(comparison).map(({ from, to }) => [from, to])).toEqual([
      ["about 86 of 96, probably between 79 and 91", "–"],
      ["1,200", "1,300"],
    ]);
    expect(compareSpecialFigures(comparison).map(({ from, to }) => [from, to])).toEqual([
      ["88%", "–"],
      ["0.346", "–"],
      ["2%", "–"],
    ]);
  });

  it("show how both answered the same examples of the test set, where neither has learnt from them", () => {
    const test = { examples: 50, rightFrom: 40, rightTo: 45 };
    expect(compareFigures({ ...comparison, test })[1]).toEqual({
      name: "Right on the test set",
      from: "about 40 of 50, probably between 33 and 44",
      to: "about 45 of 50, probably between 39 and 48",
    });
  });

  it("name the items that came, went and changed; one that is gone for good by its id", () => {
    expect(describeMenuChange(comparison, NAMES)).toEqual([
      "Version 4 knows Four Cheese as well.",
      "Version 4 does not know gone-for-good.",
    ]);
    expect(compareItems(comparison, NAMES)).toEqual([{ name: "Hawaiian", from: "80%", to: "–" }]);
  });
});
