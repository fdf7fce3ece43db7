import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openDiscriminant, solveAt } from "../../src/head/discriminant.ts";
import { poseProblem } from "../../src/head/fit-problem.ts";
import type { Kernels } from "../../src/head/kernels/kernels.ts";
import { createPlainKernels } from "../../src/head/kernels/plain-kernels.ts";
import { createWasmKernels } from "../../src/head/kernels/wasm-kernels.ts";
import { leaveOneOutInPlace } from "../../src/head/leave-one-out.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { bruteForceQuadratic, bruteForceScores } from "./brute-force.ts";
import { classIdsOf, drawClouds, embed, normalNumbers, statisticsOf } from "./synthetic.ts";

const wasmFile = new URL("../../src/head/kernels/head-kernels.wasm", import.meta.url);
const wasmKernels = createWasmKernels(new WebAssembly.Module(readFileSync(wasmFile)));
const RHO = 1;

/** The first photo of each item three times, saved again: nearly the same, never quite. */
function withCopies(rows: readonly LabelledEmbedding[]): LabelledEmbedding[] {
  const normal = normalNumbers(17);
  const first = classIdsOf(rows).flatMap((id) => rows.find(({ classId }) => classId === id) ?? []);
  const copies = [...first, ...first].map(({ classId, embedding: { values, scale } }) => ({
    classId,
    embedding: embed(Array.from(values, (value) => value * scale + 0.01 * normal())),
  }));
  return [...rows, ...copies];
}

function leaveOut(rows: readonly LabelledEmbedding[], kernels: Kernels) {
  const posed = poseProblem(statisticsOf(rows), rows, classIdsOf(rows));
  if (!posed.ok) throw new Error(posed.error.message);
  const discriminant = openDiscriminant(posed.value, kernels);
  expect(solveAt(discriminant, RHO)).toBe(true);
  return { ...leaveOneOutInPlace(discriminant), shifts: discriminant.shifts, groups: posed.value.rows.pictures };
}

describe("a picture without its copies", () => {
  const rows = withCopies(drawClouds({ dimension: 16, counts: [7, 6, 8], seed: 21 }));
  const plain = leaveOut(rows, createPlainKernels());

  it("is found among the photos of its item", () => {
    const sizes = plain.groups.map((members) => members.length);
    expect(sizes.filter((size) => size > 1)).toEqual([3, 3, 3]);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(rows.length);
    expect(plain.pictures).toHaveLength(3);
  });

  it.each([
    ["to 1e-5", createPlainKernels(), 1e-5],
    ["to 1e-3 in float32", wasmKernels, 1e-3],
  ])("has the scores and the distance of a refit without them, %s", (_name, kernels, precision) => {
    const { pictures, shifts } = leaveOut(rows, kernels);
    for (const { members, scores } of pictures) {
      const expected = bruteForceScores(rows, classIdsOf(rows), RHO, (row) => (row === members[0] ? members : [row]));
      const size = Math.max(...expected.flat().map(Math.abs));
      expected[members[0]].forEach((value, k) => {
        expect(Math.abs(value - scores[k]) / size).toBeLessThan(precision);
      });
      const [without, full] = [members, []].map((leaving) => bruteForceQuadratic(rows, members[0], leaving, RHO));
      expect(shifts[members[0]] / (without - full)).toBeCloseTo(1, Math.floor(-Math.log10(precision)) - 1);
    }
  });

  it("is judged as any other photo where it has none", () => {
    const single = drawClouds({ dimension: 16, counts: [7, 6, 8], seed: 21 });
    expect(leaveOut(single, createPlainKernels()).pictures).toEqual([]);
  });

  it("is not left out where it is all there is of its item", () => {
    const all = rows.filter(
      ({ embedding }, i) => rows[i].classId !== "c0" || plain.groups[0].some((at) => rows[at].embedding === embedding),
    );
    const { groups, pictures } = leaveOut(all, createPlainKernels());
    expect(groups.filter((members) => members.length > 1)).toHaveLength(3);
    expect(pictures.map(({ members }) => all[members[0]].classId).sort()).toEqual(["c1", "c2"]);
  });
});
