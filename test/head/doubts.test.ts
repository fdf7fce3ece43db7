import { describe, expect, it } from "vitest";
import { type DoubtRows, doubtThreshold, findOutliers, isDoubted } from "../../src/head/doubts.ts";
import { uniformNumbers } from "./synthetic.ts";

const ITEMS = ["a", "b", "c", "d"];

/** Rows whose scores are right as often as they say; the truth is drawn from them. `noise` of the labels are another item's. */
function drawRows(n: number, { sharpness = 4, noise = 0, seed = 1 } = {}) {
  const uniform = uniformNumbers(seed);
  const probabilities = new Float64Array(n * ITEMS.length);
  const truth = new Int32Array(n);
  const labels = truth.map((_, i) => {
    const weights = ITEMS.map(() => uniform() ** sharpness);
    const sum = weights.reduce((total, weight) => total + weight);
    probabilities.set(
      weights.map((weight) => weight / sum),
      i * ITEMS.length,
    );
    const drawn = uniform() * sum;
    truth[i] = weights.findIndex((_, k) => weights.slice(0, k + 1).reduce((total, weight) => total + weight) >= drawn);
    return uniform() < noise ? (truth[i] + 1 + Math.floor(3 * uniform())) % ITEMS.length : truth[i];
  });
  return { classIds: ITEMS, labels, truth, probabilities };
}

function markedOf(rows: DoubtRows, labels: Int32Array, below: number | null): boolean[] {
  return Array.from(labels, (label, i) => {
    const scores = rows.probabilities.subarray(i * ITEMS.length, (i + 1) * ITEMS.length);
    return isDoubted({ given: scores[label], best: Math.max(...scores), none: 0 }, below);
  });
}

const share = (marks: readonly boolean[]) => marks.filter(Boolean).length / marks.length;

describe("a threshold for doubts", () => {
  it("marks about one right label in ten, and most of the wrong ones", () => {
    const rows = drawRows(2_000);
    const below = doubtThreshold(rows, 0.1);
    const right = share(markedOf(rows, rows.truth, below));
    expect(right).toBeGreaterThan(0.07);
    expect(right).toBeLessThan(0.12);
    const wrong = rows.truth.map((label, i) => (label + 1 + (i % 3)) % ITEMS.length);
    expect(share(markedOf(rows, wrong, below))).toBeGreaterThan(0.5);
  });

  it("is the same whatever the labels are: mistakes among them do not move it", () => {
    const rows = drawRows(500, { noise: 0.3 });
    expect(doubtThreshold(rows, 0.1)).toBe(doubtThreshold({ ...rows, labels: rows.truth }, 0.1));
  });

  it("is null where scores tell too little, and where rows are few", () => {
    expect(doubtThreshold(drawRows(2_000, { sharpness: 0.5 }), 0.1)).toBeNull();
    expect(doubtThreshold(drawRows(29, { sharpness: 40 }), 0.1)).toBeNull();
    expect(doubtThreshold(drawRows(200, { sharpness: 40 }), 0.1)).not.toBeNull();
  });
});

describe("a row", () => {
  const distances = Float64Array.from({ length: 40 }, (_, i) => 10 + i);

  it("lies far beyond the others, or none does", () => {
    expect(findOutliers(distances)).not.toContain(true);
    const found = findOutliers(Float64Array.of(...distances, 70, 80));
    expect(found.flatMap((isOutlier, i) => (isOutlier ? [i] : []))).toEqual([41]);
  });

  it("is not told among few", () => {
    expect(findOutliers(Float64Array.of(...distances.subarray(0, 28), 1e6))).not.toContain(true);
  });
});

describe("a label", () => {
  it.each([
    ["is not doubted where it is the answer", { given: 0.3, best: 0.3, none: 0 }, 0.5, false],
    ["is doubted below the threshold", { given: 0.05, best: 0.9, none: 0 }, 0.05, true],
    ["is not doubted above it", { given: 0.06, best: 0.9, none: 0 }, 0.05, false],
    ["is not doubted by a score where there is no threshold", { given: 0, best: 1, none: 0 }, null, false],
    ["is doubted on a photo that is none of the items", { given: 0.2, best: 0.2, none: 0.8 }, null, true],
    ["is doubted there though it is the answer", { given: 0.2, best: 0.2, none: 0.8 }, 0.3, true],
    ["is not doubted there above the threshold", { given: 0.4, best: 0.4, none: 0.6 }, 0.3, false],
  ])("%s", (_name, scores, below, expected) => {
    expect(isDoubted(scores, below)).toBe(expected);
  });
});
