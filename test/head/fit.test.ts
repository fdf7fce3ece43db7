import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { encodeHead } from "../../src/head/codec.ts";
import { type FitOptions, type FittedHead, fitHead } from "../../src/head/fit.ts";
import { createWasmKernels } from "../../src/head/kernels/wasm-kernels.ts";
import { DEFAULT_RHO, nextRho, RHO_GRID, rhoCandidates } from "../../src/head/policy.ts";
import { predict } from "../../src/head/predict.ts";
import { createStatistics, type LabelledEmbedding, removeExamples } from "../../src/head/statistics.ts";
import { classIdsOf, drawClouds, embed, statisticsOf, uniformNumbers } from "./synthetic.ts";

const WASM_FILE = new URL("../../src/head/kernels/head-kernels.wasm", import.meta.url);

function fitRows(rows: readonly LabelledEmbedding[], options: Partial<FitOptions> = {}): FittedHead {
  const defaults = { classIds: classIdsOf(rows), priorExponent: 0, unknownAlpha: 0.05 };
  const result = fitHead(statisticsOf(rows), rows, { ...defaults, ...options });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function accuracy({ head }: FittedHead, rows: readonly LabelledEmbedding[]): number {
  return (
    rows.filter(({ classId, embedding }) => predict(head, embedding).scores[0].classId === classId).length / rows.length
  );
}

function scoresByClass({ head }: FittedHead, { embedding }: LabelledEmbedding): Map<string, number> {
  return new Map(predict(head, embedding).scores.map(({ classId, score }) => [classId, score]));
}

/** The same rows with directions of very different variance, as real embeddings have. */
function stretch(rows: readonly LabelledEmbedding[]): LabelledEmbedding[] {
  return rows.map(({ classId, embedding }) => {
    const raw = Array.from(embedding.values, (value, d) => value * (d % 4 === 0 ? 3 : 1));
    return { classId, embedding: embed(raw) };
  });
}

function split(rows: readonly LabelledEmbedding[]): [LabelledEmbedding[], LabelledEmbedding[]] {
  return [rows.filter((_, i) => i % 2 === 0), rows.filter((_, i) => i % 2 === 1)];
}

function shuffle<T>(items: readonly T[], seed: number): T[] {
  const uniform = uniformNumbers(seed);
  const keyed = items.map((item) => ({ item, key: uniform() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

describe("fitHead", () => {
  const rows = drawClouds({ dimension: 32, counts: [40, 40, 40, 40], seed: 21, separation: 0.4 });
  const [train, test] = split(rows);

  it("answers new examples about as well as leave-one-out promised", () => {
    const fitted = fitRows(train);
    const promised = fitted.evaluation?.accuracy ?? 0;
    expect(accuracy(fitted, test)).toBeGreaterThan(0.6);
    expect(Math.abs(accuracy(fitted, test) - promised)).toBeLessThan(0.12);
  });

  it("gives the same bytes for the same input", () => {
    expect(encodeHead(fitRows(train).head)).toEqual(encodeHead(fitRows(train).head));
  });

  it("does not depend on the order of examples or of classes beyond rounding", () => {
    const fitted = fitRows(train);
    const permuted = fitRows(shuffle(train, 3), { classIds: ["c3", "c1", "c0", "c2"] });
    expect(permuted.rho).toBe(fitted.rho);
    expect(permuted.temperature / fitted.temperature).toBeCloseTo(1, 4);
    for (const row of test) {
      const expected = scoresByClass(fitted, row);
      for (const [classId, score] of scoresByClass(permuted, row)) {
        expect(Math.abs(score - (expected.get(classId) ?? Number.NaN))).toBeLessThan(5e-3);
      }
    }
  });

  it("keeps a previous rho whose neighbours are worse", () => {
    const anisotropic = stretch(rows);
    const { rho } = fitRows(anisotropic);
    expect(rho).toBeGreaterThan(Math.min(...RHO_GRID));
    expect(rho).toBeLessThan(Math.max(...RHO_GRID));
    expect(fitRows(anisotropic, { previousRho: rho })).toMatchObject({ rho, rhosTried: 3 });
  });

  it.each([0.01, 900])("walks from a previous rho of %f to the one that many new examples call for", (previousRho) => {
    const anisotropic = stretch(rows);
    const { rho } = fitRows(anisotropic);
    const walked = fitRows(anisotropic, { previousRho }).rho;
    expect(Math.max(walked / rho, rho / walked)).toBeLessThan(3.5);
  });

  it.each([1e-5, 5_000])("tries the whole grid after a previous rho of %f, beyond the bounds", (previousRho) => {
    const anisotropic = stretch(rows);
    expect(fitRows(anisotropic, { previousRho }).rho).toBe(fitRows(anisotropic).rho);
  });

  it("refuses a shrinkage below the smallest, however often it is asked to go on", () => {
    for (let rho: number | undefined = 0.01; rho !== undefined; rho = nextRho([rho, 1], rho)) {
      expect(rho).toBeGreaterThanOrEqual(0.003);
      expect(Math.min(...rhoCandidates(rho))).toBeGreaterThanOrEqual(0.003);
    }
  });

  it("serves only the classes asked for that have examples", () => {
    const { head } = fitRows(train, { classIds: ["c2", "nobody", "c0"] });
    expect(head.classIds).toEqual(["c2", "c0"]);
  });

  it("leaves out a class whose examples were all removed", () => {
    const stats = statisticsOf(train);
    removeExamples(
      stats,
      train.filter(({ classId }) => classId === "c1"),
    );
    const others = train.filter(({ classId }) => classId !== "c1");
    const options = { classIds: ["c0", "c1", "c2", "c3"], priorExponent: 0, unknownAlpha: 0.05 };
    const fitted = fitHead(stats, others, options);
    if (!fitted.ok) throw new Error(fitted.error.message);
    expect(fitted.value.head.classIds).toEqual(["c0", "c2", "c3"]);
    expect(fitted.value.evaluation?.confusion.length).toBe(3);
  });

  it("gives the same bytes with SIMD kernels, also in memory that another fit has used", () => {
    const kernels = createWasmKernels(new WebAssembly.Module(readFileSync(WASM_FILE)));
    const first = encodeHead(fitRows(train, { kernels }).head);
    fitRows(drawClouds({ dimension: 48, counts: [30, 50], seed: 32 }), { kernels });
    expect(encodeHead(fitRows(train, { kernels }).head)).toEqual(first);
  });

  it("calls about alpha of the known examples unknown", () => {
    const fitted = fitRows(train, { unknownAlpha: 0.2 });
    const unknown = test.filter(({ embedding }) => predict(fitted.head, embedding).isUnknown).length / test.length;
    expect(unknown).toBeGreaterThan(0.05);
    expect(unknown).toBeLessThan(0.4);
  });

  it("favours frequent classes only when the prior exponent says so", () => {
    const unbalanced = drawClouds({ dimension: 32, counts: [60, 6], seed: 22, separation: 0.2 });
    const even = fitRows(unbalanced);
    const byTraffic = fitRows(unbalanced, { priorExponent: 1 });
    const answersFirst = (fitted: FittedHead) =>
      unbalanced.filter(({ embedding }) => predict(fitted.head, embedding).scores[0].classId === "c0").length;
    expect(answersFirst(byTraffic)).toBeGreaterThan(answersFirst(even));
  });
});

describe("fitHead with few or odd examples", () => {
  it("refuses to serve no class at all", () => {
    const rows = drawClouds({ dimension: 8, counts: [3, 3], seed: 23 });
    const result = fitHead(statisticsOf(rows), rows, { classIds: [], priorExponent: 0, unknownAlpha: 0.05 });
    expect(result).toMatchObject({ ok: false, error: { code: "too_few_classes" } });
  });

  it.each([
    [[], "None of the 1 items"],
    [drawClouds({ dimension: 8, counts: [3], seed: 23 }), "Only item c0"],
  ])("refuses fewer than two classes and says what is missing", (rows, message) => {
    const stats = rows.length === 0 ? createStatistics(8) : statisticsOf(rows);
    const result = fitHead(stats, rows, { classIds: ["c0"], priorExponent: 0, unknownAlpha: 0.05 });
    expect(result).toMatchObject({ ok: false, error: { code: "too_few_classes" } });
    if (!result.ok) expect(result.error.message).toContain(message);
  });

  it("recognises every example of one-shot classes, with the default rho and no evaluation", () => {
    const rows = drawClouds({ dimension: 16, counts: [1, 1, 1, 1, 1], seed: 24 });
    const fitted = fitRows(rows);
    expect(accuracy(fitted, rows)).toBe(1);
    expect(fitted).toMatchObject({ rho: DEFAULT_RHO, tau: 0, evaluation: null });
    for (const row of rows) expect(predict(fitted.head, row.embedding).isUnknown).toBe(false);
  });

  it("uses the defaults below thirty leave-one-out rows, and still evaluates", () => {
    const fitted = fitRows(drawClouds({ dimension: 16, counts: [5, 5], seed: 25 }));
    expect(fitted.rho).toBe(DEFAULT_RHO);
    expect(fitted.evaluation?.examples).toBe(10);
  });

  it("survives copies of one photo per class", () => {
    const once = drawClouds({ dimension: 16, counts: [1, 1, 1], seed: 26 });
    const rows = Array.from({ length: 12 }, () => once).flat();
    expect(accuracy(fitRows(rows), rows)).toBe(1);
  });

  it("survives the same photo under two labels", () => {
    const { embedding } = drawClouds({ dimension: 16, counts: [1], seed: 27 })[0];
    const fitted = fitRows([
      { classId: "a", embedding },
      { classId: "b", embedding },
    ]);
    expect(predict(fitted.head, embedding).scores.map(({ score }) => score)).toEqual([0.5, 0.5]);
  });

  it("survives dimensions without variance and more dimensions than rows", () => {
    const rows = drawClouds({ dimension: 64, counts: [20, 20], seed: 28 }).map(({ classId, embedding }) => ({
      classId,
      embedding: embed(embedding.values.map((value, d) => (d % 2 === 0 ? 0 : value))),
    }));
    expect(accuracy(fitRows(rows), rows)).toBeGreaterThan(0.9);
  });

  it("lets a new class of three examples be heard", () => {
    const rows = drawClouds({ dimension: 64, counts: [60, 60, 60, 43], seed: 29, separation: 0.35 });
    const train = rows.filter((_, i) => i < 183 && (i % 2 === 0 || i >= 180));
    const held = rows.slice(183);
    expect(train.filter(({ classId }) => classId === "c3").length).toBe(3);
    expect(accuracy(fitRows(train), held)).toBeGreaterThan(0.3);
  });

  it("refuses a sample of another backbone", () => {
    const rows = drawClouds({ dimension: 16, counts: [3, 3], seed: 30 });
    const foreign = drawClouds({ dimension: 8, counts: [1], seed: 30 });
    const options = { classIds: classIdsOf(rows), priorExponent: 0, unknownAlpha: 0.05 };
    expect(fitHead(statisticsOf(rows), foreign, options)).toMatchObject({ error: { code: "dimension_mismatch" } });
  });

  it("reports spoilt statistics as not positive definite", () => {
    const rows = drawClouds({ dimension: 16, counts: [20, 20], seed: 31 });
    const stats = statisticsOf(rows);
    for (let i = 0; i < 8; i++) stats.gram[(i * (i + 1)) / 2 + i] = -50;
    for (let i = 8; i < 16; i++) stats.gram[(i * (i + 1)) / 2 + i] += 60;
    const options = { classIds: classIdsOf(rows), priorExponent: 0, unknownAlpha: 0.05, previousRho: 1 };
    expect(fitHead(stats, rows, options)).toMatchObject({ error: { code: "not_positive_definite" } });
  });
});

describe("the judged rows of a fit", () => {
  it("stay as they were when the kernels' memory is used again", () => {
    const kernels = createWasmKernels(new WebAssembly.Module(readFileSync(WASM_FILE)));
    const rows = drawClouds({ dimension: 8, counts: [20, 20], seed: 31 });
    const { judged } = fitRows(rows, { kernels });
    const before = Array.from(judged?.probabilities ?? []);
    expect(before).toHaveLength(80);
    fitRows(rows.slice(5), { kernels });
    expect(Array.from(judged?.probabilities ?? [])).toEqual(before);
  });
});
