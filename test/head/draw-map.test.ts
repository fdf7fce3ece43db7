import { describe, expect, it } from "vitest";
import { loadHeadKernels } from "../../cli/shared/head-kernels.ts";
import { drawMap, type MapProblem } from "../../src/head/draw-map.ts";
import { type Kernels, packedLength } from "../../src/head/kernels/kernels.ts";
import { createPlainKernels } from "../../src/head/kernels/plain-kernels.ts";
import { factoriseScatter, type Metric, openScatter, takeOffMeans } from "../../src/head/metric.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { drawClouds, statisticsOf, vectorOf } from "./synthetic.ts";

const RHO = 1;

/** These rows, and the metric of a head that was taught them. */
function problemOf(rows: readonly LabelledEmbedding[], kernels: Kernels): MapProblem {
  const stats = statisticsOf(rows);
  const scatter = openScatter(stats.dimension, stats.gram.slice());
  takeOffMeans(scatter, [...stats.classes.values()], kernels);
  const metric = factoriseScatter(scatter, RHO, kernels);
  if (metric === null) throw new Error("not positive definite");
  const ids = [...stats.classes.keys()];
  return {
    metric,
    classes: [...stats.classes.values()],
    rows: rows.map(({ classId, embedding }) => ({ classAt: ids.indexOf(classId), embedding })),
  };
}

function draw(rows: readonly LabelledEmbedding[], kernels: Kernels = createPlainKernels()) {
  return drawMap(problemOf(rows, kernels), kernels);
}

/** Counts multiplications and additions as one each, of what the interface promises. */
function countWork(kernels: Kernels) {
  let multiplyAdds = 0;
  const counting: Kernels = {
    ...kernels,
    openArena: (elements) => kernels.openArena(elements),
    addOuterProducts: (gram, rows, count, D, sign) => {
      multiplyAdds += (count * D * D) / 2;
      kernels.addOuterProducts(gram, rows, count, D, sign);
    },
    factorise: (a, n) => {
      multiplyAdds += n ** 3 / 6;
      return kernels.factorise(a, n);
    },
    solveForward: (lower, n, rows, count) => {
      multiplyAdds += (count * n * n) / 2;
      kernels.solveForward(lower, n, rows, count);
    },
    multiplyTransposed: (shape, a, b, out) => {
      multiplyAdds += shape.m * shape.n * shape.depth;
      kernels.multiplyTransposed(shape, a, b, out);
    },
  };
  return { counting, count: () => multiplyAdds };
}

/** A, row by row. */
function scatterOf({ dimension: D, factor }: Metric): Float64Array {
  const lower = (i: number, j: number) => factor?.[packedLength(i) + j] ?? 0;
  return Float64Array.from({ length: D * D }, (_, at) => {
    const [i, j] = [Math.floor(at / D), at % D];
    return Array.from({ length: Math.min(i, j) + 1 }, (_, t) => lower(i, t) * lower(j, t)).reduce((a, b) => a + b, 0);
  });
}

/** `A^-1 b`. */
function solve(kernels: Kernels, a: Float64Array, b: Float64Array): Float64Array {
  const D = b.length;
  const arena = kernels.openArena(D * D + D);
  const [factor, row] = [arena.take(D * D), arena.take(D)];
  factor.set(a);
  row.set(b);
  if (!kernels.factorise(factor, D)) throw new Error("not positive definite");
  kernels.solveForward(factor, D, row, 1);
  kernels.solveBackward(factor, D, row, 1);
  return Float64Array.from(row);
}

describe("drawMap", () => {
  const clouds = drawClouds({ dimension: 24, counts: [30, 20, 40, 10], seed: 7, separation: 1 });

  it("shows three classes whole: two directions are all that there is between them", () => {
    const three = clouds.filter(({ classId }) => classId !== "c3");
    const { shares } = draw(three);
    expect(shares[0] + shares[1]).toBeCloseTo(1, 5);
    expect(shares[0]).toBeGreaterThan(shares[1]);
    const four = draw(clouds).shares;
    expect(four[0] + four[1]).toBeLessThan(0.999);
  });

  it("keeps the distances between the means of three classes as the metric has them", () => {
    const three = clouds.filter(({ classId }) => classId !== "c3");
    const kernels = createPlainKernels();
    const problem = problemOf(three, kernels);
    const { centres } = drawMap(problem, kernels);
    const white = kernels.openArena(24 * 24 + 24);
    const [factor, gap] = [white.take(24 * 24), white.take(24)];
    const { factor: packed, total } = problem.metric;
    for (let i = 0, at = 0; i < 24; i++) for (let j = 0; j <= i; j++, at++) factor[i * 24 + j] = packed?.[at] ?? 0;
    const [a, b] = problem.classes;
    for (let d = 0; d < 24; d++) gap[d] = a.sum[d] / a.count - b.sum[d] / b.count;
    kernels.solveForward(factor, 24, gap, 1);
    const inMetric = Math.sqrt(total * [...gap].reduce((sum, value) => sum + value * value, 0));
    expect(Math.hypot(centres[0] - centres[2], centres[1] - centres[3])).toBeCloseTo(inMetric, 3);
  });

  it("draws an example as far from its class as a refit without it would, by the same weights of the means", () => {
    const kernels = createPlainKernels();
    const problem = problemOf(clouds, kernels);
    const { metric, classes } = problem;
    const { points, centres } = drawMap(problem, kernels);
    const [D, unit] = [metric.dimension, Math.sqrt(metric.total)];
    const A = scatterOf(metric);
    const meanOf = (k: number) => classes[k].sum.map((value) => value / classes[k].count);
    for (const i of [3, 40, 95]) {
      const { classAt, embedding } = problem.rows[i];
      const n = classes[classAt].count;
      const b = n / (n - 1);
      const x = vectorOf(embedding);
      const d = meanOf(classAt).map((value, at) => x[at] - value);
      const without = meanOf(classAt).map((value, at) => value - d[at] / (n - 1));
      for (const axis of [0, 1]) {
        const along = classes.map(({ count }, k) => (centres[2 * k + axis] * Math.sqrt(count)) / unit);
        const lambda = along.reduce((sum, value) => sum + value * value, 0);
        const target = metric.mean.map((value, at) =>
          classes.reduce((sum, { count }, k) => {
            const mean = k === classAt ? without[at] : meanOf(k)[at];
            return sum + (along[k] / lambda) * Math.sqrt(count) * (mean - value);
          }, 0),
        );
        const smaller = A.map((value, at) => value - b * d[Math.floor(at / D)] * d[at % D]);
        const direction = solve(kernels, smaller, target);
        const gap = direction.reduce((sum, value, at) => sum + value * (x[at] - without[at]), 0);
        expect((points[2 * i + axis] - centres[2 * classAt + axis]) / unit).toBeCloseTo(gap, 6);
      }
    }
  });

  it("draws two classes from left to right, and what their examples differ in upwards", () => {
    const two = clouds.filter(({ classId }) => classId === "c0" || classId === "c1");
    const { points, centres, shares } = draw(two);
    expect(shares).toEqual([expect.closeTo(1, 5), 0]);
    expect(centres[0]).toBeLessThan(0);
    expect(centres[2]).toBeGreaterThan(0);
    const heights = two.map((_, i) => points[2 * i + 1]);
    expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(1);
  });

  it("is the same for the same input, and with the kernels of the Worker", async () => {
    const plain = draw(clouds);
    expect(draw(clouds)).toEqual(plain);
    const fast = draw(clouds, await loadHeadKernels());
    for (const [i, value] of plain.points.entries()) expect(Math.abs(fast.points[i] - value)).toBeLessThan(0.02);
  });

  it("takes an item of one photo, and items that are copies of one", () => {
    const lone = [
      ...clouds,
      ...drawClouds({ dimension: 24, counts: [1], seed: 99 }).map((row) => ({ ...row, classId: "c9" })),
    ];
    const { points, centres } = draw(lone);
    expect([points.at(-2), points.at(-1)]).toEqual([centres.at(-2), centres.at(-1)]);
    const [first, second] = [clouds[0], clouds[40]];
    const copies = draw([first, first, second, second]);
    expect([...copies.points, ...copies.centres].every(Number.isFinite)).toBe(true);
  });

  it("costs (n + K) D^2 / 2 multiply-adds beside the metric, and what directions of K x K numbers take", () => {
    const [n, K, D] = [clouds.length, 4, 24];
    const kernels = createPlainKernels();
    const problem = problemOf(clouds, kernels);
    const { counting, count } = countWork(kernels);
    drawMap(problem, counting);
    expect(count()).toBeLessThanOrEqual(((n + K) * D * D) / 2 + K * K * D + 61 * 8 * K * K);
  });
});
