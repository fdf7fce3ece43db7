import { describe, expect, it } from "vitest";
import { wilsonInterval } from "../../src/shared/wilson.ts";
import { describeCurve, describeEnough, judgeEnough } from "../../src/web/client/enough.ts";
import type { ClassQuality } from "../../src/web/client/head-answers.ts";

type Curve = NonNullable<ClassQuality["curve"]>;

function quality(examples: number, recall: number, curve: Curve | null = null): ClassQuality {
  return { classId: "hawaiian", examples, precision: 1, recall, curve, recallBefore: null };
}

describe("wilsonInterval", () => {
  it("agrees with published values", () => {
    // R, prop.test(x, n, correct = FALSE): 0 of 10, 8 of 10, 81 of 263 (Newcombe, Statistics in Medicine 17, 1998).
    const [none, most, newcombe] = [wilsonInterval(0, 10), wilsonInterval(0.8, 10), wilsonInterval(81 / 263, 263)];
    expect(none.low).toBe(0);
    expect(none.high).toBeCloseTo(0.2775, 4);
    expect(most.low).toBeCloseTo(0.4902, 4);
    expect(most.high).toBeCloseTo(0.9433, 4);
    expect(newcombe.low).toBeCloseTo(0.2553, 4);
    expect(newcombe.high).toBeCloseTo(0.3662, 4);
  });

  it("knows nothing without photos, and is never certain with some", () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
    expect(wilsonInterval(1, 40).low).toBeLessThan(1);
    expect(wilsonInterval(1, 40).high).toBeLessThanOrEqual(1);
  });
});

describe("whether an item is done", () => {
  it.each<[string, ClassQuality, ReturnType<typeof judgeEnough>]>([
    ["nothing where nothing was judged", quality(0, 0), null],
    ["too few to tell", quality(6, 1), { state: "few", more: 4 }],
    ["good, on few photos", quality(12, 1), { state: "unproven", more: 4 }],
    ["enough", quality(16, 1), { state: "enough", more: 0 }],
    [
      "enough where a curve still rises",
      quality(200, 0.88, [
        [100, 0.8],
        [200, 0.88],
      ]),
      { state: "enough", more: 0 },
    ],
    [
      "one more doubling",
      quality(16, 0.75, [
        [4, 0.5],
        [8, 0.6],
        [16, 0.75],
      ]),
      { state: "growing", more: 16 },
    ],
    [
      "no end of photos",
      quality(40, 0.5, [
        [20, 0.46],
        [40, 0.5],
      ]),
      { state: "growing", more: 100 },
    ],
    ["more photos where no curve is known", quality(20, 0.6), { state: "growing", more: 20 }],
    [
      "a flat curve",
      quality(40, 0.5, [
        [20, 0.52],
        [40, 0.5],
      ]),
      { state: "stuck", more: 0 },
    ],
  ])("finds %s", (_, item, verdict) => {
    expect(judgeEnough(item)).toEqual(verdict);
  });

  it("asks for exactly as many photos as would make it sure", () => {
    const more = judgeEnough(quality(12, 1))?.more ?? 0;
    expect(judgeEnough(quality(12 + more, 1))?.state).toBe("enough");
    expect(judgeEnough(quality(12 + more - 1, 1))?.state).toBe("unproven");
  });

  it("names what it is confused with, in whichever direction", () => {
    const confusions = [
      { given: "hawaiian", answered: "pepperoni", examples: 2 },
      { given: "margherita", answered: "hawaiian", examples: 3 },
    ];
    const names = new Map([["margherita", "Margherita"]]);
    const growing = {
      perClass: [
        quality(16, 0.75, [
          [8, 0.6],
          [16, 0.75],
        ]),
      ],
      confusions,
    };
    expect(describeEnough(growing, "hawaiian", names)).toBe(
      "16 more photos would help: it is still confused with Margherita.",
    );
    const stuck = {
      perClass: [
        quality(40, 0.5, [
          [20, 0.52],
          [40, 0.5],
        ]),
      ],
      confusions,
    };
    expect(describeEnough(stuck, "hawaiian", names)).toBe(
      "More of the same would change little: it is still confused with Margherita. Show what sets it apart, and look through its labels.",
    );
  });

  it("says the rest without naming anything", () => {
    const say = (item: ClassQuality) => describeEnough({ perClass: [item], confusions: [] }, "hawaiian", new Map());
    expect(say(quality(9, 1))).toBe("Too few to tell: 1 more photo would show how well I know it.");
    expect(say(quality(12, 1))).toBe(
      "Looks good, but with so few photos that may be luck: 4 more photos would make sure.",
    );
    expect(say(quality(40, 1))).toBe("Good enough: more photos change little.");
    expect(say(quality(0, 0))).toBe("");
    expect(describeEnough({ perClass: [], confusions: [] }, "hawaiian", new Map())).toBe("");
  });

  it("tells the curve in words", () => {
    expect(
      describeCurve([
        [4, 0.5],
        [8, 0.875],
      ]),
    ).toBe("4 photos 50%, 8 photos 88%");
    expect(describeCurve(null)).toBe("");
  });
});
