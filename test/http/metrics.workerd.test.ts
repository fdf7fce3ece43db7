/** What a monitor reads of a real deployment, and what its reading costs. */
import { env } from "cloudflare:workers";
import parse from "parse-prometheus-text-format";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { METRICS_TYPE } from "../../src/http/operator/metrics-text.ts";
import { dayOf } from "../../src/shared/time.ts";
import { openDatabase } from "../../src/store/database.ts";
import { MAX_COUNTED_LABELS } from "../../src/store/deployment-figures.ts";
import { storeSuggestion } from "../../src/store/menu/suggestions.ts";
import { DEAD_AFTER_MS } from "../../src/store/webhook/tables.ts";
import { changeWebhook, listWebhooks } from "../../src/store/webhook/webhooks.ts";
import { writeBulkLabels } from "../support/bulk-labels.ts";
import { DIMENSION } from "../support/embedded-photos.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { ask, correct, teachItem } from "../support/guests.ts";
import { NOW } from "../support/training-context.ts";
import { deliveryJob, makeWebhook, type Received } from "../support/webhook-job.ts";
import { json, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

/** As Prometheus asks. */
const SCRAPE = {
  headers: { accept: "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1" },
};

async function scrape(bindings: Env = env): Promise<string> {
  const { status, headers, body } = await sendAsAdmin("/v1/admin/metrics", SCRAPE, bindings);
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe(METRICS_TYPE);
  expect(headers.get("cache-control")).toBe("no-store");
  return String(body.text);
}

/** Values by name and, where there are any, labels. */
async function readMetrics(bindings: Env = env): Promise<Record<string, number>> {
  const samples = parse(await scrape(bindings)).flatMap(({ name, metrics }) =>
    metrics.map(({ labels = {}, value }) => {
      const written = Object.entries(labels).map(([label, text]) => `${label}=${text}`);
      return [written.length === 0 ? name : `${name} ${written.join()}`, Number(value)] as const;
    }),
  );
  return Object.fromEntries(samples);
}

describe("the metrics", () => {
  beforeEach(resetDatabase);

  it("of an empty deployment say what there is, and nothing of a head or a run", async () => {
    const metrics = await readMetrics({ ...env });
    const { headstart_isolate_start_timestamp_seconds: start, ...rest } = metrics;
    expect(Math.abs(Date.now() / 1_000 - start)).toBeLessThan(60);
    expect(rest).toEqual({
      "headstart_items state=active": 0,
      "headstart_items state=archived": 0,
      headstart_strangers: 0,
      headstart_labels_waiting: 0,
      headstart_reviews_waiting: 0,
      headstart_head_held: 0,
      "headstart_webhooks state=on": 0,
      "headstart_webhooks state=off": 0,
      "headstart_webhooks state=gone": 0,
      "headstart_webhooks state=dead": 0,
      headstart_webhooks_failing: 0,
      headstart_webhook_messages_waiting: 0,
      headstart_webhook_messages_failed: 0,
      headstart_answers_total: 0,
      headstart_answers_unknown_total: 0,
      "headstart_drift_warning code=unknown_share_up": 0,
      "headstart_drift_warning code=entropy_up": 0,
      headstart_isolate_answers_waiting: 0,
    });
  });

  it("are documented: every one has its HELP and TYPE, and all names are of this project", async () => {
    for (const id of ["pepperoni", "hawaiian"]) await teachItem(id, 3);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    const parsed = parse(await scrape());
    expect(parsed.length).toBeGreaterThanOrEqual(15);
    for (const { name, help, type } of parsed) {
      expect(name).toMatch(/^headstart_[a-z_]+$/);
      expect(help).toMatch(/\.$/);
      expect(type).toBe(name.endsWith("_total") ? "COUNTER" : "GAUGE");
    }
  });

  it("are what the deployment has done", async () => {
    const bindings = { ...env };
    for (const id of ["pepperoni", "hawaiian", "margherita"]) await teachItem(id, 6);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" }, bindings);
    await sendAsAdmin("/v1/admin/classes/margherita", json({ archived: true }, "PATCH"), bindings);
    await teachItem("mushroom", 2);
    const asked = await ask("pepperoni", 100, bindings);
    expect((await correct("203.0.113.9", asked, "hawaiian", bindings)).status).toBe(201);
    await env.DB.prepare("INSERT INTO answer_days VALUES (?, 1, 40, 7, 1, 1), (?, 1, 9, 9, 1, 1)")
      .bind(dayOf(Date.now()), dayOf(Date.now()) - 1)
      .run();
    const { body } = await sendAsAdmin("/v1/admin/overview", {}, bindings);
    const live = body.liveHead as { version: number; createdAt: string; evaluation: { accuracy: number } };
    const metrics = await readMetrics(bindings);
    expect(metrics).toMatchObject({
      "headstart_items state=active": 3,
      "headstart_items state=archived": 1,
      "headstart_examples item=pepperoni": 6,
      "headstart_examples item=margherita": 6,
      headstart_labels_waiting: 2,
      headstart_reviews_waiting: 1,
      headstart_head_version: live.version,
      headstart_head_published_timestamp_seconds: Date.parse(live.createdAt) / 1_000,
      headstart_head_accuracy_ratio: live.evaluation.accuracy,
      "headstart_training_run_outcome outcome=published": 1,
      "headstart_training_run_outcome outcome=failed": 0,
      headstart_answers_total: 40,
      headstart_answers_unknown_total: 7,
      headstart_isolate_answers_waiting: 1,
    });
    expect(metrics.headstart_training_run_started_timestamp_seconds).toBeGreaterThan(Date.now() / 1_000 - 600);
    expect(metrics.headstart_training_run_duration_seconds).toBeGreaterThanOrEqual(0);
  });
});

describe("the metrics of webhooks", () => {
  beforeEach(resetDatabase);

  it("tell what waits from what was tried in vain, and who is failing, off, gone and dead", async () => {
    const db = openDatabase(env.DB);
    const [, fails, leaves, dies] = await Promise.all(
      ["well", "fails", "leaves", "dies"].map((name) => makeWebhook(name)),
    );
    const off = await makeWebhook("off");
    await changeWebhook(db, off, { isOn: false }, "admin", NOW);
    const answers: Record<string, number> = { fails: 500, leaves: 410, dies: 500 };
    const answer = ({ url }: Received) =>
      new Response(null, { status: answers[new URL(url).hostname.split(".")[0]] ?? 200 });
    await env.DB.prepare("UPDATE webhooks SET failing_since = ? WHERE id = ?")
      .bind(NOW - DEAD_AFTER_MS, dies)
      .run();
    for (const text of ["ramen", "poke"]) await storeSuggestion(db, { text, contributor: "g_0000000a" }, NOW);
    expect(await deliveryJob(answer).run()).toEqual({ sent: 2, failed: 3 });
    const states = await listWebhooks(db);
    expect(states.find(({ id }) => id === leaves)).toMatchObject({ state: "gone", waiting: 0 });
    expect(states.find(({ id }) => id === fails)).toMatchObject({ state: "on", waiting: 2 });
    expect(await readMetrics()).toMatchObject({
      "headstart_webhooks state=on": 2,
      "headstart_webhooks state=off": 1,
      "headstart_webhooks state=gone": 1,
      "headstart_webhooks state=dead": 1,
      headstart_webhooks_failing: 3,
      headstart_webhook_messages_waiting: 2,
      headstart_webhook_messages_failed: 1,
    });
  });
});

describe("a scrape", () => {
  beforeAll(resetDatabase);

  async function cost() {
    const observed = observeD1(env.DB);
    const metrics = await readMetrics({ ...env, DB: observed.db });
    return { ...observed.counts, waiting: metrics.headstart_labels_waiting };
  }

  it("costs eight statements beside that of who asks, writes nothing, and does not grow with the labels", async () => {
    const labels = { classIds: ["a", "b"], dimension: DIMENSION, isAbsorbed: true };
    await writeBulkLabels({ ...labels, count: 20, seed: "few" });
    const few = await cost();
    expect(few).toMatchObject({ queries: 9, rowsWritten: 0, waiting: 0 });
    expect(few.rowsRead).toBeLessThanOrEqual(12);
    await writeBulkLabels({ ...labels, count: 3_000, seed: "many" });
    expect(await cost()).toEqual(few);

    await writeBulkLabels({ ...labels, count: MAX_COUNTED_LABELS + 500, seed: "waiting", isAbsorbed: false });
    const behind = await cost();
    expect(behind.waiting).toBe(MAX_COUNTED_LABELS);
    expect(behind.rowsRead - few.rowsRead).toBeLessThanOrEqual(2 * MAX_COUNTED_LABELS + 1); // read, and counted
  });
});
