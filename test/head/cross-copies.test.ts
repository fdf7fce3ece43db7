/** The same pictures under two items: nothing tells their labels apart, and the evaluation must say so. */
import { describe, expect, it } from "vitest";
import { findCrossCopies } from "../../src/head/cross-copies.ts";
import { evaluateRows } from "../../src/head/evaluate.ts";
import { fitHead } from "../../src/head/fit.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { addExamples, createStatistics } from "../../src/head/statistics.ts";
import { drawClouds, embed, normalNumbers } from "./synthetic.ts";

const DIMENSION = 16;
const OPTIONS = { priorExponent: 0, unknownAlpha: 0.05 };

/** Every example once more under another label, a little changed, as a photo that was saved again is. */
function copyAs(classId: string, rows: readonly LabelledEmbedding[]): LabelledEmbedding[] {
  const normal = normalNumbers(7);
  return rows.map(({ embedding }) => {
    const raw = Array.from(embedding.values, (value) => value * embedding.scale + 0.02 * normal());
    return { classId, embedding: embed(raw) };
  });
}

function evaluate(rows: readonly LabelledEmbedding[]) {
  const classIds = [...new Set(rows.map(({ classId }) => classId))];
  const stats = createStatistics(DIMENSION);
  addExamples(stats, rows);
  const fitted = fitHead(stats, rows, { ...OPTIONS, classIds });
  if (!fitted.ok || fitted.value.evaluation === null) throw new Error("no evaluation");
  return fitted.value.evaluation;
}

describe("copies of pictures under two items", () => {
  const [dish, steak] = [0, 1].map((k) =>
    drawClouds({ dimension: DIMENSION, counts: [6, 6], seed: 3, separation: 3 }).filter(
      ({ classId }) => classId === `c${k}`,
    ),
  );
  const rows = [...dish, ...copyAs("twin", dish), ...steak];
  const evaluation = evaluate(rows);

  it("are never called right, and all are suspects that name the other item", () => {
    expect(evaluation.perClass.map(({ classId, recall }) => [classId, recall])).toEqual([
      ["c0", 0],
      ["twin", 0],
      ["c1", 1],
    ]);
    expect(evaluation.accuracy).toBeCloseTo(6 / 18, 12);
    const pairs = evaluation.suspects.map(
      ({ givenClassId, suggestedClassId }) => `${givenClassId} ${suggestedClassId}`,
    );
    expect(pairs.filter((pair) => pair === "c0 twin")).toHaveLength(6);
    expect(pairs.filter((pair) => pair === "twin c0")).toHaveLength(6);
    expect(pairs).toHaveLength(12);
  });

  it("leave a menu without copies as it was", () => {
    const clean = evaluate([...dish, ...steak]);
    expect([clean.accuracy, clean.suspects]).toEqual([1, []]);
  });
});

describe("photos that look alike", () => {
  /** The direction at this cosine to the first axis, on the side of another one. */
  const at = (classId: string, cosine: number, axis: number): LabelledEmbedding => {
    const raw = Array.from({ length: DIMENSION }, (_, d) =>
      d === 0 ? cosine : d === axis ? Math.sqrt(1 - cosine ** 2) : 0,
    );
    return { classId, embedding: embed(raw) };
  };
  const judge = (sample: readonly LabelledEmbedding[]) =>
    findCrossCopies(
      {
        classIds: ["a", "b"],
        labels: Int32Array.of(0),
        sampleIndex: Int32Array.of(0),
        probabilities: Float64Array.of(0.6, 0.4),
      },
      sample,
    )[0];

  it.each([
    ["is a copy", [at("a", 1, 0), at("a", 0.8, 1), at("b", 0.99, 2)], 1],
    [
      "is no copy when another photo of its own item is nearer",
      [at("a", 1, 0), at("a", 0.995, 1), at("b", 0.99, 2)],
      -1,
    ],
    ["is no copy when it is another photo", [at("a", 1, 0), at("a", 0.8, 1), at("b", 0.97, 2)], -1],
  ])("one of another item %s", (_name, sample, copy) => {
    expect(judge(sample)).toBe(copy);
  });
});

it("a tie is not an answer in favour of the label, wherever it stands", () => {
  const tied = {
    classIds: ["a", "b"],
    sampleIndex: Int32Array.of(0, 1),
    probabilities: Float64Array.of(0.5, 0.5, 0.5, 0.5),
  };
  expect(evaluateRows({ ...tied, labels: Int32Array.of(0, 1) })).toMatchObject({
    accuracy: 0,
    confusion: [
      [0, 1],
      [1, 0],
    ],
  });
});
