/** What labelled samples looked like: kept only where the operator says so, shown to staff alone, gone with the label. */
import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { readImageHeader } from "../../src/image/header.ts";
import worker from "../../src/index.ts";
import { readDatabase } from "../support/database-state.ts";
import { ask, correct, sendFrom, teachItem } from "../support/guests.ts";
import { makeKey, sendWith } from "../support/keys.ts";
import { makePhoto } from "../support/photos.ts";
import { TEXT_DEPLOYMENT } from "../support/text-deployment.ts";
import { json, multipart, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const KEEPING = { ...env, KEEP_PICTURES: "thumbnails" };
/** A picture as a guest's page sends it along: one pixel, and 30 bytes that nothing else in the database has. */
const SENT = "data:image/webp;base64,UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";
const MARKER = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA";

beforeEach(async () => {
  await resetDatabase();
  for (const id of ["pepperoni", "hawaiian"]) await sendAsAdmin("/v1/admin/classes", json({ name: id, id }));
});

const pictureOf = (photo: unknown, bindings: Env = KEEPING) =>
  sendAsAdmin(`/v1/admin/examples/${photo}/picture`, {}, bindings);

async function teach(photo: Uint8Array<ArrayBuffer>, bindings: Env = KEEPING, item = "pepperoni"): Promise<string> {
  const { body } = await sendAsAdmin(`/v1/admin/classes/${item}/examples`, multipart({ "a.png": photo }), bindings);
  const [{ photo: id }] = body.results as { photo: string }[];
  return id;
}

/** The totals are what is really there, and nothing is there without a labelled example. */
async function expectConsistent(): Promise<number> {
  const { pictures, picture_totals, examples } = await readDatabase();
  const labelled = new Set(examples.filter((row) => row.class_id !== null).map((row) => row.sample_id));
  const bytes = pictures.reduce((sum, row) => sum + String(row.preview).length, 0);
  expect(picture_totals).toEqual([{ id: 1, pictures: pictures.length, bytes, originals: 0, original_bytes: 0 }]);
  expect(pictures.filter((row) => !labelled.has(row.sample_id))).toEqual([]);
  return pictures.length;
}

/** Tables that hold the marker anywhere. */
async function findMarker(): Promise<string[]> {
  const state = Object.entries(await readDatabase());
  return state.flatMap(([table, rows]) => (JSON.stringify(rows).includes(MARKER) ? [table] : []));
}

describe("a picture of an example", () => {
  it("is a WebP of the whole photo within 12 KB, for staff alone, with the headers of a private file", async () => {
    const photo = await teach(makePhoto("pepperoni", 1, 512));
    const { status, headers, bytes } = await pictureOf(photo);
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "private, max-age=3600",
      "x-content-type-options": "nosniff",
    });
    expect(bytes.length).toBeLessThanOrEqual(12_288);
    expect(readImageHeader(bytes)).toMatchObject({ ok: true, value: { format: "webp", width: 256, height: 256 } });
    const { body } = await sendAsAdmin("/v1/admin/examples?class=pepperoni", {}, KEEPING);
    expect(body.examples).toEqual([expect.objectContaining({ photo, picture: true, text: null })]);
    expect(await send(`/v1/admin/examples/${photo}/picture`, {}, KEEPING)).toMatchObject({ status: 401 });
    const { secret } = await makeKey("label");
    expect(await sendWith(secret, `/v1/admin/examples/${photo}/picture`, {}, KEEPING)).toMatchObject({ status: 403 });
    expect(await expectConsistent()).toBe(1);
  });

  it("is not kept unless the operator says so, and not shown where that has ended", async () => {
    const photo = await teach(makePhoto("pepperoni", 1), env);
    expect(await pictureOf(photo)).toMatchObject({ status: 404 });
    const { body } = await sendAsAdmin("/v1/admin/examples?class=pepperoni");
    expect(body.examples).toEqual([expect.objectContaining({ photo, picture: false, text: null })]);
    const kept = await teach(makePhoto("pepperoni", 2));
    expect(await pictureOf(kept, env)).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  it("comes with the next upload of a photo that was taught without", async () => {
    const photo = await teach(makePhoto("pepperoni", 1), env);
    expect(await teach(makePhoto("pepperoni", 1))).toBe(photo);
    expect(await pictureOf(photo)).toMatchObject({ status: 200 });
    expect(await expectConsistent()).toBe(1);
  });

  it("goes at once when it is forgotten, alone, with its contributor or with its item, and stays when it moves", async () => {
    const photos = [];
    for (let seed = 0; seed < 4; seed++) photos.push(await teach(makePhoto("pepperoni", seed)));
    expect(await expectConsistent()).toBe(4);
    await sendAsAdmin(`/v1/admin/examples/${photos[0]}`, json({ label: "hawaiian" }, "PATCH"), KEEPING);
    await sendAsAdmin("/v1/admin/classes/hawaiian", json({ archived: true }, "PATCH"), KEEPING);
    expect(await expectConsistent()).toBe(4);
    await sendAsAdmin(`/v1/admin/examples/${photos[0]}`, { method: "DELETE" }, KEEPING);
    expect(await pictureOf(photos[0])).toMatchObject({ status: 404 });
    expect(await expectConsistent()).toBe(3);
    await sendAsAdmin("/v1/admin/classes/pepperoni", { method: "DELETE" }, KEEPING);
    expect(await expectConsistent()).toBe(0);
    await sendAsAdmin("/v1/admin/classes", json({ name: "New", id: "new" }), KEEPING);
    await teach(makePhoto("pepperoni", 9), KEEPING, "new");
    await sendAsAdmin("/v1/admin/contributors/staff", { method: "DELETE" }, KEEPING);
    expect(await expectConsistent()).toBe(0);
  });

  it("is what the guest sent along, once staff have accepted that, and goes with an undone decision", async () => {
    for (const id of ["pepperoni", "hawaiian"]) await teachItem(id, 3);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    const asked = await ask("hawaiian", 50, KEEPING);
    const sent = json({ receipt: asked.receipt, label: "hawaiian", thumbnail: SENT });
    const { body } = await sendFrom("192.0.2.9", "/v1/labels", sent, KEEPING);
    const key = { photo: body.photo, label: "hawaiian" };
    expect(await pictureOf(body.photo)).toMatchObject({ status: 404 });
    const decide = (decision: string) =>
      sendAsAdmin("/v1/admin/reviews", json({ decisions: [{ ...key, decision }] }), KEEPING);
    await decide("accept");
    const shown = await pictureOf(body.photo);
    expect(shown.headers.get("content-type")).toBe("image/webp");
    expect(shown.bytes.toBase64()).toBe(SENT.split(",")[1]);
    await sendAsAdmin("/v1/admin/reviews/undo", json({ reviews: [key] }), KEEPING);
    expect(await pictureOf(body.photo)).toMatchObject({ status: 404 });
    await decide("reject");
    expect(await pictureOf(body.photo)).toMatchObject({ status: 404 });
    expect(await expectConsistent()).toBe(0);
  });

  it("is none that a key sends along where its label does not count, and never gives way to one that was sent", async () => {
    for (const id of ["pepperoni", "hawaiian"]) await teachItem(id, 3);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    const { secret } = await makeKey("label");
    const say = async (label: string, thumbnail: string) => {
      const { receipt } = await ask("hawaiian", 52, KEEPING, 256);
      return (await sendWith(secret, "/v1/labels", json({ receipt, label, thumbnail }), KEEPING)).body;
    };
    const photo = await teach(makePhoto("hawaiian", 52), env, "hawaiian");
    expect(await say("pepperoni", SENT)).toMatchObject({ photo, status: "pending" });
    expect(await pictureOf(photo)).toMatchObject({ status: 404 });
    await teach(makePhoto("hawaiian", 52), KEEPING, "hawaiian");
    const { bytes } = await pictureOf(photo);
    for (const label of ["pepperoni", "hawaiian"]) await say(label, SENT);
    expect((await pictureOf(photo)).bytes).toEqual(bytes);
    expect(await expectConsistent()).toBe(1);
  });

  it("is none that a key sends along to a label of staff's, and stays what it was whoever sends the photo under another item", async () => {
    for (const id of ["pepperoni", "hawaiian"]) await teachItem(id, 3);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    const { secret } = await makeKey("label");
    const photo = await teach(makePhoto("hawaiian", 52), env, "hawaiian");
    const { receipt } = await ask("hawaiian", 52, KEEPING, 256);
    const sent = json({ receipt, label: "hawaiian", thumbnail: SENT });
    const said = await sendWith(secret, "/v1/labels", sent, KEEPING);
    expect(said.body).toMatchObject({ photo, status: "counted", stored: false });
    expect(await pictureOf(photo)).toMatchObject({ status: 404 });
    await teach(makePhoto("hawaiian", 52), KEEPING, "hawaiian");
    const { bytes } = await pictureOf(photo);
    const other = () => multipart({ "a.png": makePhoto("hawaiian", 52) }, { label: "pepperoni", thumbnail: SENT });
    expect((await sendWith(secret, "/v1/labels", other(), KEEPING)).body).toMatchObject({ photo, status: "pending" });
    expect((await sendFrom("192.0.2.9", "/v1/labels", other(), KEEPING)).body).toMatchObject({ photo });
    expect(await teach(makePhoto("hawaiian", 52), KEEPING, "pepperoni")).toBe(photo);
    expect((await pictureOf(photo)).bytes).toEqual(bytes);
    expect(await findMarker()).toEqual([]);
    expect(await expectConsistent()).toBe(1);
  });

  it("leaves no copy in any table when its guest is forgotten", async () => {
    for (const id of ["pepperoni", "hawaiian"]) await teachItem(id, 3);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    const asked = await ask("hawaiian", 51, KEEPING);
    const sent = json({ receipt: asked.receipt, label: "hawaiian", thumbnail: SENT });
    const { body } = await sendFrom("192.0.2.9", "/v1/labels", sent, KEEPING);
    const decisions = [{ photo: body.photo, label: "hawaiian", decision: "accept" }];
    await sendAsAdmin("/v1/admin/reviews", json({ decisions }), KEEPING);
    expect(await findMarker()).toEqual(["reviews", "pictures"]);
    await sendAsAdmin(`/v1/admin/contributors/${body.contributor}`, { method: "DELETE" }, KEEPING);
    expect(await findMarker()).toEqual([]);
  });

  it("is made by the server where the photo came itself, whatever was sent along", async () => {
    const photo = makePhoto("pepperoni", 7);
    const fields = { label: "pepperoni", thumbnail: SENT };
    const { body } = await sendFrom("192.0.2.9", "/v1/labels", multipart({ "a.png": photo }, fields), KEEPING);
    expect(body.status).toBe("pending");
    expect(await findMarker()).toEqual([]);
    const queue = await sendAsAdmin("/v1/admin/reviews", {}, KEEPING);
    expect(queue.body.reviews).toEqual([
      expect.objectContaining({ thumbnail: expect.stringMatching(/^data:image\/webp;base64,.{400}/) }),
    ]);
  });

  it("is what staff saw of a sample of the pool that they labelled", async () => {
    await teachItem("pepperoni", 3);
    const columns = "backbone_id, embedding, scale, 'staff', NULL, ?, 1, 'undecided', NULL, 0, 0, 1";
    const pooled = "e".repeat(64);
    await env.DB.prepare(`INSERT INTO pooled_samples SELECT ?, ${columns} FROM examples LIMIT 1`)
      .bind(pooled, SENT)
      .run();
    await sendAsAdmin(`/v1/admin/pool/${pooled}`, json({ label: "hawaiian" }), KEEPING);
    expect((await pictureOf(pooled)).bytes.toBase64()).toBe(SENT.split(",")[1]);
    expect(await expectConsistent()).toBe(1);
  });

  it("comes with a label that guests agreed on", async () => {
    for (const id of ["pepperoni", "hawaiian"]) await teachItem(id, 6);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    const rule = { AUTO_ACCEPT_SOURCES: "3", AUTO_ACCEPT_MIN_SCORE: "0", AUTO_ACCEPT_MAX_PER_SOURCE: "5" };
    const agreeing = { ...KEEPING, ...rule };
    const asked = await ask("hawaiian", 60, agreeing);
    for (const site of ["192.0.2.1", "198.51.100.1", "203.0.113.1"]) await correct(site, asked, "hawaiian", agreeing);
    await env.DB.prepare("UPDATE reviews SET preview = ?").bind(SENT).run();
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" }, agreeing);
    expect((await readDatabase()).examples.filter(({ source }) => source === "auto")).toHaveLength(1);
    expect(await findMarker()).toEqual(["pictures"]);
    expect(await expectConsistent()).toBe(1);
  });
});

describe("a deployment that keeps pictures no more", () => {
  it("lets go those that it has in the next night, and keeps the labels", async () => {
    for (let seed = 0; seed < 3; seed++) await teach(makePhoto("pepperoni", seed));
    await runNightly(KEEPING);
    expect(await expectConsistent()).toBe(3);
    await runNightly(env);
    expect(await expectConsistent()).toBe(0);
    expect((await readDatabase()).examples).toHaveLength(3);
  });
});

async function runNightly(bindings: Env): Promise<void> {
  await worker.scheduled(createScheduledController({ cron: "17 3 * * *" }), bindings);
}

describe("a text", () => {
  it("is kept by its beginning where the operator says so, and goes when it is forgotten", async () => {
    const keeping = { ...TEXT_DEPLOYMENT, KEEP_PICTURES: "thumbnails" };
    const text = `Where is my <refund>? ${"Very long. ".repeat(300)}`;
    const taught = await sendAsAdmin("/v1/admin/classes/pepperoni/examples", json({ text: [text] }), keeping);
    const [{ photo }] = taught.body.results as { photo: string }[];
    const { headers, body } = await pictureOf(photo, keeping);
    expect(headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(body.text).toHaveLength(2_000);
    expect(body.text).toMatch(/^Where is my <refund>\?/);
    const list = await sendAsAdmin("/v1/admin/examples?class=pepperoni", {}, keeping);
    expect(list.body.examples).toEqual([
      expect.objectContaining({ picture: false, text: String(body.text).slice(0, 200) }),
    ]);
    await sendAsAdmin(`/v1/admin/examples/${photo}`, { method: "DELETE" }, keeping);
    expect(JSON.stringify(await readDatabase())).not.toContain("refund");
  });
});
