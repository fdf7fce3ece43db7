import { describe, expect, it } from "vitest";
import { fitTemperature, type ScoredRows, surerThanLeftOut } from "../../src/head/calibration.ts";
import { softmaxMoments } from "../../src/head/softmax.ts";
import { normalNumbers } from "./synthetic.ts";

/** n rows over K classes; a row's own class scores higher by `advantage` standard deviations. */
function drawScores(n: number, K: number, advantage: number, scale: number): ScoredRows {
  const normal = normalNumbers(91);
  const labels = Int32Array.from({ length: n }, (_, i) => (i * i) % K);
  const scores = Float64Array.from({ length: n * K }, (_, at) => {
    const isOwn = at % K === labels[Math.floor(at / K)];
    return scale * (normal() + (isOwn ? advantage : 0));
  });
  return { scores, labels, classCount: K };
}

/** The loss of the doc comment, term by term. */
function lossOf({ scores, labels, classCount: K }: ScoredRows, s: number): number {
  const smoothing = 1 / (labels.length + 2);
  let [loss, weights] = [0, 0];
  labels.forEach((label, i) => {
    const row = Array.from(scores.subarray(i * K, (i + 1) * K), (score) => s * score);
    const logSum = Math.log(row.reduce((sum, z) => sum + Math.exp(z), 0));
    const weight = 1 / labels.filter((other) => other === label).length;
    const mean = row.reduce((sum, z) => sum + z / K, 0);
    loss += weight * (logSum - (1 - smoothing) * row[label] - smoothing * mean);
    weights += weight;
  });
  return loss / weights;
}

describe("fitTemperature", () => {
  it.each([
    [60, 5, 1, 1],
    [60, 5, 6, 1],
    [12, 2, 8, 1],
    [60, 5, 1, 1e-4],
    [60, 5, 1, 1e6],
  ])("finds the minimum for %i rows of %i classes that are %f apart at scale %f", (n, K, advantage, scale) => {
    const rows = drawScores(n, K, advantage, scale);
    const { temperature, loss } = fitTemperature(rows);
    expect(loss).toBeCloseTo(lossOf(rows, temperature), 9);
    for (const factor of [0.5, 0.98, 1.02, 2]) expect(lossOf(rows, temperature * factor)).toBeGreaterThan(loss);
    expect(lossOf(rows, temperature * 1.001) - loss).toBeLessThan(1e-5);
  });

  it("ends at its lower bound where the scores say the opposite of the labels", () => {
    const { temperature, loss } = fitTemperature(drawScores(60, 5, -3, 1));
    expect(temperature).toBeGreaterThan(0);
    expect(temperature).toBeLessThan(0.02);
    expect(loss).toBeCloseTo(Math.log(5), 1);
  });

  it("survives scores that are all the same", () => {
    const rows = { scores: new Float64Array(12), labels: Int32Array.of(0, 1, 2, 0), classCount: 3 };
    const { temperature, loss } = fitTemperature(rows);
    expect(Number.isFinite(temperature)).toBe(true);
    expect(loss).toBeCloseTo(Math.log(3), 12);
  });
});

describe("softmaxMoments", () => {
  const values = Float64Array.of(99, 0.3, -1.2, 2.5, 99);

  it("are the derivatives of the log of the sum of exponentials", () => {
    const [s, step] = [0.7, 1e-4];
    const at = (t: number) => softmaxMoments(values, 1, 3, t).logSum;
    const { logSum, mean, variance } = softmaxMoments(values, 1, 3, s);
    expect(logSum).toBeCloseTo(Math.log(Math.exp(0.21) + Math.exp(-0.84) + Math.exp(1.75)), 12);
    expect(mean).toBeCloseTo((at(s + step) - at(s - step)) / (2 * step), 6);
    expect(variance).toBeCloseTo((at(s + step) - 2 * logSum + at(s - step)) / step ** 2, 4);
  });

  it("do not overflow", () => {
    const { logSum, mean, variance } = softmaxMoments(Float64Array.of(1e6, -1e6), 0, 2, 100);
    expect([logSum, mean, variance]).toEqual([1e8, 1e6, 0]);
  });
});

describe("surerThanLeftOut", () => {
  it.each([
    ["two examples each", [2, 2, 2], 1.5],
    ["five", [5, 5], 1.125],
    ["hundreds", [400, 400], 1 + 1 / 798],
    ["none that can be left out", [1, 1], 1],
    // The rival is mostly a class of one example: one more of one's own changes less.
    ["two beside many of one", [2, 1, 1, 1], (1 + 3.5 / 4) / (0.5 + 3.5 / 4)],
  ])("is what one example more is worth: %s", (_name, counts, expected) => {
    expect(surerThanLeftOut(Float64Array.from(counts))).toBeCloseTo(expected, 12);
  });
});
