import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { hashSecret } from "../../src/shared/api-secret.ts";
import { createKeyCache, KEY_CACHE_TTL_MS } from "../../src/store/access/key-cache.ts";
import { openDatabase } from "../../src/store/database.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { askAboutSmallMenu, correct, teachItem } from "../support/guests.ts";
import { makeKey, sendWith, signIn } from "../support/keys.ts";
import { makePhoto } from "../support/photos.ts";
import { json, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const KEYS = "/v1/admin/keys";
const OVERVIEW = "/v1/admin/overview";

/** A deployment of its own as far as its admin token goes, so that spending it harms no other test. */
function withToken(token: string): Env {
  return { ...env, ADMIN_TOKEN: token.padEnd(32, ".") };
}

async function readAudit(action: string) {
  const sql = "SELECT actor, detail FROM audit_log WHERE action = ? ORDER BY id";
  return (await env.DB.prepare(sql).bind(action).all()).results;
}

beforeEach(resetDatabase);

describe("an API key", () => {
  it("is shown once and stored as a hash", async () => {
    const made = await sendAsAdmin(KEYS, json({ name: " the till ", role: "classify", expiresInDays: 30 }));
    expect(made.status).toBe(201);
    expect(made.headers.get("cache-control")).toBe("no-store");
    const { secret, ...shown } = made.body;
    expect(secret).toMatch(/^hs_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/);
    expect(shown).toMatchObject({ name: "the till", role: "classify", lastUsedAt: null, revokedAt: null });
    expect(Date.parse(String(shown.expiresAt)) - Date.parse(String(shown.createdAt))).toBe(30 * 86_400_000);
    expect((await sendAsAdmin(KEYS)).body).toEqual({ keys: [shown] });
    const stored = JSON.stringify((await env.DB.prepare("SELECT * FROM api_keys").all()).results);
    expect(stored).not.toContain(String(secret).slice(-43));
    expect(await readAudit("keys.make")).toEqual([
      { actor: "admin", detail: JSON.stringify({ key: shown.id, role: "classify", spentBootstrap: false }) },
    ]);
  });

  it.each([
    [{ role: "classify" }, /name: /],
    [{ name: " ", role: "classify" }, /name: is empty/],
    [{ name: "x", role: "guest" }, /role: /],
    [{ name: "x", role: "owner" }, /role: /],
    [{ name: "x", role: "admin", expiresInDays: 0 }, /expiresInDays: /],
    [{ name: "x", role: "admin", expiresInDays: 1.5 }, /expiresInDays: /],
    [{ name: "x", role: "admin", secret: "mine" }, /secret/],
  ])("is not made of %j", async (body, fault) => {
    const answer = await sendAsAdmin(KEYS, json(body));
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringMatching(fault) } });
    expect((await sendAsAdmin(KEYS)).body).toEqual({ keys: [] });
  });

  it("says what it is, and needs no more than its role", async () => {
    const key = await makeKey("label");
    expect((await sendWith(key.secret, "/v1/admin/session")).body).toEqual({ role: "label", actor: key.id });
    expect((await sendWith(key.secret, "/v1/admin/classes")).status).toBe(200);
    const refused = await sendWith(key.secret, OVERVIEW);
    expect(refused).toMatchObject({
      status: 403,
      body: { code: "forbidden", detail: expect.stringMatching(/review.*label/) },
    });
  });

  it("opens the kitchen from the role label on", async () => {
    expect(await signIn((await makeKey("label")).secret)).not.toBe(null);
    const { secret } = await makeKey("classify");
    const refused = await send("/v1/admin/session", json({ token: secret }));
    expect(refused).toMatchObject({ status: 403, body: { detail: expect.stringMatching(/role label.*has classify/) } });
  });

  it("gets a new secret by rotation, which makes the old one and its sessions worth nothing", async () => {
    const key = await makeKey("review");
    const cookie = (await signIn(key.secret)) ?? "";
    expect((await send(OVERVIEW, { headers: { cookie } })).status).toBe(200);
    const rotated = await sendAsAdmin(`${KEYS}/${key.id}/rotate`, { method: "POST" });
    expect(rotated).toMatchObject({ status: 200, body: { id: key.id, role: "review", expiresAt: null } });
    expect((await sendWith(key.secret, OVERVIEW)).status).toBe(401);
    expect((await send(OVERVIEW, { headers: { cookie } })).status).toBe(401);
    expect((await sendWith(String(rotated.body.secret), OVERVIEW)).status).toBe(200);
    expect(await readAudit("keys.rotate")).toEqual([{ actor: "admin", detail: JSON.stringify({ key: key.id }) }]);
  });

  it("is revoked for good, with its sessions, and stays in the list", async () => {
    const key = await makeKey("review");
    const cookie = (await signIn(key.secret)) ?? "";
    expect((await sendAsAdmin(`${KEYS}/${key.id}`, { method: "DELETE" })).status).toBe(204);
    expect((await sendWith(key.secret, OVERVIEW)).status).toBe(401);
    expect((await send(OVERVIEW, { headers: { cookie } })).status).toBe(401);
    expect(await signIn(key.secret)).toBeNull();
    expect((await sendAsAdmin(KEYS)).body.keys).toMatchObject([{ id: key.id, revokedAt: expect.any(String) }]);
    expect((await sendAsAdmin(`${KEYS}/${key.id}`, { method: "DELETE" })).status).toBe(204);
    expect(await readAudit("keys.revoke")).toHaveLength(1);
    const rotated = await sendAsAdmin(`${KEYS}/${key.id}/rotate`, { method: "POST" });
    expect(rotated).toMatchObject({ status: 409, body: { code: "key_ended" } });
    expect(await readAudit("keys.rotate")).toEqual([]);
  });

  it("ends when its time is over, and continues with a new end", async () => {
    const key = await makeKey("review", Date.now() - 1);
    expect((await sendWith(key.secret, OVERVIEW)).status).toBe(401);
    expect(await sendAsAdmin(`${KEYS}/${key.id}/rotate`, { method: "POST" })).toMatchObject({ status: 409 });
    const rotated = await sendAsAdmin(`${KEYS}/${key.id}/rotate`, json({ expiresInDays: 1 }));
    expect((await sendWith(String(rotated.body.secret), OVERVIEW)).status).toBe(200);
  });

  it("that does not exist cannot be changed", async () => {
    expect((await sendAsAdmin(`${KEYS}/k_0/rotate`, { method: "POST" })).status).toBe(404);
    expect((await sendAsAdmin(`${KEYS}/k_0`, { method: "DELETE" })).status).toBe(404);
  });
});

describe("the cache of keys", () => {
  it("finds out in time about a revocation that nobody told it of", async () => {
    const db = openDatabase(env.DB);
    const { secret, id } = await makeKey("review");
    const hash = await hashSecret(secret);
    const cache = createKeyCache();
    expect(await cache.readKey(db, hash, 0)).toMatchObject({ id });
    await env.DB.prepare("UPDATE api_keys SET revoked_at = 1").run();
    expect(await cache.readKey(db, hash, KEY_CACHE_TTL_MS - 1)).toMatchObject({ id });
    expect(await cache.readKey(db, hash, KEY_CACHE_TTL_MS)).toBeNull();
  });

  it("asks the database once for the same secret, right or wrong", async () => {
    const observed = observeD1(env.DB);
    const cache = createKeyCache();
    for (const now of [0, 1, 2]) await cache.readKey(openDatabase(observed.db), "0".repeat(64), now);
    expect(observed.counts.queries).toBe(1);
  });
});

describe("the use of a key", () => {
  it("is written down once an hour, beside the answer and not for it", async () => {
    const key = await makeKey("review");
    const observed = observeD1(env.DB);
    const bindings = { ...env, DB: observed.db };
    expect((await sendWith(key.secret, "/v1/admin/session", {}, bindings)).status).toBe(200);
    expect(observed.counts.rowsWritten).toBe(1);
    expect((await sendWith(key.secret, "/v1/admin/session", {}, bindings)).status).toBe(200);
    expect(observed.counts).toMatchObject({ queries: 2, rowsWritten: 1 }); // the key, and its use
    const { keys } = (await sendAsAdmin(KEYS)).body;
    expect(keys).toMatchObject([{ id: key.id, lastUsedAt: expect.any(String) }]);
  });

  it("that cannot be written down harms nobody", async () => {
    const key = await makeKey("review");
    const observed = observeD1(env.DB);
    observed.failAt(1, "before");
    expect((await sendWith(key.secret, "/v1/admin/session", {}, { ...env, DB: observed.db })).status).toBe(200);
  });

  it("costs a classification no row", async () => {
    await askAboutSmallMenu();
    const key = await makeKey("classify");
    const observed = observeD1(env.DB);
    const bindings = { ...env, DB: observed.db, PUBLIC_CLASSIFY: "false" };
    const classify = () => sendWith(key.secret, "/v1/classify", rawPhoto(makePhoto("pepperoni", 300, 128)), bindings);
    expect((await classify()).status).toBe(200);
    const warm = { ...observed.counts };
    expect((await classify()).status).toBe(200);
    expect(observed.counts).toEqual(warm);
  });
});

describe("the admin token", () => {
  it("is spent by the first admin key that it makes, and a new value takes its place", async () => {
    const bindings = withToken("spent-by-its-first-admin-key");
    const cookie = (await signIn(bindings.ADMIN_TOKEN, bindings)) ?? "";
    await sendAsAdmin(KEYS, json({ name: "a till", role: "classify" }), bindings);
    expect((await sendAsAdmin(OVERVIEW, {}, bindings)).status).toBe(200);
    const made = await sendAsAdmin(KEYS, json({ name: "the owner", role: "admin" }), bindings);
    expect(made.status).toBe(201);
    const refused = await sendAsAdmin(OVERVIEW, {}, bindings);
    expect(refused).toMatchObject({
      status: 401,
      body: { detail: expect.stringMatching(/no longer works.*set ADMIN_TOKEN to a new value/s) },
    });
    expect((await send(OVERVIEW, { headers: { cookie } }, bindings)).status).toBe(401);
    expect(await signIn(bindings.ADMIN_TOKEN, bindings)).toBeNull();
    expect((await sendWith(String(made.body.secret), OVERVIEW, {}, bindings)).status).toBe(200);
    const renewed = withToken("a-new-value-of-the-token");
    expect((await sendAsAdmin(OVERVIEW, {}, renewed)).status).toBe(200);
    expect((await sendAsAdmin(OVERVIEW, {}, bindings)).status).toBe(401);
  });

  it("makes one admin key when two are asked for at the same moment", async () => {
    const bindings = withToken("asked-twice-at-once");
    await sendAsAdmin(OVERVIEW, {}, bindings);
    const ask = (name: string) => sendAsAdmin(KEYS, json({ name, role: "admin" }), bindings);
    const answers = await Promise.all([ask("one"), ask("two")]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 401]);
    const { results } = await env.DB.prepare("SELECT id FROM api_keys").all();
    expect(results).toHaveLength(1);
  });
});

describe("the last admin key", () => {
  it("is not revoked once the admin token is spent, unless another one lasts", async () => {
    const bindings = withToken("the-last-admin-key");
    const made = await sendAsAdmin(KEYS, json({ name: "the owner", role: "admin" }), bindings);
    const { id, secret } = made.body;
    await makeKey("review");
    await makeKey("admin", Date.now() - 1);
    const revoke = () => sendWith(String(secret), `${KEYS}/${id}`, { method: "DELETE" }, bindings);
    expect(await revoke()).toMatchObject({ status: 409, body: { code: "last_admin_key" } });
    expect(await readAudit("keys.revoke")).toEqual([]);
    expect((await sendWith(String(secret), OVERVIEW, {}, bindings)).status).toBe(200);
    await makeKey("admin");
    expect((await revoke()).status).toBe(204);
  });

  it("may go while the admin token works", async () => {
    const { id, secret } = await makeKey("admin");
    expect((await sendWith(secret, `${KEYS}/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await sendAsAdmin(OVERVIEW)).status).toBe(200);
  });
});

describe("what is done with a key", () => {
  it("has the key's id in the audit log and on its labels", async () => {
    const { right } = await askAboutSmallMenu();
    await correct("192.0.2.1", right[0], "hawaiian");
    const reviewer = await makeKey("review");
    const [{ sample_id: photo }] = (await env.DB.prepare("SELECT sample_id FROM reviews").all()).results;
    const decision = { photo, label: "hawaiian", decision: "accept" };
    const decided = await sendWith(reviewer.secret, "/v1/admin/reviews", json({ decisions: [decision] }));
    expect(decided.body).toMatchObject({ done: 1 });
    expect(await readAudit("reviews.decide")).toMatchObject([{ actor: reviewer.id }]);

    const labeller = await makeKey("label");
    const labelled = await sendWith(
      labeller.secret,
      "/v1/labels",
      json({ receipt: right[1].receipt, label: "pepperoni" }),
    );
    expect(labelled).toMatchObject({ status: 201, body: { status: "counted", contributor: labeller.id } });
    const photos = rawPhoto(makePhoto("margherita", 77, 128));
    const added = await sendWith(labeller.secret, "/v1/admin/classes/margherita/examples", photos);
    expect(added).toMatchObject({ status: 201, body: { stored: 1 } });
    const detail = (id: string) => JSON.stringify({ class: id, photos: 1, source: "admin" });
    expect((await readAudit("examples.label")).filter(({ actor }) => actor !== "admin")).toEqual([
      { actor: labeller.id, detail: detail("pepperoni") },
      { actor: labeller.id, detail: detail("margherita") },
    ]);
    const forgotten = await sendAsAdmin(`/v1/admin/contributors/${labeller.id}`, { method: "DELETE" });
    expect(forgotten.body).toMatchObject({ forgotten: { examples: 2 } });
  });

  it("waits for review when it is a correction by a key that may only classify", async () => {
    await teachItem("pepperoni", 2);
    await teachItem("hawaiian", 2);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    const key = await makeKey("classify");
    const answer = await sendWith(key.secret, "/v1/classify", rawPhoto(makePhoto("pepperoni", 9, 128)));
    const correction = json({ receipt: answer.body.receipt, label: "hawaiian" });
    const sent = await sendWith(key.secret, "/v1/labels", correction);
    expect(sent).toMatchObject({ status: 201, body: { status: "pending", contributor: key.id } });
    const shut = { ...env, PUBLIC_CORRECTIONS: "false" };
    expect(await sendWith(key.secret, "/v1/labels", correction, shut)).toMatchObject({ status: 403 });
  });
});
