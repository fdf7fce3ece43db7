/** The head's own answers in a fit: what they are worth, and that people's labels decide whether they count. */
import { describe, expect, it } from "vitest";
import type { Embedding } from "../../src/head/embedding.ts";
import { fitHead } from "../../src/head/fit.ts";
import { fitPooled, judgeLabels } from "../../src/head/judged-fit.ts";
import { predict } from "../../src/head/predict.ts";
import { addExamples, copyStatistics, createStatistics } from "../../src/head/statistics.ts";
import { drawClouds } from "./synthetic.ts";

const D = 16;
const CLASSES = ["c0", "c1", "c2"];
const OPTIONS = { classIds: CLASSES, priorExponent: 0, unknownAlpha: 0.05 };
const all = drawClouds({ dimension: D, counts: [200, 200, 200], seed: 4, separation: 0.9 });
const part = (from: number, to: number) => all.filter((_, i) => i % 200 >= from && i % 200 < to);
const people = part(0, 5);
const judges = part(100, 200);
const embeddingsOf = (rows: typeof all) => rows.map(({ embedding }) => embedding);

function learn(pooled: readonly Embedding[], sample = people) {
  const statistics = createStatistics(D);
  addExamples(statistics, sample);
  const before = copyStatistics(statistics);
  const first = fitHead(statistics, sample, OPTIONS);
  if (!first.ok) throw new Error(first.error.message);
  const made = fitPooled(first.value, { statistics, sample }, pooled, OPTIONS);
  if (!made.ok) throw new Error(made.error.message);
  expect(statistics).toEqual(before);
  return { ...made.value, first: first.value };
}

const rightOf = (head: Parameters<typeof predict>[0]) =>
  judges.filter(({ classId, embedding }) => predict(head, embedding).scores[0].classId === classId).length;

describe("what nobody has labelled, in a fit", () => {
  it("helps where it is like what people taught", () => {
    const { fitted, first, verdict } = learn(embeddingsOf(part(5, 100)));
    expect(verdict).toMatchObject({ isAllowed: true, judged: 15 });
    expect(verdict?.labels).toBeGreaterThanOrEqual(0.6 * 285);
    expect(rightOf(fitted.head)).toBeGreaterThan(rightOf(first.head));
  });

  it("does not count where too few of people's labels could judge it: the head is the one without it", () => {
    const { fitted, first, verdict } = learn(embeddingsOf(part(5, 100)), part(0, 3));
    expect(verdict).toMatchObject({ isAllowed: false, judged: 9 });
    expect(fitted).toBe(first);
  });

  it("does not count where it makes people's labels be answered worse", () => {
    const one = people.filter(({ classId }) => classId === "c0")[0].embedding;
    const { fitted, first, verdict } = learn(Array.from({ length: 300 }, () => one));
    expect(verdict?.isAllowed).toBe(false);
    expect(fitted).toBe(first);
  });

  it("does not count where it makes the labels of one place be answered worse, however much better the others are", () => {
    const { first } = learn([]);
    const { judged } = first;
    if (judged === null) throw new Error("Nothing was left out.");
    /** Every label is surely right but that of row 3, in which nothing changes for the others. */
    const sure = Float64Array.from(judged.probabilities, (_, at) => {
      const [row, k] = [Math.floor(at / 3), at % 3];
      const isAnswer = row === 3 ? k !== judged.labels[row] : k === judged.labels[row];
      return isAnswer ? (row === 3 ? 0.48 : 0.98) : row === 3 ? 0.04 : 0.01;
    });
    const wrongly = Float64Array.from(judged.probabilities, (_, at) => {
      const [row, k] = [Math.floor(at / 3), at % 3];
      const isAnswer = row === 3 ? k === judged.labels[row] : k !== judged.labels[row];
      return isAnswer ? 0.4 : 0.3;
    });
    const before = { ...first, judged: { ...judged, probabilities: wrongly } };
    const after = { ...first, judged: { ...judged, probabilities: sure } };
    const places = people.map((_, row) => (row === judged.sampleIndex[3] ? "terrace" : null));
    expect(judgeLabels(9, before, after).isAllowed).toBe(true);
    expect(judgeLabels(9, before, after, { places })).toMatchObject({
      isAllowed: false,
      rightWithout: 1,
      rightWith: 14,
    });
  });

  it("is the fit of people's labels where there is nothing", () => {
    const { fitted, first, verdict } = learn([]);
    expect(verdict).toBeNull();
    expect(fitted).toBe(first);
  });
});
