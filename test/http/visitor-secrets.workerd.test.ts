/** What shows that guests are people and who staff are: Turnstile's secret and tokens, assertions of Access. Nothing may repeat them. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AccessTeam, startAccessTeam } from "../support/access-team.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { type FakeSiteverify, fakeSiteverify, SECRET } from "../support/fake-siteverify.ts";
import { sendFrom } from "../support/guests.ts";
import { watchLogs } from "../support/watch-logs.ts";
import { type Answer, json, resetDatabase, send } from "../support/worker-client.ts";

type Init = RequestInit<IncomingRequestCfProperties>;

const ANOTHER_SECRET = "0x4AAAAAAA-marker-of-another-widget";
const ADMINS = { ACCESS_ROLE: "admin" };
const HALF_SET_UP = { ACCESS_AUD: "" };
const WRONG_TOKEN = "marker-of-a-token-that-was-never-given";

let logged: readonly string[] = [];
let answers: Answer[] = [];
let markers: string[] = [];

beforeEach(async () => {
  await resetDatabase();
  logged = watchLogs();
  answers = [];
  markers = [];
});
afterEach(() => vi.restoreAllMocks());

/** Sends, and keeps the answer. */
async function keep(sending: Promise<Answer>): Promise<Answer> {
  const answer = await sending;
  answers.push(answer);
  return answer;
}

async function everythingSeen(): Promise<string> {
  const { results: tables } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
  ).all<{ name: string }>();
  const rows = await Promise.all(tables.map(({ name }) => env.DB.prepare(`SELECT * FROM ${name}`).all()));
  return JSON.stringify([
    logged,
    answers.map(({ body, headers }) => [body, [...headers]]),
    rows.map(({ results }) => results),
  ]);
}

async function expectNoMarker(): Promise<void> {
  const seen = await everythingSeen();
  for (const marker of markers) expect(seen).not.toContain(marker);
}

/** A database whose call of that number fails. */
function failingAt(call: number): D1Database {
  const failing = observeD1(env.DB);
  failing.failAt(call, "before");
  return failing.db;
}

describe("Turnstile's secret and the tokens of guests", () => {
  let cloudflare: FakeSiteverify;
  beforeEach(() => {
    cloudflare = fakeSiteverify(50);
    markers.push(SECRET, WRONG_TOKEN, ANOTHER_SECRET);
  });

  function suggest(token: string, extra: Record<string, string> = {}, at = cloudflare.bindings): Promise<Answer> {
    const { headers, ...init } = json({ text: "Calzone" });
    const sent = { ...init, headers: { ...headers, "cf-turnstile-response": token, ...extra } };
    return keep(sendFrom("192.0.2.1", "/v1/suggestions", sent, at));
  }

  it("are in no page, answer, log or row, whether Cloudflare takes them, refuses them, or breaks down", async () => {
    const good = cloudflare.giveToken();
    markers.push(good);
    expect((await suggest(good, { "idempotency-key": "once" })).status).toBe(202);
    expect((await suggest(good)).status).toBe(403);
    expect((await suggest(WRONG_TOKEN)).status).toBe(403);
    cloudflare.breakDown(() => Promise.reject(new Error(`cannot send ${SECRET} and ${WRONG_TOKEN}`)));
    expect((await suggest(WRONG_TOKEN)).status).toBe(503);
    cloudflare.breakDown(async () => Response.json({ success: false, "error-codes": [SECRET, WRONG_TOKEN] }));
    expect((await suggest(WRONG_TOKEN)).status).toBe(403);
    for (const path of ["/", "/admin", "/v1/menu", "/v1/ready", "/openapi.json"]) {
      await keep(send(path, {}, cloudflare.bindings));
    }
    const form = { method: "POST", body: new URLSearchParams({ text: "x", "cf-turnstile-response": WRONG_TOKEN }) };
    const posted = { ...form, headers: { "sec-fetch-site": "same-origin" } };
    expect((await keep(sendFrom("192.0.2.1", "/suggest", posted, cloudflare.bindings))).status).toBe(403);
    expect(logged.join()).toContain("human_check_broken");
    await expectNoMarker();
  });

  it("are not told by settings that cannot be used, nor by a database that fails", async () => {
    const wrongWidget = fakeSiteverify(50, { TURNSTILE_SECRET: ANOTHER_SECRET });
    expect((await suggest(WRONG_TOKEN, {}, wrongWidget.bindings)).body.code).toBe("misconfigured");
    for (const vars of [{ TURNSTILE_SECRET: `${ANOTHER_SECRET} with a space` }, { TURNSTILE_SITE_KEY: "" }]) {
      const answer = await suggest(
        WRONG_TOKEN,
        {},
        { ...cloudflare.bindings, TURNSTILE_SECRET: ANOTHER_SECRET, ...vars },
      );
      expect(answer).toMatchObject({ status: 500, body: { code: "misconfigured" } });
    }
    for (const call of [0, 1, 2]) {
      const failing = fakeSiteverify(50, { DB: failingAt(call) });
      const token = failing.giveToken();
      markers.push(token);
      await suggest(token, { "idempotency-key": `failing ${call}`.replace(" ", "-") }, failing.bindings);
    }
    expect(answers.map(({ status }) => status)).toContain(503);
    expect(logged.join()).toMatch(/ConfigError.*D1_ERROR/s);
    await expectNoMarker();
  });
});

describe("an assertion of Access", () => {
  let team: AccessTeam;
  let admins: Env;
  beforeEach(async () => {
    team = await startAccessTeam();
    admins = { ...env, ...team.vars, ...ADMINS };
  });

  function ask(assertion: string, path: string, init: Init = {}, at = admins): Promise<Answer> {
    const headers = { ...init.headers, "cf-access-jwt-assertion": assertion, origin: "https://headstart.test" };
    return keep(send(path, { ...init, headers }, at));
  }

  /** The whole of it, and the two parts that say who and prove it. */
  function plant(assertion: string): string {
    const [, payload = "", signature = ""] = assertion.split(".");
    markers.push(assertion, payload, signature);
    return assertion;
  }

  it("is in no answer, log or row, good or bad, though its person is named in the audit log", async () => {
    const good = plant(await team.sign());
    const bad = [
      await team.sign({ isForged: true }),
      await team.sign({ expires: 1 }),
      await team.sign({ payload: {} }),
    ];
    for (const assertion of [good, ...bad.map(plant)]) {
      for (const path of [
        "/v1/admin/overview",
        "/v1/admin/drift",
        "/v1/admin/metrics",
        "/v1/admin/session",
        "/v1/admin/export",
        "/v1/menu",
        "/nowhere",
        "/admin",
      ]) {
        await ask(assertion, path);
      }
      await ask(assertion, "/v1/admin/keys", json({ name: "till", role: "classify" }));
      const write = json({ name: "Four Cheese", id: "four_cheese" });
      await ask(assertion, "/v1/admin/classes", { ...write, headers: { ...write.headers, "idempotency-key": "once" } });
      await ask(assertion, "/v1/admin/session", json({ token: assertion }));
      await ask(assertion, "/v1/labels", json({ receipt: assertion, label: assertion.slice(-60) }));
      answers.push(await send("/v1/menu", { headers: { authorization: `Bearer ${assertion}` } }, admins));
    }
    for (const call of [0, 1, 2]) {
      await ask(good, "/v1/admin/classes", json({ name: "Margherita" }), { ...admins, DB: failingAt(call) });
    }
    await ask(good, "/v1/menu", {}, { ...admins, ...HALF_SET_UP });
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toEqual(expect.arrayContaining([200, 201, 401, 500, 503]));
    expect((await ask(good, "/v1/admin/audit-log")).body.entries).toEqual(
      expect.arrayContaining([expect.objectContaining({ action: "keys.make", actor: "access:mia@example.com" })]),
    );
    expect(logged.join()).toContain("access_refused");
    await expectNoMarker();
  });

  it("is not told when the team's keys cannot be had", async () => {
    const assertion = plant(await team.sign());
    const elsewhere = { ...admins, ACCESS_TEAM_DOMAIN: "another.cloudflareaccess.test" };
    vi.mocked(fetch).mockRejectedValue(new Error(`no way to send ${assertion}`));
    expect((await ask(assertion, "/v1/admin/overview", {}, elsewhere)).status).toBe(401);
    await expectNoMarker();
  });

  it("would be found by this test", async () => {
    const assertion = plant(await team.sign());
    await env.DB.prepare("INSERT INTO suggestions (id, text, created_at, contributor) VALUES ('s', ?, 0, 'g')")
      .bind(assertion)
      .run();
    await expect(expectNoMarker()).rejects.toThrow();
  });
});
