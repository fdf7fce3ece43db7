import { describe, expect, it } from "vitest";
import { type Drift, describeUnknown } from "../../src/web/client/drift-words.ts";

function drift(days: readonly (readonly [answers: number, share: number | null])[], before: number | null): Drift {
  return {
    days: days.map(([answers, unknownShare], i) => ({ date: `2026-03-${20 - i}`, answers, unknownShare })),
    baseline: { days: 5, unknownShare: before },
    warning: null,
  };
}

describe("the share of photos that look like nothing on the menu", () => {
  it("weighs each day by its answers and leaves out what is older than a week", () => {
    const week = [
      [10, 0.5],
      [0, null],
      [30, 0.1],
      [0, null],
      [0, null],
      [0, null],
      [0, null],
    ] as const;
    expect(describeUnknown(drift([...week, [1_000, 1]], 0.08))).toBe(
      "In the last 7 days 20% of 40 photos looked like nothing on the menu; usually it is 8%.",
    );
  });

  it("compares with nothing while there is nothing to compare with", () => {
    expect(describeUnknown(drift([[40, 0.5]], null))).toBe(
      "In the last 7 days 50% of 40 photos looked like nothing on the menu.",
    );
  });

  it.each([
    [1, 1, "1 of 1 photo"],
    [8, 0.375, "3 of 8 photos"],
    [19, 0, "none of 19 photos"],
  ])("counts instead of a share where %d photos of share %d are few", (answers, share, said) => {
    expect(describeUnknown(drift([[answers, share]], 0.08))).toBe(
      `In the last 7 days ${said} looked like nothing on the menu.`,
    );
  });

  it.each([[[]], [[[0, null]]]] as const)("says nothing without answers: %j", (days) => {
    expect(describeUnknown(drift(days, 0.1))).toBe("");
  });
});
