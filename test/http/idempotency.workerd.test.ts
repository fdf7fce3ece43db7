import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { observeD1 } from "../support/failing-d1.ts";
import { makeKey } from "../support/keys.ts";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

type Init = RequestInit<IncomingRequestCfProperties>;

function keyed(init: Init, key = "k1"): Init {
  const headers = new Headers(init.headers);
  headers.set("idempotency-key", key);
  return { ...init, headers };
}

const addClass = (name: string, key?: string) => sendAsAdmin("/v1/admin/classes", keyed(json({ name }), key));
const countItems = () => countRows("classes WHERE id <> ':none'");
const countRows = (table: string) => env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first("n");

describe("a write with an Idempotency-Key", () => {
  beforeEach(resetDatabase);

  it("is done once, and answered again as it was", async () => {
    const first = await addClass("Pepperoni");
    const again = await addClass("Pepperoni");
    expect([first.status, first.headers.get("idempotency-replayed")]).toEqual([201, null]);
    expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([201, "true"]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("content-type")).toBe(first.headers.get("content-type"));
    expect(again.headers.get("x-request-id")).toMatch(/./);
    expect(again.headers.get("x-request-id")).not.toBe(first.headers.get("x-request-id"));
    expect((await addClass("Pepperoni", "k2")).status).toBe(409); // a new key is a new request
    const refusal = await addClass("Pepperoni", "k2");
    expect([refusal.body.code, refusal.headers.get("idempotency-replayed")]).toEqual(["class_exists", "true"]);
    expect(await countItems()).toBe(1);
  });

  it("is refused with another body or another path", async () => {
    await addClass("Pepperoni");
    expect(await addClass("Hawaiian")).toMatchObject({ status: 422, body: { code: "idempotency_mismatch" } });
    const elsewhere = await sendAsAdmin("/v1/admin/training-runs", keyed({ method: "POST" }));
    expect(elsewhere).toMatchObject({ status: 422, body: { code: "idempotency_mismatch" } });
    expect(await countItems()).toBe(1);
  });

  it("may carry a photo, or nothing", async () => {
    await addClass("Pepperoni");
    const photo = () => keyed(rawPhoto(makePhoto("pepperoni", 1)), "photo");
    const path = "/v1/admin/classes/pepperoni/examples";
    const [first, again] = [await sendAsAdmin(path, photo()), await sendAsAdmin(path, photo())];
    expect([first.status, again.status, again.headers.get("idempotency-replayed")]).toEqual([201, 201, "true"]);
    expect(again.body).toEqual(first.body);
    const other = await sendAsAdmin(path, keyed(rawPhoto(makePhoto("pepperoni", 2)), "photo"));
    expect(other.status).toBe(422);
    const run = () => sendAsAdmin("/v1/admin/training-runs", keyed({ method: "POST" }, "run"));
    expect((await run()).headers.get("idempotency-replayed")).toBeNull();
    expect((await run()).headers.get("idempotency-replayed")).toBe("true");
    expect(await countRows("training_runs")).toBe(1);
  });

  it("is done once when it comes twice at the same moment", async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => addClass("Pepperoni")));
    for (const { status, headers, body } of answers.filter(({ status }) => status !== 201)) {
      expect([status, body.code, headers.get("retry-after")]).toEqual([409, "idempotency_in_progress", "1"]);
    }
    const done = answers.filter((one) => one.status === 201 && !one.headers.has("idempotency-replayed"));
    expect(done).toHaveLength(1);
    expect(await countItems()).toBe(1);
  });

  it("can be done again a minute after a crash, and a day after its answer", async () => {
    await addClass("Pepperoni");
    const set = (sql: string, at: number) => env.DB.prepare(`UPDATE repeatable_answers SET ${sql}`).bind(at).run();
    await set("request_hash = NULL, status = NULL, body = NULL, claimed_at = ?", Date.now() - 55_000);
    expect((await addClass("Pepperoni")).body.code).toBe("idempotency_in_progress");
    await set("claimed_at = ?", Date.now() - 60_001);
    expect((await addClass("Pepperoni")).body.code).toBe("class_exists"); // done again
    await set("claimed_at = ?", Date.now() - 86_400_001);
    expect((await addClass("Hawaiian")).status).toBe(201);
  });

  it("belongs to its caller", async () => {
    const suggest = (text: string, address: string) => {
      const init = keyed(json({ text }));
      const headers = new Headers(init.headers);
      headers.set("cf-connecting-ip", address);
      return send("/v1/suggestions", { ...init, headers });
    };
    expect((await suggest("Diavola", "192.0.2.1")).status).toBe(202);
    const other = await suggest("Calzone", "198.51.100.7");
    expect([other.status, other.headers.get("idempotency-replayed")]).toEqual([202, null]);
    expect((await suggest("Calzone", "192.0.2.1")).status).toBe(422);
    const again = await suggest("Diavola", "192.0.2.1");
    expect([again.body, again.headers.get("idempotency-replayed")]).toEqual([{ stored: true }, "true"]);
  });

  it("is not answered from the store where trouble passes, nor where the body was not read", async () => {
    const failing = observeD1(env.DB);
    failing.failAt(1, "before"); // the claim is the first call
    const broken = await sendAsAdmin("/v1/admin/classes", keyed(json({ name: "A" })), { ...env, DB: failing.db });
    expect(broken.status).toBe(503);
    expect((await addClass("A")).status).toBe(201);
    const tooLarge = () => sendAsAdmin("/v1/admin/classes", keyed(json({ name: "x".repeat(200_000) }), "large"));
    for (const answer of [await tooLarge(), await tooLarge()]) {
      expect([answer.status, answer.headers.get("idempotency-replayed")]).toEqual([413, null]);
    }
  });

  it("leaves no answer that names a contributor who was forgotten", async () => {
    await addClass("Pepperoni");
    const sent = await send(
      "/v1/labels",
      keyed(multipart({ "a.png": makePhoto("pepperoni", 1) }, { label: "pepperoni" }), "photo"),
    );
    expect(sent.body).toMatchObject({ stored: true, contributor: expect.stringMatching(/^.{8}/) });
    await sendAsAdmin(`/v1/admin/contributors/${sent.body.contributor}`, { method: "DELETE" });
    const left = await env.DB.prepare("SELECT body FROM repeatable_answers").all<{ body: string }>();
    expect(left.results.map(({ body }) => JSON.parse(body).name)).toEqual(["Pepperoni"]);
  });

  it("is answered again after somebody was forgotten whose name is part of the answer", async () => {
    const first = await addClass("Margherita");
    await sendAsAdmin("/v1/admin/contributors/a", { method: "DELETE" });
    await sendAsAdmin("/v1/admin/contributors/margherita", { method: "DELETE" });
    const again = await addClass("Margherita");
    expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([201, "true"]);
    expect(again.body).toEqual(first.body);
  });

  it("is refused where the answer carries a secret, and stores none", async () => {
    const made = await sendAsAdmin("/v1/admin/keys", keyed(json({ name: "till", role: "label" })));
    expect(made).toMatchObject({ status: 400, body: { code: "bad_request" } });
    const { id } = await makeKey("label");
    const rotated = await sendAsAdmin(`/v1/admin/keys/${id}/rotate`, keyed({ method: "POST" }));
    expect(rotated).toMatchObject({ status: 400, body: { code: "bad_request" } });
    expect([await countRows("repeatable_answers"), await countRows("api_keys")]).toEqual([0, 1]);
  });

  it("needs a key that can be one, and costs nothing without", async () => {
    expect((await addClass("A", "with space")).status).toBe(400);
    const observed = observeD1(env.DB);
    await sendAsAdmin("/v1/admin/classes", json({ name: "A" }), { ...env, DB: observed.db });
    expect(observed.calls.flat().filter(({ sql }) => sql.includes("repeatable_answers"))).toEqual([]);
  });
});
