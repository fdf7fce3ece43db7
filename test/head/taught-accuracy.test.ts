import { describe, expect, it } from "vitest";
import { fitHead } from "../../src/head/fit.ts";
import { taughtAccuracy } from "../../src/head/learning-curve.ts";
import { predict } from "../../src/head/predict.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { classIdsOf, drawClouds, statisticsOf } from "./synthetic.ts";

/** Accuracy on what was taught, leave-one-out accuracy, and the first of these as `predict` has it. */
function judge(rows: readonly LabelledEmbedding[]) {
  const options = { classIds: classIdsOf(rows), priorExponent: 0, unknownAlpha: 0.05 };
  const fit = fitHead(statisticsOf(rows), rows, options);
  if (!fit.ok || fit.value.judged === null || fit.value.evaluation === null) throw new Error("nothing was judged");
  const { head, judged, evaluation } = fit.value;
  const seen = Array.from(judged.sampleIndex, (at) => rows[at]);
  const right = seen.filter(({ classId, embedding }) => predict(head, embedding).scores[0].classId === classId);
  const known = taughtAccuracy(head, judged, rows);
  return { known, leftOut: evaluation.accuracy, predicted: right.length / seen.length, seen: seen.length };
}

describe("the accuracy on what was taught", () => {
  it("is that of the answers which guests would get, on the rows that leave-one-out judged", () => {
    const rows = drawClouds({ dimension: 16, counts: [12, 1, 12], seed: 5, separation: 0.4 });
    const { known, predicted, seen } = judge(rows);
    expect(seen).toBe(24);
    expect(known).toBe(predicted);
  });

  it("lies far above leave-one-out where there is nothing to learn but noise, and close to it where there is much", () => {
    const noise = judge(drawClouds({ dimension: 64, counts: [20, 20, 20], seed: 6, separation: 0 }));
    expect(noise.known - noise.leftOut).toBeGreaterThan(0.3);
    const clear = judge(drawClouds({ dimension: 8, counts: [60, 60, 60], seed: 7, separation: 1 }));
    expect(Math.abs(clear.known - clear.leftOut)).toBeLessThan(0.05);
  });
});
