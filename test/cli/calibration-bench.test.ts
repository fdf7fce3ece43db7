/** The calibration benchmark: what error is chance, and what is the head's. */
import { describe, expect, it } from "vitest";
import { describeCalibration } from "../../cli/bench/calibration.ts";
import {
  CALIBRATION_SHOTS,
  calibrationOf,
  errorByChance,
  measureCalibration,
} from "../../cli/bench/calibration-figures.ts";
import { createPlainKernels } from "../../src/head/kernels/plain-kernels.ts";
import { drawClouds } from "../head/synthetic.ts";
import { createRandom } from "../support/random.ts";

/** Two classes, every row answered with the first. */
function rowsOf(confidences: readonly number[], isRight: (i: number) => boolean) {
  const n = confidences.length;
  return {
    classIds: ["a", "b"],
    labels: Int32Array.from({ length: n }, (_, i) => (isRight(i) ? 0 : 1)),
    sampleIndex: Int32Array.from({ length: n }, (_, i) => i),
    probabilities: Float64Array.from(confidences.flatMap((c) => [c, 1 - c])),
  };
}

describe("a calibration", () => {
  it("is no better than chance where every score is right, and chance is what drawing shows", () => {
    const random = createRandom("calibration");
    const confidences = Array.from({ length: 200 }, (_, i) => 0.55 + 0.4 * ((i * 7) % 20) * 0.05);
    const errors = Array.from({ length: 300 }, () =>
      calibrationOf(rowsOf(confidences, (i) => random() < confidences[i])),
    );
    const mean = errors.reduce((sum, { error }) => sum + error, 0) / errors.length;
    expect(Math.abs(mean / errorByChance(confidences) - 1)).toBeLessThan(0.05);
  });

  it("tells believing too much from believing too little", () => {
    const sure = calibrationOf(rowsOf(Array(50).fill(0.95), (i) => i % 2 === 0));
    const modest = calibrationOf(rowsOf(Array(50).fill(0.55), () => true));
    expect(sure.excess).toBeCloseTo(0.45, 9);
    expect(modest.excess).toBeCloseTo(-0.45, 9);
    expect(sure.error).toBeCloseTo(0.45, 9);
    expect(sure.error).toBeGreaterThan(5 * sure.byChance);
  });

  it("is measured at each number of photos, on photos that were left out and on others", () => {
    const rows = drawClouds({ dimension: 8, counts: [40, 40, 40], seed: 82, separation: 0.5 });
    const isTrain = (i: number) => i % 40 < 25;
    const train = rows.filter((_, i) => isTrain(i));
    const menu = {
      menu: "clouds",
      classIds: ["c0", "c1", "c2"],
      rows: [...train, ...rows.filter((_, i) => !isTrain(i))],
    };
    const figures = measureCalibration([{ ...menu, trainCount: train.length }], createPlainKernels());
    expect(figures.map(({ shots }) => shots)).toEqual([2, 5, 10, 20, "all"]);
    expect(figures).toHaveLength(CALIBRATION_SHOTS.length);
    for (const { leaveOneOut, test } of figures) {
      for (const one of [leaveOneOut, test]) expect(one.error).toBeLessThan(0.1 + 3 * one.byChance);
    }
    const table = describeCalibration(figures.map((row) => ({ backbone: "own", ...row })));
    expect(table).toMatch(/^\| backbone \| set \| 2 \| 5 \| 10 \| 20 \| all \|$/m);
    expect(table).toMatch(/^\| own \| clouds \|( \.\d\d \(\.\d\d\) \/ \.\d\d \(\.\d\d\); [+-]\.\d\d \|){5}$/m);
  });
});
