/** Labels of a teacher in a fit: what they are worth, and that people's labels decide whether they count. */
import { describe, expect, it } from "vitest";
import { type Embedding, quantiseEmbedding } from "../../src/head/embedding.ts";
import { fitHead } from "../../src/head/fit.ts";
import { fitTaught } from "../../src/head/judged-fit.ts";
import { predict } from "../../src/head/predict.ts";
import { addExamples, copyStatistics, createStatistics, type LabelledEmbedding } from "../../src/head/statistics.ts";
import { MIN_JUDGING_LABELS } from "../../src/shared/judging-labels.ts";
import { createNormal } from "../support/random.ts";

const D = 12;
const CLASSES = ["a", "b", "c"];
const OPTIONS = { classIds: CLASSES, priorExponent: 0, unknownAlpha: 0.05 };

/** Points around one direction per class, as noisy as neighbouring items are. */
function draw(count: number, seed: string, labelOf = (classId: string) => classId): LabelledEmbedding[] {
  return CLASSES.flatMap((classId) => {
    const centre = createNormal(`centre ${classId}`);
    const direction = Array.from({ length: D }, () => centre());
    const noise = createNormal(`${seed} ${classId}`);
    return Array.from({ length: count }, () => ({
      classId: labelOf(classId),
      embedding: embed(direction.map((value) => value + 1.6 * noise())),
    }));
  });
}

function embed(values: readonly number[]): Embedding {
  const made = quantiseEmbedding(Float32Array.from(values), D);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

function learn(
  people: readonly LabelledEmbedding[],
  taught: readonly LabelledEmbedding[],
  testSet: readonly LabelledEmbedding[] = [],
) {
  const statistics = createStatistics(D);
  addExamples(statistics, people);
  const before = copyStatistics(statistics);
  const made = fitTaught(statistics, people, taught, { ...OPTIONS, testSet });
  if (!made.ok) throw new Error(made.error.message);
  expect(statistics).toEqual(before);
  const alone = fitHead(statistics, people, OPTIONS);
  if (!alone.ok) throw new Error(alone.error.message);
  return { ...made.value, alone: alone.value };
}

const people = draw(5, "people");
const judges = draw(100, "judges");
const rightOf = (head: Parameters<typeof predict>[0]) =>
  judges.filter(({ classId, embedding }) => predict(head, embedding).scores[0].classId === classId).length;

describe("what a teacher said, in a fit", () => {
  it("helps where people's labels agree with it", () => {
    const { fitted, verdict, alone } = learn(people, draw(60, "teacher"));
    expect(verdict).toMatchObject({ labels: 180, isAllowed: true, judged: 15 });
    expect(rightOf(fitted.head)).toBeGreaterThan(rightOf(alone.head));
  });

  it.each<[string, (classId: string) => string]>([
    ["takes one item for another", (classId) => (classId === "a" ? "b" : classId === "b" ? "a" : classId)],
    ["says the same of everything", () => "c"],
  ])("does not count where the teacher %s: the head is the one without it", (_what, labelOf) => {
    const { fitted, verdict, alone } = learn(people, draw(60, "teacher", labelOf));
    expect(verdict?.isAllowed).toBe(false);
    expect(fitted).toEqual(alone);
  });

  it("is judged by the test set too, whose word goes first where it is answered worse", () => {
    const taught = draw(60, "teacher");
    const { verdict: helped } = learn(people, taught, judges);
    expect(helped).toMatchObject({ isAllowed: true, tested: { examples: 300 } });
    expect(helped?.tested?.rightWith).toBeGreaterThan(helped?.tested?.rightWithout ?? 300);
    const { head: without } = learn(people, taught).alone;
    const { head: withThem } = learn(people, taught).fitted;
    const isRight = (head: typeof without) => (row: LabelledEmbedding) =>
      predict(head, row.embedding).scores[0].classId === row.classId;
    const lost = judges.filter((row) => isRight(without)(row) && !isRight(withThem)(row));
    expect(lost.length).toBeGreaterThan(0);
    const { fitted, verdict, alone } = learn(people, taught, lost);
    const tested = { examples: lost.length, rightWithout: lost.length, rightWith: 0 };
    expect(verdict).toMatchObject({ isAllowed: false, tested });
    expect(fitted).toEqual(alone);
  });

  it("does not count where too few of people's labels could judge it", () => {
    const few = draw(3, "people");
    expect(few.length).toBeLessThan(MIN_JUDGING_LABELS);
    const { fitted, verdict, alone } = learn(few, draw(60, "teacher"));
    expect(verdict).toMatchObject({ isAllowed: false, judged: 9 });
    expect(fitted).toEqual(alone);
  });

  it("is the fit of people's labels, byte for byte, where it said nothing", () => {
    const { fitted, verdict, alone } = learn(people, []);
    expect(verdict).toBeNull();
    expect(fitted).toEqual(alone);
  });

  it("gives a class with one person's label no judge, and leaves the rest to decide", () => {
    const lonely = people.filter(({ classId }, i) => classId !== "c" || i === people.length - 1);
    expect(lonely.filter(({ classId }) => classId === "c")).toHaveLength(1);
    expect(learn(lonely, draw(60, "teacher")).verdict).toMatchObject({ judged: 10 });
  });
});
