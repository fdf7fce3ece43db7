/**
 * Every statement that the routes, a training run and the nightly job send, and how SQLite says it will execute it. None
 * may read a whole table of labels, corrections or heads, except where it is listed below with its reason.
 */
import { createExecutionContext, createScheduledController, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, it, vi } from "vitest";
import worker from "../../src/index.ts";
import { WEBHOOK_EVENTS } from "../../src/shared/webhook-events.ts";
import { addAnswers } from "../../src/store/answers/answer-days.ts";
import { openDatabase } from "../../src/store/database.ts";
import { storePooled } from "../../src/store/pool/pooled-samples.ts";
import { ALLOWED_SCANS, type AllowedScan } from "../support/allowed-scans.ts";
import { makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { makePhoto } from "../support/photos.ts";
import { poolCopy } from "../support/pooled.ts";
import { type Answer, json, multipart, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const POOL_SIZE = 50;
const observed = observeD1(env.DB);
const bindings = { ...env, DB: observed.db, POOL_SIZE: String(POOL_SIZE), KEEP_PICTURES: "thumbnails" };
/** Which statements each part of the work sent. */
const sentBy = new Map<string, Map<string, readonly unknown[]>>();

/** Runs a part of the work and keeps its statements under that name. */
async function record<T>(part: string, work: () => Promise<T>): Promise<T> {
  const start = observed.calls.length;
  const result = await work();
  const statements = sentBy.get(part) ?? new Map<string, readonly unknown[]>();
  for (const { sql, values } of observed.calls.slice(start).flat()) statements.set(sql, values);
  sentBy.set(part, statements);
  return result;
}

async function admin(part: string, path: string, init?: RequestInit<IncomingRequestCfProperties>): Promise<Answer> {
  const answer = await record(part, () => sendAsAdmin(`/v1/admin${path}`, init, bindings));
  expect(answer.status, `${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer;
}

async function guest(part: string, path: string, init: RequestInit<IncomingRequestCfProperties>): Promise<Answer> {
  const answer = await record(part, () => send(path, init, bindings));
  expect(answer.status, `${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer;
}

async function fireCron(part: string, cron: string): Promise<void> {
  await record(part, async () => {
    const context = createExecutionContext();
    await worker.scheduled(createScheduledController({ cron }), bindings);
    await waitOnExecutionContext(context);
  });
}

async function explain(sql: string, values: readonly unknown[]): Promise<string[]> {
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>();
  return results.map(({ detail }) => detail);
}

async function teach(kind: string, first: number) {
  const photos = Object.fromEntries([0, 1, 2, 3, 4].map((i) => [`${i}.png`, makePhoto(kind, first + i)]));
  await admin("label write", `/classes/${kind}/examples`, multipart(photos));
}

beforeAll(async () => {
  vi.spyOn(console, "log").mockReturnValue();
  await resetDatabase();
  vi.stubGlobal("fetch", async () => new Response());
  const { body: hook } = await admin(
    "webhooks",
    "/webhooks",
    json({ url: "https://a.shop.com/", events: WEBHOOK_EVENTS }),
  );
  await admin("webhooks", `/webhooks/${hook.id}/test`, { method: "POST" });
  await admin("webhooks", `/webhooks/${hook.id}`, json({ on: true }, "PATCH"));
  await admin("webhooks", `/webhooks/${hook.id}/rotate`, { method: "POST" });
  for (const name of ["pepperoni", "hawaiian", "margherita"]) await admin("menu", "/classes", json({ name }));
  const repeated = { headers: { "content-type": "application/json", "idempotency-key": "a" } };
  for (let i = 0; i < 2; i++) await admin("repeated write", "/training-runs", { ...json({}), ...repeated });
  await teach("pepperoni", 0);
  await teach("hawaiian", 0);
  await fireCron("training run that publishes", "*/5 * * * *");
  await fireCron("idle training run", "*/5 * * * *");
  await teach("margherita", 0);
  await teach("pepperoni", 5);
  await fireCron("training run that absorbs", "*/5 * * * *");
  await admin("rebuild", "/training-runs", json({ rebuild: true }));

  const photo = makePhoto("hawaiian", 50);
  const { body: answer } = await guest("classify", "/v1/classify", rawPhoto(photo));
  await guest("classify", "/v1/classify?head=1", rawPhoto(photo));
  await guest("correction", "/v1/labels", json({ receipt: answer.receipt, label: "hawaiian" }));
  const { body: queue } = await admin("review listing", "/reviews");
  const [review] = queue.reviews as { photo: string; label: string }[];
  await admin("review listing", "/reviews/next");
  const named = json({ reviews: [{ photo: review.photo, label: review.label }] });
  await admin("review skipping", "/reviews/skip", named);
  await admin("review decision", `/reviews/${review.photo}/${review.label}`, json({ decision: "accept" }));
  await admin("review undoing", "/reviews/undo", named);
  await admin("review decision", `/reviews/${review.photo}/${review.label}`, json({ decision: "accept" }));

  const counted = { answers: 1, unknown: 0, entropySum: 0.5, entropySquares: 0.25 };
  await record("answer counts", () =>
    addAnswers(openDatabase(observed.db), [{ day: 20_000, headVersion: 1, ...counted }]),
  );

  const [sample] = makeEmbeddedPhotos(0, 1);
  const unsure = { reason: "unknown", answer: null, score: 0, margin: 0, seenAt: 1 } as const;
  await record("pooling", () =>
    storePooled(
      openDatabase(observed.db),
      [{ ...unsure, sample, contributor: "g_0", preview: null, place: null, headVersion: 1 }],
      POOL_SIZE,
    ),
  );

  for (const digit of "cde") await poolCopy(digit.repeat(64));
  await admin("pool listing", "/pool?limit=2");
  await admin("pool deciding", `/pool/${"c".repeat(64)}`, json({ label: "hawaiian" }));
  await admin("pool deciding", `/pool/${"d".repeat(64)}`, { method: "DELETE" });
  await admin("pool deciding", "/pool", { method: "DELETE" });

  await admin("teacher", "/teacher");
  await admin("teacher", `/teacher/labels?after=1_${"c".repeat(64)}`);
  await admin("teacher", "/teacher/labels", { method: "DELETE" });
  await admin("places", "/places", json({ name: "Terrace" }));
  await admin("places", "/places");
  await admin("places", "/places/terrace", json({ on: false }, "PATCH"));

  await admin("test set", "/test-set", json({ share: 0.2 }));
  await admin("test set", "/test-set", json({ share: 0.2, class: "pepperoni" }));
  await fireCron("training run that sets aside", "*/5 * * * *");
  await admin("test set", "/test-set");
  await admin("test set", "/test-set", json({ share: 0 }));
  const { body: list } = await admin("example listing", "/examples?class=pepperoni");
  await admin("example listing", `/examples?class=pepperoni&after=${"0".repeat(64)}`);
  await admin("example listing", "/examples?contributor=staff");
  await admin("example listing", "/suspects");
  await record("explaining", () => sendAsAdmin("/v1/classify?explain=3", rawPhoto(photo), bindings));
  const [first, second, third] = list.examples as { photo: string }[];
  await admin("explaining", `/photos/${first.photo}/explanation`);
  await admin("known photos", "/examples/known", json({ photos: [first.photo] }));
  await admin("relabelling", `/examples/${first.photo}`, json({ label: "hawaiian" }, "PATCH"));
  await admin("relabelling", `/examples/${second.photo}`, json({ confirmed: true }, "PATCH"));
  await admin("relabelling", `/examples/${second.photo}`, json({ purpose: "test" }, "PATCH"));
  await admin("forgetting", `/examples/${third.photo}`, { method: "DELETE" });
  await admin("forgetting", "/contributors/somebody", { method: "DELETE" });
  await admin("menu", "/classes/pepperoni", json({ aliases: ["salami"], threshold: 0.5 }, "PATCH"));
  await admin("menu", "/classes/order", json({ ids: ["hawaiian", "pepperoni", "margherita"] }, "PUT"));
  await admin("relabelling", `/examples/${first.photo}`, json({ label: "Salami" }, "PATCH"));
  await admin("menu", "/classes/margherita/merge", json({ into: "hawaiian" }));
  await admin("menu", "/classes/margherita", { method: "DELETE" });
  await admin("menu", "/classes");
  await guest("classify", "/v1/classify?place=terrace", rawPhoto(photo));
  await env.DB.prepare("UPDATE places SET is_on = 1").run();
  await fireCron("training run that forgets", "*/5 * * * *");
  await admin("places", "/places/terrace", { method: "DELETE" });
  for (const path of [
    "/overview",
    "/drift",
    "/training-runs",
    "/audit-log",
    "/training-runs?after=3",
    "/audit-log?after=3",
    "/audit?after=3",
    "/heads",
    "/heads?after=3",
    "/heads/2",
    "/heads/compare?from=2&to=3",
  ]) {
    await admin("staff pages", path);
  }
  await admin("metrics", "/metrics");
  await guest("suggestion", "/v1/suggestions", json({ text: "Calzone" }));
  await fireCron("delivery", "*/5 * * * *");
  await admin("webhooks", "/webhooks");
  const { body: log } = await admin("webhooks", `/webhooks/${hook.id}/deliveries?limit=1`);
  const [{ id: message }] = log.deliveries as { id: number }[];
  await admin("webhooks", `/webhooks/${hook.id}/deliveries?after=${message}`);
  await admin("webhooks", `/webhooks/${hook.id}/deliveries/${message}/redeliver`, { method: "POST" });
  await admin("webhooks", `/webhooks/${hook.id}`, { method: "DELETE" });
  await fireCron("nightly job", "17 3 * * *");
});

interface Scan {
  readonly part: string;
  readonly step: string;
  readonly sql: string;
}

function isCovered({ step, sql, part }: AllowedScan, scan: Scan): boolean {
  return step.test(scan.step) && (sql?.test(scan.sql) ?? true) && (part ?? scan.part) === scan.part;
}

async function findScans(): Promise<Scan[]> {
  const scans: Scan[] = [];
  for (const [part, statements] of sentBy) {
    for (const [sql, values] of statements) {
      for (const step of await explain(sql, values)) if (step.startsWith("SCAN")) scans.push({ part, step, sql });
    }
  }
  return scans;
}

it("scans nothing that grows with the labels, and only what is listed with a reason", async () => {
  const scans = await findScans();
  expect(scans.filter((scan) => !ALLOWED_SCANS.some((allowed) => isCovered(allowed, scan)))).toEqual([]);
  expect(ALLOWED_SCANS.filter((allowed) => !scans.some((scan) => isCovered(allowed, scan)))).toEqual([]);
});

it("finds scans at all: without its index a query is caught", async () => {
  await record("a query without an index", () =>
    observed.db.prepare("SELECT * FROM examples WHERE scale > ?").bind(1).all(),
  );
  const found = (await findScans()).filter(({ part }) => part === "a query without an index");
  expect(found).toMatchObject([{ step: "SCAN examples" }]);
  expect(ALLOWED_SCANS.some((allowed) => isCovered(allowed, found[0]))).toBe(false);
});
