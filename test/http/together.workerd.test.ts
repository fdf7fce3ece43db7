/** Several photos of one thing: one answer and one receipt, by the mean of what the backbone makes of each. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { deriveReceiptKey, openReceipt, type Receipt } from "../../src/application/receipt.ts";
import type { Embedding } from "../../src/head/embedding.ts";
import { EMBEDDING_TYPE, encodeEmbeddingMessage } from "../../src/head/embedding-message.ts";
import { joinEmbeddings } from "../../src/head/join-embeddings.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { sendFrom } from "../support/guests.ts";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const TOGETHER = "/v1/classify?together=true";
const BROKEN = new TextEncoder().encode("no photo");
const SHOTS = [20, 21, 22].map((seed) => makePhoto("pepperoni", seed));

async function open(receipt: unknown): Promise<Receipt> {
  const opened = await openReceipt(String(receipt), await deriveReceiptKey(env.RECEIPT_SECRET), Date.now());
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
}

function form(photos: readonly Uint8Array[]) {
  return multipart(Object.fromEntries(photos.map((photo, i) => [`${i}.png`, photo])));
}

async function embedAlone(photo: Uint8Array): Promise<Embedding> {
  const { body } = await send("/v1/classify", rawPhoto(photo));
  return (await open(body.receipt)).photo.embedding;
}

describe("several photos of one thing", () => {
  beforeAll(async () => {
    await resetDatabase();
    for (const kind of ["pepperoni", "hawaiian"]) {
      await sendAsAdmin("/v1/admin/classes", json({ name: kind, id: kind }));
      await sendAsAdmin(`/v1/admin/classes/${kind}/examples`, form([0, 1, 2, 3].map((seed) => makePhoto(kind, seed))));
    }
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
  });

  it("get one answer, which is that to the mean of their embeddings", async () => {
    const { status, headers, body } = await send(TOGETHER, form(SHOTS));
    expect({ status, photos: body.photos }).toEqual({ status: 200, photos: 3 });
    expect(headers.get("server-timing")).toMatch(/decode.*embed.*head/);
    const { photo, guess } = await open(body.receipt);
    const mean = joinEmbeddings(await Promise.all(SHOTS.map(embedAlone)));
    expect(photo).toMatchObject({ embedding: mean, origin: "server" });
    expect(guess).toBe("pepperoni");
    const message = encodeEmbeddingMessage({ backboneId: photo.backboneId, embedding: mean });
    const byMean = await send("/v1/classify", rawPhoto(message, EMBEDDING_TYPE));
    const { predictions, none, strangeness } = byMean.body;
    expect(body).toMatchObject({ predictions, none, strangeness });
  });

  it("are the same sample in any order, and each counts once however often it was sent", async () => {
    const [a, b, c] = SHOTS;
    const answers = await Promise.all(
      [
        [a, b, c],
        [c, a, b],
        [b, a, b, c, a],
      ].map((sent) => send(TOGETHER, form(sent))),
    );
    const samples = await Promise.all(answers.map(async ({ body }) => (await open(body.receipt)).photo));
    expect(new Set(samples.map(({ sampleId }) => sampleId)).size).toBe(1);
    for (const { embedding } of samples) expect(embedding).toEqual(samples[0].embedding);
    expect(answers.map(({ body }) => body.photos)).toEqual([3, 3, 3]);
  });

  it("are that photo where there is but one", async () => {
    const alone = await send("/v1/classify", rawPhoto(SHOTS[0]));
    for (const sent of [rawPhoto(SHOTS[0]), form([SHOTS[0], SHOTS[0]])]) {
      const { body } = await send(TOGETHER, sent);
      expect(body).toMatchObject({ predictions: alone.body.predictions, photos: 1 });
      expect((await open(body.receipt)).photo).toEqual((await open(alone.body.receipt)).photo);
    }
  });

  it("are refused together where one cannot be used, which is named", async () => {
    const sent = form([SHOTS[0], BROKEN, SHOTS[2]]);
    expect(await send(TOGETHER, sent)).toMatchObject({
      status: 415,
      body: {
        code: "not_an_image",
        detail: expect.stringMatching(/^Photo 2 of 3 cannot be used\. This is not a photo/),
        says: [{ code: "photo_of_several", params: { number: 2, of: 3 } }, { code: "not_a_photo" }],
      },
    });
    const alone = await send(TOGETHER, rawPhoto(BROKEN));
    expect(alone.body.detail).toMatch(/^This is not a photo/);
  });

  it("count one by one against a guest's quota, and get no answer beyond it", async () => {
    const bindings = { ...env, DAILY_QUOTA_GUEST: "5" };
    const ask = () => sendFrom("203.0.113.91", TOGETHER, form(SHOTS), bindings);
    expect((await ask()).status).toBe(200);
    expect(await ask()).toMatchObject({ status: 429, body: { code: "quota_exceeded" } });
  });

  it("write nothing, read nothing while the head is fresh, and count as one answer", async () => {
    const observed = observeD1(env.DB);
    const bindings = { ...env, DB: observed.db };
    await send("/v1/classify", rawPhoto(SHOTS[0]), bindings);
    const before = observed.counts.queries;
    expect((await send(TOGETHER, form(SHOTS), bindings)).status).toBe(200);
    expect(observed.counts.queries - before).toBe(0);
    const { body } = await sendAsAdmin("/v1/admin/metrics", {}, bindings);
    expect(body.text).toContain("headstart_isolate_answers_waiting 2\n");
  });

  it("teach their mean by the receipt, once", async () => {
    const { body } = await send(TOGETHER, form(SHOTS));
    const { photo } = await open(body.receipt);
    const label = () => sendAsAdmin("/v1/labels", json({ receipt: body.receipt, label: "hawaiian" }));
    expect(await label()).toMatchObject({ status: 201, body: { photo: photo.sampleId, status: "counted" } });
    expect(await label()).toMatchObject({ status: 200, body: { stored: false } });
    const { results } = await env.DB.prepare("SELECT embedding, scale FROM examples WHERE sample_id = ?")
      .bind(photo.sampleId)
      .all<{ embedding: string; scale: number }>();
    const values = new Int8Array(Uint8Array.fromBase64(results[0].embedding).buffer);
    expect(results).toHaveLength(1);
    expect({ values, scale: results[0].scale }).toEqual(photo.embedding);
  });

  it("wait in the pool as one sample, under the copy of the first", async () => {
    const openPool = () => ({ ...env, POOL_SIZE: "10", POOL_KEEPS_COPIES: "true" }); // -- a new object is a new isolate, which keeps at once
    const shots = [30, 31, 32].map((seed) => makePhoto("pepperoni", seed));
    // No score reaches 1, so that whatever looks like this item is unknown.
    await sendAsAdmin("/v1/admin/classes/pepperoni", json({ threshold: 1 }, "PATCH"));
    const { body } = await send(TOGETHER, form(shots), openPool());
    expect(body.unknown).toBe(true);
    await send("/v1/classify", rawPhoto(shots[0]), openPool());
    const { photo } = await open(body.receipt);
    const { results } = await env.DB.prepare("SELECT sample_id AS id, preview FROM pooled_samples").all<{
      id: string;
      preview: string;
    }>();
    expect(results).toHaveLength(2);
    expect(results.map(({ id }) => id)).toContain(photo.sampleId);
    expect(new Set(results.map(({ preview }) => preview)).size).toBe(1);
  });

  it("are asked about as plainly as anything: what is neither true nor false is refused", async () => {
    expect(await send("/v1/classify?together=1", form(SHOTS))).toMatchObject({ status: 400 });
    const list = await send("/v1/classify?together=false", form(SHOTS));
    expect(list.body).toMatchObject({ answered: 3 });
  });
});
