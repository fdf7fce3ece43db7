import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { GUEST_BURST, WRONG_SECRET_BURST, WRONG_SECRET_SITE_BURST } from "../../src/shared/bursts.ts";
import { DAY_MS } from "../../src/shared/time.ts";
import { createUsageCounter, FLUSH_INTERVAL_MS } from "../../src/store/access/usage-counter.ts";
import { openDatabase } from "../../src/store/database.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { sendFrom } from "../support/guests.ts";
import { makeKey, sendWith, signIn } from "../support/keys.ts";
import { type Answer, json, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

const NOW = 20_000 * DAY_MS + 1_000;

beforeEach(resetDatabase);

/** Asks until the answer is 429, at most this often. */
async function askUntilRefused(ask: () => Promise<Answer>, most: number): Promise<{ asked: number; refusal: Answer }> {
  for (let asked = 1; asked <= most; asked++) {
    const answer = await ask();
    if (answer.status === 429) return { asked, refusal: answer };
  }
  throw new Error(`${most} requests and no 429`);
}

describe("a burst", () => {
  it("of one network ends in 429 with the time to wait, and harms no other network", async () => {
    const ask = () => sendFrom("203.0.113.1", "/v1/menu");
    // The bucket fills while the requests are made, so it may take a few more than fit in it.
    const { asked, refusal } = await askUntilRefused(ask, 20 * GUEST_BURST.requests);
    expect(asked).toBeGreaterThan(GUEST_BURST.requests);
    expect(refusal.body).toMatchObject({ code: "rate_limited", detail: expect.stringContaining("network") });
    expect(Number(refusal.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect((await sendFrom("203.0.113.2", "/v1/menu")).status).toBe(200);
    expect((await sendFrom("203.0.113.1", "/")).status).toBe(200); // a page is a frame without data
  });

  it("of many networks of one IPv6 site is one of the site", async () => {
    const sites: string[] = [];
    const limit = async ({ key }: RateLimitOptions) => ({ success: sites.push(key) < 3 });
    const bindings = { ...env, SITE_BURSTS: { limit } };
    const ask = async (address: string) => (await sendFrom(address, "/v1/menu", {}, bindings)).status;
    const networks = ["2001:db8:1:1::1", "2001:db8:1:2::1", "2001:db8:1:3::1"];
    const statuses = [];
    for (const network of networks) statuses.push(await ask(network));
    expect(statuses).toEqual([200, 200, 429]);
    expect(await ask("203.0.113.15")).toBe(200); // the neighbours of an IPv4 address are strangers
    expect(sites).toEqual(Array(3).fill("2001:db8:1::/48"));
  });

  it("of asking whether the deployment is ready ends like any other", async () => {
    const bindings = { ...env };
    const ask = () => sendFrom("203.0.113.9", "/v1/ready", {}, bindings);
    const { asked } = await askUntilRefused(ask, 20 * GUEST_BURST.requests);
    expect(asked).toBeGreaterThan(GUEST_BURST.requests);
  });

  it("keeps no staff from signing in or out", async () => {
    const full = { limit: async () => ({ success: false }) };
    const bindings = { ...env, GUEST_BURSTS: full };
    const { secret } = await makeKey("review");
    expect((await sendFrom("203.0.113.10", "/v1/menu", {}, bindings)).status).toBe(429);
    const signedIn = await sendFrom("203.0.113.10", "/v1/admin/session", json({ token: secret }), bindings);
    expect(signedIn.status).toBe(204);
    expect((await sendFrom("203.0.113.10", "/v1/admin/session", { method: "DELETE" }, bindings)).status).toBe(204);
  });

  it("of the machine itself, or of an admin, is none", async () => {
    const bindings = { ...env };
    for (let i = 0; i <= GUEST_BURST.requests; i++) {
      expect((await sendFrom("127.0.0.1", "/v1/menu", {}, bindings)).status).toBe(200);
    }
    const { secret } = await makeKey("admin");
    for (let i = 0; i <= 620; i++) expect((await sendWith(secret, "/v1/admin/session", {}, bindings)).status).toBe(200);
  });

  it("is refused where the binding says so, for a period of it", async () => {
    const full = { limit: async () => ({ success: false }) };
    const refusal = await sendFrom("203.0.113.3", "/v1/menu", {}, { ...env, GUEST_BURSTS: full });
    expect(refusal).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect(refusal.headers.get("retry-after")).toBe("10");
  });

  it("is counted by the binding of the local runtime too", async () => {
    const ask = () => env.GUEST_BURSTS.limit({ key: "somebody" });
    const answers = [];
    for (let i = 0; i < 3 * GUEST_BURST.requests; i++) answers.push((await ask()).success);
    expect(answers[0]).toBe(true);
    expect(answers).toContain(false);
  });
});

describe("wrong secrets", () => {
  const wrong = (i: number) => `hs_${"0".repeat(16)}_${String(i).padStart(43, "A")}`;
  const bearing = (secret: string) => ({ headers: { authorization: `Bearer ${secret}` } });

  it("of one network are not looked up any more after a few", async () => {
    const observed = observeD1(env.DB);
    const bindings = { ...env, DB: observed.db, DAILY_QUOTA_GUEST: "0" };
    const guess = (i: number) => sendFrom("203.0.113.4", "/v1/menu", bearing(wrong(i)), bindings);
    for (let i = 0; i < WRONG_SECRET_BURST.requests; i++) expect((await guess(i)).status).toBe(401);
    const { queries } = observed.counts;
    for (let i = 100; i < 200; i++) {
      const refusal = await guess(i);
      expect(refusal).toMatchObject({ status: 429, body: { code: "rate_limited" } });
      expect(Number(refusal.headers.get("retry-after"))).toBeLessThanOrEqual(3);
    }
    const signIn = await sendFrom("203.0.113.4", "/v1/admin/session", json({ token: "x" }), bindings);
    expect(signIn.status).toBe(429);
    expect(observed.counts.queries).toBeLessThanOrEqual(queries + 3); // the keys in use, once in five seconds
  });

  it("of one IPv6 site are counted together too", async () => {
    const bindings = { ...env };
    const guess = (i: number) => sendFrom(`2001:db8:7:${i.toString(16)}::1`, "/v1/menu", bearing(wrong(i)), bindings);
    const statuses = [];
    for (let i = 0; i < 2 * WRONG_SECRET_SITE_BURST.requests; i++) statuses.push((await guess(i)).status);
    expect(statuses.slice(0, WRONG_SECRET_SITE_BURST.requests)).not.toContain(429);
    expect(statuses.at(-1)).toBe(429);
  });

  it("never keep a right one out, whoever guesses beside it", async () => {
    const bindings = { ...env };
    const { secret } = await makeKey("review");
    const { secret: ofAdmin } = await makeKey("admin"); // spends the bootstrap token
    const cookie = await signIn(secret, bindings);
    const from = (init: object, path = "/v1/admin/overview") => sendFrom("203.0.113.11", path, init, bindings);
    let refused = 0;
    for (let i = 0; i < 60; i++) {
      if ((await from(bearing(wrong(i)))).status === 429) refused += 1;
      expect((await from(bearing(secret))).status).toBe(200);
    }
    expect(refused).toBeGreaterThan(20);
    expect((await from(bearing(ofAdmin))).status).toBe(200);
    expect((await from({ headers: { cookie } })).status).toBe(200);
    expect((await from(json({ token: secret }), "/v1/admin/session")).status).toBe(204);
  });

  it("never keep the admin token out", async () => {
    const bindings = { ...env };
    for (let i = 0; i < 40; i++) await sendFrom("203.0.113.12", "/v1/menu", bearing(wrong(i)), bindings);
    const answer = await sendFrom("203.0.113.12", "/v1/admin/overview", bearing(env.ADMIN_TOKEN), bindings);
    expect(answer.status).toBe(200);
  });

  it("that were right once are guesses", async () => {
    const bindings = { ...env };
    const { secret, id } = await makeKey("review");
    await sendAsAdmin(`/v1/admin/keys/${id}`, { method: "DELETE" }, bindings);
    for (let i = 0; i < 40; i++) await sendFrom("203.0.113.13", "/v1/menu", bearing(wrong(i)), bindings);
    expect((await sendFrom("203.0.113.13", "/v1/menu", bearing(secret), bindings)).status).toBe(429);
  });
});

describe("a daily quota", () => {
  it("ends in 429 until midnight UTC, is stored by pseudonym, and does not count what is only read", async () => {
    const bindings = { ...env, DAILY_QUOTA_GUEST: "3" };
    const post = () => sendFrom("203.0.113.5", "/v1/labels", { method: "POST" }, bindings);
    for (let i = 0; i < 5; i++) expect((await sendFrom("203.0.113.5", "/v1/menu", {}, bindings)).status).toBe(200);
    for (let i = 0; i < 3; i++) expect((await post()).status).toBe(400);
    const refusal = await post();
    expect(refusal).toMatchObject({ status: 429, body: { code: "quota_exceeded" } });
    const untilMidnight = (DAY_MS - (Date.now() % DAY_MS)) / 1_000;
    expect(Math.abs(Number(refusal.headers.get("retry-after")) - untilMidnight)).toBeLessThan(5);
    const { results } = await env.DB.prepare("SELECT subject FROM daily_usage").all();
    expect(results).toEqual([{ subject: expect.stringMatching(/^g_[0-9a-f]{20}$/) }]);
    expect((await sendFrom("203.0.113.77", "/v1/labels", { method: "POST" }, bindings)).status).toBe(400);
  });

  it("that is spent keeps no staff from signing in on the same network", async () => {
    const bindings = { ...env, DAILY_QUOTA_GUEST: "1" };
    const { secret } = await makeKey("review");
    const post = () => sendFrom("203.0.113.14", "/v1/labels", { method: "POST" }, bindings);
    expect([(await post()).status, (await post()).status]).toEqual([400, 429]);
    const signedIn = await sendFrom("203.0.113.14", "/v1/admin/session", json({ token: secret }), bindings);
    expect(signedIn.status).toBe(204);
  });

  it("of an IPv6 site is that of ten of its networks", async () => {
    const bindings = { ...env, DAILY_QUOTA_GUEST: "2" };
    const statuses = [];
    for (let i = 0; i < 22; i++) {
      const address = `2001:db8:8:${i.toString(16)}::1`;
      statuses.push((await sendFrom(address, "/v1/labels", { method: "POST" }, bindings)).status);
    }
    expect(statuses).toEqual([...Array(20).fill(400), 429, 429]);
    expect((await sendFrom("2001:db8:9::1", "/v1/labels", { method: "POST" }, bindings)).status).toBe(400);
  });

  it("is a key's own, wherever it asks from", async () => {
    const bindings = { ...env, DAILY_QUOTA_KEY: "2" };
    const { secret, id } = await makeKey("label");
    const post = () => sendWith(secret, "/v1/labels", { method: "POST" }, bindings);
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([400, 400, 429]);
    expect(await env.DB.prepare("SELECT subject FROM daily_usage").first("subject")).toBe(id);
    expect((await sendAsAdmin("/v1/admin/overview", {}, bindings)).status).toBe(200);
  });

  it("is none where it is 0", async () => {
    const bindings = { ...env, DAILY_QUOTA_GUEST: "0" };
    for (let i = 0; i < 5; i++) {
      expect((await sendFrom("203.0.113.6", "/v1/labels", { method: "POST" }, bindings)).status).toBe(400);
    }
    expect(await env.DB.prepare("SELECT count(*) AS n FROM daily_usage").first("n")).toBe(0);
  });

  it("does not keep anybody from an answer when the database fails", async () => {
    const observed = observeD1(env.DB);
    observed.failAt(0, "before");
    const answer = await sendFrom("203.0.113.8", "/v1/labels", { method: "POST" }, { ...env, DB: observed.db });
    expect(answer.status).toBe(400);
  });
});

describe("the counter", () => {
  it("brings any number of subjects in one statement, seldom", async () => {
    const observed = observeD1(env.DB);
    const counter = createUsageCounter();
    for (let i = 0; i < 300; i++) counter.take(`g_${i % 100}`, 1_000, NOW);
    expect(counter.isDue(NOW)).toBe(true);
    await counter.flush(openDatabase(observed.db), NOW);
    expect(observed.counts.queries).toBe(1);
    counter.take("g_1", 1_000, NOW);
    expect(counter.isDue(NOW + FLUSH_INTERVAL_MS - 1)).toBe(false);
    expect(counter.isDue(NOW + FLUSH_INTERVAL_MS)).toBe(true);
    expect(await env.DB.prepare("SELECT sum(requests) AS n FROM daily_usage").first("n")).toBe(300);
  });

  it("learns what other isolates counted", async () => {
    const db = openDatabase(env.DB);
    const [one, other] = [createUsageCounter(), createUsageCounter()];
    for (let i = 0; i < 6; i++) one.take("k_a", 10, NOW);
    for (let i = 0; i < 3; i++) other.take("k_a", 10, NOW);
    await one.flush(db, NOW);
    await other.flush(db, NOW);
    expect([1, 2].map(() => other.take("k_a", 10, NOW))).toEqual([true, false]); // 6 + 3 + 1 = 10
    expect(one.take("k_a", 10, NOW)).toBe(true); // it has not heard of the other's yet
  });

  it("keeps what the database did not accept, and does not count it twice", async () => {
    const observed = observeD1(env.DB);
    const counter = createUsageCounter();
    for (let i = 0; i < 4; i++) counter.take("k_a", 5, NOW);
    observed.failAt(0, "before");
    await expect(counter.flush(openDatabase(observed.db), NOW)).rejects.toThrow();
    expect([1, 2].map(() => counter.take("k_a", 5, NOW))).toEqual([true, false]);
    await counter.flush(openDatabase(observed.db), NOW);
    expect(await env.DB.prepare("SELECT requests FROM daily_usage").first("requests")).toBe(5);
  });

  it("goes on when the clock was set back", async () => {
    const counter = createUsageCounter();
    counter.take("k_a", 9, NOW);
    await counter.flush(openDatabase(env.DB), NOW);
    counter.take("k_a", 9, NOW - 500);
    expect(counter.isDue(NOW - 500)).toBe(false);
    expect(counter.isDue(NOW - 2 * FLUSH_INTERVAL_MS)).toBe(true);
  });

  it("holds so many subjects and no more, however many come while the database takes nothing", async () => {
    const counter = createUsageCounter();
    const observed = observeD1(env.DB);
    for (let batch = 0; batch < 10; batch++) {
      for (let i = 0; i < 5_000; i++) counter.take(`g_${batch}_${i}`, 1, NOW);
      observed.failAt(0, "before");
      await expect(counter.flush(openDatabase(observed.db), NOW)).rejects.toThrow();
    }
    await counter.flush(openDatabase(env.DB), NOW);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM daily_usage").first("n")).toBe(20_000);
    expect(counter.take("g_0_0", 1, NOW)).toBe(false);
  });

  it("starts again at midnight", async () => {
    const counter = createUsageCounter();
    expect([1, 2].map(() => counter.take("k_a", 1, NOW))).toEqual([true, false]);
    expect(counter.take("k_a", 1, NOW + DAY_MS)).toBe(true);
  });
});
