import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { getServices } from "../../src/services.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { sendFrom } from "../support/guests.ts";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const BROKEN = new TextEncoder().encode("no photo");

describe("several photos in one question", () => {
  beforeAll(async () => {
    await resetDatabase();
    for (const kind of ["pepperoni", "hawaiian"]) {
      await sendAsAdmin("/v1/admin/classes", json({ name: kind, id: kind }));
      const photos = Object.fromEntries([0, 1, 2, 3].map((seed) => [`${seed}.png`, makePhoto(kind, seed)]));
      await sendAsAdmin(`/v1/admin/classes/${kind}/examples`, multipart(photos));
    }
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
  });

  it("are answered in their order, each as if alone, and a bad one does not stop the others", async () => {
    const photos = [makePhoto("pepperoni", 20), makePhoto("hawaiian", 21)];
    const [first, second] = await Promise.all(photos.map((photo) => send("/v1/classify", rawPhoto(photo))));
    const sent = multipart({ "1.png": photos[0], "2.png": BROKEN, "3.png": photos[1] });
    const { status, body } = await send("/v1/classify", sent);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      results: [
        { answer: { predictions: first.body.predictions, unknown: first.body.unknown } },
        { problem: { code: "not_an_image" } },
        { answer: { predictions: second.body.predictions, receipt: expect.any(String) } },
      ],
      answered: 2,
      refused: 1,
    });
  });

  it("are answered by no list where there is only one", async () => {
    const { body } = await send("/v1/classify", multipart({ "1.png": makePhoto("pepperoni", 22) }));
    expect(body).toMatchObject({ predictions: expect.any(Array), receipt: expect.any(String) });
  });

  it("are at most sixteen", async () => {
    const photos = Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`${i}.png`, BROKEN]));
    expect(await send("/v1/classify", multipart(photos))).toMatchObject({
      status: 400,
      body: { code: "bad_request", detail: "image: 17 photos were sent; one request takes at most 16." },
    });
  });

  it("count one by one against a guest's quota", async () => {
    const bindings = { ...env, DAILY_QUOTA_GUEST: "3" };
    const photos = Object.fromEntries([30, 31, 32, 33, 34].map((seed) => [`${seed}.png`, makePhoto("hawaiian", seed)]));
    const { body } = await sendFrom("203.0.113.90", "/v1/classify", multipart(photos), bindings);
    expect(body).toMatchObject({
      results: [
        { answer: {} },
        { answer: {} },
        { answer: {} },
        ...Array(2).fill({ problem: { code: "quota_exceeded" } }),
      ],
      answered: 3,
      refused: 2,
    });
  });

  it("have the memory of each given back before the next is decoded", async () => {
    const bindings = { ...env };
    const services = getServices(bindings);
    const { decodeImage } = services;
    const seen = new Set<ArrayBufferLike>();
    const aliveBytes: number[] = [];
    vi.spyOn(services, "decodeImage").mockImplementation(async (header) => {
      aliveBytes.push([...seen].reduce((sum, { byteLength }) => sum + byteLength, 0));
      const image = await decodeImage(header);
      for (const { buffer } of [...header.pieces, ...(image.ok ? [image.value.data] : [])]) seen.add(buffer);
      return image;
    });
    const photos = Array.from({ length: 16 }, (_, i) => [`${i}.png`, makePhoto("pepperoni", 50 + i)]);
    const { body } = await send("/v1/classify", multipart(Object.fromEntries(photos)), bindings);
    expect(body).toMatchObject({ answered: 16 });
    // What is left is the reader's own end of a PNG, which all of them share.
    expect(Math.max(...aliveBytes)).toBeLessThanOrEqual(12);
    expect(aliveBytes).toHaveLength(16);
    expect(seen.size).toBeGreaterThanOrEqual(2 * 16);
  });

  it("write nothing, and read nothing while the head is fresh", async () => {
    const observed = observeD1(env.DB);
    const bindings = { ...env, DB: observed.db };
    const photos = multipart({ "1.png": makePhoto("pepperoni", 40), "2.png": makePhoto("hawaiian", 41) });
    await send("/v1/classify", multipart({ "0.png": makePhoto("pepperoni", 39) }), bindings);
    const before = observed.counts.queries;
    expect((await send("/v1/classify", photos, bindings)).body).toMatchObject({ answered: 2 });
    expect(observed.counts.queries - before).toBe(0);
  });

  it("stay one photo where they come as a correction", async () => {
    const sent = multipart({ "1.png": BROKEN, "2.png": BROKEN }, { label: "hawaiian" });
    expect(await send("/v1/labels", sent)).toMatchObject({ status: 400, body: { code: "bad_request" } });
  });
});
