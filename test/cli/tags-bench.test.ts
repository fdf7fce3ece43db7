/** The prototype of tags: what it tells apart, and what it makes of what nobody has said. */
import { describe, expect, it } from "vitest";
import { seededNumbers } from "../../cli/bench/head-data.ts";
import { fitPlatt, probabilityOf } from "../../cli/bench/tags/platt.ts";
import { fitTags, probabilityOfTag } from "../../cli/bench/tags/tag-fit.ts";
import { sumTagged, type TaggedRow } from "../../cli/bench/tags/tag-statistics.ts";
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { createPlainKernels } from "../../src/head/kernels/plain-kernels.ts";

const kernels = createPlainKernels();

/** Four numbers: the first is high with `hot`, the second with `sweet`; each is as likely with the other as without. */
function drawRows(count: number, saidShare: number): TaggedRow[] {
  const uniform = seededNumbers(11);
  return Array.from({ length: count }, () => {
    const [hot, sweet] = [uniform() < 0.5, uniform() < 0.3];
    const noise = () => 0.2 * (uniform() - 0.5);
    const raw = Float32Array.of(
      0.5 + (hot ? 0.5 : 0) + noise(),
      0.5 + (sweet ? 0.5 : 0) + noise(),
      1 + noise(),
      noise(),
    );
    const embedding = quantiseEmbedding(raw, raw.length);
    if (!embedding.ok) throw new Error(embedding.error.message);
    const all = [["hot", hot] as const, ["sweet", sweet] as const];
    return { embedding: embedding.value, said: new Map(all.filter(() => uniform() < saidShare)) };
  });
}

describe("tags on one Gram matrix", () => {
  it.each([1, 0.4])("are told apart one by one where %d of them is said", (share) => {
    const head = fitTags(drawRows(300, share), ["hot", "sweet"], kernels);
    const asked = drawRows(80, 1);
    for (const tag of ["hot", "sweet"]) {
      const right = asked.filter(
        ({ embedding, said }) => (probabilityOfTag(head, tag, embedding) ?? 0) > 0.5 === said.get(tag),
      );
      expect(right.length / asked.length, tag).toBeGreaterThan(0.95);
    }
  });

  it("know nothing of a tag of which only one side was said", () => {
    const rows = drawRows(60, 1).map(({ embedding, said }) => ({
      embedding,
      said: new Map([...said, ["new", true] as const]),
    }));
    const head = fitTags(rows, ["hot", "new"], kernels);
    expect([...head.rows.keys()]).toEqual(["hot"]);
    expect(probabilityOfTag(head, "new", rows[0].embedding)).toBeUndefined();
  });

  it("count a row in the common sums whether or not anything is said of it", () => {
    const rows = drawRows(50, 0);
    const { all, tags } = sumTagged(rows, ["hot"], kernels);
    expect(all.classes.get("all")?.count).toBe(50);
    expect(tags.get("hot")).toMatchObject({ yes: { count: 0 }, no: { count: 0 } });
  });
});

describe("the way from a score to a probability", () => {
  it("is the logistic that the labels were drawn by", () => {
    const uniform = seededNumbers(5);
    const scores = Array.from({ length: 20_000 }, () => 40 * (uniform() - 0.5));
    const truth = { a: 0.2, b: -1 };
    const labels = scores.map((z) => uniform() < probabilityOf(truth, z));
    const fitted = fitPlatt(scores, labels);
    expect(fitted.a).toBeCloseTo(truth.a, 1);
    expect(fitted.b).toBeCloseTo(truth.b, 0);
  });

  it("stays finite where scores tell everything, and says how often it is so where they tell nothing", () => {
    const sure = fitPlatt([-1, -1, 1, 1], [false, false, true, true]);
    expect(Number.isFinite(sure.a)).toBe(true);
    expect(probabilityOf(sure, 1)).toBeCloseTo(3 / 4, 2);
    expect(probabilityOf(fitPlatt([0, 0, 0, 0], [true, false, false, false]), 0)).toBeCloseTo(
      (3 / 4 + 3 * (1 / 5)) / 4,
      1,
    );
  });
});
