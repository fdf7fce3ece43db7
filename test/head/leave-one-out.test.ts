import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openDiscriminant, solveAt } from "../../src/head/discriminant.ts";
import { poseProblem } from "../../src/head/fit-problem.ts";
import type { Kernels } from "../../src/head/kernels/kernels.ts";
import { createPlainKernels } from "../../src/head/kernels/plain-kernels.ts";
import { createWasmKernels } from "../../src/head/kernels/wasm-kernels.ts";
import { leaveOneOutInPlace } from "../../src/head/leave-one-out.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { bruteForceScores } from "./brute-force.ts";
import { classIdsOf, coarsen, drawClouds, statisticsOf } from "./synthetic.ts";

const wasmFile = new URL("../../src/head/kernels/head-kernels.wasm", import.meta.url);
const wasmKernels = createWasmKernels(new WebAssembly.Module(readFileSync(wasmFile)));

const duplicated = drawClouds({ dimension: 9, counts: [4, 3], seed: 5 });
const flat = drawClouds({ dimension: 8, counts: [5, 5, 4], seed: 6 }).map(({ classId, embedding }) => ({
  classId,
  embedding: { ...embedding, values: embedding.values.map((value, d) => (d < 3 ? 0 : value)) },
}));

/** Name, rows. */
const CASES: readonly (readonly [string, readonly LabelledEmbedding[]])[] = [
  ["random rows, N > D", drawClouds({ dimension: 7, counts: [9, 12, 5, 8], seed: 1 })],
  ["more dimensions than rows", drawClouds({ dimension: 31, counts: [3, 4, 2], seed: 2 })],
  ["some one-shot classes", drawClouds({ dimension: 12, counts: [6, 1, 4, 1, 2], seed: 3 })],
  [
    "more classes than rows per class and N close to K",
    drawClouds({ dimension: 10, counts: [2, 1, 1, 2, 1, 1], seed: 4 }),
  ],
  ["duplicated rows", [...duplicated, ...duplicated]],
  ["dimensions without variance", flat],
];

function closedForm(
  rows: readonly LabelledEmbedding[],
  rho: number,
  kernels: Kernels,
  asked: readonly string[] = classIdsOf(rows),
): number[][] {
  const posed = poseProblem(statisticsOf(rows), rows, asked);
  if (!posed.ok) throw new Error(posed.error.message);
  const discriminant = openDiscriminant(posed.value, kernels);
  expect(solveAt(discriminant, rho)).toBe(true);
  leaveOneOutInPlace(discriminant);
  const K = posed.value.classIds.length;
  return Array.from(posed.value.rows.labels, (_, i) => Array.from(discriminant.products.subarray(i * K, (i + 1) * K)));
}

function largestRelativeDifference(actual: readonly number[][], expected: readonly number[][]): number {
  expect(actual.length).toBe(expected.length);
  const size = Math.max(...expected.flat().map(Math.abs));
  return Math.max(...expected.flatMap((row, i) => row.map((value, k) => Math.abs(value - actual[i][k]) / size)));
}

describe("exact leave-one-out", () => {
  describe.each(CASES)("with %s", (_name, drawn) => {
    const rows = coarsen(drawn);
    it.each([0.03, 1, 100])("equals refits without each row at rho %f to 1e-9", (rho) => {
      const expected = bruteForceScores(rows, classIdsOf(rows), rho);
      const actual = closedForm(rows, rho, createPlainKernels());
      expect(largestRelativeDifference(actual, expected)).toBeLessThan(1e-9);
    });

    it.each([0.03, 1, 100])("equals them at rho %f to 1e-3 in float32", (rho) => {
      const expected = bruteForceScores(rows, classIdsOf(rows), rho);
      expect(largestRelativeDifference(closedForm(rows, rho, wasmKernels), expected)).toBeLessThan(1e-3);
    });
  });

  it("is the same when more classes are asked for than there are rows", () => {
    const rows = coarsen(drawClouds({ dimension: 10, counts: [2, 1, 3], seed: 7 }));
    const asked = [...classIdsOf(rows), ...Array.from({ length: 20 }, (_, k) => `empty${k}`)];
    expect(asked.length).toBeGreaterThan(rows.length);
    const expected = bruteForceScores(rows, classIdsOf(rows), 1);
    expect(largestRelativeDifference(closedForm(rows, 1, createPlainKernels(), asked), expected)).toBeLessThan(1e-9);
  });

  it("leaves archived classes out of the answers but keeps them in the covariance", () => {
    const rows = coarsen(drawClouds({ dimension: 6, counts: [5, 6, 7], seed: 8 }));
    const posed = poseProblem(statisticsOf(rows), rows, ["c2", "c0"]);
    if (!posed.ok) throw new Error(posed.error.message);
    const discriminant = openDiscriminant(posed.value, createPlainKernels());
    solveAt(discriminant, 1);
    leaveOneOutInPlace(discriminant);
    const actual = Array.from(posed.value.rows.labels, (_, i) => [...discriminant.products.subarray(i * 2, i * 2 + 2)]);
    expect(largestRelativeDifference(actual, bruteForceScores(rows, ["c2", "c0"], 1))).toBeLessThan(1e-9);
  });
});
