import { describe, expect, it } from "vitest";
import {
  addExamples,
  checkInvariants,
  countExamples,
  createStatistics,
  type LabelledEmbedding,
  relabelExamples,
  removeExamples,
  type Statistics,
} from "../../src/head/statistics.ts";
import { drawClouds, embed, statisticsOf, uniformNumbers } from "./synthetic.ts";

const DIMENSION = 24;

/** Largest difference of two statistics relative to the largest entry; classes without examples do not count. */
function distance(a: Statistics, b: Statistics): number {
  const live = (stats: Statistics) => [...stats.classes].filter(([, { count }]) => count > 0).map(([id]) => id);
  expect(live(a).sort()).toEqual(live(b).sort());
  let difference = Math.abs(a.squaredNorms - b.squaredNorms);
  a.gram.forEach((value, i) => {
    difference = Math.max(difference, Math.abs(value - b.gram[i]));
  });
  for (const id of live(a)) {
    expect(a.classes.get(id)?.count).toBe(b.classes.get(id)?.count);
    a.classes.get(id)?.sum.forEach((value, d) => {
      difference = Math.max(difference, Math.abs(value - (b.classes.get(id)?.sum[d] ?? Number.NaN)));
    });
  }
  return difference / b.gram.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
}

describe("statistics", () => {
  it("equal a rebuild within 1e-4 after 10,000 random adds, relabels and removes", () => {
    const uniform = uniformNumbers(7);
    const pool = drawClouds({ dimension: DIMENSION, counts: [40, 40, 40, 40, 40], seed: 7 });
    const stats = createStatistics(DIMENSION);
    const live: LabelledEmbedding[] = [];
    for (let step = 0; step < 10_000; step++) {
      const action = uniform();
      const at = Math.floor(uniform() * live.length);
      if (action < 0.4 || live.length < 2) {
        const row = pool[Math.floor(uniform() * pool.length)];
        addExamples(stats, [row]);
        live.push(row);
      } else if (action < 0.7) {
        const { classId: from, embedding } = live[at];
        const to = `c${Math.floor(uniform() * 6)}`;
        relabelExamples(stats, [{ from, to, embedding }]);
        live[at] = { classId: to, embedding };
      } else {
        removeExamples(stats, live.splice(at, 1));
      }
    }
    expect(live.length).toBeGreaterThan(100);
    expect(distance(stats, statisticsOf(live))).toBeLessThan(1e-4);
    expect(checkInvariants(stats).ok).toBe(true);
    removeExamples(stats, live);
    expect(countExamples(stats)).toBe(0);
    expect(stats.squaredNorms).toBe(0);
    expect(stats.gram.every((value) => value === 0)).toBe(true);
    for (const { sum } of stats.classes.values()) expect(sum.every((value) => value === 0)).toBe(true);
  });

  it("do not depend on the order of the examples beyond rounding, nor on how they are batched", () => {
    const rows = drawClouds({ dimension: DIMENSION, counts: [300, 20, 1], seed: 8 });
    const oneByOne = createStatistics(DIMENSION);
    for (const row of rows.toReversed()) addExamples(oneByOne, [row]);
    expect(distance(oneByOne, statisticsOf(rows))).toBeLessThan(1e-5);
  });

  it("have the same bytes for the same input", () => {
    const rows = drawClouds({ dimension: DIMENSION, counts: [5, 6], seed: 9 });
    expect(statisticsOf(rows)).toEqual(statisticsOf(rows));
  });

  it("refuse an embedding of another length before anything is changed", () => {
    const rows = drawClouds({ dimension: DIMENSION, counts: [5, 6], seed: 12 });
    const stats = statisticsOf(rows);
    const foreign = { classId: "c0", embedding: embed([1, 2, 3]) };
    expect(() => addExamples(stats, [rows[0], foreign])).toThrow(RangeError);
    expect(() => relabelExamples(stats, [{ from: "c0", to: "c1", embedding: foreign.embedding }])).toThrow(RangeError);
    expect(stats).toEqual(statisticsOf(rows));
  });
});

describe("checkInvariants", () => {
  const rows = drawClouds({ dimension: DIMENSION, counts: [5, 6], seed: 13 });

  it.each<[string, (stats: Statistics) => void]>([
    ["negative_count", (stats) => removeExamples(stats, [{ classId: "nobody", embedding: rows[0].embedding }])],
    ["trace_mismatch", (stats) => stats.gram.set(createStatistics(DIMENSION).gram)],
    ["not_finite", (stats) => stats.gram.fill(Number.NaN, 3, 4)],
    ["not_finite", (stats) => stats.classes.get("c0")?.sum.fill(Number.POSITIVE_INFINITY)],
  ])("reports %s", (code, spoil) => {
    const stats = statisticsOf(rows);
    expect(checkInvariants(stats).ok).toBe(true);
    spoil(stats);
    expect(checkInvariants(stats)).toMatchObject({ ok: false, error: { code } });
  });

  it("notices one lost example among ten thousand", () => {
    const many = drawClouds({ dimension: 4, counts: [5000, 5000], seed: 14 });
    const stats = statisticsOf(many);
    expect(checkInvariants(stats).ok).toBe(true);
    stats.squaredNorms -= 1;
    expect(checkInvariants(stats)).toMatchObject({ ok: false, error: { code: "trace_mismatch" } });
  });
});
