/** Logistic regression: its gradient, its optimum beside scikit-learn's, and what the preconditioner saves. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fitLogistic, type LogisticFit, type LogisticOptions } from "../../cli/evaluate/second-stage/logistic.ts";
import {
  type LogisticProblem,
  openLogisticLoss,
  parameterCount,
} from "../../cli/evaluate/second-stage/logistic-loss.ts";
import { createPlainKernels } from "../../src/head/kernels/plain-kernels.ts";
import { createWasmKernels } from "../../src/head/kernels/wasm-kernels.ts";
import { softmaxInPlace } from "../../src/head/softmax.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { classIdsOf, drawClouds, embed, normalNumbers, vectorOf } from "../head/synthetic.ts";

const readFixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/head/${name}.json`, import.meta.url), "utf8"));
const data = readFixture("lda");
const fits: readonly { strength: number; coefficients: number[][]; heldProbabilities: number[][] }[] =
  readFixture("logistic");
const wasmFile = new URL("../../src/head/kernels/head-kernels.wasm", import.meta.url);

function rowsOf(table: number[][]): LabelledEmbedding[] {
  return table.map((values, i) => ({
    classId: `c${data.labels[i]}`,
    embedding: { values: Int8Array.from(values), scale: data.scale },
  }));
}

function learn(rows: readonly LabelledEmbedding[], options: Partial<LogisticOptions> = {}): LogisticFit {
  const fitted = fitLogistic(rows, { classIds: classIdsOf(rows), strength: 10, priorExponent: 1, ...options });
  if (!fitted.ok) throw new Error(fitted.error.message);
  return fitted.value;
}

function probabilities(scores: LogisticFit, { embedding }: LabelledEmbedding): Float64Array {
  const x = vectorOf(embedding).map((value, d) => value - scores.mean[d]);
  const logit = (k: number) => x.reduce((sum, value, d) => sum + value * scores.weights[k * x.length + d], 0);
  return softmaxInPlace(scores.offsets.map((offset, k) => offset + logit(k)));
}

describe("the logistic loss", () => {
  const [n, D, K] = [11, 5, 3];
  const normal = normalNumbers(61);
  const problem: LogisticProblem = {
    rows: Float64Array.from({ length: n * D }, normal),
    labels: Int32Array.from({ length: n }, (_, i) => i % K),
    classCount: K,
    dimension: D,
    penalty: 0.07,
  };

  it("has the gradient that central differences give", () => {
    const { evaluate } = openLogisticLoss(problem, createPlainKernels());
    const x = Float64Array.from({ length: parameterCount(problem) }, normal);
    const gradient = new Float64Array(x.length);
    const scratch = new Float64Array(x.length);
    evaluate(x, gradient);
    const step = 1e-5;
    x.forEach((value, p) => {
      x[p] = value + step;
      const above = evaluate(x, scratch);
      x[p] = value - step;
      const below = evaluate(x, scratch);
      x[p] = value;
      expect(Math.abs((above - below) / (2 * step) - gradient[p])).toBeLessThan(1e-8);
    });
  });

  it("is log K without weights, and does not change when a constant is added to all biases", () => {
    const { evaluate } = openLogisticLoss(problem, createPlainKernels());
    const x = new Float64Array(parameterCount(problem));
    const gradient = new Float64Array(x.length);
    expect(evaluate(x, gradient)).toBeCloseTo(Math.log(K), 12);
    expect(evaluate(x.fill(1000, K * D), gradient)).toBeCloseTo(Math.log(K), 10);
  });

  it("stays finite where a probability rounds to zero", () => {
    const { evaluate } = openLogisticLoss(problem, createPlainKernels());
    const x = new Float64Array(parameterCount(problem)).fill(0).fill(2000, K * D, K * D + 1);
    expect(evaluate(x, new Float64Array(x.length))).toBeCloseTo((2000 * 7) / 11, 6);
  });
});

describe.each([
  ["plain", () => createPlainKernels(), 5e-4],
  ["wasm", () => createWasmKernels(new WebAssembly.Module(readFileSync(wasmFile))), 1e-3],
])("logistic regression with the %s kernels", (_name, createKernels, tolerance) => {
  const kernels = createKernels();

  it.each(fits)("finds scikit-learn's optimum at C = $strength", ({ strength, coefficients, heldProbabilities }) => {
    const fitted = learn(rowsOf(data.train), { strength, kernels });
    expect(fitted.hasConverged).toBe(true);
    const size = Math.max(...coefficients.flat().map(Math.abs));
    coefficients.flat().forEach((expected, w) => {
      expect(Math.abs(fitted.weights[w] - expected) / size).toBeLessThan(10 * tolerance);
    });
    rowsOf(data.held).forEach((row, i) => {
      probabilities(fitted, row).forEach((p, k) => {
        expect(Math.abs(p - heldProbabilities[i][k])).toBeLessThan(tolerance);
      });
    });
  });
});

describe("fitLogistic", () => {
  const normal = normalNumbers(62);
  const spread = Float64Array.from({ length: 60 }, (_, d) => 1 / (1 + d));
  const rows = drawClouds({ dimension: 60, counts: [60, 60, 60], seed: 63, separation: 0.3 }).map((row) => ({
    ...row,
    embedding: embed(vectorOf(row.embedding).map((value, d) => value * spread[d] + 1e-3 * normal())),
  }));

  it("takes less than half the steps with the preconditioner, to the same optimum", () => {
    const fast = learn(rows, { strength: 100 });
    const slow = learn(rows, { strength: 100, isPreconditioned: false });
    expect([fast.hasConverged, slow.hasConverged]).toEqual([true, true]);
    expect(fast.iterations).toBeLessThan(slow.iterations / 2);
    for (const row of rows) {
      probabilities(fast, row).forEach((p, k) => {
        expect(Math.abs(p - probabilities(slow, row)[k])).toBeLessThan(2e-3);
      });
    }
  });

  it("does not depend on the order of rows or classes beyond rounding, and repeats itself exactly", () => {
    const fitted = learn(rows);
    expect(learn(rows)).toEqual(fitted);
    const turned = learn(rows.toReversed(), { classIds: ["c2", "c0", "c1"] });
    for (const row of rows.slice(0, 20)) {
      const [a, b, c] = probabilities(fitted, row);
      [c, a, b].forEach((expected, k) => {
        expect(Math.abs(probabilities(turned, row)[k] - expected)).toBeLessThan(1e-3);
      });
    }
  });

  it("treats classes as equally likely at prior exponent 0", () => {
    const unbalanced = rows.filter(({ classId }, i) => classId !== "c2" || i % 6 === 0);
    const [, , natural] = learn(unbalanced).offsets;
    const [, , even] = learn(unbalanced, { priorExponent: 0 }).offsets;
    expect(even - natural).toBeCloseTo(-Math.log(10 / 130), 9);
  });

  it("leaves out classes without rows, and refuses what is not a problem", () => {
    expect(learn(rows, { classIds: ["c2", "nobody", "c0"] }).classIds).toEqual(["c2", "c0"]);
    const options = { classIds: ["c0", "nobody"], strength: 1, priorExponent: 0 };
    expect(fitLogistic(rows, options)).toMatchObject({ error: { code: "too_few_classes" } });
    expect(fitLogistic([], options)).toMatchObject({ error: { code: "too_few_classes" } });
    const mixed = [...rows, { classId: "c1", embedding: embed([1, 2]) }];
    expect(fitLogistic(mixed, { ...options, classIds: ["c0", "c1"] })).toMatchObject({
      error: { code: "dimension_mismatch" },
    });
  });
});
