import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { observeD1 } from "../support/failing-d1.ts";
import { makePhoto } from "../support/photos.ts";
import { type Answer, json, multipart, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const SEEDS = Array.from({ length: 8 }, (_, seed) => seed);

async function teach(kind: string, id: string) {
  const created = await sendAsAdmin("/v1/admin/classes", json({ name: kind, id }));
  expect(created.status).toBe(201);
  const photos = Object.fromEntries(SEEDS.map((seed) => [`${kind}-${seed}.png`, makePhoto(kind, seed)]));
  const added = await sendAsAdmin(`/v1/admin/classes/${id}/examples`, multipart(photos));
  expect(added).toMatchObject({ status: 200, body: { stored: SEEDS.length, refused: 0 } });
}

async function countRows(table: string): Promise<number> {
  const row = await env.DB.prepare(`SELECT count(*) AS count FROM ${table}`).first<{ count: number }>();
  return row?.count ?? Number.NaN;
}

function classify(kind: string, seed: number): Promise<Answer> {
  return send("/v1/classify", rawPhoto(makePhoto(kind, seed)));
}

describe("from an empty menu to a corrected answer", () => {
  beforeAll(resetDatabase);

  it("says what is missing while there is no head", async () => {
    const empty = await classify("pepperoni", 100);
    expect(empty).toMatchObject({ status: 409, body: { code: "no_head" } });
    expect(empty.body.detail).toContain("0 items");
  });

  it("learns two items and answers with scores that add up to one", async () => {
    await teach("pepperoni", "pepperoni");
    await teach("hawaiian", "hawaiian");
    const waiting = await classify("pepperoni", 100);
    expect(waiting.body.detail).toContain("16 labels wait");
    const run = await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    expect(run).toMatchObject({ status: 201, body: { outcome: "published", headVersion: 1, absorbed: 16 } });

    const answer = await classify("pepperoni", 100);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ unknown: expect.any(Boolean), headVersion: 1, receipt: expect.any(String) });
    const predictions = answer.body.predictions as { label: string; name: string; score: number }[];
    expect(predictions[0].label).toBe("pepperoni");
    const { none, strangeness, undecided } = answer.body;
    expect(predictions.reduce((sum, { score }) => sum + score, Number(none))).toBeCloseTo(1, 6);
    expect(strangeness).toBeGreaterThan(0);
    expect(undecided).toBe(false);
    expect(answer.body.fewPhotos).toBe(true);
    expect(answer.headers.get("server-timing")).toMatch(/decode;dur=.*embed;dur=.*head;dur=/);
  });

  it("has nothing more to learn, asked as a browser asks: with a body of no bytes", async () => {
    const run = await sendAsAdmin("/v1/admin/training-runs", { method: "POST", body: "" });
    expect(run).toMatchObject({ status: 200, body: { outcome: "idle" } });
  });

  it("answers with as many predictions as asked for", async () => {
    const answer = await send("/v1/classify?top_k=1", rawPhoto(makePhoto("hawaiian", 100)));
    expect(answer.body.predictions).toHaveLength(1);
    const refused = await send("/v1/classify?top_k=0", rawPhoto(makePhoto("hawaiian", 100)));
    expect(refused).toMatchObject({ status: 400, body: { code: "bad_request" } });
  });

  it("takes a photo as multipart and answers the same", async () => {
    const raw = await classify("hawaiian", 101);
    const form = await send("/v1/classify", multipart({ "a.png": makePhoto("hawaiian", 101) }));
    expect(form.body.predictions).toEqual(raw.body.predictions);
  });

  it("writes nothing when it classifies, and reads no row while the head is cached", async () => {
    await classify("pepperoni", 102);
    const observed = observeD1(env.DB);
    const bindings = { ...env, DB: observed.db };
    await send("/v1/classify", rawPhoto(makePhoto("pepperoni", 102)), bindings);
    const cold = { ...observed.counts };
    await send("/v1/classify", rawPhoto(makePhoto("pepperoni", 103)), bindings);
    expect(cold.queries).toBe(4); // -- which head is live, the head, the menu, the places
    expect(observed.counts).toEqual({ ...cold, rowsWritten: 0 });
  });

  it("stores a guest's correction once, however often it is sent, and asks staff about it", async () => {
    const answer = await classify("hawaiian", 104);
    const correction = json({ receipt: answer.body.receipt, label: "hawaiian" });
    // Guests are told the same of every label, so that it says nothing of what is stored.
    const taken = { status: 201, body: { status: "pending", stored: true } };
    expect(await send("/v1/labels", correction)).toMatchObject(taken);
    expect(await send("/v1/labels", correction)).toMatchObject(taken);
    const again = await classify("hawaiian", 104);
    const sameByOtherReceipt = json({ receipt: again.body.receipt, label: "hawaiian" });
    expect(await send("/v1/labels", sameByOtherReceipt)).toMatchObject(taken);
    expect(await countRows("reviews")).toBe(1);
    expect(await countRows("examples")).toBe(16);
    const queue = await sendAsAdmin("/v1/admin/reviews");
    expect(queue.body).toMatchObject({ pending: 1, reviews: [{ label: "hawaiian", guess: "hawaiian" }] });
  });

  it("counts an accepted correction as an example, exactly once", async () => {
    const queue = await sendAsAdmin("/v1/admin/reviews");
    const [{ photo, label }] = queue.body.reviews as { photo: string; label: string }[];
    const decide = () => sendAsAdmin(`/v1/admin/reviews/${photo}/${label}`, json({ decision: "accept" }));
    expect(await decide()).toMatchObject({ status: 200, body: { decision: "accept" } });
    expect(await decide()).toMatchObject({ status: 409, body: { code: "already_decided" } });
    expect(await countRows("examples")).toBe(17);
    const review = await env.DB.prepare(
      "SELECT status, embedding IS NOT NULL AS canBeUndone, preview FROM reviews",
    ).first();
    expect(review).toEqual({ status: "accepted", canBeUndone: 1, preview: null });
  });

  it("counts an admin's correction at once and changes the stored labels by exactly one", async () => {
    const answer = await classify("pepperoni", 105);
    const correction = json({ receipt: answer.body.receipt, label: "pepperoni" });
    expect(await sendAsAdmin("/v1/labels", correction)).toMatchObject({ status: 201, body: { status: "counted" } });
    expect(await sendAsAdmin("/v1/labels", correction)).toMatchObject({ status: 200, body: { stored: false } });
    expect(await countRows("examples")).toBe(18);
  });

  it("takes a correction as photo and label", async () => {
    const body = () => multipart({ "a.png": makePhoto("hawaiian", 106) }, { label: "hawaiian" });
    expect(await sendAsAdmin("/v1/labels", body())).toMatchObject({ status: 201, body: { stored: true } });
    expect(await sendAsAdmin("/v1/labels", body())).toMatchObject({ status: 200, body: { stored: false } });
    expect(await countRows("examples")).toBe(19);
  });

  it("knows a third item after one more run, and lists both heads", async () => {
    await teach("four_cheese", "four-cheese");
    const emptyBody = { method: "POST", body: "" }; // what a browser sends when there is none
    expect(await sendAsAdmin("/v1/admin/training-runs", emptyBody)).toMatchObject({ status: 201 });
    const { body } = await sendAsAdmin("/v1/admin/heads");
    expect(body).toMatchObject({
      liveVersion: 2,
      heads: [
        { version: 2, live: true },
        { version: 1, live: false },
      ],
    });
    const bindings = { ...env }; // a fresh isolate's cache
    const answer = await send("/v1/classify", rawPhoto(makePhoto("four_cheese", 100)), bindings);
    expect(answer.body).toMatchObject({ headVersion: 2, predictions: [{ label: "four-cheese" }, {}, {}] });
  });

  it("renames an item without training and stops offering an archived one", async () => {
    await sendAsAdmin("/v1/admin/classes/four-cheese", json({ name: "Quattro Formaggi" }, "PATCH"));
    await sendAsAdmin("/v1/admin/classes/hawaiian", json({ archived: true }, "PATCH"));
    const answer = await send("/v1/classify", rawPhoto(makePhoto("four_cheese", 100)), { ...env });
    const names = (answer.body.predictions as { name: string }[]).map((prediction) => prediction.name).sort();
    expect(names).toEqual(["Quattro Formaggi", "pepperoni"]);
    const archived = await sendAsAdmin("/v1/labels", json({ receipt: answer.body.receipt, label: "hawaiian" }));
    expect(archived).toMatchObject({ status: 409, body: { code: "class_archived" } });
  });
});
