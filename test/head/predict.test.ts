import { describe, expect, it } from "vitest";
import { type Head, predict } from "../../src/head/predict.ts";

const head: Head = {
  dimension: 2,
  classIds: ["left", "right", "up"],
  weights: Int8Array.of(-100, 0, 100, 0, 0, 100),
  scales: Float32Array.of(0.01, 0.01, 0.01),
  biases: Float32Array.of(0, 0, 0),
  entropyThreshold: 0.9,
};
const pointingRight = { values: Int8Array.of(127, 0), scale: 1 / 127 };

describe("predict", () => {
  it("ranks the classes by the softmax of their scores", () => {
    const { scores } = predict(head, pointingRight);
    expect(scores.map(({ classId }) => classId)).toEqual(["right", "up", "left"]);
    const total = Math.E + 1 + 1 / Math.E;
    expect(scores[0].score).toBeCloseTo(Math.E / total, 6);
    expect(scores.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 12);
  });

  it("gives a masked class no score", () => {
    const { scores } = predict(head, pointingRight, (classId) => classId === "right");
    expect(scores.map(({ classId }) => classId)).toEqual(["up", "left"]);
  });

  it("answers nothing when all classes are masked", () => {
    expect(predict(head, pointingRight, () => true)).toMatchObject({ scores: [], entropy: 0, isUnknown: true });
  });

  it("calls an even split undecided, and unknown too where it cannot measure distances", () => {
    const doubts = { isUnknown: true, isUndecided: true, strangeness: null, none: 0 };
    expect(predict({ ...head, weights: new Int8Array(6) }, pointingRight)).toMatchObject(doubts);
    const clear = predict({ ...head, scales: Float32Array.of(1, 1, 1) }, pointingRight);
    expect(clear).toMatchObject({ isUnknown: false, isUndecided: false });
  });

  it("is unsure of a best class below its threshold, whatever the thresholds of the others", () => {
    const clear = { ...head, scales: Float32Array.of(1, 1, 1), entropyThreshold: 2 };
    const { scores } = predict(clear, pointingRight);
    const isUnknown = (...thresholds: [string, number][]) =>
      predict(clear, pointingRight, undefined, new Map(thresholds)).isUnknown;
    expect(isUnknown(["right", scores[0].score])).toBe(false);
    expect(isUnknown(["right", scores[0].score + 1e-9])).toBe(true);
    expect(isUnknown(["left", 1], ["up", 1])).toBe(false);
  });

  it("does not overflow, and does not change when a constant is added to all scores", () => {
    const huge = predict({ ...head, biases: Float32Array.of(1e30, 1e30, 1e30) }, pointingRight);
    expect(huge.scores.every(({ score }) => Number.isFinite(score))).toBe(true);
    const shifted = predict({ ...head, biases: Float32Array.of(64, 64, 64) }, pointingRight);
    const plain = predict(head, pointingRight);
    shifted.scores.forEach(({ score }, i) => {
      expect(score).toBeCloseTo(plain.scores[i].score, 12);
    });
  });

  it("refuses the embedding of another backbone", () => {
    expect(() => predict(head, { values: new Int8Array(3), scale: 1 })).toThrow(RangeError);
  });
});
