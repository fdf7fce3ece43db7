import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { predict } from "../../src/head/predict.ts";
import { NONE_ID } from "../../src/shared/none-label.ts";
import { ok } from "../../src/shared/result.ts";
import { openDatabase } from "../../src/store/database.ts";
import { findNewestHead, type LoadedHead, loadHead, readLivePointer } from "../../src/store/heads/heads.ts";
import { forgetSamples } from "../../src/store/labels/forget.ts";
import { type EmbeddedSample, labelSamples } from "../../src/store/labels/labels.ts";
import { countLabels, loadClassCounts } from "../../src/store/learning/pending-labels.ts";
import { listAbsorbedAfter } from "../../src/store/learning/rebuild.ts";
import { sampleStrangers } from "../../src/store/learning/sample.ts";
import { readStatisticsVersion } from "../../src/store/learning/statistics.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { listClasses, listMenu } from "../../src/store/menu/menu.ts";
import { cutBack } from "../../src/store/retention.ts";
import { runTraining } from "../../src/training/run.ts";
import { makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { expectStoredEqualsRebuild, readStored } from "../support/stored-statistics.ts";
import { NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const ITEMS = ["a", "b", "c"];
const photos = ITEMS.map((_, kind) => makeEmbeddedPhotos(kind, 12));
const strangers = makeEmbeddedPhotos(9, 8);

function train(request: { rebuild?: boolean } = {}) {
  return runTraining(trainingContext(db), { trigger: "admin", ...request });
}

async function makeMenu(): Promise<void> {
  await resetDatabase();
  for (const [i, id] of ITEMS.entries()) {
    await createClass(db, { id, name: id, description: "" }, "admin", NOW + i);
    await labelSamples(db, id, photos[i], "admin", NOW);
  }
}

function label(labelled: string, which: readonly EmbeddedSample[]) {
  return labelSamples(db, labelled, which, "admin", NOW);
}

async function readLiveHead(): Promise<LoadedHead> {
  const { liveHead } = await readLivePointer(db);
  const loaded = await loadHead(db, liveHead ?? 0);
  if (!loaded.ok) throw new Error(loaded.error.detail);
  return loaded.value;
}

/** Largest difference of any score of any photo, "none of them" among the scores. */
function answerDistance(one: LoadedHead, other: LoadedHead): number {
  const scoresOf = ({ head }: LoadedHead, { embedding }: EmbeddedSample) => {
    const { scores, none } = predict(head, embedding);
    return new Map([[NONE_ID, none], ...scores.map(({ classId, score }) => [classId, score] as const)]);
  };
  const differences = [...photos.flat(), ...strangers].flatMap((photo) => {
    const scores = scoresOf(other, photo);
    return Array.from(scoresOf(one, photo), ([id, score]) => Math.abs(score - (scores.get(id) ?? 9)));
  });
  return Math.max(...differences);
}

/** How many of the examples are not on the menu, as the statistics and as the labels have it; they must agree. */
async function countStrangers(): Promise<number> {
  const { strangers } = await listClasses(db);
  expect((await loadClassCounts(db)).has(NONE_ID)).toBe(false);
  expect(await cutBack(db, 20, NOW)).toMatchObject({ miscounted: [] });
  return strangers;
}

describe('photos that are "not on the menu"', () => {
  beforeEach(async () => {
    await makeMenu();
    await train();
  });

  it("are not part of the statistics, of the menu or of an answer, and the next run takes notice of them", async () => {
    const before = await readStored(db);
    expect(await label(NONE_ID, strangers)).toEqual(ok(strangers.map(() => "stored")));
    expect(await countLabels(db)).toMatchObject({ examples: 36, pending: 8 });
    expect(await train()).toMatchObject({ outcome: "published", headVersion: 2, absorbed: 8, remaining: 0 });
    expect(await readStored(db)).toEqual(before);
    expect((await listMenu(db)).map(({ id }) => id)).toEqual(ITEMS);
    expect((await readLiveHead()).head.classIds).toEqual(ITEMS);
    expect(await countStrangers()).toBe(8);
    expect(await train()).toMatchObject({ outcome: "idle" });
  });

  it("move the boundary of the next head, which says how many it would have found by itself", async () => {
    await label(NONE_ID, strangers);
    await train();
    const { head } = await readLiveHead();
    expect(strangers.filter(({ embedding }) => !predict(head, embedding).isUnknown)).toEqual([]);
    expect(photos.flat().filter(({ embedding }) => predict(head, embedding).isUnknown)).toEqual([]);
    const { evaluation } = (await findNewestHead(db)) ?? {};
    expect(evaluation).toMatchObject({ strangers: { marked: 8 }, fewPhotos: false });
    expect(evaluation?.strangers?.found).toBeGreaterThanOrEqual(6);
    await forgetSamples(
      db,
      strangers.map(({ sampleId }) => sampleId),
      "admin",
      NOW,
    );
    await train();
    expect((await findNewestHead(db))?.evaluation).not.toHaveProperty("strangers");
  });

  it("are read by a fit up to a limit, the newest label first", async () => {
    const later = makeEmbeddedPhotos(9, 3, 2);
    await label(NONE_ID, strangers);
    await labelSamples(db, NONE_ID, later, "admin", NOW + 1);
    await train();
    const newest = (await sampleStrangers(db, 4)).map(({ sampleId }) => sampleId);
    expect(newest.slice(0, 3)).toEqual(later.map(({ sampleId }) => sampleId).sort());
    expect(newest[3]).toBe(strangers.map(({ sampleId }) => sampleId).sort()[0]);
  });

  it("are subtracted from the item that they were examples of, and added to the one that they become", async () => {
    await label(NONE_ID, [...photos[0].slice(0, 5), ...strangers]);
    expect(await train()).toMatchObject({ absorbed: 13 });
    expect((await loadClassCounts(db)).get("a")).toBe(7);
    expect(await expectStoredEqualsRebuild(db)).toBe(44);
    await label("b", photos[0].slice(0, 2));
    await train();
    expect((await loadClassCounts(db)).get("b")).toBe(14);
    expect(await expectStoredEqualsRebuild(db)).toBe(44);
    expect(await countStrangers()).toBe(11);
  });

  it("are forgotten with the heads that have seen them", async () => {
    await label(NONE_ID, strangers);
    await train();
    await forgetSamples(db, [strangers[0].sampleId], "admin", NOW);
    expect(await train()).toMatchObject({ outcome: "published", headVersion: 3, absorbed: 1 });
    const { version, forgetVersion } = await readStatisticsVersion(db);
    expect(forgetVersion).toBe(version);
    expect((await loadHead(db, 2)).ok).toBe(false);
    expect(await countStrangers()).toBe(7);
  });

  it("may come before any item has a photo", async () => {
    await resetDatabase();
    await label(NONE_ID, strangers);
    expect(await train()).toMatchObject({ outcome: "absorbed", absorbed: 8, remaining: 0 });
    expect(await train()).toMatchObject({ outcome: "idle" });
    expect(await countStrangers()).toBe(8);
  });

  it("are left out of a rebuild, which counts them again", async () => {
    await label(NONE_ID, strangers);
    await train();
    await env.DB.prepare("UPDATE statistics SET strangers = 3").run();
    expect(await cutBack(db, 20, NOW)).toMatchObject({ miscounted: [NONE_ID] });
    expect((await listAbsorbedAfter(db, "", 100)).map(({ classId }) => classId)).not.toContain(NONE_ID);
    expect((await train()).message).toContain("from 36 examples");
    expect(await countStrangers()).toBe(8);
  });

  it("give the statistics and the head of a rebuild, whatever is said of whom and in which order", async () => {
    const pool = [...photos.flat().slice(0, 20), ...strangers];
    const step = fc.record({
      photo: fc.nat({ max: pool.length - 1 }),
      word: fc.constantFrom(...ITEMS, NONE_ID, NONE_ID, null),
      isTrainedOn: fc.boolean(),
    });
    const check = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      await makeMenu();
      for (const { photo, word, isTrainedOn } of steps) {
        if (word === null) await forgetSamples(db, [pool[photo].sampleId], "admin", NOW);
        else await label(word, [pool[photo]]);
        if (isTrainedOn) await train();
      }
      await train();
      await expectStoredEqualsRebuild(db);
      await expectSameHeadOfRebuild();
      await countStrangers();
    });
    await fc.assert(check, { numRuns: 6, seed: 14 });
  });
});

/** Refits until the shrinkage stays, so that the rebuild's search begins where this one ended. */
async function expectSameHeadOfRebuild(): Promise<void> {
  let before = await readLiveHead();
  for (let distance = 1; distance > 0; ) {
    await env.DB.prepare("UPDATE deployment SET archive_revision = archive_revision + 1").run();
    await train();
    const after = await readLiveHead();
    distance = answerDistance(before, after);
    before = after;
  }
  await train({ rebuild: true });
  const rebuilt = await readLiveHead();
  expect(rebuilt.head.classIds).toEqual(before.head.classIds);
  expect(answerDistance(before, rebuilt)).toBeLessThan(1e-3);
}
