import { describe, expect, it } from "vitest";
import { explainAnswer } from "../../src/head/explain.ts";
import { fitHead } from "../../src/head/fit.ts";
import { predict } from "../../src/head/predict.ts";
import { classIdsOf, drawClouds, statisticsOf } from "./synthetic.ts";

describe("explainAnswer", () => {
  const rows = drawClouds({ dimension: 20, counts: [30, 30, 30], seed: 41, separation: 0.5 });
  const stats = statisticsOf(rows);
  const fitted = fitHead(stats, rows, { classIds: classIdsOf(rows), priorExponent: 0, unknownAlpha: 0.05 });
  if (!fitted.ok) throw new Error(fitted.error.message);
  const { head, rho, temperature } = fitted.value;

  it("splits the margin of an answer into its examples, with nothing left over", () => {
    for (const { embedding } of drawClouds({ dimension: 20, counts: [4], seed: 42 })) {
      const [best, second] = predict(head, embedding).scores;
      const request = { embedding, classId: best.classId, otherClassId: second.classId, rho, temperature };
      const explained = explainAnswer(stats, request, rows);
      if (!explained.ok) throw new Error(explained.error.message);
      const margin = explained.value.reduce((sum, { contribution }) => sum + contribution, 0);
      expect(explained.value.length).toBe(60);
      expect(Math.abs(margin - Math.log(best.score / second.score))).toBeLessThan(0.15);
    }
  });

  it("names the very photo among the strongest reasons for its own class", () => {
    const { embedding } = rows[3];
    const explained = explainAnswer(stats, { embedding, classId: "c0", otherClassId: "c1", rho, temperature }, rows);
    if (!explained.ok) throw new Error(explained.error.message);
    expect(explained.value.slice(0, 6).map(({ index }) => index)).toContain(3);
  });

  it("refuses a class without examples", () => {
    const { embedding } = rows[3];
    const request = { embedding, classId: "c0", otherClassId: "nobody", rho, temperature };
    expect(explainAnswer(stats, request, rows)).toMatchObject({ error: { code: "too_few_classes" } });
  });
});
