/** From an answer that the head is unsure of to the pool, with the real routes, database and backbone. */
import { createExecutionContext, createScheduledController, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { deriveReceiptKey, openReceipt } from "../../src/application/receipt.ts";
import { EMBEDDING_TYPE, encodeEmbeddingMessage } from "../../src/head/embedding-message.ts";
import { readImageHeader } from "../../src/image/header.ts";
import worker from "../../src/index.ts";
import { DAY_MS } from "../../src/shared/time.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { sendFrom, teachItem } from "../support/guests.ts";
import { sendWith } from "../support/keys.ts";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

beforeAll(async () => {
  await resetDatabase();
  for (const id of ["pepperoni", "hawaiian"]) await teachItem(id, 6);
  await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
  // No score reaches 1, so that every photo that looks like this item is unknown.
  await sendAsAdmin("/v1/admin/classes/pepperoni", json({ threshold: 1 }, "PATCH"));
});
beforeEach(async () => {
  await env.DB.prepare("DELETE FROM pooled_samples").run();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A deployment with an open pool; a new object is a new isolate. */
const open = (vars: object = {}): Env => ({ ...env, POOL_SIZE: "20", POOL_DAYS: "30", ...vars });
const photo = (kind: string, seed: number) => rawPhoto(makePhoto(kind, seed, 128));

/** Of different kinds, since the drawn photos of one kind look alike to the backbone. */
const someUnsure = (i: number) => photo(["pepperoni", "mushroom", "four_cheese", "margherita"][i % 4], 310 + i);

async function readPool(): Promise<Record<string, unknown>[]> {
  return (await env.DB.prepare("SELECT * FROM pooled_samples ORDER BY seen_at, sample_id").all()).results;
}

describe("an answer", () => {
  it("says where it takes the photo to be from, and whether it is shifted for that", async () => {
    const ask = async (query: string) => (await send(`/v1/classify${query}`, photo("hawaiian", 380), open())).body;
    expect(await ask("")).not.toHaveProperty("place");
    await sendAsAdmin("/v1/admin/places", json({ name: "Cellar", id: "cellar" }));
    const asTaught = await ask("?place=cellar");
    expect(asTaught.place).toEqual({ id: "cellar", moved: false });
    await env.DB.prepare(
      `UPDATE places SET (shift, scale, backbone_id) = (SELECT embedding, scale, backbone_id FROM examples LIMIT 1)
       WHERE id = 'cellar'`,
    ).run();
    const shifted = await ask("?place=cellar");
    expect(shifted.place).toEqual({ id: "cellar", moved: true });
    expect(shifted.predictions).not.toEqual(asTaught.predictions);
    await sendAsAdmin("/v1/admin/places/cellar", json({ on: false }, "PATCH"));
    expect(await ask("?place=cellar")).toMatchObject({
      place: { id: "cellar", moved: false },
      predictions: asTaught.predictions,
    });
  });
});

describe("an answer that the head is unsure of", () => {
  it("is kept with its numbers, what was answered and a pseudonym, and no copy unless the operator wants one", async () => {
    const answer = await sendFrom("192.0.2.1", "/v1/classify", photo("pepperoni", 300), open());
    expect(answer.body).toMatchObject({ unknown: true });
    const opened = await openReceipt(String(answer.body.receipt), await deriveReceiptKey(env.RECEIPT_SECRET), 0);
    if (!opened.ok) throw new Error(opened.error.detail);
    const [best] = answer.body.predictions as { label: string; score: number }[];
    expect(await readPool()).toEqual([
      expect.objectContaining({
        sample_id: opened.value.photo.sampleId,
        backbone_id: opened.value.photo.backboneId,
        embedding: new Uint8Array(opened.value.photo.embedding.values.buffer).toBase64(),
        contributor: expect.stringMatching(/^g_[0-9a-f]{20}$/),
        place: null,
        preview: null,
        head_version: 1,
        reason: "unknown",
        answer: "pepperoni",
        score: expect.closeTo(best.score, 9),
      }),
    ]);
  });

  it("is kept with a picture of what the backbone saw where the operator wants copies", async () => {
    await send("/v1/classify", photo("pepperoni", 301), open({ POOL_KEEPS_COPIES: "true" }));
    const [{ preview }] = await readPool();
    const [head, base64] = String(preview).split(",");
    expect(head).toBe("data:image/png;base64");
    const bytes = Uint8Array.fromBase64(base64);
    const header = readImageHeader(bytes);
    expect(header).toMatchObject({ ok: true, value: { format: "png" } });
    if (header.ok) expect(Math.max(header.value.width, header.value.height)).toBeLessThanOrEqual(96);
    expect(bytes.length).toBeLessThan(20_480);
  });

  it("writes nothing on an answer's own path, and one batch behind thirty answers", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const closed = observeD1(env.DB);
    const bindings = { ...env, DB: closed.db };
    for (let i = 0; i < 30; i++) await send("/v1/classify", someUnsure(i), bindings);
    expect(closed.counts.rowsWritten).toBe(0);
    expect(closed.calls.flat().filter(({ sql }) => sql.includes("pooled_samples"))).toEqual([]);

    const opened = observeD1(env.DB);
    const pooling = open({ DB: opened.db });
    for (let i = 0; i < 30; i++) expect((await send("/v1/classify", someUnsure(i), pooling)).status).toBe(200);
    const batches = opened.calls.filter((call) => call.some(({ sql }) => sql.includes("pooled_samples")));
    // The first one is written at once; what the others bring waits for its time.
    expect(batches).toHaveLength(1);
    expect(opened.calls.length - batches.length).toBe(closed.calls.length);
    vi.setSystemTime(Date.now() + 30_000);
    await send("/v1/menu", {}, pooling);
    expect(opened.calls.filter((call) => call.some(({ sql }) => sql.includes("pooled_samples")))).toHaveLength(2);
    const kept = await readPool();
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.length).toBeLessThanOrEqual(20);
  });

  it("is answered whether the database takes the sample or not", async () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const observed = observeD1(env.DB);
    const bindings = open({ DB: observed.db });
    await send("/v1/classify", photo("hawaiian", 320), bindings); // -- so that the head is known
    observed.failAt(0, "before");
    expect((await send("/v1/classify", photo("pepperoni", 340), bindings)).status).toBe(200);
    expect(warn.mock.calls.flat().join()).toContain("answers_not_pooled");
    expect(await readPool()).toEqual([]);
  });

  it("is not kept while the pool is closed, of a named version, of a device, or where the head is sure", async () => {
    const bindings = open();
    const key = await deriveReceiptKey(env.RECEIPT_SECRET);
    const asked = await send("/v1/classify", photo("pepperoni", 350));
    const opened = await openReceipt(String(asked.body.receipt), key, 0);
    if (!opened.ok) throw new Error(opened.error.detail);
    const message = encodeEmbeddingMessage(opened.value.photo);
    expect((await send("/v1/classify", rawPhoto(message, EMBEDDING_TYPE), bindings)).body.unknown).toBe(true);
    expect((await send("/v1/classify?head=1", photo("pepperoni", 351), bindings)).body.unknown).toBe(true);
    let sure = 0;
    for (const seed of [352, 353, 354, 355]) {
      const { body } = await send("/v1/classify", photo("hawaiian", seed), bindings);
      if (body.unknown === false && body.undecided === false) sure++;
      else await env.DB.prepare("DELETE FROM pooled_samples").run();
    }
    expect(sure).toBeGreaterThan(0);
    expect(await readPool()).toEqual([]);
  });

  it("leaves when its time has come", async () => {
    vi.spyOn(console, "log").mockReturnValue();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const bindings = open({ POOL_DAYS: "2" });
    const night = async () => {
      const context = createExecutionContext();
      await worker.scheduled(createScheduledController({ cron: "17 3 * * *" }), bindings);
      await waitOnExecutionContext(context);
    };
    await send("/v1/classify", photo("pepperoni", 360), bindings);
    vi.setSystemTime(Date.now() + 2 * DAY_MS);
    await night();
    expect(await readPool()).toHaveLength(1);
    vi.setSystemTime(Date.now() + 1);
    await night();
    expect(await readPool()).toEqual([]);
  });
});

describe("an answer from a place", () => {
  const fromTerrace = (bindings = open(), seed = 400, ask = sendAsAdmin) =>
    ask("/v1/classify?place=terrace", photo("hawaiian", seed), bindings);

  it("is refused where staff have made no such place, in words that say what to do", async () => {
    expect(await fromTerrace()).toMatchObject({
      status: 404,
      body: { code: "not_found", detail: expect.stringMatching(/no place "terrace".*GET \/v1\/admin\/places/) },
    });
    expect((await send("/v1/classify?place=a%20b", photo("hawaiian", 400))).status).toBe(400);
    expect(await readPool()).toEqual([]);
  });

  it("is kept with the place however sure the head is, unless the place is off or the pool is closed", async () => {
    const known = open();
    await send("/v1/classify", photo("hawaiian", 400), known); // -- an isolate from before the place
    await env.DB.prepare("DELETE FROM pooled_samples").run();
    await sendAsAdmin("/v1/admin/places", json({ name: "Terrace" }));
    expect((await fromTerrace({ ...env })).status).toBe(200);
    expect(await readPool()).toEqual([]);
    let sure = 0;
    for (const seed of [352, 353, 354, 355]) {
      const { status, body } = await fromTerrace(open(), seed);
      expect(status).toBe(200);
      sure += body.unknown === false && body.undecided === false ? 1 : 0;
    }
    expect(sure).toBeGreaterThan(0);
    const kept = await readPool();
    expect(kept.map(({ place }) => place)).toEqual(["terrace", "terrace", "terrace", "terrace"]);
    expect(kept.filter(({ reason }) => reason === "place")).toHaveLength(sure);

    await env.DB.prepare("DELETE FROM pooled_samples").run();
    await sendAsAdmin("/v1/admin/places/terrace", json({ on: false }, "PATCH"));
    for (const seed of [352, 353, 354, 355]) await fromTerrace(open(), seed);
    expect((await readPool()).filter(({ place, reason }) => place !== null || reason === "place")).toEqual([]);
    await sendAsAdmin("/v1/admin/places/terrace", json({ on: true }, "PATCH"));
  });

  it("is kept for the place's sake where a guest sent it only if the operator lets guests teach", async () => {
    await env.DB.prepare("INSERT OR IGNORE INTO places (id, name, created_at) VALUES ('terrace', 'Terrace', 1)").run();
    const askAll = async (bindings: Env) => {
      for (const seed of [352, 353, 354, 355]) await fromTerrace({ ...bindings }, seed, send);
      const kept = (await readPool()).filter(({ reason }) => reason === "place");
      await env.DB.prepare("DELETE FROM pooled_samples").run();
      return kept.length;
    };
    expect(await askAll(open())).toBe(0);
    expect(await askAll(open({ PUBLIC_TEACHING: "true" }))).toBeGreaterThan(0);
  });

  it("is of the place that the key is bound to when nobody names one, and so is what the key labels", async () => {
    await sendAsAdmin("/v1/admin/places", json({ name: "Balcony", id: "balcony" }));
    await sendAsAdmin("/v1/admin/places", json({ name: "Yard", id: "yard" }));
    const make = async (role: string) =>
      String((await sendAsAdmin("/v1/admin/keys", json({ name: role, role, place: "balcony" }))).body.secret);
    const labelled = (seed: number) => multipart({ "a.png": makePhoto("hawaiian", seed, 128) }, { label: "hawaiian" });
    const readPlaces = async (table: "examples" | "reviews") =>
      (await env.DB.prepare(`SELECT place FROM ${table} WHERE place IS NOT NULL`).all()).results.map(
        ({ place }) => place,
      );
    const [camera, till] = [await make("classify"), await make("label")];
    const answer = await sendWith(camera, "/v1/classify", photo("hawaiian", 360), open());
    expect(answer).toMatchObject({ status: 200, body: { place: { id: "balcony", moved: false } } });
    expect(await readPool()).toMatchObject([{ place: "balcony", contributor: expect.stringMatching(/^k_/) }]);
    await env.DB.prepare("DELETE FROM pooled_samples").run();
    const named = await sendWith(camera, "/v1/classify?place=yard", photo("hawaiian", 361), open());
    expect(named.body.place).toEqual({ id: "yard", moved: false }); // -- what is named goes first
    expect(await readPool()).toMatchObject([{ place: "yard" }]);

    // By the receipt of an answer that knows its place, and by a photo of which nobody has said where it is from.
    const { receipt } = answer.body;
    expect((await sendWith(till, "/v1/labels", json({ receipt, label: "hawaiian" }))).body.status).toBe("counted");
    const sent = await sendWith(till, "/v1/labels", labelled(362));
    expect(sent.body.status).toBe("counted");
    const waiting = await sendWith(camera, "/v1/labels", labelled(363));
    expect(waiting.body.status).toBe("pending");
    expect(await readPlaces("examples")).toEqual(["balcony", "balcony"]);
    expect(await readPlaces("reviews")).toEqual(["balcony"]);
  });
});
