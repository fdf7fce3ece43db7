import { describe, expect, it } from "vitest";
import type { AnswerDay } from "../../src/shared/drift.ts";
import {
  BASELINE_DAYS,
  judgeDrift,
  MAX_WINDOW_DAYS,
  MIN_BASELINE_ANSWERS,
  MIN_WINDOW_ANSWERS,
  normaliseEntropy,
  toDate,
} from "../../src/shared/drift.ts";
import { createRandom, type Random } from "../support/random.ts";

const TODAY = 20_000;

interface Kind {
  readonly answers: number;
  /** Probability that an answer is unknown. */
  readonly unknown: number;
  /** Mean entropy; single ones are spread evenly 0.3 around it. */
  readonly entropy: number;
  readonly headVersion?: number;
}

const USUAL: Kind = { answers: 200, unknown: 0.08, entropy: 0.35 };

/** A day's answers, drawn one by one. */
function drawDay(day: number, { answers, unknown, entropy, headVersion = 1 }: Kind, random: Random): AnswerDay {
  const counts = { answers, unknown: 0, entropySum: 0, entropySquares: 0 };
  for (let i = 0; i < answers; i++) {
    const own = entropy + 0.6 * (random() - 0.5);
    counts.unknown += random() < unknown ? 1 : 0;
    counts.entropySum += own;
    counts.entropySquares += own ** 2;
  }
  return { day, headVersion, ...counts };
}

/** So many usual days before yesterday, and yesterday as given. */
function drawDays(yesterday: Kind, seed: string, before = BASELINE_DAYS, usual = USUAL): AnswerDay[] {
  const random = createRandom(seed);
  const days = Array.from({ length: before }, (_, i) => drawDay(TODAY - 2 - i, usual, random));
  return [drawDay(TODAY - 1, yesterday, random), ...days];
}

describe("the watch over the answers", () => {
  it("gives no more false alarms on stable noise than its two tests allow", () => {
    const SERIES = 4_000;
    const alarms = Array.from(
      { length: SERIES },
      (_, i) => judgeDrift(drawDays(USUAL, `stable ${i}`, 5), TODAY).warning,
    );
    const found = alarms.filter((warning) => warning !== null).length;
    // Two tests of 0.00135 each: 10.8 expected, 20 is three standard deviations above. None at all would be a watch that cannot bark.
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThanOrEqual(20);
  });

  it("warns of a real rise of the unknown answers, nearly always", () => {
    const found = Array.from(
      { length: 200 },
      (_, i) => judgeDrift(drawDays({ ...USUAL, unknown: 0.2 }, `rise ${i}`), TODAY).warning?.code,
    );
    expect(found.filter((code) => code === "unknown_share_up").length).toBeGreaterThanOrEqual(195);
  });

  it("warns of scores that have become less decided where no more answers are unknown", () => {
    const { warning } = judgeDrift(drawDays({ ...USUAL, entropy: 0.45 }, "undecided"), TODAY);
    expect(warning?.code).toBe("entropy_up");
    expect(warning?.text).toMatch(
      /On 2024-10-03 the mean entropy of the scores was 4\d\.\d % over 200 answers, after 3\d\.\d %/,
    );
  });

  it("does not warn of a fall, nor of a rise too small to matter however sure it is", () => {
    expect(judgeDrift(drawDays({ ...USUAL, unknown: 0.01, entropy: 0.31 }, "fall"), TODAY).warning).toBeNull();
    const many = { ...USUAL, answers: 5_000 };
    const slightly = { ...many, unknown: 0.11, entropy: 0.38 };
    expect(judgeDrift(drawDays(slightly, "slight", BASELINE_DAYS, many), TODAY).warning).toBeNull();
  });

  it("names a head that is new, for it may be what has changed", () => {
    const days = drawDays({ ...USUAL, unknown: 0.3, headVersion: 7 }, "new head");
    expect(judgeDrift(days, TODAY).warning?.text).toContain("Version 7 is new since then");
    const same = judgeDrift(drawDays({ ...USUAL, unknown: 0.3 }, "same head"), TODAY);
    expect(same.warning?.text).toContain("People send things that none of the items covers");
  });

  it("says nothing of too few answers, on either side", () => {
    const rise = { ...USUAL, unknown: 0.6 };
    expect(judgeDrift(drawDays({ ...rise, answers: MIN_WINDOW_ANSWERS - 1 }, "few", 0), TODAY).warning).toBeNull();
    const young = { ...USUAL, answers: MIN_BASELINE_ANSWERS / 5 };
    expect(judgeDrift(drawDays(rise, "young", 4, young), TODAY).warning).toBeNull();
    expect(judgeDrift(drawDays(rise, "grown", 5, young), TODAY).warning?.code).toBe("unknown_share_up");
    expect(judgeDrift([], TODAY)).toEqual({
      baseline: { days: 0, answers: 0, unknown: 0, entropySum: 0, entropySquares: 0 },
      warning: null,
    });
  });

  it("takes days together until there are enough answers, and holds them against the 28 before", () => {
    const random = createRandom("quiet");
    const quiet = { ...USUAL, answers: 40 };
    const changed = { ...quiet, unknown: 0.5 };
    const days = Array.from({ length: 40 }, (_, i) => drawDay(TODAY - 1 - i, i < 3 ? changed : quiet, random));
    const { baseline, warning } = judgeDrift(days, TODAY);
    expect(warning?.text).toContain(`From ${toDate(TODAY - 3)} to ${toDate(TODAY - 1)}`);
    expect(warning?.text).toContain("over 120 answers");
    expect(baseline).toMatchObject({ days: BASELINE_DAYS, answers: BASELINE_DAYS * quiet.answers });
  });

  it("looks back no further than six days for its window, and leaves today out", () => {
    const random = createRandom("sparse");
    const sparse = { ...USUAL, answers: 10, unknown: 0.9 };
    const days = Array.from({ length: MAX_WINDOW_DAYS }, (_, i) => drawDay(TODAY - 1 - i, sparse, random));
    const today = drawDay(TODAY, { ...USUAL, unknown: 1 }, random);
    const before = Array.from({ length: 5 }, (_, i) => drawDay(TODAY - 1 - MAX_WINDOW_DAYS - i, USUAL, random));
    const { baseline, warning } = judgeDrift([today, ...days, ...before], TODAY);
    expect(warning).toBeNull();
    expect(baseline).toMatchObject({ days: 5, answers: 1_000 });
  });

  it("survives days on which all answers are alike", () => {
    const sure = { headVersion: 1, unknown: 0, entropySum: 0, entropySquares: 0 };
    const days = [1, 2, 3, 4].map((ago) => ({ day: TODAY - ago, answers: 300, ...sure }));
    expect(judgeDrift(days, TODAY).warning).toBeNull();
    const other = [{ ...days[0], entropySum: 30, entropySquares: 3 }, ...days.slice(1)];
    expect(judgeDrift(other, TODAY).warning?.code).toBe("entropy_up");
  });
});

it("normalises entropy by what it is when all items are equal", () => {
  expect(normaliseEntropy(Math.log(8), 8)).toBe(1);
  expect(normaliseEntropy(0, 8)).toBe(0);
  expect([0, 1].map((items) => normaliseEntropy(0, items))).toEqual([0, 0]);
});
