import { describe, expect, it } from "vitest";
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import type { Head } from "../../src/head/predict.ts";
import { chooseTest, compareOnTestSet, judgeTestSet, missingFromTest } from "../../src/head/test-set.ts";

function at(...values: number[]) {
  const made = quantiseEmbedding(Float32Array.from(values), values.length);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

/** A head of three items that answers with the largest component, in the order of `classIds`. */
function axisHead(classIds: readonly string[]): Head {
  const weights = Int8Array.from({ length: 9 }, (_, i) => (i % 4 === 0 ? 100 : 0));
  const [scales, biases] = [new Float32Array(3).fill(0.1), new Float32Array(3)];
  return { dimension: 3, classIds, weights, scales, biases, entropyThreshold: 10 };
}

const rows = [
  { classId: "a", embedding: at(1, 0.1, 0) },
  { classId: "a", embedding: at(0.2, 1, 0) },
  { classId: "b", embedding: at(0, 1, 0.1) },
  { classId: "c", embedding: at(0, 0, 1) },
  { classId: "unknown", embedding: at(1, 0, 0) },
];

describe("what a head is judged on", () => {
  it("is counted by item and by mistake, and leaves out items that it does not know", () => {
    expect(judgeTestSet(axisHead(["a", "b", "c"]), rows, () => true)).toEqual({
      examples: 4,
      right: 3,
      strangers: 0,
      found: 0,
      perClass: [
        { classId: "a", examples: 2, right: 1, answered: 1 },
        { classId: "b", examples: 1, right: 1, answered: 2 },
        { classId: "c", examples: 1, right: 1, answered: 1 },
      ],
      confusions: [{ given: "a", answered: "b", examples: 1 }],
    });
  });

  it("leaves out an item that is off the menu, as a row and as an answer", () => {
    const judged = judgeTestSet(axisHead(["a", "b", "c"]), rows, (classId) => classId !== "b");
    expect(judged).toMatchObject({ examples: 3, right: 3, confusions: [] });
  });

  it("is the same for two heads, which are told apart by what only one of them answers right", () => {
    expect(compareOnTestSet(axisHead(["a", "b", "c"]), axisHead(["b", "a", "c"]), rows, () => true)).toEqual({
      examples: 4,
      rightFrom: 3,
      rightTo: 2,
      onlyFrom: 2,
      onlyTo: 1,
    });
  });
});

describe("setting aside", () => {
  it.each([
    [10, 0, 2],
    [8, 2, 0],
    [4, 0, 0],
    [0, 0, 0],
    [3, 9, 0],
  ])("takes of %d learnt and %d aside so many more for a fifth: %d", (learnt, aside, more) =>
    expect(missingFromTest(learnt, aside, 0.2)).toBe(more),
  );

  it("keeps near copies together, and passes over a group that is larger than what is wanted", () => {
    const pictures = [at(1, 0, 0), at(0.99, 0.02, 0), at(1, 0.01, 0), at(0, 1, 0), at(0, 0, 1), at(0, 0.02, 1)];
    const candidates = pictures.map((embedding, i) => ({ sampleId: String(i), embedding }));
    expect(chooseTest(candidates, 2)).toEqual(["3"]);
    expect(chooseTest(candidates, 4)).toEqual(["0", "1", "2", "3"]);
    expect(chooseTest(candidates, 6)).toEqual(["0", "1", "2", "3", "4", "5"]);
    expect(chooseTest(candidates, 0)).toEqual([]);
  });

  it("takes some of an item whose pictures all look alike", () => {
    const alike = [1, 2, 3, 4].map((id) => ({ sampleId: String(id), embedding: at(1, id / 1_000, 0) }));
    expect(chooseTest(alike, 2)).toEqual(["1", "2"]);
    expect(chooseTest(alike, 4)).toEqual(["1", "2", "3", "4"]);
  });
});
