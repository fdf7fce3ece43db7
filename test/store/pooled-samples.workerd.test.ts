/** The bounds of the pool, kept by the statements that write it: of a network, of a site, of all. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { nameGuest } from "../../src/shared/contributor.ts";
import { openDatabase } from "../../src/store/database.ts";
import { forgetClass, forgetContributor, forgetSamples } from "../../src/store/labels/forget.ts";
import { labelSamples } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import {
  createPoolBuffer,
  cutBackPool,
  type NewPooledSample,
  storePooled,
} from "../../src/store/pool/pooled-samples.ts";
import { MAX_POOLED_PER_SITE, MAX_POOLED_PER_SOURCE, POOL_BATCH, POOL_FLUSH_MS } from "../../src/store/pool/tables.ts";
import { makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { NOW } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const HOUR_MS = 3_600_000;
const OPEN = { size: 1_000, keptMs: HOUR_MS, keepsCopies: true };

/** Of network `network` in site `site`. */
const guest = (site: number, network = 1) =>
  nameGuest(site.toString(16).padStart(12, "0").slice(-8).padEnd(12, "0"), network.toString(16).padStart(12, "0"));

function unsure(contributor: string, count: number, seed = contributor, seenAt = NOW): NewPooledSample[] {
  const digits = [...seed].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
  return makeEmbeddedPhotos(0, count, digits).map((sample) => ({
    sample,
    contributor,
    preview: "data:image/png;base64,AA==",
    headVersion: 1,
    reason: "unknown",
    place: null,
    answer: "a",
    score: 0.4,
    margin: 0.1,
    seenAt,
  }));
}

async function countBy(column: string): Promise<Record<string, number>> {
  const { results } = await env.DB.prepare(
    `SELECT ${column} AS name, count(*) AS n FROM pooled_samples GROUP BY 1`,
  ).all<{
    name: string;
    n: number;
  }>();
  return Object.fromEntries(results.map(({ name, n }) => [name, n]));
}

describe("the pool", () => {
  beforeEach(resetDatabase);

  it("takes of a guest's network and of a site as many as wait of their corrections, whatever comes at once", async () => {
    const [one, neighbour, far] = [guest(1, 1), guest(1, 2), guest(2, 1)];
    const most = MAX_POOLED_PER_SOURCE;
    await storePooled(db, [...unsure(one, most + 20), ...unsure(far, 3)], OPEN.size);
    await storePooled(db, unsure(one, 10, "more"), OPEN.size);
    expect(await countBy("contributor")).toEqual({ [one]: most, [far]: 3 });
    await Promise.all(Array.from({ length: 6 }, (_, i) => storePooled(db, unsure(guest(1, 10 + i), most), OPEN.size)));
    await storePooled(db, unsure(neighbour, 5), OPEN.size);
    const { [far]: _, ...ofSite } = await countBy("contributor");
    expect(Object.values(ofSite).reduce((sum, n) => sum + n, 0)).toBe(MAX_POOLED_PER_SITE);
  });

  it("bounds a key by its own size alone", async () => {
    await storePooled(db, unsure("k_0123456789abcdef", MAX_POOLED_PER_SITE + 50), 220);
    expect(await countBy("contributor")).toEqual({ k_0123456789abcdef: 220 });
  });

  it("lets the site that has most lose its oldest when it is full, so that a crowd crowds out itself", async () => {
    const [honest, loud] = [guest(1), guest(2)];
    await storePooled(db, unsure(honest, 5, "honest", NOW - HOUR_MS), 30);
    await storePooled(db, unsure(loud, 20, "early", NOW - 1_000), 30);
    await storePooled(db, unsure(loud, 20, "late", NOW), 30);
    await storePooled(db, unsure(guest(3), 1), 30);
    expect(await countBy("contributor")).toEqual({ [honest]: 5, [loud]: 24, [guest(3)]: 1 });
    const { results } = await env.DB.prepare(
      "SELECT seen_at, count(*) AS n FROM pooled_samples WHERE contributor = ? GROUP BY 1 ORDER BY 1",
    )
      .bind(loud)
      .all();
    expect(results).toEqual([
      { seen_at: NOW - 1_000, n: 4 },
      { seen_at: NOW, n: 20 },
    ]);
  });

  it("gives guests a quarter of its room where keys take the rest, and all that they leave, so that no crowd pushes out what may teach", async () => {
    const crowd = Array.from({ length: 60 }, (_, i) => unsure(guest(i), 1)).flat();
    await storePooled(db, unsure("k_0123456789abcdef", 12, "key", NOW - HOUR_MS), 40);
    await storePooled(db, crowd, 40);
    expect(await countBy("contributor GLOB 'g_*'")).toEqual({ 0: 12, 1: 28 });
    await storePooled(db, unsure("k_0123456789abcdef", 50, "more"), 40);
    expect(await countBy("contributor GLOB 'g_*'")).toEqual({ 0: 30, 1: 10 });
    expect(await countBy("seen_at")).toMatchObject({ [NOW]: 40 }); // -- the oldest went
    await storePooled(db, crowd, 40);
    expect(await countBy("contributor GLOB 'g_*'")).toEqual({ 0: 30, 1: 10 });
  });

  it("passes over what is labelled, waits as a correction, was forgotten, or is there", async () => {
    await createClass(db, { id: "a", name: "A", description: "" }, "admin", NOW);
    const [labelled, waiting, forgotten, free] = unsure(guest(1), 4);
    await labelSamples(db, "a", [labelled.sample], "admin", NOW);
    await env.DB.batch([
      env.DB.prepare(
        "INSERT INTO reviews (sample_id, class_id, contributor, backbone_id, origin, usefulness, created_at) VALUES (?, 'a', 'g', 'b', 'server', 0, 1)",
      ).bind(waiting.sample.sampleId),
      env.DB.prepare("INSERT INTO forgotten_samples VALUES (?, 1)").bind(forgotten.sample.sampleId),
    ]);
    await storePooled(db, [labelled, waiting, forgotten, free], OPEN.size);
    await storePooled(db, [{ ...free, seenAt: NOW + 5, contributor: guest(2) }], OPEN.size);
    const { results } = await env.DB.prepare("SELECT sample_id, contributor, seen_at FROM pooled_samples").all();
    expect(results).toEqual([{ sample_id: free.sample.sampleId, contributor: guest(1), seen_at: NOW }]);
  });

  it("loses at night what is past its time, labelled or too much, and the copies that nobody wants any more", async () => {
    await createClass(db, { id: "a", name: "A", description: "" }, "admin", NOW);
    const [old, taught, ...kept] = unsure("staff", 5);
    await storePooled(db, [{ ...old, seenAt: NOW - HOUR_MS - 1 }, taught, ...kept], OPEN.size);
    await labelSamples(db, "a", [taught.sample], "admin", NOW);
    expect(await cutBackPool(db, OPEN, NOW)).toBe(2);
    expect(await countBy("preview IS NULL")).toEqual({ 0: 3 });
    expect(await cutBackPool(db, { ...OPEN, keepsCopies: false }, NOW)).toBe(0);
    expect(await countBy("preview IS NULL")).toEqual({ 1: 3 });
    expect(await cutBackPool(db, { ...OPEN, size: 2 }, NOW)).toBe(1);
    expect(await cutBackPool(db, { ...OPEN, size: 0 }, NOW)).toBe(2);
    expect(await countBy("1")).toEqual({});
  });

  it("forgets a sample for good, a contributor altogether, and the name of an item that is gone", async () => {
    await createClass(db, { id: "a", name: "A", description: "" }, "admin", NOW);
    const [mine, theirs] = [unsure(guest(1), 2), unsure(guest(2), 2)];
    await storePooled(db, [...mine, ...theirs], OPEN.size);
    const [first] = mine;
    expect((await forgetSamples(db, [first.sample.sampleId], "admin", NOW)).ok).toBe(true);
    expect((await forgetSamples(db, [first.sample.sampleId], "admin", NOW)).ok).toBe(false);
    await storePooled(db, [first], OPEN.size);
    expect(await countBy("contributor")).toEqual({ [guest(1)]: 1, [guest(2)]: 2 });
    await forgetContributor(db, guest(1), "admin", NOW);
    expect(await countBy("contributor")).toEqual({ [guest(2)]: 2 });
    await forgetClass(db, "a", "admin", NOW);
    expect(await countBy("answer IS NULL")).toEqual({ 1: 2 });
  });
});

describe("the isolate's share of the pool", () => {
  beforeEach(resetDatabase);

  it("is written at once, then in batches, and leaves out what looks like something that was kept", async () => {
    const observed = observeD1(env.DB);
    const counted = openDatabase(observed.db);
    const buffer = createPoolBuffer();
    const [first, ...others] = unsure("staff", POOL_BATCH + 20).filter(isUnlikeAllBefore);
    buffer.add(first);
    buffer.add({ ...first, sample: { ...first.sample, sampleId: "c".repeat(64) } });
    expect(buffer.isDue(NOW)).toBe(true);
    await buffer.flush(counted, OPEN.size, NOW);
    expect([observed.counts.queries, await countBy("1")]).toEqual([2, { 1: 1 }]);
    for (const sample of others) buffer.add(sample);
    expect(buffer.isDue(NOW + POOL_FLUSH_MS - 1)).toBe(others.length >= POOL_BATCH);
    expect(buffer.isDue(NOW + POOL_FLUSH_MS)).toBe(true);
    observed.failAt(0, "before");
    await expect(buffer.flush(counted, OPEN.size, NOW + POOL_FLUSH_MS)).rejects.toThrow("D1_ERROR");
    await buffer.flush(counted, OPEN.size, NOW + 2 * POOL_FLUSH_MS);
    expect(await countBy("1")).toEqual({ 1: 1 + Math.min(others.length, POOL_BATCH) });
    expect(buffer.isDue(NOW + 9 * POOL_FLUSH_MS)).toBe(false);
  });
});

/** By the rule of the buffer, so that the test knows how many it will take. */
function isUnlikeAllBefore({ sample }: NewPooledSample, i: number, all: readonly NewPooledSample[]): boolean {
  return all.slice(0, i).every((other) => {
    const product = other.sample.embedding.values.reduce((sum, v, k) => sum + v * sample.embedding.values[k], 0);
    return product * other.sample.embedding.scale * sample.embedding.scale < 0.94;
  });
}
