import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { NONE_ID } from "../../src/shared/none-label.ts";
import { openDatabase, openMeteredDatabase } from "../../src/store/database.ts";
import { listSuspects } from "../../src/store/heads/doubted-labels.ts";
import { findHead, findHeadReport, listHeads, readLivePointer } from "../../src/store/heads/heads.ts";
import { activateHead } from "../../src/store/heads/publish-head.ts";
import { confirmExample, listExamples, relabelExample } from "../../src/store/labels/examples.ts";
import { labelSamples } from "../../src/store/labels/labels.ts";
import { acquireLease, findHolder } from "../../src/store/learning/lease.ts";
import { listTrainingRuns } from "../../src/store/learning/training-runs.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { changeClass } from "../../src/store/menu/menu.ts";
import { mergeClass } from "../../src/store/menu/merge-classes.ts";
import { runTraining } from "../../src/training/run.ts";
import { BACKBONE_ID, makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { expectStoredEqualsRebuild } from "../support/stored-statistics.ts";
import { LEASE_MS, NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const MENU = ["a", "b", "c"];
const photos = MENU.map((_, kind) => makeEmbeddedPhotos(kind, 30));

function train(startsAt = NOW) {
  return runTraining(trainingContext(db, {}, startsAt), { trigger: "cron" });
}

async function readReport(version: number) {
  const report = await findHeadReport(db, version);
  if (!report.ok) throw new Error(report.error.detail);
  return report.value;
}

/** Every photo gets the label of another class: what a broken import or a hostile colleague would leave. */
async function shuffleLabels() {
  for (const [kind, group] of photos.entries()) {
    for (const [i, photo] of group.entries()) {
      await labelSamples(db, MENU[(kind + (i % 3)) % 3], [photo], "admin", NOW);
    }
  }
}

describe("versions of the head", () => {
  beforeEach(async () => {
    await resetDatabase();
    for (const [i, id] of MENU.entries()) {
      await createClass(db, { id, name: id, description: "" }, "admin", NOW + i);
      await labelSamples(db, id, photos[i], "admin", NOW);
    }
    await train();
  });

  it("are not promoted when labels were shuffled, and the reason can be read", async () => {
    await shuffleLabels();
    const report = await train();
    expect(report).toMatchObject({ outcome: "held", headVersion: 2, absorbed: 60 });
    expect(report.message).toMatch(
      /Worse than version 1: accuracy \d+\.\d % against 100\.0 % .* log-loss .* on 90 examples/,
    );
    expect(report.message).toMatch(/\d+ of 90 stored answers change/);
    expect(await readLivePointer(db)).toMatchObject({ liveHead: 1 });
    expect(await findHead(db, 2)).toMatchObject({ gate: { passed: false, reason: expect.stringContaining("Worse") } });
    expect(await train()).toMatchObject({ outcome: "idle" });
  });

  it("record which stored answers would change, with the photo and both answers", async () => {
    await shuffleLabels();
    await train();
    const report = await findHeadReport(db, 2);
    if (!report.ok || report.value.replay === null) throw new Error("no replay");
    const { replayed, changed, changes } = report.value.replay;
    expect(replayed).toBe(90);
    expect(changed).toBeGreaterThan(10);
    expect(changes.length).toBe(Math.min(50, changed));
    for (const { photo, from, to } of changes) {
      expect(photo).toMatch(/^[0-9a-f]{64}$/);
      expect(from).not.toBe(to);
    }
  });

  it("record how well they know what they were taught, and each old item's recall before and after", async () => {
    const first = await readReport(1);
    expect(first.evaluation).toMatchObject({ accuracy: 1, taughtAccuracy: 1 });
    expect(first.details?.perClass.map(({ recallBefore }) => recallBefore)).toEqual([undefined, undefined, undefined]);
    await createClass(db, { id: "d", name: "d", description: "" }, "admin", NOW + 9);
    await labelSamples(db, "d", makeEmbeddedPhotos(3, 4, 10), "admin", NOW);
    await shuffleLabels();
    await train();
    const second = await readReport(2);
    const { accuracy, taughtAccuracy } = second.evaluation ?? { accuracy: 0 };
    expect(taughtAccuracy).toBeGreaterThan(accuracy);
    expect(second.details?.perClass.map(({ classId, recallBefore }) => [classId, recallBefore])).toEqual([
      ...MENU.map((id) => [id, 1]),
      ["d", undefined],
    ]);
    expect(second.details?.perClass[0].recall).toBeLessThan(0.8);
  });

  it("go live against the gate when an admin says so, and stay while he holds them", async () => {
    await shuffleLabels();
    await train();
    const order = { backboneId: BACKBONE_ID, actor: "admin", now: NOW };
    expect(await activateHead(db, 2, { ...order, hold: false })).toMatchObject({ ok: true });
    expect(await readLivePointer(db)).toMatchObject({ liveHead: 2, isHeld: false });
    await activateHead(db, 1, { ...order, hold: true });
    await labelSamples(db, "a", makeEmbeddedPhotos(0, 3, 9), "admin", NOW);
    expect(await train()).toMatchObject({
      outcome: "held",
      headVersion: 3,
      message: expect.stringContaining("an admin keeps version 1 in place"),
    });
    expect(await readLivePointer(db)).toMatchObject({ liveHead: 1, isHeld: true });
  });

  it("keep where they came from", async () => {
    const metered = openMeteredDatabase(env.DB);
    await labelSamples(db, "a", makeEmbeddedPhotos(0, 3, 9), "admin", NOW);
    await runTraining(trainingContext(metered.db, { usage: metered.usage }, NOW + 1000), { trigger: "admin" });
    const head = await findHead(db, 2);
    expect(head).toMatchObject({ parent: 1, startedBy: "admin", examples: 93, labelsWaiting: 0, classIds: MENU });
    expect(head?.labelsReadAt).toBeGreaterThan(NOW + 1000);
    expect(head?.rowsRead).toBeGreaterThan(90);
    expect(head?.rowsWritten).toBeGreaterThan(3);
    const [run] = await listTrainingRuns(db, 1);
    expect(run).toMatchObject({ outcome: "published", absorbed: 3, remaining: 0, headVersion: 2 });
    expect(run.queries).toBeGreaterThan(10);
    expect(run.rowsWritten).toBeGreaterThanOrEqual(head?.rowsWritten ?? 0);
  });

  it("are not harmed by a new item that resembles an old one: the old ones are compared among themselves", async () => {
    await createClass(db, { id: "d", name: "d", description: "" }, "admin", NOW + 9);
    await labelSamples(db, "d", makeEmbeddedPhotos(0, 2, 10), "admin", NOW);
    const report = await train();
    expect(report).toMatchObject({ outcome: "published", headVersion: 2 });
    expect(report.message).toContain("Not worse than version 1");
  });

  it("wait for somebody's decision where eleven items of one photo each take the others' answers", async () => {
    for (let i = 0; i < 11; i++) {
      await createClass(db, { id: `new-${i}`, name: `new ${i}`, description: "" }, "admin", NOW + i);
      await labelSamples(db, `new-${i}`, makeEmbeddedPhotos(i % MENU.length, 1, 20 + i), "admin", NOW);
    }
    const report = await train();
    expect(report).toMatchObject({ outcome: "held", headVersion: 2 });
    expect(report.message).toMatch(
      /Waits for your decision: with 11 new items it answers \d+\.\d % of 90 examples .* version 1 100\.0 %/,
    );
    expect(await readLivePointer(db)).toMatchObject({ liveHead: 1 });
    await labelSamples(db, "a", makeEmbeddedPhotos(0, 1, 40), "admin", NOW);
    const unasked = await runTraining(trainingContext(db, { newItemsMayTake: 1 }), { trigger: "cron" });
    expect(unasked).toMatchObject({ outcome: "published", headVersion: 3 });
  });

  it("list labels that leave-one-out doubts until somebody has dealt with them", async () => {
    const [wrong, doubted] = makeEmbeddedPhotos(0, 2, 11);
    await labelSamples(db, "b", [wrong, doubted], "admin", NOW);
    await train();
    // Beside those that look like another item there may be one that looks like no other photo.
    const listMistaken = async () => (await listSuspects(db)).suspects.filter(({ suggested }) => suggested !== NONE_ID);
    const listed = await listMistaken();
    expect((await listSuspects(db)).headVersion).toBe(2);
    expect(new Set(listed.map(({ photo }) => photo))).toEqual(new Set([wrong.sampleId, doubted.sampleId]));
    expect(listed[0]).toMatchObject({ given: "b", suggested: "a" });
    await relabelExample(db, wrong.sampleId, "a", "admin", NOW);
    await confirmExample(db, doubted.sampleId, "admin", NOW);
    expect(await listMistaken()).toEqual([]);
    expect(await listExamples(db, { classId: "b" }, 100)).toHaveLength(31);
    expect(await relabelExample(db, "f".repeat(64), "a", "admin", NOW)).toMatchObject({ error: { code: "not_found" } });
    expect(await relabelExample(db, wrong.sampleId, "x", "admin", NOW)).toMatchObject({
      error: { code: "unknown_class" },
    });
  });

  it("follow a merge of two items, whose examples move like any relabelled ones", async () => {
    expect(await mergeClass(db, "c", "b", "admin", NOW)).toMatchObject({ ok: true });
    expect(await train()).toMatchObject({ outcome: "published", headVersion: 2, absorbed: 30 });
    expect((await findHead(db, 2))?.classIds).toEqual(["a", "b"]);
    expect(await expectStoredEqualsRebuild(db)).toBe(90);
    expect(await changeClass(db, "c", { archived: false }, "admin", NOW)).toMatchObject({
      error: { code: "class_archived" },
    });
    expect(await mergeClass(db, "b", "b", "admin", NOW)).toMatchObject({ error: { code: "bad_request" } });
    expect(await mergeClass(db, "a", "c", "admin", NOW)).toMatchObject({ error: { code: "class_archived" } });
  });
});

describe("a backlog", () => {
  const limits = { labels: 20, rebuildRows: 1_000, pageRows: 8 };
  const step = () => runTraining(trainingContext(db, { limits }), { trigger: "cron" });

  it("is worked off over several runs, the newest item first, and says how far it is", async () => {
    await resetDatabase();
    for (const [i, id] of MENU.entries()) {
      await createClass(db, { id, name: id, description: "" }, "admin", NOW + i);
      await labelSamples(db, id, photos[i].slice(0, 15), "admin", NOW);
    }
    expect(await step()).toMatchObject({ outcome: "published", absorbed: 20, remaining: 25 });
    expect((await findHead(db, 1))?.classIds).toEqual(["b", "c"]);
    expect(await findHead(db, 1)).toMatchObject({ examples: 20, labelsWaiting: 25 });
    expect(await step()).toMatchObject({ absorbed: 20, remaining: 5 });
    expect(await step()).toMatchObject({ absorbed: 5, remaining: 0 });
    expect(await step()).toMatchObject({ outcome: "idle" });
    expect(await expectStoredEqualsRebuild(db)).toBe(45);
    expect((await listHeads(db, 9)).map(({ version }) => version)).toEqual([3, 2, 1]);
  });
});

describe("the lease of a run", () => {
  beforeEach(resetDatabase);

  it("makes a second run leave while the first is at work, and lets it in when the first has died", async () => {
    await createClass(db, { id: "a", name: "a", description: "" }, "admin", NOW);
    await labelSamples(db, "a", photos[0], "admin", NOW);
    await acquireLease(db, NOW, LEASE_MS); // a run that is never heard of again
    const busy = await train(NOW + 1);
    expect(busy).toMatchObject({ outcome: "busy", absorbed: 0, remaining: 30 });
    expect(busy.message).toContain(new Date(NOW + LEASE_MS).toISOString());
    expect(await train(NOW + LEASE_MS + 1)).toMatchObject({ outcome: "absorbed", absorbed: 30 });
  });

  it("believes no lease of a clock that was set back since", async () => {
    await createClass(db, { id: "a", name: "a", description: "" }, "admin", NOW);
    await labelSamples(db, "a", photos[0], "admin", NOW);
    await acquireLease(db, NOW + 3_600_000, LEASE_MS); // an hour too far ahead, and never heard of again
    expect(await findHolder(db, NOW)).toBeNull();
    expect(await train(NOW)).toMatchObject({ outcome: "absorbed", absorbed: 30 });
  });

  it("fences a run off that slept past its lease: its batch changes nothing", async () => {
    await createClass(db, { id: "a", name: "a", description: "" }, "admin", NOW);
    await labelSamples(db, "a", photos[0], "admin", NOW);
    let isTaken = false;
    const slow = trainingContext(db, {
      // The clock is looked at last before the batch is written: that is where another run takes over.
      kernels: new Proxy(trainingContext(db).kernels, {
        get(target, property) {
          isTaken = true;
          return Reflect.get(target, property);
        },
      }),
    });
    const run = runTraining(slow, { trigger: "cron" });
    await expect.poll(() => isTaken).toBe(true);
    await env.DB.prepare("UPDATE training_lease SET token = token + 1, fence = token + 1").run();
    expect(["overtaken", "absorbed"]).toContain((await run).outcome);
    await env.DB.prepare("UPDATE training_lease SET expires_at = 0").run();
    await train(NOW + 10 * LEASE_MS);
    expect(await expectStoredEqualsRebuild(db)).toBe(30);
  });
});
