/** The benchmark of planted mistakes, on clouds that are easily told apart. */
import { expect, it } from "vitest";
import { measureCorrections, measureLabels } from "../../cli/bench/suspect-trials.ts";
import { describeSuspects } from "../../cli/bench/suspects.ts";
import { createPlainKernels } from "../../src/head/kernels/plain-kernels.ts";
import { drawClouds } from "../head/synthetic.ts";

const kernels = createPlainKernels();
const CLOUDS = { dimension: 24, separation: 2 };

/** Training rows first, as many test rows after them. */
function makeMenu(menu: string, counts: readonly number[], seed: number) {
  const rows = drawClouds({ ...CLOUDS, counts, seed });
  const classIds = [...new Set(rows.map(({ classId }) => classId))];
  const [train, test] = [0, 1].map((half) => rows.filter((_, i) => i % 2 === half));
  return { menu, classIds, rows: [...train, ...test], trainCount: train.length };
}

const menus = [makeMenu("dishes", [40, 40, 40], 5), makeMenu("others", [60, 60], 6)];
const PAIRING = { menu: "dishes", strangers: "others" };

it.each([
  ["corrections", measureCorrections],
  ["labels", measureLabels],
])("finds planted mistakes and strangers among %s, and hardly anything else", (_name, measure) => {
  const { mistakes, strangers, falseMarks, byScore } = measure(menus, PAIRING, 20, kernels);
  expect(byScore).toBe(1);
  expect(mistakes).toBeGreaterThan(0.9);
  expect(strangers).toBeGreaterThan(0.8);
  expect(falseMarks).toBeLessThan(0.12);
});

it("doubts no score of a head that was taught a handful of photos", () => {
  expect(measureCorrections(menus, PAIRING, 3, kernels)).toMatchObject({ byScore: 0, mistakes: expect.closeTo(0, 1) });
});

it("makes a table, with a dash where scores doubt nothing", () => {
  const row = { backbone: "b", menu: "m", among: "labels", mistakes: 0.5, strangers: 1, falseMarks: 0.07 } as const;
  const lines = describeSuspects([
    { ...row, shots: 5, byScore: 0 },
    { ...row, shots: 10, byScore: 0.2 },
  ]).split("\n");
  expect(lines.slice(2)).toEqual([
    "| among | backbone | menu | 5 | 10 |",
    "|---|---|---|---|---|",
    "| labels | b | m | - / 1.00 / .07 | .50 / 1.00 / .07 |",
  ]);
});
