/** What the operator sees: readiness, and one log line per request that carries no secret and nobody's data. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { getServices } from "../../src/services.ts";
import { findMissingMigrations, openDatabase } from "../../src/store/database.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { teachItem } from "../support/guests.ts";
import { makePhoto } from "../support/photos.ts";
import { rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

beforeEach(resetDatabase);
afterEach(() => {
  vi.restoreAllMocks();
});

describe("readiness", () => {
  it("is given without a head, says so, and says when there is one", async () => {
    expect(await send("/v1/ready", {}, { ...env })).toMatchObject({
      status: 200,
      body: { status: "ready", checks: { database: "ok", backbone: "ok", head: expect.stringContaining("none yet") } },
    });
    for (const id of ["pepperoni", "hawaiian"]) await teachItem(id, 6);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    const { body, headers } = await send("/v1/ready", {}, { ...env });
    expect(body.checks).toEqual({ database: "ok", backbone: "ok", head: "ok" });
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("is refused with what is missing when the database does not answer", async () => {
    const observed = observeD1(env.DB);
    observed.failAt(0, "before");
    const answer = await send("/v1/ready", {}, { ...env, DB: observed.db });
    expect(answer).toMatchObject({
      status: 503,
      body: { code: "storage_unavailable", detail: expect.stringContaining("does not answer") },
    });
    expect(answer.headers.get("retry-after")).toBe("5");
  });
});

describe("readiness of a database that is not up to date", () => {
  const names = env.MIGRATIONS.map(({ name }) => name);
  const read = () => send("/v1/ready", {}, { ...env });
  afterEach(async () => {
    await env.DB.batch([
      env.DB.prepare("CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"),
      ...names.map((name) => env.DB.prepare("INSERT OR IGNORE INTO d1_migrations (name) VALUES (?)").bind(name)),
    ]);
  });

  it("knows every migration of the checkout: if this fails, run `npm run build`", () => {
    expect(getServices({ ...env }).migrations).toEqual(names);
  });

  it.each([names[0], names.at(-1)])("is refused without %s, and says how to apply it", async (name) => {
    await env.DB.prepare("DELETE FROM d1_migrations WHERE name = ?").bind(name).run();
    const answer = await read();
    expect(answer).toMatchObject({
      status: 503,
      body: { code: "storage_unavailable", detail: expect.stringContaining(`The database lacks ${name}: run `) },
    });
    expect(answer.body.detail).toContain("npx wrangler d1 migrations apply DB --remote");
  });

  it("is refused with all their names where none was applied", async () => {
    await env.DB.prepare("DROP TABLE d1_migrations").run();
    expect(await read()).toMatchObject({
      status: 503,
      body: { detail: expect.stringContaining(`The database lacks ${names.join(", ")}: run `) },
    });
  });

  it("is given where the database is ahead of the code, for one query", async () => {
    await env.DB.prepare("INSERT INTO d1_migrations (name) VALUES ('9999_later.sql')").run();
    expect((await read()).status).toBe(200);
    const observed = observeD1(env.DB);
    await findMissingMigrations(openDatabase(observed.db), names);
    expect(observed.counts).toEqual({ queries: 1, rowsRead: names.length + 1, rowsWritten: 0 });
    await env.DB.prepare("DELETE FROM d1_migrations WHERE name = '9999_later.sql'").run();
  });
});

describe("the log", () => {
  it("has one line per request with the route's pattern, and neither token, query, address nor path", async () => {
    const log = vi.spyOn(console, "log").mockReturnValue();
    const headers = { "cf-connecting-ip": "203.0.113.99" };
    await sendAsAdmin("/v1/admin/examples?contributor=g_marker", { headers });
    await send("/v1/classify?top_k=3", { ...rawPhoto(makePhoto("pepperoni", 1, 128)), headers });
    await send("/nowhere/marker", { headers });
    const text = log.mock.calls.map(([line]) => String(line));
    const lines = text.map((line) => JSON.parse(line)).filter(({ event }) => event === "request");
    expect(lines).toMatchObject([
      { method: "GET", route: "/v1/admin/examples", status: 200, role: "admin", actor: "admin", problem: null },
      { method: "POST", route: "/v1/classify", status: 409, role: "guest", actor: "guest", problem: "no_head" },
      { method: "GET", route: null, status: 404, problem: "not_found" },
    ]);
    for (const { requestId, ms } of lines) {
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
      expect(ms).toBeGreaterThanOrEqual(0);
    }
    for (const secret of [env.ADMIN_TOKEN, "marker", "203.0.113.99", "top_k"])
      expect(text.join()).not.toContain(secret);
  });
});
