import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeHead, encodeHead } from "../../src/head/codec.ts";
import type { Embedding } from "../../src/head/embedding.ts";
import { type FitOptions, type FittedHead, fitHead } from "../../src/head/fit.ts";
import { createWasmKernels } from "../../src/head/kernels/wasm-kernels.ts";
import { MAX_STRANGERS } from "../../src/head/policy.ts";
import { type Prediction, predict } from "../../src/head/predict.ts";
import { addExamples, type LabelledEmbedding, removeExamples, type Statistics } from "../../src/head/statistics.ts";
import { noneShare, shareStranger } from "../../src/head/strangeness.ts";
import { classIdsOf, drawClouds, embed, normalNumbers, statisticsOf } from "./synthetic.ts";

const WASM_FILE = new URL("../../src/head/kernels/head-kernels.wasm", import.meta.url);
const wasmKernels = createWasmKernels(new WebAssembly.Module(readFileSync(WASM_FILE)));

const CLOUDS = { dimension: 40, counts: [30, 30, 30, 30], seed: 91, separation: 1 };
const [train, fresh] = [0, 1].map((half) => drawClouds(CLOUDS).filter((_, i) => i % 2 === half));

/** Elsewhere than the clouds: around centres of their own. */
const strangers = drawClouds({ ...CLOUDS, counts: [20, 20], seed: 92 }).map(({ embedding }) => embedding);
/** Between the clouds and what surrounds them: half of each. */
const lookalikes = (from: readonly LabelledEmbedding[], seed: number): Embedding[] => {
  const normal = normalNumbers(seed);
  const shared = Float64Array.from({ length: CLOUDS.dimension }, () => normal());
  return from.map(({ embedding }) =>
    embed(Array.from(embedding.values, (value, d) => value * embedding.scale * 6 + 0.6 * shared[d] + 0.6 * normal())),
  );
};

function fitRows(
  rows: readonly LabelledEmbedding[],
  options: Partial<FitOptions> = {},
  stats: Statistics = statisticsOf(rows),
): FittedHead {
  const defaults = { classIds: classIdsOf(rows), priorExponent: 0, unknownAlpha: 0.05 };
  const result = fitHead(stats, rows, { ...defaults, ...options });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function share(answers: readonly Prediction[], holds: (answer: Prediction) => boolean): number {
  return answers.filter(holds).length / answers.length;
}

const isUnknown = (answer: Prediction) => answer.isUnknown;
const ask = ({ head }: FittedHead, embeddings: readonly Embedding[]) => embeddings.map((x) => predict(head, x));
const embeddingsOf = (rows: readonly LabelledEmbedding[]) => rows.map(({ embedding }) => embedding);
const strangenessesOf = (fitted: FittedHead, embeddings: readonly Embedding[]) =>
  ask(fitted, embeddings).map(({ strangeness }) => strangeness ?? Number.NaN);

describe("a head that measures distances", () => {
  const fitted = fitRows(train);

  it("finds strangers that its scores are sure of, and keeps its promise to those like the taught", () => {
    expect(share(ask(fitted, strangers), isUnknown)).toBeGreaterThan(0.95);
    const known = share(ask(fitRows(train, { unknownAlpha: 0.2 }), embeddingsOf(fresh)), isUnknown);
    expect(known).toBeGreaterThan(0.08);
    expect(known).toBeLessThan(0.35);
  });

  it("gives a stranger no score that could be taken for certainty", () => {
    for (const { scores, none, isUnknown } of ask(fitted, strangers)) {
      if (!isUnknown) continue;
      expect(none).toBeGreaterThanOrEqual(0.5);
      expect(scores[0].score).toBeLessThanOrEqual(0.5);
      expect(scores.reduce((sum, { score }) => sum + score, none)).toBeCloseTo(1, 12);
    }
  });

  it("tells strange from undecided: a photo halfway between two items is not a stranger", () => {
    const sums = [0, 1, 2].map((k) => {
      const own = train.filter(({ classId }) => classId === `c${k}`);
      return Float64Array.from({ length: CLOUDS.dimension }, (_, d) =>
        own.reduce((sum, { embedding }) => sum + embedding.values[d] * embedding.scale, 0),
      );
    });
    const halfway = predict(fitted.head, embed(sums[0].map((value, d) => value + sums[1][d])));
    expect(halfway.isUndecided).toBe(true);
    const [far] = ask(fitted, strangers);
    expect(far.strangeness).toBeLessThan(halfway.strangeness ?? 0);
  });

  it.each([0.01, 0.05, 0.2, 0.5])("never takes a photo that was taught for a stranger, at alpha %f", (unknownAlpha) => {
    const head = fitRows(train, { unknownAlpha });
    expect(ask(head, embeddingsOf(train)).filter(isUnknown)).toEqual([]);
  });

  it.each([0.05, 0.5])(
    "counts copies of a picture once, and takes none of them for a stranger, at alpha %f",
    (unknownAlpha) => {
      const normal = normalNumbers(94);
      const copies = train.map(({ classId, embedding: { values, scale } }) => ({
        classId,
        embedding: embed(Array.from(values, (value) => value * scale + 0.005 * normal())),
      }));
      const [once, twice] = [train, [...train, ...copies]].map((rows) => fitRows(rows, { unknownAlpha }));
      expect(twice.strangers?.knownPhotos).toBe(once.strangers?.knownPhotos);
      expect(ask(twice, embeddingsOf([...train, ...copies])).filter(isUnknown)).toEqual([]);
      const [before, after] = [once, twice].map((fitted) => share(ask(fitted, embeddingsOf(fresh)), isUnknown));
      expect(Math.abs(after - before)).toBeLessThan(0.1);
    },
  );

  it("does not take one for a stranger because one like it is not on the menu", () => {
    const head = fitRows(train, { strangers: embeddingsOf(train.slice(0, 3)) });
    expect(ask(head, embeddingsOf(train)).filter(isUnknown)).toEqual([]);
  });

  it("does not depend on the order of photos or items beyond rounding", () => {
    const permuted = fitRows(train.toReversed(), { classIds: classIdsOf(train).toReversed() });
    const expected = strangenessesOf(fitted, embeddingsOf(fresh));
    strangenessesOf(permuted, embeddingsOf(fresh)).forEach((found, i) => {
      expect(Math.abs(found - expected[i])).toBeLessThan(0.03);
    });
  });

  it("does not depend on the length of the raw vectors", () => {
    const scaled = train.map(({ classId, embedding }) => ({
      classId,
      embedding: embed(Float64Array.from(embedding.values, (value) => value * 1e-4)),
    }));
    expect(encodeHead(fitRows(scaled).head)).toEqual(encodeHead(fitted.head));
  });

  it("knows an item once it is taught, and the others no less for it", () => {
    const [three, fourth] = [train.slice(0, 45), train.slice(45)];
    const before = fitRows(three);
    expect(share(ask(before, embeddingsOf(fourth)), isUnknown)).toBeGreaterThan(0.9);
    const photos = embeddingsOf(fresh.slice(45));
    expect(share(ask(fitted, photos), isUnknown)).toBeLessThan(0.2);
    expect(share(ask(fitted, embeddingsOf(fresh.slice(0, 45))), isUnknown)).toBeLessThan(0.2);
  });

  it("judges as if rebuilt after a photo was removed and added again", () => {
    const stats = statisticsOf(train);
    removeExamples(stats, train.slice(0, 7));
    addExamples(stats, train.slice(0, 7));
    const again = fitRows(train, {}, stats);
    const expected = fitted.head.strangeness?.known ?? [];
    again.head.strangeness?.known.forEach((distance, i) => {
      expect(distance / expected[i]).toBeCloseTo(1, 3);
    });
    expect(again.head.strangeness?.known).toHaveLength(train.length);
  });

  it("answers the same with SIMD kernels, to their precision", () => {
    const expected = strangenessesOf(fitted, embeddingsOf(fresh));
    strangenessesOf(fitRows(train, { kernels: wasmKernels }), embeddingsOf(fresh)).forEach((found, i) => {
      expect(Math.abs(found - expected[i])).toBeLessThan(0.03);
    });
  });

  it("outlives its bytes", () => {
    const head = fitRows(train, { strangers: strangers.slice(0, 5) }).head;
    expect(decodeHead(encodeHead(head))).toEqual({ ok: true, value: head });
  });
});

describe("photos marked as not on the menu", () => {
  const near = lookalikes(fresh, 93);
  const [marked, others] = [near.slice(0, 20), near.slice(20)];
  const without = fitRows(train);
  const withMarked = fitRows(train, { strangers: marked });

  it("let others like them be found, at the same false alarms", () => {
    const [before, after] = [without, withMarked].map((head) => share(ask(head, others), isUnknown));
    expect(before).toBeLessThan(0.6);
    expect(after).toBeGreaterThan(before + 0.15);
    expect(share(ask(withMarked, embeddingsOf(fresh)), isUnknown)).toBeLessThan(0.2);
  });

  it("are unknown themselves, every one", () => {
    expect(ask(withMarked, marked).filter(isUnknown)).toHaveLength(marked.length);
  });

  it("are counted, with those that the boundary would have found without them", () => {
    expect(without.strangers).toEqual({ marked: 0, found: null, knownPhotos: train.length, isGuess: false });
    expect(fitRows(train, { strangers: marked.slice(0, 1) }).strangers).toMatchObject({ marked: 1, found: null });
    const found = withMarked.strangers?.found ?? 0;
    expect(withMarked.strangers?.marked).toBe(20);
    expect(found / 20).toBeCloseTo(share(ask(withMarked, others), isUnknown), 0);
  });

  it("become no item and move no score among the items", () => {
    expect(withMarked.head.classIds).toEqual(without.head.classIds);
    expect(withMarked.head.weights).toEqual(without.head.weights);
    const pickLabelled = ({ evaluation }: FittedHead) => ({ ...evaluation, suspects: [] });
    expect(pickLabelled(withMarked)).toEqual(pickLabelled(without));
  });

  it("count up to a number, the first ones", () => {
    const many = Array.from({ length: MAX_STRANGERS + 10 }, (_, i) => near[i % near.length]);
    expect(fitRows(train, { strangers: many }).strangers?.marked).toBe(MAX_STRANGERS);
  });
});

describe("with few photos", () => {
  it("one of each item: a stranger lies farther from all than they lie from each other", () => {
    const once = [0, 15, 30, 45].map((i) => train[i]);
    const fitted = fitRows(once);
    expect(fitted.strangers).toMatchObject({ knownPhotos: 0, isGuess: true });
    expect(ask(fitted, embeddingsOf(once)).filter(isUnknown)).toEqual([]);
    const opposite = embed(
      Float64Array.from({ length: CLOUDS.dimension }, (_, d) =>
        once.reduce((sum, { embedding }) => sum - embedding.values[d], 0),
      ),
    );
    expect(predict(fitted.head, opposite).isUnknown).toBe(true);
  });

  it("two of each: what is far beyond all of them is a stranger, though eight photos cannot make a share of .05", () => {
    const two = [0, 1, 15, 16, 30, 31, 45, 46].map((i) => train[i]);
    const fitted = fitRows(two);
    expect(fitted.strangers).toMatchObject({ knownPhotos: 8, isGuess: true });
    expect(fitRows(two, { unknownAlpha: 0.2 }).strangers).toMatchObject({ isGuess: false });
    expect(fitRows(two, { unknownAlpha: 0 }).strangers).toMatchObject({ isGuess: false });
    expect(share(ask(fitted, strangers), isUnknown)).toBeGreaterThan(0.3);
    expect(share(ask(fitted, embeddingsOf(fresh)), isUnknown)).toBeLessThan(0.2);
  });
});

describe("the share of photos that look stranger", () => {
  const measure = { known: Float32Array.of(1, 2, 3, 4), tail: 2 };

  it.each([
    [0.5, 1],
    [1, 1],
    [2.5, 3 / 5],
    [4, 2 / 5],
  ])("is counted at a distance of %f", (distance, expected) => {
    expect(shareStranger(measure, distance)).toBeCloseTo(expected, 12);
  });

  it("falls on beyond the last", () => {
    expect(shareStranger(measure, 6)).toBeCloseTo(1 / 5 / Math.E, 12);
    expect(shareStranger(measure, Number.POSITIVE_INFINITY)).toBe(0);
  });

  it.each([
    [0, 0.05, 1],
    [0.025, 0.05, 0.75],
    [0.05, 0.05, 0.5],
    [0.1, 0.05, 0],
    [1, 0.05, 0],
    [0.01, 0, 0],
    [0, 0, 1],
  ])("leaves %f, at alpha %f, so much to none of the items: %f", (strangeness, alpha, expected) => {
    expect(noneShare(strangeness, alpha)).toBeCloseTo(expected, 12);
  });
});
