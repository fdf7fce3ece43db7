import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { createPlainKernels } from "../../src/head/kernels/plain-kernels.ts";
import { createTurns } from "../../src/shared/turns.ts";
import { openDatabase } from "../../src/store/database.ts";
import { createMetricFinder } from "../../src/training/explain.ts";
import { createMapDrawer } from "../../src/training/map.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

interface MapBody {
  readonly items: readonly { label: string; x: number; y: number; examples: number }[];
  readonly itemCount: number;
  readonly points: readonly {
    photo: string;
    label: string;
    x: number;
    y: number;
    doubted: boolean;
    answered: string | null;
    picture: boolean;
  }[];
  readonly examples: number;
  readonly shares: readonly [number, number];
  readonly current: boolean;
}

const KINDS = ["pepperoni", "hawaiian", "margherita"];
const PHOTOS = 12;

async function teach(label: string, kind: string, seeds: readonly number[]) {
  const photos = Object.fromEntries(seeds.map((seed) => [`${seed}.png`, makePhoto(kind, seed)]));
  await sendAsAdmin(`/v1/admin/classes/${label}/examples`, multipart(photos), { ...env, KEEP_PICTURES: "thumbnails" });
}

async function readMap(version = 1, bindings = env): Promise<MapBody> {
  const { status, body } = await sendAsAdmin(`/v1/admin/heads/${version}/map`, {}, bindings);
  expect(status).toBe(200);
  return body as unknown as MapBody;
}

describe("the map of a head, over HTTP", () => {
  beforeAll(async () => {
    await resetDatabase();
    const seeds = Array.from({ length: PHOTOS }, (_, i) => i);
    for (const id of KINDS) {
      await sendAsAdmin("/v1/admin/classes", json({ name: id, id }));
      await teach(id, id, seeds);
    }
    await teach("hawaiian", "pepperoni", [60]); // wrong
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
  });

  it("has every example and item once, and says how much of what sets them apart it shows", async () => {
    const { items, points, examples, itemCount, shares, current } = await readMap();
    expect(items.map(({ label, examples: count }) => [label, count])).toEqual([
      ["pepperoni", PHOTOS],
      ["hawaiian", PHOTOS + 1],
      ["margherita", PHOTOS],
    ]);
    expect({ examples, itemCount, current }).toEqual({ examples: 3 * PHOTOS + 1, itemCount: 3, current: true });
    expect(new Set(points.map(({ photo }) => photo)).size).toBe(examples);
    expect(shares[0] + shares[1]).toBeCloseTo(1, 3);
    expect(points.every(({ picture }) => picture)).toBe(true);
  });

  it("has photos of an item nearer to its middle than to others, but for the one that is labelled wrongly", async () => {
    const { items, points } = await readMap();
    const astray = points.filter((point) => {
      const distances = items.map(({ x, y }) => Math.hypot(x - point.x, y - point.y));
      return items[distances.indexOf(Math.min(...distances))].label !== point.label;
    });
    expect(astray.map(({ label, answered }) => [label, answered])).toEqual([["hawaiian", "pepperoni"]]);
    expect(astray.map(({ doubted }) => doubted)).toEqual([true]);
  });

  it("leaves out what has been forgotten, at once, and says when labels have changed", async () => {
    const [{ photo }] = (await readMap()).points;
    await sendAsAdmin(`/v1/admin/examples/${photo}`, { method: "DELETE" });
    expect((await readMap()).points.map((point) => point.photo)).not.toContain(photo);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    expect(await readMap(1)).toMatchObject({ current: false, points: { length: 3 * PHOTOS } });
    expect(await readMap(2)).toMatchObject({ current: true, points: { length: 3 * PHOTOS } });
  });

  it("reads the statistics once, and then the head, the sums and at most seven rows for an example", async () => {
    const observed = observeD1(env.DB);
    const bindings = { ...env, DB: observed.db, DAILY_QUOTA_KEY: "0" };
    const measure = async () => {
      const [before, call] = [observed.counts.rowsRead, observed.calls.length];
      await readMap(2, bindings);
      const sent = observed.calls.slice(call).flat();
      return {
        grams: sent.filter(({ sql }) => sql.includes("gram_parts")).length,
        rows: observed.counts.rowsRead - before,
      };
    };
    const [first, second] = [await measure(), await measure()];
    expect([first.grams, second.grams]).toEqual([1, 0]);
    // An example is found by its item, twice by its id, and looked for among the pictures; beside them the head, the version and two readings of the sums.
    expect(second.rows).toBeLessThanOrEqual(7 * 3 * PHOTOS + 30);
  });

  it("draws a bounded number of items and examples, the same ones each time", async () => {
    const kernels = createPlainKernels();
    const db = openDatabase(env.DB);
    const { results } = await env.DB.prepare("SELECT dimension, backbone_id AS id FROM statistics").all<{
      dimension: number;
      id: string;
    }>();
    const [backbone] = results;
    const draw = async (items: number, examples: number) => {
      const drawn = await createMapDrawer(kernels, createMetricFinder(kernels, createTurns()), { items, examples })(
        db,
        backbone,
        2,
      );
      if (typeof drawn === "string") throw new Error(drawn);
      return drawn.map;
    };
    const small = await draw(2, 8);
    expect(small.items).toHaveLength(2);
    expect(small).toMatchObject({ itemCount: 3, points: { length: 8 } });
    expect(small.exampleCount).toBeGreaterThan(8);
    expect(await draw(2, 8)).toEqual(small);
  });

  it.each([
    ["9", 404, "not_found"],
    ["x", 404, "not_found"],
  ])("is refused under the number %s", async (version, status, code) => {
    expect(await sendAsAdmin(`/v1/admin/heads/${version}/map`)).toMatchObject({ status, body: { code } });
  });

  it("is not there where there are not two items left to draw", async () => {
    for (const id of KINDS.slice(1)) await sendAsAdmin(`/v1/admin/classes/${id}`, { method: "DELETE" });
    await env.DB.prepare("DELETE FROM class_sums WHERE class_id <> 'pepperoni'").run();
    expect(await sendAsAdmin("/v1/admin/heads/2/map")).toMatchObject({ status: 409, body: { code: "no_head" } });
  });
});
