import { describe, expect, it } from "vitest";
import { learningCurves } from "../../src/head/learning-curve.ts";
import { classIdsOf, drawClouds } from "./synthetic.ts";

describe("learningCurves", () => {
  it("rise with the examples where classes are hard to tell apart", () => {
    const rows = drawClouds({ dimension: 40, counts: [80, 80, 80], seed: 51, separation: 0.25 });
    const curves = learningCurves(rows, { classIds: classIdsOf(rows), rho: 3 });
    expect(curves.map(({ points }) => points.map(({ examples }) => examples))).toEqual(Array(3).fill([20, 40, 80]));
    const mean = (at: number) => curves.reduce((sum, { points }) => sum + points[at].recall / 3, 0);
    expect(mean(2)).toBeGreaterThan(mean(0));
  });

  it("leave out points of classes that a share cuts below two examples", () => {
    const rows = drawClouds({ dimension: 10, counts: [40, 4, 1], seed: 52 });
    const curves = learningCurves(rows, { classIds: classIdsOf(rows), rho: 3 });
    expect(curves.map(({ points }) => points.length)).toEqual([3, 2, 0]);
  });

  it("take the last point from an evaluation that is there already", () => {
    const rows = drawClouds({ dimension: 20, counts: [20, 20], seed: 53 });
    const classIds = classIdsOf(rows);
    const whole = classIds.map((classId) => ({ classId, examples: 21, precision: 0.5, recall: 0.75 }));
    const own = learningCurves(rows, { classIds, rho: 3 });
    const known = learningCurves(rows, { classIds, rho: 3, whole });
    expect(known.map(({ points }) => points[2])).toEqual(Array(2).fill({ share: 1, examples: 21, recall: 0.75 }));
    expect(known.map(({ points }) => points.slice(0, 2))).toEqual(own.map(({ points }) => points.slice(0, 2)));
  });

  it("are empty without examples", () => {
    expect(learningCurves([], { classIds: ["a"], rho: 1 })).toEqual([{ classId: "a", points: [] }]);
  });
});
