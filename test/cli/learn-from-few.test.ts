/** Descriptions, weights and examples without labels, on clouds of known shape. */
import { describe, expect, it } from "vitest";
import { guardSelfTraining, learnFromFew } from "../../cli/evaluate/learn-from-few.ts";
import { meanEmbedding, moveEmbeddings, placeDescriptions } from "../../src/head/descriptions.ts";
import { type Embedding, squaredNorm } from "../../src/head/embedding.ts";
import { type Head, predict } from "../../src/head/predict.ts";
import {
  addExamples,
  addWeighted,
  checkInvariants,
  copyStatistics,
  createStatistics,
  type LabelledEmbedding,
} from "../../src/head/statistics.ts";
import { drawClouds, embed, statisticsOf } from "../head/synthetic.ts";

const DIMENSION = 16;
const OPTIONS = { priorExponent: 0, unknownAlpha: 0.05, isForJudgement: true };

const embeddingsOf = (rows: readonly LabelledEmbedding[]): Embedding[] => rows.map(({ embedding }) => embedding);
const accuracyOf = (head: Head, rows: readonly LabelledEmbedding[]) =>
  rows.filter(({ classId, embedding }) => predict(head, embedding).scores[0].classId === classId).length / rows.length;

function unwrap<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe("weighted examples", () => {
  it("of weight 2 are the examples twice, and are taken off by the opposite weight", () => {
    const rows = drawClouds({ dimension: DIMENSION, counts: [5, 4], seed: 1 });
    const twice = statisticsOf([...rows, ...rows]);
    const weighted = createStatistics(DIMENSION);
    addWeighted(weighted, rows, 2);
    expect(checkInvariants(weighted).ok).toBe(true);
    expect(weighted.squaredNorms).toBeCloseTo(twice.squaredNorms, 10);
    weighted.gram.forEach((value, i) => {
      expect(value).toBeCloseTo(twice.gram[i], 5);
    });
    for (const [id, { count, sum }] of twice.classes) {
      expect(weighted.classes.get(id)?.count).toBe(count);
      sum.forEach((value, d) => {
        expect(weighted.classes.get(id)?.sum[d]).toBeCloseTo(value, 10);
      });
    }
    addWeighted(weighted, rows, -2);
    expect(weighted.gram.every((value) => value === 0)).toBe(true);
  });

  it("leave a copy of the statistics as it was", () => {
    const rows = drawClouds({ dimension: DIMENSION, counts: [3, 3], seed: 2 });
    const stats = statisticsOf(rows);
    const copy = copyStatistics(stats);
    addExamples(copy, rows);
    expect(stats).toEqual(statisticsOf(rows));
  });
});

describe("descriptions", () => {
  const sentences = [
    { classId: "a", embedding: embed([1, 0, 0, 0]) },
    { classId: "a", embedding: embed([0, 1, 0, 0]) },
    { classId: "b", embedding: embed([0, 0, 1, 0]) },
  ];

  it("are one row a class, as far apart as before, around the mean of the traffic", () => {
    const traffic = [embed([0, 0, 0, 1]), embed([0, 0, 0.6, 0.8])];
    const placed = placeDescriptions(sentences, meanEmbedding(traffic));
    expect(placed.map(({ classId }) => classId)).toEqual(["a", "b"]);
    const vectors = placed.map(({ embedding }) => meanEmbedding([embedding]));
    const apart = vectors[0].map((value, d) => value - vectors[1][d]);
    [0.5, 0.5, -1, 0].forEach((value, d) => {
      expect(apart[d]).toBeCloseTo(value, 1);
    });
    const [centre, target] = [meanEmbedding(embeddingsOf(placed)), meanEmbedding(traffic)];
    centre.forEach((value, d) => {
      expect(Math.abs(value - target[d])).toBeLessThan(0.01);
    });
  });

  it.each([
    ["without traffic", sentences, null],
    ["where only one class has any", sentences.slice(0, 2), Float64Array.of(0, 0, 0, 1)],
  ])("stay where they are %s", (_, given, target) => {
    const [a] = placeDescriptions(given, target);
    meanEmbedding([a.embedding]).forEach((value, d) => {
      expect(value).toBeCloseTo([0.5, 0.5, 0, 0][d], 2);
    });
  });

  it("keep the length that a move gives an embedding", () => {
    const [moved] = moveEmbeddings([embed([1, 0])], Float64Array.of(0, 0), Float64Array.of(0.5, 0));
    expect(squaredNorm(moved)).toBeCloseTo(2.25, 2);
  });
});

describe("learning from few", () => {
  const rows = drawClouds({ dimension: DIMENSION, counts: [120, 120, 120], seed: 5, separation: 0.7 });
  const byClass = ["c0", "c1", "c2"].map((id) => rows.filter(({ classId }) => classId === id));
  const test = byClass.flatMap((own) => own.slice(60));
  const unlabelled = embeddingsOf(byClass.flatMap((own) => own.slice(1, 60)));
  /** One example stands for a description. */
  const descriptions = byClass.map((own) => own[0]);
  const options = { ...OPTIONS, classIds: ["c0", "c1", "c2"] };

  it("answers by descriptions alone, and better with what nobody has labelled", () => {
    const { first, trained, served, verdict } = unwrap(
      learnFromFew({ descriptions, labelled: [], unlabelled }, options),
    );
    expect(verdict).toMatchObject({ isAllowed: true, by: "amount", judged: 0 });
    expect(served).toBe(trained?.fitted);
    expect(trained?.used).toBeGreaterThan(100);
    expect(accuracyOf(first.head, test)).toBeGreaterThan(0.5);
    expect(accuracyOf(served.head, test)).toBeGreaterThan(accuracyOf(first.head, test) + 0.05);
  });

  it("says the same twice, byte for byte", () => {
    const run = () => unwrap(learnFromFew({ descriptions, labelled: byClass[0].slice(1, 3), unlabelled }, options));
    expect(run().served.head).toEqual(run().served.head);
  });

  it("refuses it where there is too little for each class and nobody has labelled anything", () => {
    const few = unlabelled.slice(0, 149);
    const { served, first, verdict } = unwrap(learnFromFew({ descriptions, labelled: [], unlabelled: few }, options));
    expect(verdict).toMatchObject({ isAllowed: false, by: "amount" });
    expect(served).toBe(first);
  });

  it("refuses it where people's labels speak against it", () => {
    // Labelled is one thing, the unlabelled are turned into another: their surest answers teach the wrong way round.
    const labelled = byClass.flatMap((own) => own.slice(1, 13));
    const hostile = labelled.flatMap(({ embedding }, i) => {
      const other = labelled[(i + 12) % labelled.length].embedding;
      const blend = meanEmbedding([embedding, embedding, embedding, other, other]);
      return Array.from({ length: 8 }, () => embed(blend.map((value, d) => value + (d === 0 ? 2 : 0))));
    });
    const { served, first, verdict } = unwrap(
      learnFromFew({ descriptions: [], labelled, unlabelled: hostile }, options),
    );
    expect(verdict).toMatchObject({ isAllowed: false, by: "labels", judged: 36 });
    expect(served).toBe(first);
  });

  it("judges by labels that neither head has seen, and changes nothing that it was given", () => {
    const labelled = byClass.flatMap((own) => own.slice(1, 5));
    const statistics = statisticsOf(labelled);
    const verdict = unwrap(guardSelfTraining({ statistics, sample: labelled }, unlabelled, options));
    expect(verdict.judged).toBe(12);
    expect(verdict.rightWithout).toBeLessThanOrEqual(12);
    expect(verdict.rightWith).toBeLessThanOrEqual(12);
    expect(statistics).toEqual(statisticsOf(labelled));
  });
});
