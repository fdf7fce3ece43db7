/** The second stage: promoted where a linear boundary beats Gaussian clouds, left out where it does not. */
import { describe, expect, it } from "vitest";
import { takeStratified } from "../../cli/evaluate/sample.ts";
import { type SecondStage, trySecondStage } from "../../cli/evaluate/second-stage/second-stage.ts";
import { encodeHead } from "../../src/head/codec.ts";
import { fitHead } from "../../src/head/fit.ts";
import { predict } from "../../src/head/predict.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { classIdsOf, drawClouds, drawSkewed, statisticsOf } from "../head/synthetic.ts";

function challenge(rows: readonly LabelledEmbedding[]): SecondStage {
  const tried = trySecondStage(rows, { classIds: classIdsOf(rows), priorExponent: 0, unknownAlpha: 0.05 });
  if (!tried.ok) throw new Error(tried.error.message);
  return tried.value;
}

function logLoss(head: NonNullable<SecondStage["head"]>, rows: readonly LabelledEmbedding[]): number {
  return rows.reduce((sum, { classId, embedding }) => {
    const found = predict(head, embedding).scores.find((score) => score.classId === classId);
    return sum - Math.log(found?.score ?? 0) / rows.length;
  }, 0);
}

describe("trySecondStage", () => {
  const skewed = drawSkewed(600, 71);

  it("promotes logistic regression where it wins, and it then wins on new rows too", () => {
    const { head, comparison } = challenge(skewed);
    if (head === null || comparison === null) throw new Error("not promoted");
    const gain = comparison.discriminantLogLoss - comparison.logisticLogLoss;
    expect(gain).toBeGreaterThan(2 * comparison.standardError);
    expect(comparison.examples).toBeGreaterThan(80);
    expect(comparison.examples).toBeLessThan(160);
    const options = { classIds: ["c0", "c1"], priorExponent: 0, unknownAlpha: 0.05 };
    const first = fitHead(statisticsOf(skewed), takeStratified(skewed, options.classIds), options);
    if (!first.ok) throw new Error(first.error.message);
    const fresh = drawSkewed(400, 72);
    expect(logLoss(head, fresh)).toBeLessThan(logLoss(first.value.head, fresh));
    const unknown = fresh.filter(({ embedding }) => predict(head, embedding).isUnknown).length / fresh.length;
    expect(unknown).toBeLessThan(0.15);
  });

  it("leaves Gaussian clouds to the discriminant", () => {
    const { head, comparison } = challenge(drawClouds({ dimension: 20, counts: [90, 90, 90], seed: 73 }));
    expect(head).toBeNull();
    expect(comparison?.examples).toBeGreaterThan(30);
  });

  it("does not try with too few rows to judge by", () => {
    const few = challenge(drawClouds({ dimension: 6, counts: [40, 40], seed: 74 }));
    expect(few).toEqual({ head: null, comparison: null, strength: 0, iterations: 0 });
  });

  it("gives the same bytes for the same rows", () => {
    const [once, twice] = [challenge(skewed).head, challenge(skewed).head];
    if (once === null || twice === null) throw new Error("not promoted");
    expect(encodeHead(once)).toEqual(encodeHead(twice));
  });

  it("refuses one class", () => {
    const rows = drawClouds({ dimension: 6, counts: [400], seed: 75 });
    const options = { classIds: ["c0"], priorExponent: 0, unknownAlpha: 0.05 };
    expect(trySecondStage(rows, options)).toMatchObject({ error: { code: "too_few_classes" } });
  });
});
