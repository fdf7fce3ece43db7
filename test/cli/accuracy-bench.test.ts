/** The accuracy benchmark: which rows learn and judge, and the figures made of answers. */
import { expect, it } from "vitest";
import { compareOnMenus } from "../../cli/bench/accuracy.ts";
import { summariseNewClasses, summariseShots } from "../../cli/bench/accuracy-figures.ts";
import type { Answers } from "../../cli/bench/accuracy-judges.ts";
import { describeAccuracy } from "../../cli/bench/accuracy-table.ts";
import { type EmbeddedMenu, planNewClasses, planShots } from "../../cli/bench/accuracy-trials.ts";
import { drawClouds } from "../head/synthetic.ts";

/** Three classes of 45 rows, of which the first 40 of each learn. */
function drawMenu(): EmbeddedMenu {
  const rows = drawClouds({ dimension: 8, counts: [45, 45, 45], seed: 81 });
  const isTrain = (i: number) => i % 45 < 40;
  const train = rows.filter((_, i) => isTrain(i));
  const test = rows.filter((_, i) => !isTrain(i));
  return { menu: "clouds", classIds: ["c0", "c1", "c2"], rows: [...train, ...test], trainCount: train.length };
}

const menu = drawMenu();
const classOf = (row: number) => menu.rows[row]?.classId;

it("learns from as many training photos of each class as it says, and judges on all test photos", () => {
  const trials = planShots([menu]);
  expect(trials.length).toBe(25);
  for (const { shots, train, test } of trials) {
    for (const classId of menu.classIds) expect(train.filter((row) => classOf(row) === classId).length).toBe(shots);
    expect(new Set(train).size).toBe(3 * shots);
    expect(Math.max(...train)).toBeLessThan(menu.trainCount);
    expect(test).toEqual(Array.from({ length: 15 }, (_, i) => menu.trainCount + i));
  }
  const [first, second] = trials.filter(({ shots }) => shots === 5).map(({ train }) => train);
  expect(first).not.toEqual(second);
  expect(planShots([menu])).toEqual(trials);
});

it("adds examples of one class to the same others, and judges it only once it is known", () => {
  const trials = planNewClasses([menu]);
  expect(trials.map(({ examples }) => examples).slice(0, 5)).toEqual([0, 1, 3, 5, 10]);
  for (const { newClassId, examples, train, test } of trials) {
    expect(train.filter((row) => classOf(row) === newClassId).length).toBe(examples);
    expect(train.filter((row) => classOf(row) !== newClassId).length).toBe(40);
    expect(test.length).toBe(examples === 0 ? 10 : 15);
  }
  expect(planNewClasses([{ ...menu, classIds: ["c0", "c1"] }])).toEqual([]);
});

it("makes means of answers", () => {
  const right = (test: readonly number[]): Answers => ({
    answered: test.map((row) => classOf(row) ?? ""),
    given: test.map(() => 0.5),
  });
  const wrong = (test: readonly number[]): Answers => ({ answered: test.map(() => "c0"), given: test.map(() => 0.25) });
  const shots = planShots([menu]);
  const logistic = shots.map(({ test }) => ({ byLogLoss: wrong(test), byAccuracy: right(test) }));
  const [figures] = summariseShots(
    [menu],
    shots,
    shots.map(({ test }) => right(test)),
    logistic,
  );
  expect(figures?.accuracy).toEqual({ head: 1, byLogLoss: 1 / 3, byAccuracy: 1 });
  expect(figures?.logLoss.head).toBeCloseTo(Math.log(2), 12);
  expect(figures?.logLoss.byLogLoss).toBeCloseTo(Math.log(4), 12);
  expect(figures?.logLossGapError).toBeCloseTo(0, 12);
  const trials = planNewClasses([menu]).map((trial) => ({ ...trial, newClassId: "c2" }));
  const news = summariseNewClasses(
    [menu],
    trials,
    trials.map(({ test }) => wrong(test)),
    null,
  );
  expect(news[1]).toEqual({
    examples: 1,
    recallOfNew: { head: 0, byLogLoss: null, byAccuracy: null },
    accuracyOfOld: { head: 0.5, byLogLoss: null, byAccuracy: null },
  });
});

it("runs on sets that are embedded, with scikit-learn or without", async () => {
  const report = await compareOnMenus([menu]);
  expect(report.shots.at(-1)?.accuracy.head).toBeGreaterThan(0.8);
  expect(report.newClasses.at(-1)?.recallOfNew.head).toBeGreaterThan(0.5);
  expect(report.secondStage[0]?.iterations).toBeLessThan(report.secondStage[0]?.iterationsWithout ?? 0);
  const text = describeAccuracy({ backbone: "none", ...report });
  expect(text).toContain("| Accuracy | 2 | 5 | 10 | 20 | 40 | mean |");
  expect(text).toContain("| Examples of the new class | recall of it | accuracy on the old |");
  expect(text).toContain("| clouds |");
});
