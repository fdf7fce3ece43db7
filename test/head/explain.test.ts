import { describe, expect, it } from "vitest";
import { loadHeadKernels } from "../../cli/shared/head-kernels.ts";
import { explainAnswer } from "../../src/head/explain.ts";
import { fitHead } from "../../src/head/fit.ts";
import { type Kernels, packedLength } from "../../src/head/kernels/kernels.ts";
import { createPlainKernels } from "../../src/head/kernels/plain-kernels.ts";
import { factoriseScatter, type Metric, openScatter, takeOffMeans } from "../../src/head/metric.ts";
import { predict } from "../../src/head/predict.ts";
import type { ClassSum, LabelledEmbedding, Statistics } from "../../src/head/statistics.ts";
import { classIdsOf, drawClouds, statisticsOf } from "./synthetic.ts";

/** Class by class, as they are read from the database in parts. */
function metricOf(stats: Statistics, rho: number, partSize: number, kernels: Kernels = createPlainKernels()): Metric {
  const scatter = openScatter(stats.dimension, stats.gram.slice());
  const sums = [...stats.classes.values()];
  for (let first = 0; first < sums.length; first += partSize) {
    takeOffMeans(scatter, sums.slice(first, first + partSize), kernels);
  }
  const metric = factoriseScatter(scatter, rho, kernels);
  if (metric === null) throw new Error("not positive definite");
  return metric;
}

function sumOf(stats: Statistics, classId: string): ClassSum {
  const found = stats.classes.get(classId);
  if (found === undefined) throw new Error(`no ${classId}`);
  return found;
}

function learn(rows: readonly LabelledEmbedding[]) {
  const stats = statisticsOf(rows);
  const fitted = fitHead(stats, rows, { classIds: classIdsOf(rows), priorExponent: 0, unknownAlpha: 0.05 });
  if (!fitted.ok) throw new Error(fitted.error.message);
  return { stats, ...fitted.value };
}

describe("explainAnswer", () => {
  const rows = drawClouds({ dimension: 20, counts: [30, 30, 30], seed: 41, separation: 0.5 });
  const { stats, head, rho, temperature } = learn(rows);
  const metric = metricOf(stats, rho, 2);
  const between = (a: string, b: string, { embedding }: LabelledEmbedding) => {
    const [answer, against] = [sumOf(stats, a), sumOf(stats, b)];
    return explainAnswer(metric, { embedding, answer, against, temperature });
  };

  it("splits the margin of an answer into its examples, with nothing left over", () => {
    for (const row of drawClouds({ dimension: 20, counts: [4], seed: 42 })) {
      const [best, second] = predict(head, row.embedding).scores;
      const { sum, contributionOf } = between(best.classId, second.classId, row);
      const contributions = rows.flatMap(({ classId, embedding }) => {
        if (classId === best.classId) return [contributionOf(embedding, "answer")];
        return classId === second.classId ? [contributionOf(embedding, "against")] : [];
      });
      expect(contributions).toHaveLength(60);
      const added = contributions.reduce((total, one) => total + one, 0);
      expect(Math.abs(added - sum)).toBeLessThan(1e-9);
      // As many examples of each class: what is left is the rounding of the served weights to int8.
      expect(Math.abs(sum - Math.log(best.score / second.score))).toBeLessThan(0.05);
    }
  });

  it("names the very photo among the strongest reasons for its own class", () => {
    const { contributionOf } = between("c0", "c1", rows[3]);
    const own = rows.filter(({ classId }) => classId === "c0");
    const ranked = own.toSorted(
      (a, b) => contributionOf(b.embedding, "answer") - contributionOf(a.embedding, "answer"),
    );
    expect(ranked.slice(0, 6)).toContain(rows[3]);
  });

  it("turns every sign where the question is turned", () => {
    const [one, other] = [between("c0", "c1", rows[3]), between("c1", "c0", rows[3])];
    expect(one.sum).toBeCloseTo(-other.sum, 9);
    expect(one.contributionOf(rows[5].embedding, "answer")).toBeCloseTo(
      -other.contributionOf(rows[5].embedding, "against"),
      9,
    );
  });

  it("explains prototypes of one photo each, where nothing scatters", () => {
    const single = drawClouds({ dimension: 20, counts: [1, 1], seed: 43 });
    const alone = learn(single);
    const flat = metricOf(alone.stats, alone.rho, 1);
    expect(flat.factor).toBeNull();
    const [answer, against] = [sumOf(alone.stats, "c0"), sumOf(alone.stats, "c1")];
    const { embedding } = single[0];
    const explained = explainAnswer(flat, { embedding, answer, against, temperature: alone.temperature });
    const [best, second] = predict(alone.head, embedding).scores;
    expect(best.classId).toBe("c0");
    expect(Math.abs(explained.sum - Math.log(best.score / second.score))).toBeLessThan(0.05);
  });
});

describe("a metric", () => {
  const rows = drawClouds({ dimension: 20, counts: [9, 4, 1, 12], seed: 44 });
  const stats = statisticsOf(rows);

  it("is the same in whatever parts the classes come", () => {
    const [whole, single] = [metricOf(stats, 1, 4), metricOf(stats, 1, 1)];
    expect(single.total).toBe(26);
    whole.factor?.forEach((value, i) => {
      expect(Math.abs(value - (single.factor?.[i] ?? Number.NaN))).toBeLessThan(1e-5);
    });
    expect(single.mean).toEqual(whole.mean);
  });

  it("of 1,000 items of 1,280 numbers takes under 8 MB of the kernels, where a fit takes 50", () => {
    const [dimension, page, pages] = [1280, 100, 10];
    const kernels = loadHeadKernels();
    const gram = new Float32Array(packedLength(dimension));
    for (let d = 0; d < dimension; d++) gram[packedLength(d) + d] = 1_000;
    const scatter = openScatter(dimension, gram);
    for (let at = 0; at < pages; at++) {
      const sums = Array.from({ length: page }, (_, k) => {
        const sum = new Float64Array(dimension);
        sum[at * page + k] = 2;
        return { count: 4, sum };
      });
      takeOffMeans(scatter, sums, kernels);
    }
    const metric = factoriseScatter(scatter, 1, kernels);
    expect(metric?.factor).toBe(gram);
    expect(metric?.total).toBe(4_000);
    // Sw is diagonal: 1,000 - 4 (2/4)^2 where a class lies, 1,000 elsewhere.
    const ridge = (1_000 * 999 + 280 * 1_000) / dimension;
    expect(gram[0]).toBeCloseTo(Math.sqrt(999 + ridge), 3);
    expect(gram.at(-1)).toBeCloseTo(Math.sqrt(1_000 + ridge), 3);
    expect(kernels.memoryBytes()).toBeLessThan(8_000_000);
  });

  it("is refused where the statistics are spoilt", () => {
    const spoilt = openScatter(20, stats.gram.slice());
    spoilt.matrix[0] = Number.NaN;
    takeOffMeans(spoilt, [...stats.classes.values()], createPlainKernels());
    expect(factoriseScatter(spoilt, 1, createPlainKernels())).toBeNull();
  });
});
