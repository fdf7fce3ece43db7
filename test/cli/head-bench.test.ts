/** The speed benchmark of the head: what does not depend on the machine is asserted, the rest is only there. */
import { expect, it } from "vitest";
import { drawRows } from "../../cli/bench/head-data.ts";
import { measureHeadMemory } from "../../cli/bench/head-memory.ts";
import { timeHead } from "../../cli/bench/head-timing.ts";
import { loadHeadKernels } from "../../cli/shared/head-kernels.ts";

const SMALL = { n: 300, d: 16, k: 3 };

it.each([
  [100, 40e6],
  [1000, 64e6],
])("fits %i classes of 1,280 numbers in less than %i bytes, all told", (k, limit) => {
  const { peakBytes, wasmBytes, residentBytes } = measureHeadMemory({ n: 2 * k, d: 1280, k });
  expect(peakBytes).toBeLessThan(limit);
  expect(peakBytes).toBeGreaterThan(wasmBytes);
  expect(residentBytes).toBeGreaterThan(wasmBytes);
});

it("hands out every row once and times each part", () => {
  let rows = 0;
  const timing = timeHead(SMALL, loadHeadKernels(), (batch) => {
    rows += batch.length;
  });
  expect(rows).toBe(SMALL.n);
  for (const figure of Object.values(timing)) expect(figure).toBeGreaterThan(0);
  expect(timing.fullSeconds).toBeCloseTo(timing.statisticsSeconds + timing.selectionSeconds + timing.solveSeconds, 12);
});

it("draws the same rows for the same size", () => {
  expect([...drawRows(SMALL)]).toEqual([...drawRows(SMALL)]);
});
