/** What of the pool staff, or a teacher, should label first, on the real database and with a trained head. */
import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { createHeadCache } from "../../src/store/heads/head-cache.ts";
import { labelSamples } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { storePooled } from "../../src/store/pool/pooled-samples.ts";
import { POOL_WINDOW, pooledSamples } from "../../src/store/pool/tables.ts";
import { choosePooled, judgePool } from "../../src/training/pool.ts";
import { runTraining } from "../../src/training/run.ts";
import { makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { makeBetween, unsure } from "../support/pooled.ts";
import { NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const ITEMS = ["a", "b", "c"];
const SIZE = 1_000;

async function readHead() {
  return createHeadCache()(db, NOW);
}

beforeEach(async () => {
  await resetDatabase();
  for (const [kind, id] of ITEMS.entries()) {
    await createClass(db, { id, name: id, description: "" }, "admin", NOW);
    await labelSamples(db, id, makeEmbeddedPhotos(kind, 12), "admin", NOW);
  }
  await runTraining(trainingContext(db), { trigger: "admin" });
});

describe("what of the pool to label first", () => {
  it("is what the live head is least sure of, whatever the one before thought, and unlike one another", async () => {
    const sure = makeEmbeddedPhotos(0, 30, 5);
    const between = [...makeBetween(0, 1, 10, 6), ...makeBetween(1, 2, 10, 7)];
    await storePooled(
      db,
      [
        ...sure.map((sample) => unsure(sample, { margin: 0.01 })),
        ...between.map((sample) => unsure(sample, { margin: 2 })),
      ],
      SIZE,
    );
    const observed = observeD1(env.DB);
    const chosen = await choosePooled(openDatabase(observed.db), await readHead(), 6);
    expect(observed.counts.queries).toBe(1);
    const ids = new Set(between.map(({ sampleId }) => sampleId));
    expect(chosen.map(({ photo }) => ids.has(photo))).toEqual(Array(6).fill(true));
    const pairs = new Set(chosen.map(({ scores }) => [scores[0].classId, scores[1].classId].sort().join()));
    expect([...pairs].sort()).toEqual(["a,b", "b,c"]);
    expect(Math.max(...chosen.map(({ margin }) => margin))).toBeLessThan(1);
  });

  it("is found in a pool larger than is looked through, once it is judged by the head that has gone live since", async () => {
    const between = makeBetween(0, 1, 10, 6);
    const rows = [
      // Least sure to the heads before, and sure to this one.
      ...makeEmbeddedPhotos(0, POOL_WINDOW + 20, 5).map((sample) => unsure(sample, { margin: 0.01, headVersion: 0 })),
      ...between.map((sample, i) => unsure(sample, { margin: 2, headVersion: i % 2 === 0 ? 0 : 7 })),
    ];
    for (let i = 0; i < rows.length; i += 50) await storePooled(db, rows.slice(i, i + 50), SIZE);
    const served = await readHead();
    if (served === null) throw new Error("there is no head");
    const ids = new Set(between.map(({ sampleId }) => sampleId));
    const chooseUnsure = async () => (await choosePooled(db, served, 5)).filter(({ photo }) => ids.has(photo));
    expect(await chooseUnsure()).toEqual([]);

    const observed = observeD1(env.DB);
    const judging = openDatabase(observed.db);
    expect(await judgePool(judging, served)).toBe(rows.length);
    expect(observed.calls).toHaveLength(2);
    expect(await chooseUnsure()).toHaveLength(5);
    expect(await judgePool(judging, served)).toBe(0);
    expect(observed.calls).toHaveLength(3);
    const left = await db.select({ at: pooledSamples.seenAt, reason: pooledSamples.reason }).from(pooledSamples);
    expect(left).toHaveLength(rows.length);
    expect(left).toEqual(Array(rows.length).fill({ at: NOW, reason: "undecided" }));
  });

  it("leaves out what is an example, waits as a correction, or comes from another backbone", async () => {
    const [labelled, waiting, foreign, free] = makeBetween(0, 1, 4, 8);
    await storePooled(
      db,
      [labelled, waiting, { ...foreign, backboneId: "c".repeat(64) }, free].map((sample) => unsure(sample)),
      SIZE,
    );
    await labelSamples(db, "a", [labelled], "admin", NOW);
    await env.DB.prepare(
      "INSERT INTO reviews (sample_id, class_id, contributor, backbone_id, origin, usefulness, created_at) VALUES (?, 'a', 'g', 'b', 'server', 0, 1)",
    )
      .bind(waiting.sampleId)
      .run();
    expect((await choosePooled(db, await readHead(), 10)).map(({ photo }) => photo)).toEqual([free.sampleId]);
  });

  it("looks at so many of a large pool as were least sure when they came, or at those that are asked for", async () => {
    const many = makeBetween(0, 1, POOL_WINDOW + 20, 9);
    await storePooled(
      db,
      many.map((sample, i) => unsure(sample, { margin: i, contributor: i % 2 === 0 ? "even" : "odd" })),
      SIZE,
    );
    const last = new Set(many.slice(POOL_WINDOW).map(({ sampleId }) => sampleId));
    const all = await choosePooled(db, await readHead(), SIZE);
    expect(all).toHaveLength(POOL_WINDOW);
    expect(all.some(({ photo }) => last.has(photo))).toBe(false);
    const even = await choosePooled(db, await readHead(), SIZE, sql`${pooledSamples.contributor} = 'even'`);
    expect(even).toHaveLength(POOL_WINDOW / 2 + 10);
    expect(even.every(({ contributor }) => contributor === "even")).toBe(true);
  });

  it("gives no score to an item that left the menu, and does not exist while there is no head", async () => {
    const [sample] = makeBetween(0, 1, 1, 10);
    await storePooled(db, [unsure(sample)], SIZE);
    await env.DB.batch([
      env.DB.prepare("UPDATE classes SET archived_at = 1 WHERE id = 'b'"),
      env.DB.prepare("UPDATE deployment SET menu_revision = menu_revision + 1"),
    ]);
    const [chosen] = await choosePooled(db, await readHead(), 5);
    expect(chosen.scores.map(({ classId }) => classId).sort()).toEqual(["a", "c"]);
    expect(await choosePooled(db, null, 5)).toEqual([]);
  });
});
