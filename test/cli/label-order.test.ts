import { expect, it } from "vitest";
import { measureLabels } from "../../cli/bench/text/label-order.ts";
import { loadHeadKernels } from "../../cli/shared/head-kernels.ts";
import { normalNumbers } from "../head/synthetic.ts";

/** Texts of three classes that overlap: each leans towards its own direction. */
function makeTexts(count: number, seed: number) {
  const normal = normalNumbers(seed);
  return Array.from({ length: count }, (_, i) => {
    const sources = {
      encoder: Float32Array.from({ length: 512 }, normal),
      characters: Float32Array.from({ length: 512 }, normal),
    };
    sources.encoder[i % 3] += 6;
    return { classId: `c${i % 3}`, text: `${seed}/${i}`, sources, unreadShare: 0, milliseconds: 0 };
  });
}

it("compares chosen labels with random ones from the same twenty on, ten at a time", () => {
  const set = { set: "made up", train: makeTexts(200, 1), test: makeTexts(90, 2) };
  const { classes, steps, needed, draws } = measureLabels(set, loadHeadKernels());
  expect({ classes, draws }).toEqual({ classes: 3, draws: 5 });
  expect(steps.map(({ labels }) => labels)).toEqual([20, 30, 40, 50, 60, 70, 80, 90, 100]);
  expect(steps[0].chosen).toBe(steps[0].random);
  expect(steps[8].random).toBeGreaterThan(steps[0].random);
  const reached = steps.filter(({ chosen }) => chosen >= steps[8].random).map(({ labels }) => labels);
  expect(needed).toBe(reached[0] ?? null);
});
