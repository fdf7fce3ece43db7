import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { addExamples, createStatistics } from "../../src/head/statistics.ts";
import { encodeEmbedding } from "../../src/store/codecs.ts";
import { openDatabase } from "../../src/store/database.ts";
import { createHeadCache } from "../../src/store/heads/head-cache.ts";
import { listHeads, loadHead, readLivePointer } from "../../src/store/heads/heads.ts";
import { forgetClass, forgetContributor, forgetSamples } from "../../src/store/labels/forget.ts";
import { type EmbeddedSample, labelSamples } from "../../src/store/labels/labels.ts";
import { setAside } from "../../src/store/labels/test-set.ts";
import { loadStatistics } from "../../src/store/learning/statistics.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { mergeClass } from "../../src/store/menu/merge-classes.ts";
import { cutBack } from "../../src/store/retention.ts";
import { moveIn } from "../../src/store/second-backbone/move-in.ts";
import {
  countSecond,
  listLeft,
  listMissing,
  returnLeft,
  storeSecond,
} from "../../src/store/second-backbone/second-embeddings.ts";
import {
  beginSecond,
  endSecond,
  markReady,
  readHomeBackbone,
  readSecondSlot,
} from "../../src/store/second-backbone/second-slot.ts";
import { compareSlots } from "../../src/training/compare.ts";
import type { TrainingContext } from "../../src/training/context.ts";
import { runTraining } from "../../src/training/run.ts";
import { readSlots, runBoth } from "../../src/training/second-backbone.ts";
import { BACKBONE_ID, DIMENSION, makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { headDistance } from "../support/head-distance.ts";
import { createNormal } from "../support/random.ts";
import { statisticsDistance } from "../support/stored-statistics.ts";
import { NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const MENU = ["a", "b", "c"];
const OLD = { backboneId: BACKBONE_ID, name: "old", dimension: DIMENSION };
const NEXT = { backboneId: "c".repeat(64), name: "next", dimension: 24 };
const photos = MENU.map((_, kind) => makeEmbeddedPhotos(kind, 20));
const strangers = makeEmbeddedPhotos(7, 6);
const all = [...photos.flat(), ...strangers];

/** What the other backbone makes of a photo: points around another direction, for each photo the same. */
function embedNext({ sampleId }: EmbeddedSample) {
  const kind = [...photos, strangers].findIndex((group) => group.some((one) => one.sampleId === sampleId));
  const [centre, noise] = [createNormal(`next ${kind}`), createNormal(`next noise ${sampleId}`)];
  const raw = Float32Array.from({ length: NEXT.dimension }, () => centre() + 0.5 * noise());
  const embedding = quantiseEmbedding(raw, NEXT.dimension);
  if (!embedding.ok) throw new Error(embedding.error.message);
  return embedding.value;
}

const toRow = (sample: EmbeddedSample) => ({ photo: sample.sampleId, ...encodeEmbedding(embedNext(sample)) });

/** A run of a Worker that was deployed with this backbone. */
async function train(own: typeof OLD, changes: Partial<TrainingContext> = {}, trigger: "admin" | "cron" = "admin") {
  const slots = await readSlots(db);
  const context = trainingContext(db, { backboneId: own.backboneId, dimension: own.dimension, ...changes });
  if (slots === null) throw new Error("there is one backbone alone");
  return runBoth(context, { trigger }, slots);
}

async function teach(embed = (sample: EmbeddedSample) => sample) {
  await resetDatabase();
  for (const [i, id] of MENU.entries()) {
    await createClass(db, { id, name: id, description: "" }, "admin", NOW + i);
    await labelSamples(db, id, photos[i].map(embed), "admin", NOW);
  }
  await labelSamples(db, ":none", strangers.map(embed), "admin", NOW);
}

/** Everything is taught, and embedded by the next backbone but for `missing`. */
async function prepare(missing: readonly EmbeddedSample[] = []) {
  await teach();
  expect(await beginSecond(db, OLD, NEXT, "admin", NOW)).toMatchObject({ ok: true });
  const sent = all.filter((sample) => !missing.includes(sample)).map(toRow);
  expect(await storeSecond(db, NEXT.backboneId, sent)).toBe(sent.length);
  await markReady(db, NOW);
  await train(OLD);
}

async function serve(own: typeof OLD) {
  return createHeadCache(0, async () => own.backboneId)(db, NOW);
}

describe("a second backbone", () => {
  beforeEach(() => prepare());

  it("has a head of its own beside the live one, and each Worker answers by that of its own backbone", async () => {
    const pointer = await readLivePointer(db);
    expect(pointer).toMatchObject({ liveHead: 1, secondBackbone: NEXT.backboneId, secondHead: 2 });
    expect(await serve(OLD)).toMatchObject({ version: 1, backboneId: OLD.backboneId });
    expect(await serve(NEXT)).toMatchObject({ version: 2, backboneId: NEXT.backboneId });
    expect((await listHeads(db, 9)).map(({ version }) => version)).toEqual([1]);
  });

  it("is compared on the examples that both have judged, and on the test set", async () => {
    await setAside(
      db,
      photos.flatMap((group) => group.slice(0, 4)).map(({ sampleId }) => sampleId),
      "admin",
      NOW,
    );
    await train(OLD);
    const compared = await compareSlots(db, NEXT.backboneId);
    expect(compared).toMatchObject({ leaveOneOut: { examples: 48 }, test: { examples: 12 } });
    const { leaveOneOut } = compared ?? {};
    expect(leaveOneOut && leaveOneOut.rightFrom - leaveOneOut.onlyFrom).toBe(
      leaveOneOut && leaveOneOut.rightTo - leaveOneOut.onlyTo,
    );
  });

  it("makes no head again while nothing has changed, and one as soon as a label has", async () => {
    await train(OLD, {}, "cron");
    expect(await readLivePointer(db)).toMatchObject({ secondHead: 2 });
    await forgetSamples(db, [photos[0][0].sampleId], "admin", NOW);
    expect(await countSecond(db, NEXT.backboneId)).toEqual({ embedded: 65, missing: 0, left: 0 });
    await train(OLD, {}, "cron");
    expect(await loadHead(db, 2)).toMatchObject({ error: { code: "head_purged" } });
    await train(OLD, {}, "cron");
    expect(await readLivePointer(db)).toMatchObject({ liveHead: 3, secondHead: 4 });
  });

  it("takes the first one's place in a run of a Worker that was deployed with it, and is what a fresh import gives", async () => {
    const second = await loadHead(db, 2);
    expect(await train(NEXT)).toMatchObject({ outcome: "published", headVersion: 3 });
    expect(await readLivePointer(db)).toMatchObject({ liveHead: 3, secondBackbone: OLD.backboneId, secondHead: 1 });
    const moved = await loadStatistics(db, NEXT.backboneId, NEXT.dimension);
    const fresh = createStatistics(NEXT.dimension);
    const labelled = photos.flatMap((group, i) =>
      group.map((sample) => ({ classId: MENU[i], embedding: embedNext(sample) })),
    );
    addExamples(fresh, labelled);
    expect(moved.ok && moved.value.strangers).toBe(6);
    expect(moved.ok ? statisticsDistance(moved.value.statistics, fresh) : 1).toBeLessThan(1e-5);
    expect(await serve(OLD)).toMatchObject({ version: 1 });
    expect(await cutBack(db, 1, NOW)).toMatchObject({ miscounted: [] });
    expect(await serve(OLD)).toMatchObject({ version: 1 });
    await teach((sample) => ({ ...sample, backboneId: NEXT.backboneId, embedding: embedNext(sample) }));
    await runTraining(trainingContext(db, NEXT), { trigger: "admin" });
    const imported = await loadHead(db, 1);
    if (!second.ok || !imported.ok) throw new Error("a head is missing");
    expect(headDistance(second.value.head, imported.value.head)).toBeLessThan(1e-4);
  });

  it("gives way again to the first one, to the same embeddings", async () => {
    const before = await readEmbeddings();
    await train(NEXT);
    expect(await readEmbeddings()).not.toEqual(before);
    await train(OLD);
    expect(await readEmbeddings()).toEqual(before);
    expect(await readLivePointer(db)).toMatchObject({ secondBackbone: NEXT.backboneId });
    expect(await serve(OLD)).toMatchObject({ backboneId: OLD.backboneId });
    expect(await serve(NEXT)).toMatchObject({ backboneId: NEXT.backboneId });
  });

  it("does not go back by itself for an hour: a Worker of the former version may still be about", async () => {
    await train(NEXT, {}, "cron");
    expect(await readHomeBackbone(db)).toBe(NEXT.backboneId);
    await train(OLD, {}, "cron");
    expect(await readHomeBackbone(db)).toBe(NEXT.backboneId);
    const later = NOW + 3_700_000;
    await train(OLD, { clock: () => later }, "cron");
    expect(await readHomeBackbone(db)).toBe(OLD.backboneId);
  });

  it("waits while something is still to be forgotten, and then has never had it", async () => {
    await forgetSamples(db, [photos[0][0].sampleId], "admin", NOW);
    const slot = await readSecondSlot(db);
    const order = { actor: "admin", now: NOW, leaseMs: 60_000 };
    expect(slot && (await moveIn(db, OLD.backboneId, slot, order))).toBe(false);
    expect(await readHomeBackbone(db)).toBe(OLD.backboneId);
    await train(NEXT);
    expect(await readHomeBackbone(db)).toBe(NEXT.backboneId);
    expect((await readEmbeddings()).length).toBe(65);
    expect(await listLeft(db, 9, "")).toEqual([]);
  });

  it("refuses embeddings that arrive for the backbone that is no longer in use", async () => {
    await train(NEXT);
    const late = makeEmbeddedPhotos(0, 1, 99);
    await expect(labelSamples(db, "a", late, "admin", NOW)).rejects.toThrow();
    expect((await readEmbeddings()).length).toBe(66);
  });

  it("ends with nothing left of it", async () => {
    expect(await endSecond(db, NEXT.backboneId, "admin", NOW)).toMatchObject({ error: { code: "backbone_mismatch" } });
    expect(await endSecond(db, OLD.backboneId, "admin", NOW)).toMatchObject({ ok: true });
    expect(await readLivePointer(db)).toMatchObject({ liveHead: 1, secondBackbone: null, secondHead: null });
    expect(await countSecond(db, NEXT.backboneId)).toMatchObject({ embedded: 0 });
    expect(await loadHead(db, 2)).toMatchObject({ error: { code: "not_found" } });
    expect(await endSecond(db, OLD.backboneId, "admin", NOW)).toMatchObject({ error: { code: "not_found" } });
  });
});

it("ends after it was in use as well, with the versions that it had then", async () => {
  await prepare();
  await train(NEXT);
  await train(OLD);
  expect(await endSecond(db, OLD.backboneId, "admin", NOW)).toMatchObject({ ok: true });
  expect((await listHeads(db, 9)).every(({ backboneId }) => backboneId === OLD.backboneId)).toBe(true);
});

describe("beginning a change", () => {
  it("needs labels, another backbone, and no other change", async () => {
    await resetDatabase();
    expect(await beginSecond(db, OLD, NEXT, "admin", NOW)).toMatchObject({ error: { code: "backbone_mismatch" } });
    await teach();
    expect(await beginSecond(db, OLD, OLD, "admin", NOW)).toMatchObject({ error: { code: "backbone_mismatch" } });
    expect(await beginSecond(db, OLD, NEXT, "admin", NOW)).toMatchObject({ ok: true });
    expect(await beginSecond(db, OLD, NEXT, "admin", NOW)).toMatchObject({ ok: true });
    const third = { ...NEXT, backboneId: "d".repeat(64) };
    expect(await beginSecond(db, OLD, third, "admin", NOW)).toMatchObject({ error: { code: "backbone_mismatch" } });
    expect(await readSecondSlot(db)).toMatchObject(NEXT);
  });

  it("moves nothing before it is ready", async () => {
    await teach();
    await beginSecond(db, OLD, NEXT, "admin", NOW);
    await storeSecond(db, NEXT.backboneId, all.map(toRow));
    await train(NEXT);
    expect(await readHomeBackbone(db)).toBe(OLD.backboneId);
    expect(await readLivePointer(db)).toMatchObject({ liveHead: 1, secondHead: null });
  });
});

describe("examples that the second backbone has not embedded", () => {
  const missing = [...photos[0].slice(0, 3), photos[1][0]];
  const ids = missing.map(({ sampleId }) => sampleId).sort();

  beforeEach(async () => {
    await prepare(missing);
    expect((await listMissing(db, NEXT.backboneId, 9, "")).map(({ photo }) => photo)).toEqual(ids);
    await train(NEXT);
  });

  it("are left behind with their labels, and come back with the first backbone", async () => {
    expect((await listLeft(db, 9, "")).map(({ photo }) => photo)).toEqual(ids);
    expect((await readEmbeddings()).length).toBe(62);
    await train(OLD);
    expect(await listLeft(db, 9, "")).toEqual([]);
    expect((await readEmbeddings()).length).toBe(66);
    await train(OLD); // -- a rebuild takes in what was held, and the next run what has come back
    const stored = await loadStatistics(db, OLD.backboneId, OLD.dimension);
    expect(stored.ok && stored.value.statistics.classes.get("a")?.count).toBe(20);
  });

  it("are examples again as soon as they are embedded, and keep what the first backbone made of them", async () => {
    expect(await returnLeft(db, NEXT.backboneId, missing.map(toRow))).toBe(4);
    expect(await returnLeft(db, NEXT.backboneId, missing.map(toRow))).toBe(0);
    await train(NEXT);
    const stored = await loadStatistics(db, NEXT.backboneId, NEXT.dimension);
    expect(stored.ok && stored.value.statistics.classes.get("a")?.count).toBe(20);
    expect(await countSecond(db, OLD.backboneId)).toEqual({ embedded: 66, missing: 0, left: 0 });
  });

  it("are forgotten like any other, alone, with their item and with their contributor, and heads that saw them go", async () => {
    expect(await forgetSamples(db, [ids[0]], "admin", NOW)).toMatchObject({ value: { examples: 1 } });
    await train(NEXT);
    expect(await loadHead(db, 1)).toMatchObject({ error: { code: "head_purged" } });
    expect((await listLeft(db, 9, "")).length).toBe(3);
    await mergeClass(db, "b", "c", "admin", NOW);
    await forgetClass(db, "c", "admin", NOW);
    expect((await listLeft(db, 9, "")).map(({ label }) => label)).not.toContain("c");
    await forgetContributor(db, "staff", "admin", NOW);
    expect(await listLeft(db, 9, "")).toEqual([]);
  });

  it("are no longer left behind when they are labelled again", async () => {
    const [again] = missing;
    const sample = { ...again, backboneId: NEXT.backboneId, embedding: embedNext(again) };
    await labelSamples(db, "a", [sample], "import", NOW);
    expect((await listLeft(db, 9, "")).map(({ photo }) => photo)).not.toContain(again.sampleId);
  });
});

async function readEmbeddings() {
  const { results } = await env.DB.prepare(
    "SELECT sample_id, backbone_id, embedding, scale FROM examples ORDER BY 1",
  ).all();
  return results;
}
