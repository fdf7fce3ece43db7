import { describe, expect, it } from "vitest";
import { compareFigures, compareItems, describeMenuChange } from "../../src/web/client/comparison.ts";
import { describeCell, describeQuality, MAX_MATRIX_ITEMS, makeMatrix } from "../../src/web/client/confusion.ts";
import type { HeadComparison, HeadDetails } from "../../src/web/client/head-answers.ts";
import {
  accuracyError,
  describeGate,
  describeInterval,
  describeReplay,
  formatAccuracy,
  stateOf,
} from "../../src/web/client/version-words.ts";

const NAMES = new Map([
  ["a", "Hawaiian"],
  ["b", "Margherita"],
  ["c", "Four Cheese"],
]);

describe("an accuracy's interval", () => {
  it("is told as a range, which ten right out of ten do not close", () => {
    expect(describeInterval({ accuracy: 0.8, examples: 10 })).toBe("likely 49% to 94%");
    expect(describeInterval({ accuracy: 1, examples: 10 })).toBe("likely 72% to 100%");
  });
});

describe("the accuracy of a version", () => {
  it("carries Agresti and Coull's standard error, which does not vanish at 100%", () => {
    // sqrt(p (1 - p) / n) with p = 12/14, n = 14
    expect(accuracyError({ accuracy: 1, examples: 10 })).toBeCloseTo(0.09352, 5);
    expect(formatAccuracy({ accuracy: 1, examples: 10 })).toBe("100% ± 10%");
    expect(formatAccuracy({ accuracy: 0.9, examples: 1000 })).toBe("90% ± 1%");
    expect(formatAccuracy(null)).toBe("not measured");
  });
});

describe("the state of a version", () => {
  const passed = { passed: true, reason: "Not worse than head 12." };
  const failed = { passed: false, reason: "Worse than head 12: accuracy 80.0 % against 91.0 %." };

  it.each([
    ["live", { live: true, purgedAt: null, gate: failed }],
    ["held", { live: false, purgedAt: null, gate: failed }],
    ["ready", { live: false, purgedAt: null, gate: passed }],
    ["gone", { live: false, purgedAt: "2026-01-01T00:00:00Z", gate: failed }],
  ])("is %s", (state, head) => expect(stateOf(head)).toBe(state));

  it("is explained by the gate's reason, with the kitchen's word for a head", () => {
    expect(describeGate({ gate: failed, purgedAt: null })).toBe(
      "Worse than version 12: accuracy 80.0 % against 91.0 %.",
    );
    expect(describeGate({ gate: failed, purgedAt: "2026-01-01T00:00:00Z" })).toContain("cannot go live again");
    expect(describeGate({ gate: null, purgedAt: null })).toBe("");
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
      { classId: "a", examples: 40, precision: 0.9, recall: 0.85, curve: null },
      { classId: "b", examples: 20, precision: 0.79, recall: 1, curve: null },
      { classId: "c", examples: 0, precision: 0, recall: 0, curve: null },
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
      "Finds 85% of its photos; right in 90% of its answers. Most often taken for Margherita (5 of 40).",
    );
    expect(describeQuality(details, "b", NAMES)).toBe("Finds 100% of its photos; right in 79% of its answers.");
    expect(describeQuality(details, "c", NAMES)).toBe("");
    expect(describeQuality(details, "unknown", NAMES)).toBe("");
  });
});

describe("two versions side by side", () => {
  const evaluation = { accuracy: 0.9, macroF1: 0.88, logLoss: 0.3456, expectedCalibrationError: 0.02, examples: 96 };
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
  };

  it("show the same figures, and a dash where one was not measured", () => {
    expect(compareFigures(comparison).map(({ from, to }) => [from, to])).toEqual([
      ["90% ± 4%", "–"],
      ["88%", "–"],
      ["0.346", "–"],
      ["2%", "–"],
      ["1,200", "1,300"],
    ]);
  });

  it("name the items that came, went and changed; one that is gone for good by its id", () => {
    expect(describeMenuChange(comparison, NAMES)).toEqual([
      "Version 4 knows Four Cheese as well.",
      "Version 4 does not know gone-for-good.",
    ]);
    expect(compareItems(comparison, NAMES)).toEqual([{ name: "Hawaiian", from: "80%", to: "–" }]);
  });
});
