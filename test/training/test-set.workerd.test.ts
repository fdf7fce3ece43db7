import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { findHead, findHeadReport, loadHead, readLivePointer } from "../../src/store/heads/heads.ts";
import { listExamples, relabelExample } from "../../src/store/labels/examples.ts";
import { forgetClass, forgetSamples } from "../../src/store/labels/forget.ts";
import { type EmbeddedSample, labelSamples } from "../../src/store/labels/labels.ts";
import {
  changePurpose,
  countTestExamples,
  giveBack,
  sampleTestSet,
  setAside,
} from "../../src/store/labels/test-set.ts";
import { countLabels } from "../../src/store/learning/pending-labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { changeClass } from "../../src/store/menu/menu.ts";
import { mergeClass } from "../../src/store/menu/merge-classes.ts";
import { cutBack } from "../../src/store/retention.ts";
import { compareVersions, judgeVersion } from "../../src/training/compare.ts";
import { runTraining } from "../../src/training/run.ts";
import { makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { headDistance } from "../support/head-distance.ts";
import { expectStoredEqualsRebuild } from "../support/stored-statistics.ts";
import { NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const MENU = ["a", "b", "c"];
const photos = MENU.map((_, kind) => makeEmbeddedPhotos(kind, 40));
const strangers = makeEmbeddedPhotos(7, 10);
const aside = [...photos.flatMap((group) => group.slice(0, 8)), ...strangers.slice(0, 2)];
const asideIds = aside.map(({ sampleId }) => sampleId);

async function startWith(groups: readonly (readonly EmbeddedSample[])[], none: readonly EmbeddedSample[]) {
  await resetDatabase();
  for (const [i, id] of MENU.entries()) {
    await createClass(db, { id, name: id, description: "" }, "admin", NOW + i);
    await labelSamples(db, id, groups[i], "admin", NOW);
  }
  await labelSamples(db, ":none", none, "admin", NOW);
}

/** What the menu would be if nobody had ever brought what the tests set aside. */
function startWithout() {
  return startWith(
    photos.map((group) => group.slice(8)),
    strangers.slice(2),
  );
}

function train() {
  return runTraining(trainingContext(db), { trigger: "cron" });
}

async function readHead(version: number) {
  const [loaded, report] = [await loadHead(db, version), await findHeadReport(db, version)];
  if (!loaded.ok || !report.ok) throw new Error(`head ${version} cannot be read`);
  const { head } = loaded.value;
  const { rho, temperature, evaluation, details, tested, examples } = report.value;
  return { head, rho, temperature, evaluation, details, tested, examples };
}

describe("a head whose test set was set aside", () => {
  it("is, to the bit, the head of a deployment that never had it, where no run had seen it", async () => {
    await startWith(photos, strangers);
    await setAside(db, asideIds, "admin", NOW);
    await train();
    const { tested, ...withSet } = await readHead(1);
    expect(tested).toMatchObject({ examples: 24, strangers: 2 });
    await startWithout();
    await train();
    expect(await readHead(1)).toEqual({ ...withSet, tested: null });
  });

  it("is that head but for rounding, figures included, where an earlier head had learnt from it", async () => {
    await startWith(photos, strangers);
    await train();
    await setAside(db, asideIds, "admin", NOW);
    expect(await train()).toMatchObject({ outcome: "published", headVersion: 2, absorbed: 26, remaining: 0 });
    expect(await expectStoredEqualsRebuild(db)).toBe(130);
    const after = await readHead(2);
    await startWithout();
    await train();
    const never = await readHead(1);
    expect(headDistance(after.head, never.head)).toBeLessThan(1e-4);
    expect(after.rho).toBe(never.rho);
    expect(after.temperature).toBeCloseTo(never.temperature, 3);
    expect(after.evaluation?.accuracy).toBe(never.evaluation?.accuracy);
    expect(after.evaluation?.strangers).toEqual(never.evaluation?.strangers);
    expect(after.details?.confusions).toEqual(never.details?.confusions);
  });

  it("is learnt from again when it is given back", async () => {
    await startWith(photos, strangers);
    await train();
    await setAside(db, asideIds, "admin", NOW);
    await train();
    expect(await giveBack(db, null, "admin", NOW)).toBe(26);
    await train();
    expect(await countTestExamples(db)).toEqual(new Map());
    expect(await expectStoredEqualsRebuild(db)).toBe(130);
    expect(await readHead(3)).toMatchObject({ examples: 120, tested: null });
  });
});

describe("the test set", () => {
  beforeEach(async () => {
    await startWith(photos, strangers);
    await train();
    await setAside(db, asideIds, "admin", NOW);
  });

  it("is not part of the counts that say what is learnt, and of none before the run either", async () => {
    const before = await countLabels(db);
    await train();
    expect(before).toMatchObject({ examples: 96, pending: 26 });
    expect(await countLabels(db)).toEqual({ ...before, pending: 0 });
    expect(await countTestExamples(db)).toEqual(
      new Map([
        ["a", 8],
        ["b", 8],
        ["c", 8],
        [":none", 2],
      ]),
    );
    expect(await cutBack(db, 20, NOW)).toMatchObject({ miscounted: [] });
  });

  it("judges no head that has learnt from it: the one before is judged on nothing, the one after on all", async () => {
    expect(await judgeVersion(db, 1)).toMatchObject({ ok: true, value: { examples: 0, learnt: 0 } });
    await train();
    expect(await judgeVersion(db, 1)).toMatchObject({ ok: true, value: { examples: 0, strangers: 0, learnt: 26 } });
    const judged = await judgeVersion(db, 2);
    if (!judged.ok) throw new Error(judged.error.detail);
    const { examples, right, perClass, confusions, interval } = judged.value;
    expect([examples, perClass.map((one) => one.examples)]).toEqual([24, [8, 8, 8]]);
    expect(perClass.reduce((sum, one) => sum + one.right, 0)).toBe(right);
    expect(confusions.reduce((sum, cell) => sum + cell.examples, 0)).toBe(24 - right);
    expect(interval.low).toBeLessThan(right / 24);
    expect((await findHead(db, 2))?.tested).toMatchObject({ examples: 24, right });
    const [one, two] = [await findHead(db, 1), await findHead(db, 2)];
    expect(one && two && (await compareVersions(db, one, two))).toBeNull();
  });

  it("keeps what was forgotten from every head that had learnt it before it was set aside, and from no other", async () => {
    await train();
    const [fresh] = makeEmbeddedPhotos(0, 1, 55);
    await labelSamples(db, "a", [fresh], { source: "import", purpose: "test" }, NOW);
    await forgetSamples(db, [fresh.sampleId], "admin", NOW);
    await train();
    expect(await loadHead(db, 1)).toMatchObject({ ok: true });
    await forgetSamples(db, [asideIds[0]], "admin", NOW);
    await train();
    expect(await loadHead(db, 1)).toMatchObject({ ok: false, error: { code: "head_purged" } });
    expect(await loadHead(db, 2)).toMatchObject({ ok: true });
    expect((await listExamples(db, { classId: "a" }, 50)).length).toBe(39);
  });

  it("forgets one that is forgotten between being set aside and the run, in every head", async () => {
    await forgetSamples(db, [asideIds[0]], "admin", NOW);
    await train();
    expect(await loadHead(db, 1)).toMatchObject({ ok: false, error: { code: "head_purged" } });
    expect(await expectStoredEqualsRebuild(db)).toBe(129);
  });

  it("stays what it is when its labels change, its item is merged, archived, restored or deleted, and through a rebuild", async () => {
    await train();
    await relabelExample(db, asideIds[0], "b", "admin", NOW);
    await mergeClass(db, "c", "b", "admin", NOW);
    await changeClass(db, "a", { archived: true }, "admin", NOW);
    await changeClass(db, "a", { archived: false }, "admin", NOW);
    await runTraining(trainingContext(db), { trigger: "admin", rebuild: true });
    await train(); // -- a rebuild takes in what the statistics held, and the next run what has moved since
    expect(await countTestExamples(db)).toEqual(
      new Map([
        ["a", 7],
        ["b", 17],
        [":none", 2],
      ]),
    );
    expect(await expectStoredEqualsRebuild(db)).toBe(130);
    await forgetClass(db, "b", "admin", NOW);
    await train();
    expect(await countTestExamples(db)).toEqual(
      new Map([
        ["a", 7],
        [":none", 2],
      ]),
    );
    expect(await expectStoredEqualsRebuild(db)).toBe(49);
  });

  it("keeps a known photo's purpose when its label is sent again without one, and changes it when one is named", async () => {
    const [known] = aside;
    expect(await labelSamples(db, "a", [known], "import", NOW)).toMatchObject({ value: ["duplicate"] });
    expect(await labelSamples(db, "b", [known], "import", NOW)).toMatchObject({ value: ["relabelled"] });
    expect((await countTestExamples(db)).get("b")).toBe(9);
    const back = { source: "import", purpose: "learn" } as const;
    expect(await labelSamples(db, "b", [known], back, NOW)).toMatchObject({ value: ["relabelled"] });
    expect(await labelSamples(db, "b", [known], back, NOW)).toMatchObject({ value: ["duplicate"] });
    expect((await countTestExamples(db)).get("b")).toBe(8);
    expect(await changePurpose(db, "f".repeat(64), "test", "admin", NOW)).toMatchObject({
      error: { code: "not_found" },
    });
  });

  it("reads so many of each item at most, always the same ones", async () => {
    await train();
    const first = await sampleTestSet(db, [...MENU, ":none"], 3);
    expect(first.map(({ classId }) => classId).join("")).toBe(":none:noneaaabbbccc");
    expect(await sampleTestSet(db, [...MENU, ":none"], 3)).toEqual(first);
  });
});

describe("the gate", () => {
  it("holds a head back that loses examples of the test set which leave-one-out knows nothing of", async () => {
    await startWithout();
    const heldOut = { source: "admin", purpose: "test" } as const;
    // A second look of each item: it is in the test set, and at first taught as well.
    const looks = [10, 11, 12].map((kind) => makeEmbeddedPhotos(kind, 26));
    for (const [i, id] of MENU.entries()) {
      await labelSamples(db, id, looks[i].slice(0, 14), "admin", NOW);
      await labelSamples(db, id, looks[i].slice(14), heldOut, NOW);
    }
    await train();
    const live = (await findHead(db, 1))?.tested;
    expect(live?.examples).toBe(36);
    // What taught the second look moves to another item: gone from the samples that both heads are compared on by leave-one-out.
    for (const [i, id] of MENU.entries())
      for (const { sampleId } of looks[i].slice(0, 14))
        await changePurpose(db, sampleId, "test", "admin", NOW + Number(id > ""));
    const report = await train();
    const tested = (await findHead(db, 2))?.tested;
    expect(tested?.examples).toBe(78);
    expect(report).toMatchObject({ outcome: "held" });
    expect(report.message).toMatch(
      /Worse than version 1 on the test set: it answers \d+ of 36 examples right, version 1 \d+\./,
    );
    expect(await readLivePointer(db)).toMatchObject({ liveHead: 1 });
  });
});
