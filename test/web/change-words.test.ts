import { describe, expect, it } from "vitest";
import { describeChange } from "../../src/web/client/change-words.ts";
import type { HeadComparison } from "../../src/web/client/head-answers.ts";
import * as russian from "../../src/web/texts/kitchen/ru.ts";

const NAMES = new Map([
  ["a", "Pepperoni"],
  ["b", "Hawaiian"],
  ["c", "Four Cheese"],
]);
const JUDGED = new Map(["a", "b", "c"].map((id) => [id, 20]));

function compare(changed: Partial<HeadComparison>): HeadComparison {
  return {
    from: 1,
    to: 2,
    evaluationFrom: null,
    evaluationTo: null,
    test: null,
    examplesFrom: 40,
    examplesTo: 60,
    addedClasses: [],
    removedClasses: [],
    changedClasses: [],
    ...changed,
  };
}

describe("what a new version changes", () => {
  it("is what is known now, and what is found less often for it", () => {
    const changedClasses = [{ classId: "a", recallFrom: 0.6, recallTo: 0.41 }];
    expect(describeChange(compare({ addedClasses: ["c"], changedClasses }), JUDGED, NAMES)).toEqual({
      text: "Four Cheese is known now; Pepperoni is found less often (60 to 41 of 100).",
      isLoss: true,
    });
  });

  it("names several at once, and the gains after the losses", () => {
    const changedClasses = [
      { classId: "a", recallFrom: 0.6, recallTo: 0.4 },
      { classId: "b", recallFrom: 0.9, recallTo: 0.7 },
      { classId: "c", recallFrom: 0.5, recallTo: 0.8 },
    ];
    expect(describeChange(compare({ removedClasses: ["d"], changedClasses }), JUDGED, NAMES).text).toBe(
      "D is no longer known; found less often: Pepperoni (60 to 40 of 100) and Hawaiian (90 to 70 of 100); " +
        "found more often: Four Cheese (50 to 80 of 100).",
    );
  });

  it.each([
    ["under one photo in ten", 0.85, 0.8, 200],
    ["a single photo of a few", 1, 0.9, 10],
    ["an item that was not measured", null, 0.4, 20],
  ])("is silent about %s", (_, recallFrom, recallTo, judged) => {
    const changedClasses = [{ classId: "a", recallFrom, recallTo }];
    expect(describeChange(compare({ changedClasses }), new Map([["a", judged]]), NAMES)).toEqual({
      text: "",
      isLoss: false,
    });
  });

  it("is said in Russian too", () => {
    const { change } = russian;
    expect([change.known("Four Cheese", 1), change.lessOften("Pepperoni", 60, 41)]).toEqual([
      "теперь я знаю и это: Four Cheese",
      "реже узнаю блюдо «Pepperoni» (было 60 из 100, стало 41)",
    ]);
  });
});
