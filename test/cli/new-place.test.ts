/** A menu that is served in another place, on clouds that were all moved alike. */
import { describe, expect, it } from "vitest";
import { choosePlaceWay } from "../../cli/evaluate/new-place.ts";
import { type PlaceExamples, type PlaceWay, place } from "../../cli/evaluate/place-ways.ts";
import { moveEmbeddings } from "../../src/head/descriptions.ts";
import { predict } from "../../src/head/predict.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { drawClouds } from "../head/synthetic.ts";

const DIMENSION = 16;
const OPTIONS = { priorExponent: 0, unknownAlpha: 0.05, isForJudgement: true, classIds: ["c0", "c1", "c2"] };
const all = drawClouds({ dimension: DIMENSION, counts: [90, 90, 90], seed: 11 });
const part = (from: number, to: number) => all.filter((_, i) => i % 90 >= from && i % 90 < to);
/** The camera of the place: the same for every photo. */
const shift = Float64Array.from({ length: DIMENSION }, (_, d) => (d % 3 === 0 ? 0.5 : -0.3));
const see = (rows: readonly LabelledEmbedding[]): LabelledEmbedding[] => {
  const moved = moveEmbeddings(
    rows.map(({ embedding }) => embedding),
    new Float64Array(DIMENSION),
    shift,
  );
  return rows.map(({ classId }, i) => ({ classId, embedding: moved[i] }));
};
const source = part(0, 30);
const test = see(part(60, 90));
const unlabelled = see(part(30, 55)).map(({ embedding }) => embedding);

function unwrap<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function run(examples: PlaceExamples) {
  const choice = unwrap(choosePlaceWay(examples, OPTIONS));
  const accuracyOf = (way: PlaceWay) => {
    const opened = unwrap(choice.open(way));
    const right = place(
      opened,
      test.map(({ embedding }) => embedding),
    ).filter((embedding, i) => predict(opened.head, embedding).scores[0].classId === test[i].classId);
    return right.length / test.length;
  };
  return { choice, accuracyOf };
}

describe("a new place", () => {
  it("is moved to where the menu was taught, without a label", () => {
    const { choice, accuracyOf } = run({ source, labelled: [], unlabelled });
    expect(choice).toMatchObject({ way: "moved", judged: 0 });
    expect(accuracyOf("moved")).toBeGreaterThan(accuracyOf("as taught") + 0.1);
  });

  it("is not learnt from without a label, however many photos there are", () => {
    const many = see(part(0, 60)).map(({ embedding }) => embedding);
    expect(many.length).toBeGreaterThanOrEqual(50 * OPTIONS.classIds.length);
    expect(run({ source, labelled: [], unlabelled: many }).choice).toMatchObject({ way: "moved", judged: 0 });
  });

  it("stays as it is with fewer than twenty photos", () => {
    expect(run({ source, labelled: [], unlabelled: unlabelled.slice(0, 19) }).choice.way).toBe("as taught");
  });

  it("is answered as taught where one label is all that is known of it", () => {
    const { choice } = run({ source, labelled: see(part(55, 56)).slice(0, 1), unlabelled: [] });
    expect(choice.judged).toBe(1);
    expect(choice.ways.map(({ way }) => way)).not.toContain("labels alone");
  });

  it("with labels takes the way that is right most often about labels left out", () => {
    const { choice, accuracyOf } = run({ source, labelled: see(part(55, 60)), unlabelled });
    expect(choice.judged).toBe(15);
    const most = Math.max(...choice.ways.map(({ right }) => right));
    expect(choice.ways.find(({ way }) => way === choice.way)?.right).toBe(most);
    expect(accuracyOf(choice.way)).toBeGreaterThan(accuracyOf("as taught") + 0.1);
  });

  it("forgets what was taught elsewhere where that speaks against the labels of the place", () => {
    const turned = source.map(({ classId, embedding }) => ({ classId: `c${(Number(classId[1]) + 1) % 3}`, embedding }));
    expect(run({ source: turned, labelled: see(part(55, 60)), unlabelled }).choice.way).toBe("labels alone");
  });
});
