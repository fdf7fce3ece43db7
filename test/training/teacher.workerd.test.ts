/** What a teacher said, in training runs on the real database: it counts for less than people, who overrule, judge and forget it. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Head } from "../../src/head/predict.ts";
import { listAuditLog } from "../../src/store/audit-log.ts";
import { openDatabase } from "../../src/store/database.ts";
import { findHeadReport, loadHead, loadJudgement } from "../../src/store/heads/heads.ts";
import { forgetClass, forgetContributor, forgetSamples } from "../../src/store/labels/forget.ts";
import { type EmbeddedSample, labelSamples } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { mergeClass } from "../../src/store/menu/merge-classes.ts";
import { storePooled } from "../../src/store/pool/pooled-samples.ts";
import { TEACHER_LABELS_PER_HEAD } from "../../src/store/teaching/tables.ts";
import { claimSamples, storeOutcomes } from "../../src/store/teaching/teacher-calls.ts";
import {
  countTeacherLabels,
  forgetTeacher,
  listTeacherLabels,
  loadTeacherLabels,
} from "../../src/store/teaching/teacher-labels.ts";
import type { TrainingContext } from "../../src/training/context.ts";
import { runTraining } from "../../src/training/run.ts";
import { BACKBONE_ID, makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { actBeforeBatch } from "../support/meanwhile-d1.ts";
import { unsure } from "../support/pooled.ts";
import { expectStoredEqualsRebuild } from "../support/stored-statistics.ts";
import { NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const ITEMS = ["a", "b", "c"];
const GUEST = "g_00000000000000000000";
/** A key, which no limit of guests holds back. */
const TILL = "k_till";
interface Said {
  readonly confidence: number;
  readonly contributor: string;
}

/** Later than every run before it. */
let time = NOW;

function train(changes: Partial<TrainingContext> = {}) {
  time += 100_000;
  return runTraining(trainingContext(db, changes, time), { trigger: "cron" });
}

/** The teacher says `item` of these samples. */
async function haveSaid(samples: readonly EmbeddedSample[], item: string | null, given: Partial<Said> = {}) {
  const { confidence, contributor } = { confidence: 0.9, contributor: TILL, ...given };
  const claim = crypto.randomUUID();
  time += 100_000;
  await storePooled(
    db,
    samples.map((sample) => unsure(sample, { preview: "a text", contributor })),
    1_000,
  );
  const candidates = samples.map(({ sampleId }) => ({ photo: sampleId, headVersion: 1, headAnswer: null }));
  const claimed = await claimSamples(db, candidates, { claim, model: "large-1", budget: 10_000, now: time });
  expect(claimed).toHaveLength(samples.length);
  await storeOutcomes(
    db,
    claim,
    claimed.map((photo) => ({ photo, item, confidence })),
    time,
  );
}

async function readHead(version: number): Promise<Head> {
  const loaded = await loadHead(db, version);
  if (!loaded.ok) throw new Error(loaded.error.detail);
  return loaded.value.head;
}

async function readEvaluation(version: number) {
  const found = await findHeadReport(db, version);
  return found.ok ? found.value.evaluation : null;
}

/** What the teacher sees: as many of each kind, right. */
async function haveTaught(perItem: number, seed = 50) {
  for (const [kind, id] of ITEMS.entries()) await haveSaid(makeEmbeddedPhotos(kind, perItem, seed), id);
}

beforeEach(async () => {
  await resetDatabase();
  for (const [kind, id] of ITEMS.entries()) {
    await createClass(db, { id, name: id, description: "" }, "admin", NOW + kind);
    await labelSamples(db, id, makeEmbeddedPhotos(kind, 8), "admin", NOW);
  }
  expect(await train()).toMatchObject({ outcome: "published", headVersion: 1 });
});

describe("what the teacher said, in a run", () => {
  it("asks for a new head when there is enough of it, and is in no statistics, no count and no scorecard", async () => {
    const few = makeEmbeddedPhotos(0, TEACHER_LABELS_PER_HEAD - 1, 49);
    await haveSaid(few, "a");
    expect(await train()).toMatchObject({ outcome: "idle" });
    await haveSaid(makeEmbeddedPhotos(1, 1, 49), "b");
    expect(await train()).toMatchObject({ outcome: "published", headVersion: 2, absorbed: 0 });
    expect(await expectStoredEqualsRebuild(db)).toBe(24);
    expect(await findHeadReport(db, 2)).toMatchObject({ ok: true, value: { examples: 24, classIds: ITEMS } });
    expect((await loadJudgement(db, 2)).scorecard).toHaveLength(24);
    expect(await train()).toMatchObject({ outcome: "idle" });
  });

  it("counts where people's labels do not speak against it, and the head says so", async () => {
    await haveTaught(12);
    await train();
    expect(await readEvaluation(2)).toMatchObject({ examples: 24, teacher: { labels: 36, judged: 24 } });
    expect((await readEvaluation(1))?.teacher).toBeUndefined();
  });

  it("changes nothing where people's labels speak against it", async () => {
    await haveSaid(makeEmbeddedPhotos(0, 40, 51), "b", { contributor: "staff" });
    await haveSaid(makeEmbeddedPhotos(1, 40, 51), "a", { contributor: "staff" });
    await train();
    expect(await readEvaluation(2)).toMatchObject({ teacher: { labels: 80, isAllowed: false } });
    const { strangeness: _, ...before } = await readHead(1);
    expect(await readHead(2)).toMatchObject(before);
  });

  it("counts for no more than everybody else's if one site of guests sent the sample, and guests may teach", async () => {
    const sent = { contributor: GUEST };
    await haveSaid(makeEmbeddedPhotos(0, 40, 61), "a", sent);
    await train({ publicTeaching: true });
    expect((await readEvaluation(2))?.teacher).toBeUndefined();
    await haveSaid(makeEmbeddedPhotos(1, 30, 62), "b");
    await train({ publicTeaching: true });
    expect(await readEvaluation(3)).toMatchObject({ teacher: { labels: 60 } });
  });

  it("does not count at all if a guest sent the sample, and guests may not teach", async () => {
    await haveSaid(makeEmbeddedPhotos(0, 40, 61), "a", { contributor: GUEST });
    await haveSaid(makeEmbeddedPhotos(1, 30, 62), "b");
    await train();
    expect(await readEvaluation(2)).toMatchObject({ teacher: { labels: 30 } });
  });

  it("counts only where the teacher is sure, names an item that is served, and knows the backbone", async () => {
    const load = () => loadTeacherLabels(db, BACKBONE_ID, ["a", "b"], false);
    await haveSaid(makeEmbeddedPhotos(0, 2, 52), "a", { confidence: 0.3 });
    await haveSaid(makeEmbeddedPhotos(0, 2, 53), null);
    await haveSaid(makeEmbeddedPhotos(2, 2, 54), "c");
    expect(await load()).toEqual([]);
    await haveSaid(makeEmbeddedPhotos(0, 2, 55), "a");
    expect(await load()).toHaveLength(2);
    expect(await loadTeacherLabels(db, "f".repeat(64), ["a", "b"], false)).toEqual([]);
  });

  it("gives way to a person's label on the same sample, and tells how often that was another", async () => {
    const samples = makeEmbeddedPhotos(0, 5, 56);
    await haveSaid(samples, "a");
    await labelSamples(db, "b", samples.slice(0, 2), "admin", NOW);
    await labelSamples(db, "a", samples.slice(2, 3), "admin", NOW);
    expect(await loadTeacherLabels(db, BACKBONE_ID, ITEMS, false)).toHaveLength(2);
    expect(await countTeacherLabels(db)).toEqual({ answers: 5, none: 0, judged: 3, overruled: 2 });
    const listed = await listTeacherLabels(db, 10);
    expect(listed.map(({ personLabel }) => personLabel).sort()).toEqual(["a", "b", "b", null, null].sort());
    const { answeredAt, photo } = listed[1];
    expect(await listTeacherLabels(db, 10, { answeredAt, photo })).toEqual(listed.slice(2));
  });

  it("counts 'none of the items' as agreed with where a person says that it is not on the menu", async () => {
    const samples = makeEmbeddedPhotos(7, 2, 57);
    await haveSaid(samples, null);
    await labelSamples(db, ":none", samples.slice(0, 1), "admin", NOW);
    await labelSamples(db, "a", samples.slice(1), "admin", NOW);
    expect(await countTeacherLabels(db)).toEqual({ answers: 2, none: 2, judged: 2, overruled: 1 });
  });

  it("follows a merged item, and goes with a deleted one", async () => {
    await haveTaught(3);
    await mergeClass(db, "a", "b", "admin", NOW);
    expect((await listTeacherLabels(db, 20)).map(({ item }) => item).sort()).toEqual([
      ...Array(6).fill("b"),
      ...Array(3).fill("c"),
    ]);
    await forgetClass(db, "c", "admin", NOW);
    expect(await listTeacherLabels(db, 20)).toHaveLength(6);
  });
});

describe("forgetting what the teacher said", () => {
  it("leaves the head that people's labels make, and nothing of the one that had seen it", async () => {
    await haveTaught(12);
    expect(await train()).toMatchObject({ headVersion: 2 });
    expect(await forgetTeacher(db, "admin", NOW)).toBe(36);
    expect(await listTeacherLabels(db, 10)).toEqual([]);
    expect(await train()).toMatchObject({ outcome: "published", headVersion: 3 });
    for (const version of [1, 2]) {
      expect(await loadHead(db, version)).toMatchObject({ ok: false, error: { code: "head_purged" } });
    }
    expect((await readEvaluation(3))?.teacher).toBeUndefined();
    expect(await listAuditLog(db, 1)).toMatchObject([{ action: "teacher.forget", detail: { answers: 36 } }]);
    expect(await train()).toMatchObject({ outcome: "idle" });
  });

  it("gives the very head that was there before it had said anything", async () => {
    const { strangeness: _, ...before } = await readHead(1);
    await haveTaught(12);
    await train();
    expect(await readHead(2)).not.toMatchObject(before);
    await forgetTeacher(db, "admin", NOW);
    await train();
    expect(await readHead(3)).toMatchObject(before);
  });

  it("happens with the sample and with whoever sent it", async () => {
    await haveTaught(12);
    await train();
    const [{ photo }] = await listTeacherLabels(db, 1);
    await env.DB.prepare("DELETE FROM pooled_samples").run(); // -- it has left the pool long since
    expect(await forgetSamples(db, [photo], "admin", NOW)).toMatchObject({ ok: true });
    expect(await listTeacherLabels(db, 100)).toHaveLength(35);
    expect(await train()).toMatchObject({ outcome: "published", headVersion: 3 });
    expect(await loadHead(db, 2)).toMatchObject({ ok: false, error: { code: "head_purged" } });
    await forgetContributor(db, TILL, "admin", NOW);
    expect(await listTeacherLabels(db, 100)).toEqual([]);
    expect(await train()).toMatchObject({ outcome: "published", headVersion: 4 });
    expect(await loadHead(db, 3)).toMatchObject({ ok: false, error: { code: "head_purged" } });
  });

  it.each([0, 1, 2, 3])("reaches a run that is under way, before its batch %i", async (batch) => {
    await haveTaught(12);
    await labelSamples(db, "a", makeEmbeddedPhotos(0, 1, 60), "admin", NOW);
    const forgets = actBeforeBatch(env.DB, batch, () => forgetTeacher(db, "admin", NOW));
    await runTraining(trainingContext(openDatabase(forgets), {}, time + 100_000), { trigger: "cron" });
    await forgetTeacher(db, "admin", NOW); // -- where the run had fewer batches
    time += 100_000;
    await train();
    const seen = "purged_at IS NULL AND json_extract(evaluation, '$.teacher') IS NOT NULL";
    expect(await env.DB.prepare(`SELECT count(*) AS n FROM heads WHERE ${seen}`).first()).toEqual({ n: 0 });
    expect(await expectStoredEqualsRebuild(db)).toBe(25);
  });
});
