import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { deriveReceiptKey, openReceipt, type Receipt } from "../../src/application/receipt.ts";
import { EMBEDDING_TYPE, encodeEmbeddingMessage } from "../../src/head/embedding-message.ts";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

async function open(receipt: unknown): Promise<Receipt> {
  const opened = await openReceipt(String(receipt), await deriveReceiptKey(env.RECEIPT_SECRET), Date.now());
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
}

/** What a device would send for the photo: the server's own embedding of it. */
async function makeMessage(kind: string, seed: number): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = await send("/v1/classify", rawPhoto(makePhoto(kind, seed)));
  const { photo } = await open(body.receipt);
  return encodeEmbeddingMessage(photo);
}

const classify = (message: Uint8Array) => send("/v1/classify", rawPhoto(message, EMBEDDING_TYPE));

describe("an embedding that a device computed", () => {
  beforeAll(async () => {
    await resetDatabase();
    for (const kind of ["pepperoni", "hawaiian"]) {
      await sendAsAdmin("/v1/admin/classes", json({ name: kind, id: kind }));
      const photos = Object.fromEntries([0, 1, 2].map((seed) => [`${seed}.png`, makePhoto(kind, seed)]));
      await sendAsAdmin(`/v1/admin/classes/${kind}/examples`, multipart(photos));
    }
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
  });

  it("gets the answer that its photo gets", async () => {
    const fromPhoto = await send("/v1/classify", rawPhoto(makePhoto("pepperoni", 50)));
    const fromDevice = await classify(await makeMessage("pepperoni", 50));
    expect(fromDevice.status).toBe(200);
    expect(fromDevice.body.predictions).toEqual(fromPhoto.body.predictions);
  });

  it("leaves its mark in the receipt and in the correction, and cannot pass for a photo that the server saw", async () => {
    const fromPhoto = await send("/v1/classify", rawPhoto(makePhoto("hawaiian", 51)));
    const fromDevice = await classify(await makeMessage("hawaiian", 51));
    const [seen, told] = [await open(fromPhoto.body.receipt), await open(fromDevice.body.receipt)];
    expect([seen.photo.origin, told.photo.origin]).toEqual(["server", "device"]);
    expect(told.photo.embedding).toEqual(seen.photo.embedding);
    expect(told.photo.sampleId).not.toBe(seen.photo.sampleId);
    const correct = (receipt: unknown) => send("/v1/labels", json({ receipt, label: "pepperoni" }));
    expect(await correct(fromPhoto.body.receipt)).toMatchObject({ status: 201, body: { origin: "server" } });
    const marked = { origin: "device", status: "pending", stored: true, photo: told.photo.sampleId };
    expect(await correct(fromDevice.body.receipt)).toMatchObject({ status: 201, body: marked });
    const { body } = await sendAsAdmin("/v1/admin/reviews");
    const origins = (body.reviews as { photo: string; origin: string }[]).map(({ photo, origin }) => [photo, origin]);
    expect(new Map(origins as [string, string][])).toEqual(
      new Map([
        [seen.photo.sampleId, "server"],
        [told.photo.sampleId, "device"],
      ]),
    );
  });

  it("is one photo, however often it is sent", async () => {
    const message = await makeMessage("hawaiian", 52);
    const answers = [await classify(message), await classify(message)];
    const ids = await Promise.all(answers.map(async ({ body }) => (await open(body.receipt)).photo.sampleId));
    expect(ids[0]).toBe(ids[1]);
  });

  it("of another backbone is refused with 409 and what to load", async () => {
    const message = await makeMessage("hawaiian", 53);
    message[20] ^= 1;
    const { status, body } = await classify(message);
    expect({ status, code: body.code }).toEqual({ status: 409, code: "backbone_mismatch" });
    expect(body.detail).toMatch(/\/backbone\/[0-9a-f]{64}\.onnx/);
  });

  it("that is damaged is refused before anything is looked up", async () => {
    const message = await makeMessage("hawaiian", 54);
    const withoutDatabase = { ...env, DB: undefined as unknown as D1Database };
    const init = rawPhoto(message.subarray(0, -1), EMBEDDING_TYPE);
    const answer = await send("/v1/classify", init, withoutDatabase);
    expect(answer).toMatchObject({ status: 422, body: { code: "invalid_embedding" } });
    expect(answer.body.detail).toContain("numbers");
    const large = await classify(new Uint8Array(5_000));
    expect(large).toMatchObject({ status: 413, body: { code: "body_too_large" } });
  });
});

describe("the content security policy", () => {
  it("lets the form compile wasm, and no other page", async () => {
    const policyOf = async (path: string) => (await send(path)).headers.get("content-security-policy") ?? "";
    expect(await policyOf("/")).toContain("script-src 'self' 'wasm-unsafe-eval';");
    for (const path of ["/admin", "/v1/health", "/v1/menu", "/elsewhere"]) {
      expect(await policyOf(path)).not.toContain("unsafe");
    }
  });
});
