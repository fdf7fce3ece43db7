import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { makePhoto } from "../support/photos.ts";
import { exportAll, importLines, linesOf } from "../support/transfer-deployment.ts";
import { json, multipart, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

const KINDS = ["pepperoni", "hawaiian", "margherita"];

function photosOf(kind: string, first: number, count: number) {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.png`, makePhoto(kind, first + i)]));
}

async function train() {
  expect((await sendAsAdmin("/v1/admin/training-runs", { method: "POST" })).body).toMatchObject({
    outcome: "published",
  });
}

async function readPurposes() {
  const { results } = await env.DB.prepare("SELECT sample_id, purpose, unseen_since FROM examples ORDER BY 1").all();
  return results;
}

describe("a test set, over HTTP", () => {
  let testPhoto = "";

  beforeAll(async () => {
    await resetDatabase();
    for (const kind of KINDS) {
      await sendAsAdmin("/v1/admin/classes", json({ name: kind, id: kind }));
      await sendAsAdmin(`/v1/admin/classes/${kind}/examples`, multipart(photosOf(kind, 0, 10)));
    }
    await train();
    const { body } = await sendAsAdmin(
      "/v1/admin/classes/hawaiian/examples?purpose=test",
      multipart(photosOf("hawaiian", 40, 2)),
    );
    expect(body).toMatchObject({ stored: 2 });
    testPhoto = (body.results as { photo: string }[])[0].photo;
  });

  it("takes photos for testing that no training learns, and counts them apart", async () => {
    expect((await sendAsAdmin("/v1/admin/training-runs", { method: "POST" })).body).toMatchObject({ outcome: "idle" });
    const { body } = await sendAsAdmin("/v1/admin/classes");
    const counts = (body.classes as { id: string; examples: number; testExamples: number }[]).map(
      ({ id, examples, testExamples }) => [id, examples, testExamples],
    );
    expect(counts).toEqual([
      ["pepperoni", 10, 0],
      ["hawaiian", 10, 2],
      ["margherita", 10, 0],
    ]);
    expect(body.none).toMatchObject({ examples: 0, testExamples: 0 });
    const listed = await sendAsAdmin("/v1/admin/examples?class=hawaiian");
    const own = (listed.body.examples as { photo: string }[]).find(({ photo }) => photo === testPhoto);
    expect(own).toMatchObject({ purpose: "test", absorbed: true });
  });

  it("judges the live head, at once, with what chance leaves open", async () => {
    const { body } = await sendAsAdmin("/v1/admin/test-set");
    expect(body).toMatchObject({
      examples: 2,
      classes: [{ classId: "hawaiian", examples: 2 }],
      headVersion: 1,
      judgement: { examples: 2, strangers: 0, learnt: 0, perClass: [{ classId: "hawaiian", examples: 2 }] },
    });
    expect(await sendAsAdmin("/v1/admin/test-set?head=9")).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await sendAsAdmin("/v1/admin/test-set?head=x")).toMatchObject({
      status: 400,
      body: { code: "bad_request" },
    });
  });

  it("is made of a share of each item, the same ones whenever it is asked for, and given back item by item", async () => {
    const fifth = json({ share: 0.2 });
    expect((await sendAsAdmin("/v1/admin/test-set", fifth)).body).toEqual({ setAside: 4, returned: 0, next: null });
    const chosen = await readPurposes();
    expect((await sendAsAdmin("/v1/admin/test-set", fifth)).body).toMatchObject({ setAside: 0 });
    const back = json({ share: 0, class: "pepperoni" });
    expect((await sendAsAdmin("/v1/admin/test-set", back)).body).toEqual({ setAside: 0, returned: 2, next: null });
    expect((await sendAsAdmin("/v1/admin/test-set", json({ share: 0.2, class: "pepperoni" }))).body).toMatchObject({
      setAside: 2,
    });
    expect(await readPurposes()).toEqual(chosen);
    expect(await sendAsAdmin("/v1/admin/test-set", json({ share: 0.6 }))).toMatchObject({ status: 400 });
    expect(await sendAsAdmin("/v1/admin/test-set", json({ share: 0.2, class: "tuna" }))).toMatchObject({
      status: 422,
      body: { code: "unknown_class" },
    });
  });

  it("is what versions are compared on, none of them on what it has learnt", async () => {
    await train();
    const compared = await sendAsAdmin("/v1/admin/heads/compare?from=1&to=2");
    expect(compared.body.test).toMatchObject({ examples: 2 });
    expect((await sendAsAdmin("/v1/admin/test-set?head=1")).body.judgement).toMatchObject({ examples: 2, learnt: 4 });
    expect((await sendAsAdmin("/v1/admin/test-set?head=2")).body.judgement).toMatchObject({ examples: 6, learnt: 0 });
    expect((await sendAsAdmin("/v1/admin/heads/2")).body.tested).toMatchObject({ examples: 6 });
    expect((await sendAsAdmin("/v1/admin/heads/1")).body.tested).toBeNull();
  });

  it("travels with an export, with what each example was unseen since", async () => {
    const before = await readPurposes();
    expect(before.filter(({ unseen_since }) => unseen_since === 2).length).toBe(4);
    const file = await exportAll();
    await resetDatabase();
    await importLines(linesOf(file));
    expect(await readPurposes()).toEqual(before);
    expect(await exportAll()).toBe(file);
  });

  it("changes example by example, and says so in the audit log without naming the photo", async () => {
    const path = `/v1/admin/examples/${testPhoto}`;
    const asked = await sendAsAdmin(path, json({ purpose: "learn" }, "PATCH"));
    expect(asked.body).toEqual({ photo: testPhoto, purpose: "learn" });
    expect(await sendAsAdmin(path, json({ purpose: "exam" }, "PATCH"))).toMatchObject({ status: 400 });
    const missing = await sendAsAdmin(`/v1/admin/examples/${"0".repeat(64)}`, json({ purpose: "test" }, "PATCH"));
    expect(missing).toMatchObject({ status: 404, body: { code: "not_found" } });
    const { body } = await sendAsAdmin("/v1/admin/audit-log");
    expect((body.entries as object[])[0]).toMatchObject({ action: "example.purpose", detail: { purpose: "learn" } });
    expect(JSON.stringify(body)).not.toContain(testPhoto);
  });
});
