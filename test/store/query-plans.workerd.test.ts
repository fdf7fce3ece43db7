/**
 * Every statement that the routes, a training run and the nightly job send, and how SQLite says it will execute it. None
 * may read a whole table of labels, corrections or heads, except where it is listed below with its reason.
 */
import { createExecutionContext, createScheduledController, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, it, vi } from "vitest";
import worker from "../../src/index.ts";
import { addAnswers } from "../../src/store/answer-days.ts";
import { openDatabase } from "../../src/store/database.ts";
import { storePooled } from "../../src/store/pooled-samples.ts";
import { makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { makePhoto } from "../support/photos.ts";
import { poolCopy } from "../support/pooled.ts";
import { type Answer, json, multipart, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

/** A scan that is allowed: the step of the plan, the statement it belongs to, and the only part of the work that sends it. */
interface AllowedScan {
  readonly step: RegExp;
  readonly sql?: RegExp;
  readonly part?: string;
  readonly why: string;
}

const ALLOWED_SCANS: readonly AllowedScan[] = [
  { step: /VIRTUAL TABLE/, why: "the entries of a JSON parameter" },
  {
    step: /^SCAN classes( USING (COVERING )?INDEX classes_(created|active_name))?$/,
    why: "one row per item of the menu",
  },
  { step: /^SCAN class_keys USING COVERING INDEX/, part: "menu", why: "one row per name on the menu" },
  { step: /^SCAN review_decisions$/, part: "menu", why: "decisions of one day; an item is deleted once" },
  { step: /^SCAN (\(subquery-1\)|teacher_days)$/, part: "teacher", why: "the last 50 answers; the last 14 days" },
  { step: /^SCAN (statistics|rebuild)$/, why: "a table of one row" },
  {
    step: /^SCAN teacher_labels( USING INDEX sqlite_autoindex_teacher_labels_1)?$/,
    why: "cut back to the newest 2,000 answers every night; a day adds its budget at most",
  },
  { step: /USING INDEX examples_pending$/, why: "a partial index: labels that wait for a run" },
  { step: /USING (COVERING )?INDEX reviews_pending$/, why: "a partial index: corrections that wait, at most 2,000" },
  {
    step: /^SCAN (CONSTANT ROW|\(subquery-\d+\))$/,
    part: "correction",
    why: "counting what a subquery found along an index, up to its LIMIT",
  },
  { step: /^SCAN (waiting|pending)$/, part: "metrics", why: "the same" },
  { step: /^SCAN pending$/, part: "review listing", why: "at most 2,000" },
  { step: /^SCAN pending$/, part: "staff pages", why: "the same" },
  {
    step: /^SCAN CONSTANT ROW$/,
    sql: /^insert into "audit_log"/,
    why: "no table: an entry where the statement before changed a row, or on a condition",
  },
  { step: /^SCAN examples$/, sql: /^select "backbone_id" from "examples" limit \?$/, why: "stops at the first row" },
  {
    step: /^SCAN examples USING INDEX examples_created$/,
    sql: /order by "examples"."created_at" desc limit \?$/,
    why: "stops at the newest 300",
  },
  { step: /^SCAN heads$/, sql: /order by "heads"."version" desc limit \?$/, why: "stops at the newest ones" },
  { step: /^SCAN (training_runs|audit_log)$/, sql: /"id" desc limit \?$/, why: "stops at the newest ones" },
  { step: /^SCAN repeatable_answers$/, part: "forgetting", why: "answers of one day; a contributor is forgotten once" },
  {
    step: /^SCAN reviews/,
    sql: /"reviews"."class_id" = \?\)*($| WHERE EXISTS)/,
    part: "menu",
    why: "an item is deleted once; corrections are few and kept for 90 days",
  },
  {
    step: /^SCAN (heads|deployment|training_runs|audit_log|class_sums|reviews( USING COVERING INDEX .*)?$)/,
    part: "nightly job",
    why: "once a night, and not the examples; the reviews' keys once per item that is dropped, for its foreign key",
  },
  {
    step: /^SCAN (pooled_samples USING COVERING INDEX .*|\(subquery-\d+\)|CONSTANT ROW)$/,
    sql: /^(delete from|insert into) "pooled_samples"/,
    why: "along an index, as many rows as the operator's pool has, once per batch and isolate",
  },
  {
    step: /^SCAN pooled_samples$/,
    part: "menu",
    why: "as many rows as the operator's pool has; an item is deleted once",
  },
  {
    step: /^SCAN pooled_samples USING INDEX pooled_samples_margin$/,
    part: "pool listing",
    why: "stops at the 200 least sure ones",
  },
  { step: /^SCAN pooled(_samples USING COVERING INDEX .*)?$/, part: "pool listing", why: "at most 1,000" },
  {
    step: /^SCAN pooled_samples (EXISTS )?USING COVERING INDEX/,
    part: "pool deciding",
    why: "as many rows as the operator's pool has; it is emptied once",
  },
  { step: /^SCAN pooled_samples$/, part: "nightly job", why: "the same, once a night" },
  {
    step: /^SCAN (picture_totals|found|CONSTANT ROW|\(subquery-\d+\)|pictures USING COVERING INDEX .*)$/,
    sql: /"(pictures|picture_totals)"/,
    why: "one row; what is being kept; and where nothing is kept any more, what goes",
  },
  {
    step: /^SCAN pooled_samples USING INDEX pooled_samples_seen$/,
    sql: /NOT GLOB 'g_\*'/,
    why: "as many rows as the operator's pool has, once a refit; it stops at 500 of keys",
  },
  { step: /^SCAN api_keys$/, part: "places", why: "as many as there are keys; a place is deleted once" },
  { step: /^SCAN places( USING COVERING INDEX .*)?$/, why: "at most 20" },
  { step: /^SCAN CONSTANT ROW$/, sql: /^insert into "places"/, why: "no table: a place where there is room for one" },
];

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
