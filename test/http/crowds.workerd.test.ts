/** Many at once: thousands of corrections that wait, 64 large photos in the same moment, and guests whom a widget lets in. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { MAX_DECISIONS, MAX_PENDING_REVIEWS, REVIEW_WINDOW } from "../../src/store/reviews/review-limits.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { fakeSiteverify } from "../support/fake-siteverify.ts";
import { type Asked, askAboutSmallMenu, forgetCorrections, sendFrom } from "../support/guests.ts";
import { makePhoto } from "../support/photos.ts";
import { json, rawPhoto, send, sendAsAdmin } from "../support/worker-client.ts";

let asked: { right: Asked[]; other: Asked };

beforeAll(async () => {
  asked = await askAboutSmallMenu();
});

/** Makes this many corrections wait, all of different photos of as many guests, by copying a real one. */
async function letWait(count: number): Promise<void> {
  await forgetCorrections();
  await sendFrom("203.0.113.7", "/v1/labels", json({ receipt: asked.right[0].receipt, label: "hawaiian" }));
  const { results } = await env.DB.prepare("SELECT name FROM pragma_table_info('reviews')").all<{ name: string }>();
  const own: Record<string, string> = {
    sample_id: "printf('%064x', n)",
    contributor: "printf('g_%024x', n)",
    created_at: "created_at + n",
  };
  const values = results.map(({ name }) => (name === "receipt" ? "NULL" : (own[name] ?? name)));
  const names = results.map(({ name }) => name);
  await env.DB.prepare(
    `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
     INSERT INTO reviews (${names}) SELECT ${values} FROM numbers, (SELECT * FROM reviews LIMIT 1)`,
  )
    .bind(count - 1)
    .run();
  expect(await env.DB.prepare("SELECT count(*) AS n FROM reviews").first("n")).toBe(count);
}

/** What a request of staff costs the database. */
async function costOf(path: string, init: RequestInit<IncomingRequestCfProperties> = {}) {
  const observed = observeD1(env.DB);
  const { status, body } = await sendAsAdmin(path, init, { ...env, DB: observed.db });
  expect(status).toBe(200);
  return { body, ...observed.counts };
}

describe("corrections that wait", () => {
  it.each([2_000, 10_000])(
    "of %i are counted up to the queue's bound, and the rest costs what a few cost",
    async (count) => {
      const paths = ["/v1/admin/reviews", "/v1/admin/reviews/next", "/v1/admin/overview", "/v1/admin/training-runs"];
      await letWait(REVIEW_WINDOW);
      const few = [];
      for (const path of paths) few.push(await costOf(path));
      await letWait(count);
      for (const [i, path] of paths.entries()) {
        const { rowsRead, queries, body } = await costOf(path);
        expect(queries, path).toBe(few[i].queries);
        expect(rowsRead, path).toBeLessThanOrEqual(few[i].rowsRead + MAX_PENDING_REVIEWS);
        const counted = body.pending ?? body.pendingReviews;
        if (counted !== undefined) expect(counted).toBe(MAX_PENDING_REVIEWS);
      }
    },
  );

  it("beyond the bound are taken from nobody any more, and are worked off", async () => {
    await letWait(MAX_PENDING_REVIEWS);
    const { receipt } = asked.right[1];
    const refused = await sendFrom("203.0.113.9", "/v1/labels", json({ receipt, label: "hawaiian" }));
    expect(refused).toMatchObject({ status: 503, body: { code: "review_queue_full" } });
    const { groups } = (await sendAsAdmin("/v1/admin/reviews")).body as {
      groups: { members: { photo: string; label: string }[] }[];
    };
    const decisions = groups.flatMap(({ members }) => members).slice(0, MAX_DECISIONS);
    const sent = json({ decisions: decisions.map(({ photo, label }) => ({ photo, label, decision: "reject" })) });
    expect((await sendAsAdmin("/v1/admin/reviews", sent)).body).toMatchObject({ done: MAX_DECISIONS, refused: 0 });
    const taken = await sendFrom("203.0.113.9", "/v1/labels", json({ receipt, label: "hawaiian" }));
    expect(taken.status).toBe(201);
  });
});

describe("64 large photos at once", () => {
  it("are answered or asked to come again, and the next guest is served", async () => {
    const photo = makePhoto("pepperoni", 500, 1_000);
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, i) => sendFrom(`198.51.${i}.7`, "/v1/classify", rawPhoto(photo))),
    );
    const byStatus = Object.groupBy(answers, ({ status }) => status);
    expect(Object.keys(byStatus).filter((status) => !["200", "503"].includes(status))).toEqual([]);
    for (const { body, headers } of byStatus[503] ?? []) {
      expect(body.code).toBe("overloaded");
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect((await send("/v1/classify", rawPhoto(makePhoto("pepperoni", 501, 64)))).status).toBe(200);
  });
});

describe("a deployment with Turnstile that believes guests who agree", () => {
  it("counts the label of three people, and of nobody without a token", async () => {
    await forgetCorrections();
    const rule = { AUTO_ACCEPT_SOURCES: "3", AUTO_ACCEPT_MIN_SCORE: "0.5", AUTO_ACCEPT_MAX_PER_SOURCE: "5" };
    const cloudflare = fakeSiteverify(undefined, rule);
    const photo = makePhoto("pepperoni", 510, 128);
    const label = async (address: string, person: boolean) => {
      const headers = (): Record<string, string> => (person ? { "cf-turnstile-response": cloudflare.giveToken() } : {});
      const init = rawPhoto(photo);
      const answer = await sendFrom(
        address,
        "/v1/classify",
        { ...init, headers: { ...init.headers, ...headers() } },
        cloudflare.bindings,
      );
      if (answer.status !== 200) return answer.status;
      const sent = json({ receipt: answer.body.receipt, label: "pepperoni" });
      return (
        await sendFrom(
          address,
          "/v1/labels",
          { ...sent, headers: { ...sent.headers, ...headers() } },
          cloudflare.bindings,
        )
      ).status;
    };
    const count = () => env.DB.prepare("SELECT count(*) AS n FROM examples WHERE source = 'auto'").first("n");
    for (const address of ["11.1.1.1", "12.1.1.1", "13.1.1.1"]) expect(await label(address, false)).toBe(403);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" }, cloudflare.bindings);
    expect(await count()).toBe(0);
    for (const address of ["11.1.1.1", "12.1.1.1"]) expect(await label(address, true)).toBe(201);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" }, cloudflare.bindings);
    expect(await count()).toBe(0);
    expect(await label("13.1.1.1", true)).toBe(201);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" }, cloudflare.bindings);
    expect(await count()).toBe(1);
  });
});
