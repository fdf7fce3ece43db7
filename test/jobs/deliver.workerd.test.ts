/** Delivering what webhooks are told, on the real database: who is called when, and what becomes of a message when things go wrong. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { DAY_MS } from "../../src/shared/time.ts";
import { openDatabase } from "../../src/store/database.ts";
import { storeSuggestion } from "../../src/store/menu/suggestions.ts";
import { claimNext, listDeliveries } from "../../src/store/webhook/webhook-deliveries.ts";
import { changeWebhook, listWebhooks } from "../../src/store/webhook/webhooks.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { NOW } from "../support/training-context.ts";
import { deliveryJob, makeWebhook } from "../support/webhook-job.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const refuses = () => new Response(null, { status: 500 });

async function wish(count: number, contributor = "g_0000000a", now = NOW) {
  for (let i = 0; i < count; i++) await storeSuggestion(db, { text: `dish ${i}`, contributor: contributor + i }, now);
}

const listOf = (webhook: string) => listDeliveries(db, webhook, 1_000, null);
const stateOf = async (webhook: string) => (await listWebhooks(db)).find(({ id }) => id === webhook);

beforeEach(resetDatabase);

describe("delivering", () => {
  it("sends what is due once, and nothing more", async () => {
    const webhook = await makeWebhook("a");
    await wish(3);
    const { received, run } = deliveryJob();
    expect(await run()).toEqual({ sent: 3, failed: 0 });
    expect(await run()).toEqual({ sent: 0, failed: 0 });
    expect(received.map(({ body }) => body.data.text)).toEqual(["dish 0", "dish 1", "dish 2"]);
    const [last] = await listOf(webhook);
    expect(last).toMatchObject({ attempts: 1, status: 200, fault: null, nextAt: null, claim: null, deliveredAt: NOW });
    expect(last.messageId).toBe(received[2].id);
    expect(await stateOf(webhook)).toMatchObject({ waiting: 0, deliveredAt: NOW, failingSince: null });
  });

  it("asks the database one thing more than the queue when there is no webhook", async () => {
    const observed = observeD1(env.DB);
    await deliveryJob(undefined, NOW, openDatabase(observed.db)).run();
    expect(observed.counts).toMatchObject({ queries: 2, rowsWritten: 0 });
  });

  it("sends no message twice where four jobs run at once", async () => {
    await Promise.all(["a", "b", "c"].map((name) => makeWebhook(name)));
    await wish(8);
    const jobs = Array.from({ length: 4 }, () => deliveryJob());
    await Promise.all(jobs.map(({ run }) => run()));
    const ids = jobs.flatMap(({ received }) => received.map(({ id }) => id));
    expect(ids).toHaveLength(24);
    expect(new Set(ids).size).toBe(24);
  });

  it("lets nobody wait for receivers that are silent: the others have everything before these are given up", async () => {
    for (const name of ["silent-1", "silent-2", "silent-3", "well"]) await makeWebhook(name);
    await wish(5);
    const silence = Promise.withResolvers<Response>();
    const order: string[] = [];
    const job = deliveryJob(({ url, body }) => {
      order.push(url);
      if (url.includes("silent")) return silence.promise;
      expect(body.type).toBe("suggestion.new");
      return new Response();
    });
    expect(await job.run()).toEqual({ sent: 5, failed: 3 });
    expect(order.filter((url) => url.includes("silent"))).toHaveLength(3); // -- one turn each
    expect(await db.all("SELECT count(*) AS n FROM webhook_deliveries WHERE fault = 'late'")).toEqual([{ n: 3 }]);
  });

  it("calls those that work first when many are down", async () => {
    for (let i = 0; i < 8; i++) await makeWebhook(`down-${i}`);
    await makeWebhook("well");
    await wish(1);
    await deliveryJob(({ url }) => (url.includes("down") ? refuses() : new Response())).run();
    await wish(1, "g_0000000b", NOW + HOUR_MS);
    await storeSuggestion(db, { text: "Calzone", contributor: "g_1" }, NOW + HOUR_MS);
    const later = deliveryJob(refuses, NOW + HOUR_MS);
    await later.run();
    expect(later.received[0].url).toContain("well");
  });

  it("waits longer after each failure, under one id, and sends all that waits once it succeeds", async () => {
    const webhook = await makeWebhook("a");
    await wish(2);
    let now = NOW;
    const ids = new Set<string>();
    const waits: number[] = [];
    for (let i = 0; i < 10; i++) {
      const job = deliveryJob(refuses, now);
      expect(await job.run()).toEqual({ sent: 0, failed: 1 });
      const first = (await listOf(webhook))[1];
      if (job.received[0].id === first.messageId) waits.push(((first.nextAt ?? 0) - now) / MINUTE_MS);
      ids.add(job.received[0].id);
      now = Math.min(...(await listOf(webhook)).map(({ nextAt }) => nextAt ?? Number.POSITIVE_INFINITY));
      now = Math.max(now, NOW + i);
    }
    expect(ids.size).toBe(2);
    for (const [i, wait] of waits.entries()) {
      const expected = Math.min(5 * 2 ** i, 720);
      expect(wait).toBeGreaterThanOrEqual(0.8 * expected - 0.01);
      expect(wait).toBeLessThanOrEqual(1.2 * expected + 0.01);
    }
    expect(await stateOf(webhook)).toMatchObject({ failingSince: NOW, waiting: 2 });
    expect(await deliveryJob(undefined, now).run()).toEqual({ sent: 2, failed: 0 });
    expect(await stateOf(webhook)).toMatchObject({ failingSince: null, waiting: 0 });
  });

  it("gives up a webhook that has failed for five days, and tells it nothing more until staff switch it on", async () => {
    const webhook = await makeWebhook("a");
    await wish(1);
    let now = NOW;
    while ((await stateOf(webhook))?.state === "on" && now < NOW + 7 * DAY_MS) {
      await deliveryJob(refuses, now).run();
      now = (await listOf(webhook))[0].nextAt ?? now;
    }
    expect(await stateOf(webhook)).toMatchObject({ state: "dead", failingSince: NOW, waiting: 0 });
    expect(now - NOW).toBeGreaterThanOrEqual(5 * DAY_MS);
    expect(now - NOW).toBeLessThan(6 * DAY_MS);
    await storeSuggestion(db, { text: "Calzone", contributor: "g_1" }, now);
    expect(await deliveryJob(undefined, now + DAY_MS).run()).toEqual({ sent: 0, failed: 0 });
    await changeWebhook(db, webhook, { isOn: true }, "admin", now);
    await storeSuggestion(db, { text: "Ricotta", contributor: "g_1" }, now);
    expect(await deliveryJob(undefined, now).run()).toEqual({ sent: 1, failed: 0 });
  });

  it("gives up a message that nobody takes though the webhook works", async () => {
    const webhook = await makeWebhook("a");
    await wish(1);
    let now = NOW;
    while ((await listOf(webhook)).at(-1)?.nextAt !== null && now < NOW + 9 * DAY_MS) {
      now = (await listOf(webhook)).at(-1)?.nextAt ?? now;
      await storeSuggestion(db, { text: `other ${now}`, contributor: `g_${now}` }, now);
      await deliveryJob(({ body }) => (body.data.text === "dish 0" ? refuses() : new Response()), now).run();
    }
    expect((await listOf(webhook)).at(-1)).toMatchObject({ nextAt: null, deliveredAt: null, fault: "refused" });
    expect(now - NOW).toBeGreaterThanOrEqual(6 * DAY_MS);
    expect(await stateOf(webhook)).toMatchObject({ state: "on" });
  });

  it("ends a webhook whose receiver says that it is gone", async () => {
    const webhook = await makeWebhook("a");
    await wish(3);
    expect(await deliveryJob(() => new Response(null, { status: 410 })).run()).toEqual({ sent: 0, failed: 1 });
    expect(await stateOf(webhook)).toMatchObject({ state: "gone", waiting: 0 });
    expect(await deliveryJob(undefined, NOW + DAY_MS).run()).toEqual({ sent: 0, failed: 0 });
  });

  it.each([
    ["a redirect", () => new Response(null, { status: 302, headers: { location: "https://b.shop.com" } }), "redirect"],
    ["a refusal", refuses, "refused"],
    ["a broken connection", () => Promise.reject(new TypeError("fetch failed")), "unreachable"],
  ] as const)("takes %s for a failure and calls once", async (_, answer, fault) => {
    const webhook = await makeWebhook("a");
    await wish(1);
    const job = deliveryJob(answer);
    await job.run();
    expect(job.received).toHaveLength(1);
    expect(await listOf(webhook)).toMatchObject([{ fault, attempts: 1, deliveredAt: null }]);
  });

  it("hangs up on a receiver that answers without end", async () => {
    await makeWebhook("a");
    await wish(1);
    const hungUp = Promise.withResolvers<string>();
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1_000)),
      cancel: () => hungUp.resolve("hung up"),
    });
    expect(await deliveryJob(() => new Response(body)).run()).toEqual({ sent: 1, failed: 0 });
    expect(await hungUp.promise).toBe("hung up");
  });

  it("calls no address that may not be called, though it is stored", async () => {
    const webhook = await makeWebhook("a");
    await env.DB.prepare("UPDATE webhooks SET url = 'https://169.254.169.254/'").run();
    await wish(1);
    const job = deliveryJob();
    expect(await job.run()).toEqual({ sent: 0, failed: 1 });
    expect(job.received).toEqual([]);
    expect(await listOf(webhook)).toMatchObject([{ fault: "address", status: null }]);
  });

  it("sends a message again whose job died with it, under the same id, and not before its claim has run out", async () => {
    const webhook = await makeWebhook("a");
    await wish(1);
    const claimed = await claimNext(db, webhook, NOW);
    expect(await deliveryJob(undefined, NOW + MINUTE_MS).run()).toEqual({ sent: 0, failed: 0 });
    const job = deliveryJob(undefined, NOW + 2 * MINUTE_MS);
    expect(await job.run()).toEqual({ sent: 1, failed: 0 });
    expect(job.received[0].id).toBe(claimed?.delivery.messageId);
    expect(await listOf(webhook)).toMatchObject([{ attempts: 2 }]);
  });

  it.each(["before", "inside", "after"] as const)(
    "delivers at least once where D1 fails %s any of its calls",
    async (point) => {
      for (let call = 0; call < 4; call++) {
        await resetDatabase();
        await makeWebhook("a");
        await wish(1);
        const observed = observeD1(env.DB);
        observed.failAt(call, point);
        const broken = deliveryJob(undefined, NOW, openDatabase(observed.db));
        await expect(broken.run(), `call ${call}`).rejects.toThrow();
        const later = deliveryJob(undefined, NOW + HOUR_MS);
        await later.run();
        const ids = [...broken.received, ...later.received].map(({ id }) => id);
        expect(ids.length, `call ${call}`).toBeGreaterThanOrEqual(1);
        expect(new Set(ids).size).toBe(1);
        expect((await listWebhooks(db))[0]).toMatchObject({ waiting: 0 });
      }
    },
  );
});
