import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Asked, askAbout, askAboutSmallMenu, correct, forgetCorrections } from "../support/guests.ts";
import { makePhoto } from "../support/photos.ts";
import { encodePng } from "../support/png.ts";
import { json, multipart, send, sendAsAdmin } from "../support/worker-client.ts";

const NONE = ":none";
let asked: { right: Asked[]; other: Asked };
let stranger: Asked;

beforeAll(async () => {
  asked = await askAboutSmallMenu();
  stranger = await askAbout(makeStripes());
});

beforeEach(forgetCorrections);

/** Blue and white stripes: no pizza, by any measure. */
function makeStripes(): Uint8Array<ArrayBuffer> {
  const size = 128;
  const pixels = new Uint8Array(size * size * 3);
  for (let i = 0; i < pixels.length; i += 3) pixels.set((i / 3) % 16 < 8 ? [30, 60, 200] : [240, 240, 250], i);
  return encodePng(pixels, size, size);
}

async function countStrangers(): Promise<unknown> {
  return (await sendAsAdmin("/v1/admin/classes")).body.none;
}

function labelAsStaff(seed: number, label: string) {
  return sendAsAdmin("/v1/labels", multipart({ "a.png": makePhoto("mushroom", seed, 64) }, { label }));
}

async function readQueue() {
  return (await sendAsAdmin("/v1/admin/reviews")).body as {
    groups: Record<string, unknown>[];
    reviews: { photo: string }[];
  };
}

describe("the label of what is not on the menu", () => {
  it("is not an item: nobody can make, change, order, merge or delete it, and no list or answer has it", async () => {
    const refused = {
      status: 404,
      body: { code: "not_found", detail: expect.stringContaining("a label, not an item") },
    };
    expect(await sendAsAdmin("/v1/admin/classes", json({ name: "x", id: NONE }))).toMatchObject({ status: 400 });
    expect(await sendAsAdmin(`/v1/admin/classes/${NONE}`, json({ name: "x" }, "PATCH"))).toMatchObject(refused);
    expect(await sendAsAdmin(`/v1/admin/classes/${NONE}`, json({ archived: false }, "PATCH"))).toMatchObject(refused);
    expect(await sendAsAdmin(`/v1/admin/classes/${NONE}`, { method: "DELETE" })).toMatchObject(refused);
    expect(await sendAsAdmin(`/v1/admin/classes/${NONE}/merge`, json({ into: "hawaiian" }))).toMatchObject(refused);
    for (const into of [NONE, "_none"]) {
      const merged = await sendAsAdmin("/v1/admin/classes/hawaiian/merge", json({ into }));
      expect(merged).toMatchObject({ status: 422, body: { code: "unknown_class" } });
    }
    const ids = ["pepperoni", "hawaiian", "margherita", NONE];
    expect(await sendAsAdmin("/v1/admin/classes/order", json({ ids }, "PUT"))).toMatchObject({ status: 422 });
    for (const path of ["/v1/menu", "/v1/admin/heads"])
      expect(JSON.stringify((await send(path)).body)).not.toContain(NONE);
    expect(JSON.stringify((await sendAsAdmin("/v1/admin/classes")).body.classes)).not.toContain(NONE);
    expect(stranger.predictions.map(({ label }) => label)).not.toContain(NONE);
  });

  it("is given, listed, moved and forgotten like an item's, by either spelling", async () => {
    expect(await labelAsStaff(1, NONE)).toMatchObject({ status: 201, body: { label: NONE, status: "counted" } });
    expect(await labelAsStaff(1, "_None")).toMatchObject({ status: 200, body: { label: NONE, stored: false } });
    const batch = multipart({ "b.png": makePhoto("mushroom", 2, 64), "c.png": makePhoto("mushroom", 3, 64) });
    expect((await sendAsAdmin(`/v1/admin/classes/${NONE}/examples`, batch)).body).toMatchObject({ stored: 2 });
    expect(await countStrangers()).toEqual({ label: NONE, examples: 3, testExamples: 0 });
    const listed = (await sendAsAdmin(`/v1/admin/examples?class=${NONE}`)).body.examples as { photo: string }[];
    expect(listed).toHaveLength(3);
    const [first, second, third] = listed.map(({ photo }) => `/v1/admin/examples/${photo}`);
    expect((await sendAsAdmin(first, json({ label: "hawaiian" }, "PATCH"))).body).toMatchObject({ label: "hawaiian" });
    expect((await sendAsAdmin(first, json({ label: "_none" }, "PATCH"))).body).toMatchObject({ label: NONE });
    for (const path of [first, second, third]) await sendAsAdmin(path, { method: "DELETE" });
    expect(await countStrangers()).toMatchObject({ examples: 0 });
  });

  it("is not hidden by an item that somebody named like it", async () => {
    await sendAsAdmin("/v1/admin/classes", json({ name: NONE, id: "colon" }));
    await sendAsAdmin("/v1/admin/classes", json({ name: "_none", id: "_none" }));
    expect((await labelAsStaff(10, NONE)).body).toMatchObject({ label: NONE });
    expect((await labelAsStaff(11, "_none")).body).toMatchObject({ label: "_none" });
    for (const id of ["colon", "_none"]) await sendAsAdmin(`/v1/admin/classes/${id}`, { method: "DELETE" });
    expect((await labelAsStaff(12, "_none")).body).toMatchObject({ label: NONE });
  });
});

describe("a guest who says that it is not on the menu", () => {
  it("is heard only when staff accept it, which can be taken back", async () => {
    const before = await countStrangers();
    expect(await correct("203.0.113.7", stranger, NONE)).toMatchObject({ status: 201, body: { status: "pending" } });
    expect((await correct("203.0.113.7", stranger, "_none")).body).toMatchObject({ label: NONE, stored: true });
    expect(await countStrangers()).toEqual(before);
    const { groups, reviews } = await readQueue();
    expect(groups).toMatchObject([{ proposals: [{ label: NONE, name: "Not on the menu", sources: 1 }] }]);
    const [{ photo }] = reviews;
    const key = { photo, label: NONE };
    expect((await sendAsAdmin(`/v1/admin/reviews/${photo}/${NONE}`, json({ decision: "accept" }))).status).toBe(200);
    expect((await sendAsAdmin(`/v1/admin/examples?class=${NONE}`)).body.examples).toEqual(
      expect.arrayContaining([expect.objectContaining({ photo, source: "guest" })]),
    );
    expect((await sendAsAdmin("/v1/admin/reviews/undo", json({ reviews: [key] }))).body).toMatchObject({ done: 1 });
    expect(await countStrangers()).toEqual(before);
    expect((await readQueue()).groups).toHaveLength(1);
  });

  it("says so too by telling the owner, on the page without script, what it is instead", async () => {
    const suggest = (fields: Record<string, string>) => {
      const headers = { "sec-fetch-site": "same-origin", "cf-connecting-ip": "203.0.113.7" };
      return send("/suggest", { method: "POST", headers, body: new URLSearchParams(fields), redirect: "manual" });
    };
    expect((await suggest({ text: "Calzone", receipt: "AgAA" })).status).toBe(422);
    expect((await suggest({ text: " ", receipt: stranger.receipt })).status).toBe(400);
    expect((await readQueue()).groups).toEqual([]);
    for (let i = 0; i < 2; i++)
      expect((await suggest({ text: "Calzone", receipt: stranger.receipt })).status).toBe(303);
    expect((await readQueue()).groups).toMatchObject([{ proposals: [{ label: NONE, sources: 1 }] }]);
    expect((await sendAsAdmin("/v1/admin/suggestions")).body.suggestions).toMatchObject([
      { text: "Calzone", guests: 1 },
    ]);
  });

  it("may be contradicted, and what an item's photo is said to be can become this", async () => {
    await correct("203.0.113.7", asked.right[0], NONE);
    await correct("198.51.100.1", asked.right[0], "pepperoni");
    const [group] = (await readQueue()).groups;
    expect(group).toMatchObject({ conflicts: expect.arrayContaining([NONE, "pepperoni"]), sources: 2 });
    const { photo } = group;
    const decision = { photo, label: "pepperoni", decision: "relabel", to: NONE };
    expect((await sendAsAdmin("/v1/admin/reviews", json({ decisions: [decision] }))).body).toMatchObject({ done: 1 });
    const states = await env.DB.prepare("SELECT class_id, status FROM reviews ORDER BY class_id").all();
    expect(states.results).toEqual([
      { class_id: NONE, status: "accepted" },
      { class_id: "pepperoni", status: "accepted" },
    ]);
  });

  it("counts by agreement only where the head itself finds the photo strange", async () => {
    const bindings = { ...env, AUTO_ACCEPT_SOURCES: "3" };
    for (const address of ["203.0.113.7", "198.51.100.1", "192.0.2.1"]) {
      await correct(address, stranger, NONE);
      await correct(address, asked.right[2], NONE);
    }
    await sendAsAdmin("/v1/admin/training-runs", json({}), bindings);
    const counted = (await sendAsAdmin("/v1/admin/examples?source=auto")).body.examples;
    expect(counted).toEqual([expect.objectContaining({ label: NONE, source: "auto" })]);
    expect((await readQueue()).groups).toMatchObject([
      { guess: "pepperoni", proposals: [{ label: NONE, sources: 3 }] },
    ]);
  });

  it("is forgotten with all that came from there", async () => {
    const { contributor } = (await correct("203.0.113.9", stranger, NONE)).body;
    const forgotten = await sendAsAdmin(`/v1/admin/contributors/${contributor}`, { method: "DELETE" });
    expect(forgotten.body).toMatchObject({ forgotten: { reviews: 1 } });
    expect((await readQueue()).groups).toEqual([]);
  });
});
