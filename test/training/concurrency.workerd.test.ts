/** Many at once: runs that all believe the lease is theirs, and labels that come in together while runs are at work. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { deriveReceiptKey, sealReceipt } from "../../src/application/receipt.ts";
import { openDatabase } from "../../src/store/database.ts";
import { readLivePointer } from "../../src/store/heads/heads.ts";
import { type EmbeddedSample, labelSamples } from "../../src/store/labels/labels.ts";
import { loadStatistics } from "../../src/store/learning/statistics.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import type { TrainingContext } from "../../src/training/context.ts";
import { runTraining } from "../../src/training/run.ts";
import { readDatabase } from "../support/database-state.ts";
import { DIMENSION, makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { createRandom } from "../support/random.ts";
import { expectStoredEqualsRebuild, readStored, statisticsDistance } from "../support/stored-statistics.ts";
import { NOW, trainingContext } from "../support/training-context.ts";
import { json, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const MENU = ["a", "b", "c"];
const RUNS = 20;
const WRITES = 1_000;

async function startAfresh(): Promise<void> {
  await resetDatabase();
  for (const [i, id] of MENU.entries()) await createClass(db, { id, name: id, description: "" }, "admin", NOW + i);
}

/** Runs one after another until nothing is left to do. */
async function settle(changes: Partial<TrainingContext> = {}): Promise<void> {
  const context = trainingContext(db, changes, NOW + 1_000_000);
  for (let outcome = ""; outcome !== "idle"; ) ({ outcome } = await runTraining(context, { trigger: "cron" }));
}

/** What labels add up to: who is what, absorbed as what. */
async function readLabels() {
  const { examples } = await readDatabase();
  return examples.map(({ sample_id, class_id, absorbed_class_id }) => ({ sample_id, class_id, absorbed_class_id }));
}

describe(`${RUNS} runs at once`, () => {
  const photos = MENU.map((_, kind) => makeEmbeddedPhotos(kind, 40));

  /** Something to add, to move and to forget, in portions of which each run can take one. */
  async function arrange() {
    await startAfresh();
    for (const [kind, id] of MENU.entries()) await labelSamples(db, id, photos[kind].slice(0, 20), "admin", NOW);
    await settle();
    for (const [kind, id] of MENU.entries()) await labelSamples(db, id, photos[kind].slice(20), "admin", NOW + 1);
    await labelSamples(db, "c", photos[0].slice(0, 5), "admin", NOW + 2);
    const forgotten = photos[1].slice(0, 5).map(({ sampleId }) => sampleId);
    await env.DB.prepare("UPDATE examples SET class_id = NULL WHERE sample_id IN (SELECT value FROM json_each(?))")
      .bind(JSON.stringify(forgotten))
      .run();
  }

  it.each([
    ["one works and the others leave", 60_000],
    ["each takes the lease from the one before, at once", 0],
  ])("leave what one after another leaves: %s", async (_name, leaseMs) => {
    const limits = { labels: 7, rebuildRows: 1_000, pageRows: 3 };
    await arrange();
    await settle({ limits });
    const alone = { labels: await readLabels(), statistics: await readStored(db) };

    await arrange();
    const context = trainingContext(db, { limits, leaseMs });
    const runs = Array.from({ length: RUNS }, () => runTraining(context, { trigger: "cron" }));
    const reports = await Promise.all(runs);
    const outcomes = reports.map(({ outcome }) => outcome);
    if (leaseMs > 0) expect(outcomes.filter((outcome) => outcome !== "busy")).toEqual(["published"]);
    else expect(new Set(outcomes)).toContain("overtaken");
    await settle({ limits });
    expect(await readLabels()).toEqual(alone.labels);
    expect(statisticsDistance(await readStored(db), alone.statistics)).toBeLessThan(1e-5);
    expect(await expectStoredEqualsRebuild(db)).toBe(115);
    const { heads, statistics } = await readDatabase();
    const { liveHead } = await readLivePointer(db);
    expect(heads.find(({ version }) => version === liveHead)?.statistics_version).toBe(statistics[0].version);
  });
});

describe(`${WRITES.toLocaleString("en")} labels at once`, () => {
  /** Every tenth photo is sent twice. */
  const photos = MENU.flatMap((label, kind) => makeEmbeddedPhotos(kind, 303, 7).map((photo) => ({ label, photo })));
  const writes = [...photos, ...photos.slice(0, WRITES - photos.length)].map((write, i) => ({ write, key: order(i) }));
  writes.sort((a, b) => a.key - b.key);
  let backboneId: string;

  function order(i: number): number {
    return createRandom(`write ${i}`)();
  }

  /** By receipt, as a kitchen's correction. */
  async function send(label: string, photo: EmbeddedSample) {
    const receipt = { photo: { ...photo, backboneId }, guess: null, expiresAt: Date.now() + 600_000 };
    const sealed = await sealReceipt(receipt, await deriveReceiptKey(env.RECEIPT_SECRET));
    return sendAsAdmin("/v1/labels", json({ receipt: sealed, label }));
  }

  async function readOwnStatistics() {
    const loaded = await loadStatistics(db, backboneId, DIMENSION);
    if (!loaded.ok) throw new Error(loaded.error.detail);
    return loaded.value.statistics;
  }

  beforeEach(async () => {
    const { body } = await sendAsAdmin("/v1/admin/overview");
    backboneId = (body.backbone as { id: string }).id;
    await startAfresh();
  });

  it("count once each, like one by one, while runs absorb them", async () => {
    const answers = [];
    for (const { write } of writes) answers.push(await send(write.label, write.photo));
    await settle({ backboneId });
    const oneByOne = { labels: await readLabels(), statistics: await readOwnStatistics() };
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(photos.length);
    expect(oneByOne.labels).toHaveLength(photos.length);

    await startAfresh();
    const context = trainingContext(db, { backboneId, leaseMs: 0 });
    const runs: Promise<unknown>[] = [];
    const sent = writes.map(async ({ write }, i) => {
      if (i % 50 === 0) runs.push(runTraining(context, { trigger: "cron" }));
      return send(write.label, write.photo);
    });
    const together = await Promise.all(sent);
    await Promise.all(runs);
    expect(together.every(({ status }) => status === 200 || status === 201)).toBe(true);
    await settle({ backboneId });
    expect(await readLabels()).toEqual(oneByOne.labels);
    expect(statisticsDistance(await readOwnStatistics(), oneByOne.statistics)).toBeLessThan(1e-4);
  });
});
