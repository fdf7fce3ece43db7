import { describe, expect, it } from "vitest";
import { chooseToLabel, chooseUnsure, marginOf } from "../../src/head/choose-to-label.ts";
import { type Embedding, quantiseEmbedding } from "../../src/head/embedding.ts";
import { fitHead } from "../../src/head/fit.ts";
import { UNSURE_PER_LABEL } from "../../src/head/policy.ts";
import { addExamples, createStatistics } from "../../src/head/statistics.ts";

function embed(numbers: readonly number[]): Embedding {
  const embedding = quantiseEmbedding(Float32Array.from(numbers), numbers.length);
  if (!embedding.ok) throw new Error(embedding.error.message);
  return embedding.value;
}

/** Tells the first direction from the second; the third and fourth say nothing. */
function makeHead() {
  const rows = [
    { classId: "a", embedding: embed([1, 0, 0, 0]) },
    { classId: "b", embedding: embed([0, 1, 0, 0]) },
  ];
  const statistics = createStatistics(4);
  addExamples(statistics, rows);
  const options = { classIds: ["a", "b"], priorExponent: 0, unknownAlpha: 0.05, isForJudgement: true };
  const fitted = fitHead(statistics, rows, options);
  if (!fitted.ok) throw new Error(fitted.error.message);
  return fitted.value.head;
}

describe("what to label first", () => {
  const sure = [embed([1, 0.1, 0, 0]), embed([0.1, 1, 0, 0])];

  it("is what the head is least sure of", () => {
    const between = [embed([1, 0.7, 0, 0]), embed([1, 1, 0, 0])];
    expect(chooseToLabel(makeHead(), [...sure, ...between], 1)).toEqual([3]);
    expect(chooseToLabel(makeHead(), [...between, ...sure], 2)[0]).toBe(1);
  });

  it("is unlike what was chosen before: of three alike and one other, one of each", () => {
    const alike = [embed([1, 1, 1, 0]), embed([1, 1, 1, 0.01]), embed([1, 1, 1, 0.02])];
    const other = embed([1, 1, 0, 1]);
    const chosen = chooseToLabel(makeHead(), [...sure, ...alike, other], 2);
    expect(chosen).toHaveLength(2);
    expect(chosen).toContain(5);
  });

  it("leaves out what is far from everything but sure", () => {
    const odd = embed([1, 0, 0, 0.2]);
    const between = Array.from({ length: UNSURE_PER_LABEL * 2 }, (_, i) => embed([1, 1, i / 10, 0]));
    expect(chooseToLabel(makeHead(), [odd, ...between], 2)).not.toContain(0);
  });

  it("is all there is where that is less than was asked for, and each once", () => {
    expect(chooseToLabel(makeHead(), sure, 5).sort()).toEqual([0, 1]);
    expect(chooseToLabel(makeHead(), sure, 0)).toEqual([]);
    expect(chooseToLabel(makeHead(), [], 5)).toEqual([]);
  });

  it("goes by the margins that are given where they are known", () => {
    const [one, other] = sure;
    const rows = [
      { embedding: one, margin: 3 },
      { embedding: other, margin: 0.5 },
    ];
    expect(chooseUnsure(rows, 1)).toEqual([1]);
    expect(chooseUnsure(rows, 2)).toEqual([1, 0]);
  });
});

describe("a margin", () => {
  const scores = (...values: number[]) => values.map((score, i) => ({ classId: `c${i}`, score }));

  it("is the logarithm of how much likelier the best class is than the next", () => {
    expect(marginOf(scores(0.6, 0.3, 0.1))).toBeCloseTo(Math.LN2, 12);
    expect(marginOf(scores(0.5, 0.5))).toBe(0);
  });

  it("is a finite number whatever is lost to rounding, and none where there are no two classes", () => {
    expect(marginOf(scores(1, 0))).toBe(745);
    expect(marginOf(scores(1, Number.MIN_VALUE))).toBeLessThanOrEqual(745);
    expect(marginOf(scores(0, 0))).toBe(745);
    expect(marginOf(scores(1))).toBe(0);
    expect(marginOf([])).toBe(0);
  });
});
