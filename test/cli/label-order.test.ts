import { expect, it } from "vitest";
import { compareOrders } from "../../cli/bench/text/label-order.ts";
import { loadHeadKernels } from "../../cli/shared/head-kernels.ts";
import { embed, normalNumbers } from "../head/synthetic.ts";

/** Embeddings of three classes that overlap: each leans towards its own direction. */
function makeRows(count: number, seed: number) {
  const normal = normalNumbers(seed);
  return Array.from({ length: count }, (_, i) => {
    const numbers = Array.from({ length: 12 }, normal);
    numbers[i % 3] += 2;
    return { classId: `c${i % 3}`, embedding: embed(numbers) };
  });
}

it("compares chosen labels with random ones from the same twenty on, ten at a time", () => {
  const { classes, steps, needed, draws } = compareOrders(makeRows(200, 1), makeRows(90, 2), loadHeadKernels());
  expect({ classes, draws }).toEqual({ classes: 3, draws: 5 });
  expect(steps.map(({ labels }) => labels)).toEqual([20, 30, 40, 50, 60, 70, 80, 90, 100]);
  expect(steps[0].chosen).toBe(steps[0].random);
  expect(steps[8].random).toBeGreaterThan(steps[0].random);
  const reached = steps.filter(({ chosen }) => chosen >= steps[8].random).map(({ labels }) => labels);
  expect(needed).toBe(reached[0] ?? null);
});
