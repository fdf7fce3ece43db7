import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const TRAIN = { method: "POST" };

async function teach(kind: string, seeds: readonly number[], label = kind, bindings = env) {
  await sendAsAdmin("/v1/admin/classes", json({ name: label, id: label }), bindings);
  const photos = Object.fromEntries(seeds.map((seed) => [`${seed}.png`, makePhoto(kind, seed)]));
  return sendAsAdmin(`/v1/admin/classes/${label}/examples`, multipart(photos), bindings);
}

/** What a guest is told, as bytes, by an isolate that knows nothing yet. The receipt is sealed again each time. */
async function answerBytes(query = ""): Promise<string> {
  const { status, body } = await send(`/v1/classify${query}`, rawPhoto(makePhoto("pepperoni", 100)), { ...env });
  expect(status).toBe(200);
  return JSON.stringify([body.predictions, body.unknown, body.headVersion, body.backboneId]);
}

describe("versions of the head, over HTTP", () => {
  let first = "";

  beforeAll(async () => {
    await resetDatabase();
    await teach("pepperoni", [0, 1, 2, 3, 4, 5]);
    await teach("hawaiian", [0, 1, 2, 3, 4, 5]);
    await sendAsAdmin("/v1/admin/training-runs", TRAIN);
    first = await answerBytes();
    await teach("four_cheese", [0, 1, 2, 3, 4, 5]);
    await sendAsAdmin("/v1/admin/training-runs", TRAIN);
  });

  it("are served by number while another one is live", async () => {
    expect(JSON.parse(await answerBytes())[2]).toBe(2);
    expect(await answerBytes("?head=1")).toBe(first);
    expect(await answerBytes("?head=2")).toBe(await answerBytes());
  });

  it.each([
    ["9", 404, "not_found"],
    ["0", 400, "bad_request"],
    ["x", 400, "bad_request"],
  ])("are refused under the number %s", async (number, status, code) => {
    const answer = await send(`/v1/classify?head=${number}`, rawPhoto(makePhoto("pepperoni", 100)));
    expect(answer).toMatchObject({ status, body: { code } });
  });

  it("go back in one step, and answer byte for byte as before", async () => {
    expect(await sendAsAdmin("/v1/admin/heads/1/activate", TRAIN)).toMatchObject({
      status: 200,
      body: { liveVersion: 1, held: false },
    });
    expect(await answerBytes()).toBe(first);
    const { body } = await sendAsAdmin("/v1/admin/audit-log");
    expect((body.entries as object[])[0]).toMatchObject({
      actor: "admin",
      action: "head.activate",
      detail: { version: 1, hold: false },
    });
    const earlier = (body.entries as { action: string }[]).slice(1).map(({ action }) => action);
    expect(new Set(earlier)).toEqual(new Set(["class.create", "examples.label", "training.run"]));
    await sendAsAdmin("/v1/admin/heads/2/activate", json({ hold: false }));
  });

  it("can be held, looked at and compared", async () => {
    await sendAsAdmin("/v1/admin/heads/2/activate", json({ hold: true }));
    const list = await sendAsAdmin("/v1/admin/heads");
    expect(list.body).toMatchObject({
      liveVersion: 2,
      held: true,
      heads: [{ version: 2, live: true, parent: 1 }, { version: 1 }],
    });
    const one = await sendAsAdmin("/v1/admin/heads/2");
    const seen = { headers: { "if-none-match": one.headers.get("etag") ?? "" } };
    expect((await sendAsAdmin("/v1/admin/heads/2", seen)).status).toBe(304);
    expect((await sendAsAdmin("/v1/admin/heads/1", seen)).status).toBe(200);
    expect(one.body).toMatchObject({
      gate: { passed: true },
      evaluation: { taughtAccuracy: expect.any(Number) },
      replay: { replayed: 18 },
      details: {
        perClass: [
          {
            classId: "pepperoni",
            examples: 6,
            recallBefore: expect.any(Number),
            curve: [
              [2, expect.any(Number)],
              [3, expect.any(Number)],
              [6, expect.any(Number)],
            ],
          },
          {},
          {},
        ],
        suspects: [],
      },
    });
    expect((await sendAsAdmin("/v1/admin/heads/compare?from=1&to=2")).body).toMatchObject({
      from: 1,
      to: 2,
      addedClasses: ["four_cheese"],
      removedClasses: [],
      examplesFrom: 12,
      examplesTo: 18,
      evaluationTo: { examples: 18 },
    });
    await sendAsAdmin("/v1/admin/heads/2/activate", TRAIN);
  });

  it.each([
    ["no body", { method: "POST" }],
    ["an empty one, as browsers send it", { method: "POST", body: "" }],
  ])("are trained with %s", async (_name, init) => {
    expect(await sendAsAdmin("/v1/admin/training-runs", init)).toMatchObject({
      status: 200,
      body: { outcome: "idle" },
    });
  });

  it("can be pinned", async () => {
    expect(await sendAsAdmin("/v1/admin/heads/1", json({ pinned: true }, "PATCH"))).toMatchObject({
      status: 200,
      body: { pinned: true },
    });
    expect((await sendAsAdmin("/v1/admin/heads/1")).body.pinnedAt).toEqual(expect.any(String));
  });

  it.each([
    ["GET", "/v1/admin/heads/9", undefined, 404, "not_found"],
    ["GET", "/v1/admin/heads/one", undefined, 404, "not_found"],
    ["POST", "/v1/admin/heads/9/activate", undefined, 404, "not_found"],
    ["POST", "/v1/admin/heads/1/activate", { hold: "yes" }, 400, "bad_request"],
    ["PATCH", "/v1/admin/heads/9", { pinned: true }, 404, "not_found"],
    ["PATCH", "/v1/admin/heads/1", {}, 400, "bad_request"],
    ["GET", "/v1/admin/heads/compare?from=1", undefined, 400, "bad_request"],
    ["GET", "/v1/admin/heads/compare?from=1&to=9", undefined, 404, "not_found"],
    ["POST", "/v1/admin/training-runs", { rebuild: 1 }, 400, "bad_request"],
  ])("%s %s %j is answered with %i %s", async (method, path, body, status, code) => {
    const init = body === undefined ? { method } : json(body, method);
    expect(await sendAsAdmin(path, init)).toMatchObject({ status, body: { code } });
  });

  it("are an admin's business", async () => {
    for (const [method, path] of [
      ["GET", "/v1/admin/heads/1"],
      ["GET", "/v1/admin/heads/compare?from=1&to=2"],
      ["POST", "/v1/admin/heads/1/activate"],
      ["PATCH", "/v1/admin/heads/1"],
      ["GET", "/v1/admin/audit-log"],
    ]) {
      expect(await send(path, { method })).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    }
  });

  it("are gone, not replaced, once they have seen what was forgotten", async () => {
    const { body } = await sendAsAdmin("/v1/admin/examples?class=hawaiian&limit=1");
    const [{ photo }] = body.examples as { photo: string }[];
    expect((await sendAsAdmin(`/v1/admin/examples/${photo}`, { method: "DELETE" })).body).toMatchObject({
      forgotten: { examples: 1 },
    });
    expect(await sendAsAdmin("/v1/admin/training-runs", TRAIN)).toMatchObject({
      status: 201,
      body: { headVersion: 3 },
    });
    const pinned = await send("/v1/classify?head=1", rawPhoto(makePhoto("pepperoni", 100)), { ...env });
    expect(pinned).toMatchObject({ status: 410, body: { code: "head_purged" } });
    expect(await sendAsAdmin("/v1/admin/heads/1/activate", TRAIN)).toMatchObject({ status: 410 });
    expect(await sendAsAdmin("/v1/admin/heads/1", json({ pinned: true }, "PATCH"))).toMatchObject({ status: 410 });
  });

  it("are rebuilt on request, to the same answers", async () => {
    const before = JSON.parse(await answerBytes())[0];
    const run = await sendAsAdmin("/v1/admin/training-runs", json({ rebuild: true }));
    expect(run).toMatchObject({
      status: 201,
      body: { outcome: "published", message: expect.stringContaining("An admin asked for it") },
    });
    const after = JSON.parse(await answerBytes())[0];
    expect(after.map(({ label }: { label: string }) => label)).toEqual(
      before.map(({ label }: { label: string }) => label),
    );
  });
});

describe("a head asked for by its number as soon as it is made", () => {
  beforeAll(resetDatabase);

  it("answers with the item it has just learnt, in an isolate that had read the menu before", async () => {
    const isolate = { ...env }; // everything by one, since it remembers nothing of before another one
    const photo = () => rawPhoto(makePhoto("four_cheese", 100));
    const learn = async (kind: string) => {
      await teach(kind, [0, 1, 2, 3, 4, 5], kind, isolate);
      await sendAsAdmin("/v1/admin/training-runs", TRAIN, isolate);
    };
    await learn("pepperoni");
    await learn("hawaiian");
    expect((await send("/v1/classify", photo(), isolate)).body).toMatchObject({ predictions: { length: 2 } });
    await learn("four_cheese");
    const loaded = await send("/v1/classify?head=2", photo(), isolate);
    expect(loaded.body).toMatchObject({ headVersion: 2, predictions: [{ label: "four_cheese" }, {}, {}] });
    const remembered = await send("/v1/classify?head=2", photo(), isolate);
    expect(remembered.body.predictions).toEqual(loaded.body.predictions);
  });
});
