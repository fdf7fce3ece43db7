import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { createHeadCache, HEAD_CACHE_TTL_MS } from "../../src/store/heads/head-cache.ts";
import { labelSamples } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { changeClass } from "../../src/store/menu/menu.ts";
import { runTraining } from "../../src/training/run.ts";
import { makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

describe("an isolate's copy of the live head", () => {
  const db = openDatabase(env.DB);

  async function learn(classId: string, kind: number, seed: number) {
    await labelSamples(db, classId, makeEmbeddedPhotos(kind, 4, seed), "admin", NOW);
    await runTraining(trainingContext(db), { trigger: "cron" });
  }

  beforeEach(async () => {
    await resetDatabase();
    await createClass(db, { id: "a", name: "A", description: "" }, "admin", NOW);
    await createClass(db, { id: "b", name: "B", description: "" }, "admin", NOW + 1);
    await labelSamples(db, "a", makeEmbeddedPhotos(0, 4), "admin", NOW);
    await learn("b", 1, 1);
  });

  it("is null until a head is published", async () => {
    await resetDatabase();
    expect(await createHeadCache()(db, NOW)).toBeNull();
  });

  it("costs nothing while it is fresh and one row when it is checked", async () => {
    const observed = observeD1(env.DB);
    const read = createHeadCache();
    const observedDb = openDatabase(observed.db);
    await read(observedDb, NOW);
    const cold = { ...observed.counts };
    await read(observedDb, NOW + HEAD_CACHE_TTL_MS - 1);
    expect(observed.counts).toEqual(cold);
    await read(observedDb, NOW + HEAD_CACHE_TTL_MS);
    expect(observed.counts).toEqual({ queries: cold.queries + 1, rowsRead: cold.rowsRead + 1, rowsWritten: 0 });
  });

  it("is the new head within ten seconds of its publication", async () => {
    const read = createHeadCache();
    expect((await read(db, NOW))?.version).toBe(1);
    await learn("a", 0, 2);
    expect((await read(db, NOW + 10_000))?.version).toBe(2);
  });

  it("is looked at again, once, for somebody who needs it as it is later", async () => {
    const observed = observeD1(env.DB);
    const read = createHeadCache();
    const observedDb = openDatabase(observed.db);
    await read(observedDb, NOW);
    await createClass(db, { id: "c", name: "C", description: "" }, "admin", NOW);
    expect((await read(observedDb, NOW + 1))?.names.has("c")).toBe(false);
    expect((await read(observedDb, NOW + 2, NOW + 2))?.names.has("c")).toBe(true);
    const { queries } = observed.counts;
    expect((await read(observedDb, NOW + 3, NOW + 2))?.names.has("c")).toBe(true);
    expect(observed.counts.queries).toBe(queries);
  });

  it("shows a new name, and drops an archived item, without a new head", async () => {
    const read = createHeadCache();
    await read(db, NOW);
    await changeClass(db, "a", { name: "Anchovy" }, "admin", NOW);
    await changeClass(db, "b", { archived: true }, "admin", NOW);
    const served = await read(db, NOW + HEAD_CACHE_TTL_MS);
    expect(served?.version).toBe(1);
    expect([...(served?.names ?? [])]).toEqual([["a", "Anchovy"]]);
  });
});
