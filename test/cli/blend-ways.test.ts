/** Several ways asked together, and whether two samples are of one kind, on clouds of known shape. */
import { describe, expect, it } from "vitest";
import { blendAnswers, blendHeads, findSurelyBetter } from "../../cli/evaluate/new-place.ts";
import { createPlaceWays, type LeftOutAnswers, type PlaceWay, place } from "../../cli/evaluate/place-ways.ts";
import { mayBeOfOneKind } from "../../cli/evaluate/same-kind.ts";
import { moveEmbeddings } from "../../src/head/descriptions.ts";
import { type Head, predict } from "../../src/head/predict.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { drawClouds } from "../head/synthetic.ts";

const DIMENSION = 16;
const OPTIONS = { priorExponent: 0, unknownAlpha: 0.05, isForJudgement: true, classIds: ["c0", "c1", "c2"] };
const WAYS: readonly PlaceWay[] = ["as taught", "moved", "moved, with labels", "labels alone"];
const all = drawClouds({ dimension: DIMENSION, counts: [60, 60, 60], seed: 21, separation: 0.8 });
const part = (from: number, to: number) => all.filter((_, i) => i % 60 >= from && i % 60 < to);
const embeddingsOf = (rows: readonly LabelledEmbedding[]) => rows.map(({ embedding }) => embedding);
const away = Float64Array.from({ length: DIMENSION }, (_, d) => (d % 2 === 0 ? 0.3 : -0.2));
const seen = moveEmbeddings(embeddingsOf(part(30, 60)), new Float64Array(DIMENSION), away);
const there = part(30, 60).map(({ classId }, i) => ({ classId, embedding: seen[i] }));

const logsOf = (head: Head, embedding: LabelledEmbedding["embedding"]) => {
  const scores = new Map(predict(head, embedding).scores.map(({ classId, score }) => [classId, Math.log(score)]));
  return OPTIONS.classIds.map((classId) => scores.get(classId) ?? Number.NaN);
};

describe("ways together", () => {
  const ways = createPlaceWays(
    { source: part(0, 30), labelled: there.filter((_, i) => i % 30 < 15), unlabelled: [] },
    OPTIONS,
  );
  const heads = WAYS.map((way) => {
    const opened = ways.open(way);
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  });

  it.each([
    ["as they are seen", { shift: null }],
    ["moved to where the menu was taught", heads[2]],
  ])("are one head that answers by the mean of their log-probabilities, for embeddings %s", (_, base) => {
    const blended = blendHeads(heads, base);
    for (const { embedding } of there.filter((_, i) => i % 30 >= 15)) {
      const [moved] = place(base, [embedding]);
      const answered = logsOf(blended, moved);
      const each = heads.map((head) => logsOf(head.head, place(head, [embedding])[0]));
      const means = OPTIONS.classIds.map((_, k) => each.reduce((sum, logs) => sum + logs[k] / each.length, 0));
      const total = Math.log(means.reduce((sum, mean) => sum + Math.exp(mean), 0));
      means.forEach((mean, k) => {
        expect(Math.abs(answered[k] - (mean - total))).toBeLessThan(0.1);
      });
    }
  });

  it("answer labels that were left out as their head would", () => {
    const answers = WAYS.map((way) => ways.judge(way)).filter((row) => row !== null);
    const { rows } = blendAnswers(answers);
    expect(rows).toHaveLength(45);
    for (const { logs } of rows) expect(logs.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 10);
    expect(blendAnswers([answers[0]]).rows[7].logs[1]).toBeCloseTo(answers[0].rows[7].logs[1], 10);
  });
});

describe("a single way", () => {
  /** Each row is of the first class, and given it with this probability. */
  const answered = (probabilities: readonly number[]): LeftOutAnswers => ({
    classIds: ["a", "b"],
    rows: probabilities.map((p) => ({ classId: "a", logs: [Math.log(p), Math.log(1 - p)] })),
  });
  const together = answered(Array(20).fill(0.6));

  it("is preferred where nearly every label speaks for it, the best of several", () => {
    const good = { name: "good", answers: answered(Array(20).fill(0.8)) };
    const better = { name: "better", answers: answered(Array(20).fill(0.9)) };
    expect(findSurelyBetter(together, [good, better])?.name).toBe("better");
  });

  it("is not where the gain may be chance", () => {
    const rarely = { name: "rarely", answers: answered(Array.from({ length: 20 }, (_, i) => (i < 3 ? 0.99 : 0.58))) };
    expect(findSurelyBetter(together, [rarely])).toBeUndefined();
    expect(findSurelyBetter(together, [{ name: "same", answers: together }])).toBeUndefined();
  });
});

describe("two samples", () => {
  it("are of one kind where their means differ by chance, and of two where one lies elsewhere", () => {
    const [one, other] = [embeddingsOf(part(0, 20)), embeddingsOf(part(20, 60))];
    expect(mayBeOfOneKind(one, other)).toBe(true);
    expect(mayBeOfOneKind(one, seen)).toBe(false);
    expect(mayBeOfOneKind(other, one)).toBe(true);
  });
});
