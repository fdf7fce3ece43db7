import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Head } from "../../src/head/predict.ts";
import { listAuditLog } from "../../src/store/audit-log.ts";
import { openDatabase } from "../../src/store/database.ts";
import { findHead, findHeadReport, loadHead, loadJudgement, readLivePointer } from "../../src/store/heads/heads.ts";
import { forgetClass, forgetContributor, forgetSamples } from "../../src/store/labels/forget.ts";
import { type EmbeddedSample, labelSamples, upsertExample } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { listClasses } from "../../src/store/menu/menu.ts";
import { cutBack } from "../../src/store/retention.ts";
import { runTraining } from "../../src/training/run.ts";
import { makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { headDistance } from "../support/head-distance.ts";
import { expectStoredEqualsRebuild } from "../support/stored-statistics.ts";
import { LEASE_MS, NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const MENU = ["a", "b", "c"];
const photos = MENU.map((_, kind) => makeEmbeddedPhotos(kind, 40));
const forgotten = photos.flatMap((group) => group.slice(0, 4));

async function startWith(groups: readonly (readonly EmbeddedSample[])[]): Promise<void> {
  await resetDatabase();
  for (const [i, id] of MENU.entries()) {
    await createClass(db, { id, name: id, description: "" }, "admin", NOW + i);
    await labelSamples(db, id, groups[i], "admin", NOW);
  }
  await train();
}

function train() {
  return runTraining(trainingContext(db), { trigger: "cron" });
}

async function readHead(version: number): Promise<Head> {
  const loaded = await loadHead(db, version);
  if (!loaded.ok) throw new Error(loaded.error.detail);
  return loaded.value.head;
}

describe("forgetting", () => {
  beforeEach(() => startWith(photos));

  it("leaves the head that would have been trained without a tenth of the examples", async () => {
    const ids = forgotten.map(({ sampleId }) => sampleId);
    expect(await forgetSamples(db, ids, "admin", NOW)).toMatchObject({ ok: true, value: { examples: 12 } });
    expect(await train()).toMatchObject({ outcome: "published", headVersion: 2, absorbed: 12, remaining: 0 });
    expect(await expectStoredEqualsRebuild(db)).toBe(108);
    const after = await readHead(2);
    await startWith(photos.map((group) => group.slice(4)));
    expect(headDistance(after, await readHead(1))).toBeLessThan(1e-4);
  });

  it("deletes the weights and details of every head that has seen them, and keeps the lineage", async () => {
    await forgetSamples(db, [forgotten[0].sampleId], "admin", NOW);
    await train();
    expect(await loadHead(db, 1)).toMatchObject({ ok: false, error: { code: "head_purged" } });
    expect(await findHeadReport(db, 1)).toMatchObject({
      ok: true,
      value: { replay: null, details: null, examples: 120 },
    });
    expect(await loadJudgement(db, 1)).toEqual({ scorecard: null, details: null });
    expect(await findHead(db, 2)).toMatchObject({
      parent: 1,
      gate: { passed: true, reason: expect.stringContaining("forgotten") },
    });
    const left = await env.DB.prepare("SELECT count(*) AS n FROM examples WHERE sample_id = ?").bind(
      forgotten[0].sampleId,
    );
    expect(await left.first("n")).toBe(0);
  });

  it("happens even where the gate or an admin would hold the new head back", async () => {
    await env.DB.prepare("UPDATE deployment SET is_held = 1").run();
    await forgetSamples(db, [forgotten[0].sampleId], "admin", NOW);
    expect(await train()).toMatchObject({ outcome: "published", headVersion: 2 });
  });

  it("covers all that a contributor has sent and nothing of anybody else", async () => {
    const [mine, theirs] = makeEmbeddedPhotos(1, 2, 77);
    await upsertExample(db, { classId: "a", sample: mine, source: "guest", contributor: "g_1" }, NOW);
    await upsertExample(db, { classId: "b", sample: theirs, source: "guest", contributor: "g_2" }, NOW);
    await train();
    expect(await forgetContributor(db, "g_1", "admin", NOW)).toEqual({ examples: 1, reviews: 0 });
    await train();
    expect(await expectStoredEqualsRebuild(db)).toBe(121);
    expect(await forgetContributor(db, "g_1", "admin", NOW)).toEqual({ examples: 0, reviews: 0 });
  });

  it("takes a whole class away, for good once its examples are out of the statistics", async () => {
    expect(await forgetClass(db, "c", "admin", NOW)).toMatchObject({ ok: true, value: { examples: 40 } });
    expect((await listClasses(db)).items.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(await cutBack(db, 20, NOW)).toMatchObject({ classes: 0, miscounted: [] });
    expect(await train()).toMatchObject({ outcome: "published", headVersion: 2 });
    expect((await readHead(2)).classIds).toEqual(["a", "b"]);
    expect(await expectStoredEqualsRebuild(db)).toBe(80);
    expect(await cutBack(db, 20, NOW)).toMatchObject({ classes: 1, miscounted: [] });
    expect(await createClass(db, { id: "c", name: "c", description: "" }, "admin", NOW)).toMatchObject({ ok: true });
  });

  it("withdraws the live head when too few items are left to make another", async () => {
    await forgetClass(db, "b", "admin", NOW);
    await forgetClass(db, "c", "admin", NOW);
    expect(await train()).toMatchObject({ outcome: "absorbed", message: expect.stringContaining("withdrawn") });
    expect(await readLivePointer(db)).toMatchObject({ liveHead: null });
    expect(await loadHead(db, 1)).toMatchObject({ ok: false, error: { code: "head_purged" } });
    expect(await train()).toMatchObject({ outcome: "idle" });
  });

  it("is taken back by labelling the photo again before a run, without counting it twice", async () => {
    await forgetSamples(db, [forgotten[0].sampleId], "admin", NOW);
    expect(await labelSamples(db, "b", [forgotten[0]], "admin", NOW)).toMatchObject({ value: ["stored"] });
    await train();
    expect(await expectStoredEqualsRebuild(db)).toBe(120);
  });

  it("of a label that no run has seen yet leaves nothing behind", async () => {
    const [fresh] = makeEmbeddedPhotos(0, 1, 88);
    await labelSamples(db, "a", [fresh], "admin", NOW);
    await forgetSamples(db, [fresh.sampleId], "admin", NOW);
    await runTraining(trainingContext(db, {}, NOW + 2 * LEASE_MS), { trigger: "cron" });
    expect(await expectStoredEqualsRebuild(db)).toBe(120);
    expect(await loadHead(db, 1)).toMatchObject({ ok: true });
  });

  it("is on record as a fact, without the photo or the contributor", async () => {
    await upsertExample(
      db,
      { classId: "a", sample: makeEmbeddedPhotos(0, 1, 99)[0], source: "guest", contributor: "g_secret" },
      NOW,
    );
    await forgetContributor(db, "g_secret", "admin", NOW + 5);
    const [entry] = await listAuditLog(db, 1);
    expect(entry).toMatchObject({
      at: NOW + 5,
      actor: "admin",
      action: "contributor.forget",
      detail: { examples: 1, reviews: 0 },
    });
    expect(JSON.stringify(entry)).not.toContain("g_secret");
  });

  it("says so when there is nothing to forget", async () => {
    expect(await forgetSamples(db, ["0".repeat(64)], "admin", NOW)).toMatchObject({
      ok: false,
      error: { code: "not_found" },
    });
    expect(await forgetClass(db, "nobody", "admin", NOW)).toMatchObject({ ok: false, error: { code: "not_found" } });
  });
});
