/** Originals of labelled samples in a bucket of the local R2: the sample itself without what a camera adds, gone when it is forgotten, whoever dies in between. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { readImageHeader } from "../../src/image/header.ts";
import { openDatabase } from "../../src/store/database.ts";
import { deleteDueOriginals, readOriginal } from "../../src/store/pictures/originals.ts";
import { readDatabase } from "../support/database-state.ts";
import { observeD1 } from "../support/failing-d1.ts";
import {
  bucket,
  emptyOriginals,
  findTraces,
  fireCron,
  forget,
  KEEPING,
  listKeys,
  teach,
  teachPhoto,
} from "../support/kept-originals.ts";
import { makeKey, sendWith } from "../support/keys.ts";
import { drawPhoto, makePhoto } from "../support/photos.ts";
import { encodePng } from "../support/png.ts";
import { TEXT_DEPLOYMENT } from "../support/text-deployment.ts";
import { type Body, json, multipart, rawPhoto, send, sendAsAdmin } from "../support/worker-client.ts";

const keepingIn = (pictures: R2Bucket) => ({ ...KEEPING, PICTURES: pictures });
const HOUR_MS = 3_600_000;
const db = openDatabase(env.DB);

beforeEach(async () => {
  vi.spyOn(console, "log").mockReturnValue();
  await emptyOriginals();
});

/** A photo that is wider than an original may be. */
const WIDE = { width: 1_400, height: 600 };

function makeWidePhoto(seed: number): Uint8Array<ArrayBuffer> {
  const square = drawPhoto("pepperoni", seed, WIDE.width);
  return encodePng(square.subarray(0, WIDE.width * WIDE.height * 3), WIDE.width, WIDE.height);
}

/** The bucket with another way to put. */
function putting(put: (...args: Parameters<R2Bucket["put"]>) => Promise<unknown>): R2Bucket {
  return new Proxy(bucket, {
    get(target, property) {
      if (property === "put") return put;
      const value: unknown = Reflect.get(target, property);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

describe("an original", () => {
  it("is the whole photo as a WebP of at most 1,024 pixels, beside the small picture, for staff alone", async () => {
    const photo = await teachPhoto(makeWidePhoto(1));
    const path = `/v1/admin/examples/${photo}/picture?size=full`;
    const full = await sendAsAdmin(path, {}, KEEPING);
    expect([full.status, full.headers.get("content-type")]).toEqual([200, "image/webp"]);
    expect(full.headers.get("cache-control")).toContain("private");
    expect(readImageHeader(full.bytes)).toMatchObject({
      ok: true,
      value: { width: 1_024, height: 439, orientation: 1 },
    });
    expect(full.bytes.length).toBeLessThanOrEqual(262_144);
    const small = await sendAsAdmin(`/v1/admin/examples/${photo}/picture`, {}, KEEPING);
    expect(readImageHeader(small.bytes)).toMatchObject({ value: { width: 256, height: 110 } });
    expect(await send(path, {}, KEEPING)).toMatchObject({ status: 401 });
    const { secret } = await makeKey("label");
    expect(await sendWith(secret, path, {}, KEEPING)).toMatchObject({ status: 403 });
    expect(await readOriginal(db, bucket, photo)).toEqual({ type: "image/webp", bytes: full.bytes });
    const alone = await sendAsAdmin(path.replace("full", "original"), {}, KEEPING);
    expect(alone.bytes).toEqual(full.bytes);
    const { body } = await sendAsAdmin("/v1/admin/pictures", {}, KEEPING);
    expect(body).toMatchObject({
      keeps: "originals",
      small: { kept: 1 },
      originals: { kept: 1, bytes: full.bytes.length },
    });
  });

  it("is not kept where the operator keeps thumbnails, and the small picture stands for it", async () => {
    const photo = await teach(1, { ...KEEPING, KEEP_PICTURES: "thumbnails" });
    expect(await listKeys()).toEqual([]);
    const shown = await sendAsAdmin(`/v1/admin/examples/${photo}/picture?size=full`, {}, KEEPING);
    expect(readImageHeader(shown.bytes)).toMatchObject({ value: { width: 256 } });
    const alone = await sendAsAdmin(`/v1/admin/examples/${photo}/picture?size=original`, {}, KEEPING);
    expect(alone).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  it("is kept of a key's label that counts at once, and not of what waits for staff", async () => {
    const { secret } = await makeKey("label");
    const body = multipart({ "a.png": makePhoto("pepperoni", 5) }, { label: "pepperoni" });
    expect(await sendWith(secret, "/v1/labels", body, KEEPING)).toMatchObject({ status: 201 });
    expect(await listKeys()).toHaveLength(1);
    const guest = multipart({ "a.png": makePhoto("pepperoni", 6) }, { label: "pepperoni" });
    expect(await send("/v1/labels", guest, KEEPING)).toMatchObject({ body: { status: "pending" } });
    expect(await listKeys()).toHaveLength(1);
  });

  it("is the whole text where texts are read", async () => {
    const bindings = { ...TEXT_DEPLOYMENT, KEEP_PICTURES: "originals", PICTURES: bucket };
    const text = `My card was charged twice. ${"Please look into it. ".repeat(200)}`.trim();
    const sent = await sendAsAdmin("/v1/admin/classes/pepperoni/examples", json({ text }), bindings);
    const [{ photo }] = sent.body.results as { photo: string }[];
    const full = await sendAsAdmin(`/v1/admin/examples/${photo}/picture?size=full`, {}, bindings);
    expect([full.headers.get("content-type"), full.body.text]).toEqual(["text/plain; charset=utf-8", text]);
    const small = await sendAsAdmin(`/v1/admin/examples/${photo}/picture`, {}, bindings);
    expect(String(small.body.text).length).toBeLessThanOrEqual(2_000);
  });

  it("costs an answer nothing: no query while the isolate's copy is fresh, and nothing of the bucket", async () => {
    for (const item of ["pepperoni", "hawaiian"]) {
      const files = Object.fromEntries([1, 2, 3].map((seed) => [`${seed}.png`, makePhoto(item, seed)]));
      await sendAsAdmin(`/v1/admin/classes/${item}/examples`, multipart(files), KEEPING);
    }
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" }, KEEPING);
    const observed = observeD1(env.DB);
    const untouched = new Proxy(bucket, {
      get: (target, property) => {
        if (property === "createMultipartUpload") return Reflect.get(target, property);
        throw new Error(`an answer asked the bucket to ${String(property)}`);
      },
      has: (target, property) => Reflect.has(target, property),
    });
    const bindings = { ...keepingIn(untouched), DB: observed.db };
    expect(await send("/v1/classify", rawPhoto(makePhoto("pepperoni", 60)), bindings)).toMatchObject({ status: 200 });
    const before = observed.calls.length;
    expect(await send("/v1/classify", rawPhoto(makePhoto("hawaiian", 61)), bindings)).toMatchObject({ status: 200 });
    expect(observed.calls.length).toBe(before);
  });

  it("asks for its bucket", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const { status, body } = await sendAsAdmin("/v1/admin/pictures", {}, { ...env, KEEP_PICTURES: "originals" });
    expect([status, body.code]).toEqual([500, "misconfigured"]);
    expect(body.detail).toContain("there is no bucket PICTURES");
  });
});

describe("an original that is forgotten", () => {
  it("leaves the bucket with the next cron, and no trace but that it was forgotten", async () => {
    const photos = [await teach(1), await teach(2)];
    await forget(photos[0]);
    expect(await findTraces(photos[0])).toEqual(["original_deletions", "bucket"]);
    expect(await sendAsAdmin(`/v1/admin/examples/${photos[0]}/picture?size=full`, {}, KEEPING)).toMatchObject({
      status: 404,
    });
    await fireCron();
    expect(await findTraces(photos[0])).toEqual(["original_deletions"]);
    expect(await listKeys()).toHaveLength(1);
    await deleteDueOriginals(db, bucket, Date.now() + HOUR_MS);
    expect(await findTraces(photos[0])).toEqual([]);
    await sendAsAdmin("/v1/admin/contributors/staff", { method: "DELETE" }, KEEPING);
    await fireCron();
    expect(await listKeys()).toEqual([]);
    const { body } = await sendAsAdmin("/v1/admin/pictures", {}, KEEPING);
    expect(body).toMatchObject({ small: { kept: 0, bytes: 0 }, originals: { kept: 0, bytes: 0 } });
  });

  it("stays away when it arrives only after it was forgotten", async () => {
    const arrived = Promise.withResolvers<void>();
    const late = putting(async (key, value, options) => {
      const [row] = (await readDatabase()).originals;
      await forget(String(row.sample_id));
      await fireCron();
      await bucket.put(key, value as Uint8Array, options);
      arrived.resolve();
    });
    const photo = await teach(1, keepingIn(late));
    await arrived.promise;
    expect(await findTraces(photo)).toEqual(["original_deletions", "bucket"]);
    await fireCron();
    expect(await listKeys()).toEqual([]);
  });

  it("is not deleted when the photo was taught again since", async () => {
    const photo = await teach(1);
    await forget(photo);
    expect(await teach(1)).toBe(photo);
    await deleteDueOriginals(db, bucket, Date.now() + HOUR_MS);
    expect(await listKeys()).toHaveLength(1);
    expect(await readOriginal(db, bucket, photo)).not.toBeNull();
  });

  it("is tried again when the bucket is out of reach, and training goes on", async () => {
    const error = vi.spyOn(console, "error").mockReturnValue();
    const photo = await teach(1);
    await teach(2);
    await forget(photo);
    const broken = new Proxy(bucket, {
      get: (target, property) =>
        property === "delete" ? () => Promise.reject(new Error("unreachable")) : Reflect.get(target, property),
    });
    await fireCron(keepingIn(broken));
    expect(error).toHaveBeenCalledWith(expect.stringContaining("originals_not_deleted"));
    expect((await readDatabase()).examples.filter(({ class_id }) => class_id === null)).toEqual([]);
    await fireCron();
    expect(await listKeys()).toHaveLength(1);
  });
});

describe("originals and a bucket that fails", () => {
  it("a label counts without its original, and no row says that there is one", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const broken = putting(() => Promise.reject(new Error("unreachable")));
    const photo = await teach(1, keepingIn(broken));
    const { originals, examples } = await readDatabase();
    expect([originals, examples.length]).toEqual([[], 1]);
    const shown = await sendAsAdmin(`/v1/admin/examples/${photo}/picture?size=full`, {}, KEEPING);
    expect(readImageHeader(shown.bytes)).toMatchObject({ value: { width: 256 } });
    await teach(1);
    expect(await listKeys()).toHaveLength(1);
  });

  it("all leave when the operator keeps them no more", async () => {
    for (let seed = 1; seed <= 3; seed++) await teach(seed);
    const ended = { ...KEEPING, KEEP_PICTURES: "thumbnails" };
    await fireCron(ended, "17 3 * * *");
    await fireCron(ended);
    expect(await listKeys()).toEqual([]);
    const { body } = (await sendAsAdmin("/v1/admin/pictures", {}, ended)) as { body: Body };
    expect(body).toMatchObject({ keeps: "thumbnails", small: { kept: 3 }, originals: { kept: 0, bytes: 0 } });
  });
});
