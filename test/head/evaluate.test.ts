import { describe, expect, it } from "vitest";
import { evaluateRows } from "../../src/head/evaluate.ts";

/** Four rows of class a and two of class b, none of c; row 3 is labelled a and looks like b. */
const rows = {
  classIds: ["a", "b", "c"],
  labels: Int32Array.of(0, 0, 0, 0, 1, 1),
  sampleIndex: Int32Array.of(10, 11, 12, 13, 14, 15),
  probabilities: Float64Array.of(
    ...[0.8, 0.1, 0.1],
    ...[0.8, 0.1, 0.1],
    ...[0.6, 0.3, 0.1],
    ...[0.05, 0.9, 0.05],
    ...[0.2, 0.7, 0.1],
    ...[0.5, 0.4, 0.1],
  ),
};

/** Rows of b that the head is sure of; number 7 is labelled a. */
function drawSure(count: number): typeof rows {
  return {
    classIds: rows.classIds,
    labels: Int32Array.from({ length: count }, (_, i) => (i === 7 ? 0 : 1)),
    sampleIndex: Int32Array.from({ length: count }, (_, i) => i),
    probabilities: Float64Array.from({ length: 3 * count }, (_, at) => [0.04, 0.95, 0.01][at % 3]),
  };
}

describe("evaluateRows", () => {
  const evaluation = evaluateRows(rows);

  it("counts answers against labels", () => {
    expect(evaluation.confusion).toEqual([
      [3, 1, 0],
      [1, 1, 0],
      [0, 0, 0],
    ]);
    expect(evaluation.accuracy).toBeCloseTo(4 / 6, 12);
    expect(evaluation.examples).toBe(6);
  });

  it("lists every mistake, least probable label first", () => {
    expect(evaluation.mistakes).toEqual([
      { sampleIndex: 13, given: 0, answered: 1, givenProbability: 0.05, answeredProbability: 0.9 },
      { sampleIndex: 15, given: 1, answered: 0, givenProbability: 0.4, answeredProbability: 0.5 },
    ]);
  });

  it("gives precision and recall per class, zero where undefined", () => {
    expect(evaluation.perClass).toEqual([
      { classId: "a", examples: 4, precision: 3 / 4, recall: 3 / 4 },
      { classId: "b", examples: 2, precision: 1 / 2, recall: 1 / 2 },
      { classId: "c", examples: 0, precision: 0, recall: 0 },
    ]);
    expect(evaluation.macroF1).toBeCloseTo((0.75 + 0.5) / 2, 12);
  });

  it("measures log-loss and calibration", () => {
    const given = [0.8, 0.8, 0.6, 0.05, 0.7, 0.4];
    expect(evaluation.logLoss).toBeCloseTo(given.reduce((sum, p) => sum - Math.log(p), 0) / 6, 12);
    const gaps = [2 - 1.6, 1 - 0.6, 0 - 0.9, 1 - 0.7, 0 - 0.5];
    expect(evaluation.expectedCalibrationError).toBeCloseTo(gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / 6, 12);
  });

  it("doubts no label by its score where six rows cannot say how often it would be wrong", () => {
    expect(evaluation).toMatchObject({ doubtBelow: null, suspects: [] });
  });

  it("puts forward the label it would rather give, or none where the photo is unlike anything taught", () => {
    const sure = drawSure(40);
    const none = Float64Array.from(sure.labels, (_, i) => (i === 3 ? 0.8 : 0));
    const { doubtBelow, suspects } = evaluateRows(sure, none);
    expect(doubtBelow).toBeGreaterThanOrEqual(0.04);
    expect(suspects).toEqual([
      { sampleIndex: 7, givenClassId: "a", suggestedClassId: "b", givenProbability: 0.04, suggestedProbability: 0.95 },
      {
        sampleIndex: 3,
        givenClassId: "b",
        suggestedClassId: ":none",
        givenProbability: expect.closeTo(0.19, 12),
        suggestedProbability: 0.8,
      },
    ]);
  });

  it("keeps the log-loss of an impossible label finite", () => {
    const impossible = { ...rows, probabilities: rows.probabilities.map((p) => (p === 0.05 ? 0 : p)) };
    expect(Number.isFinite(evaluateRows(impossible).logLoss)).toBe(true);
  });
});
