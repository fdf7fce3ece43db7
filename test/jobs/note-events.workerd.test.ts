/** What webhooks are told, written down on the real database with what it tells of. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { DAY_MS } from "../../src/shared/time.ts";
import { WEBHOOK_EVENTS } from "../../src/shared/webhook-events.ts";
import { openDatabase } from "../../src/store/database.ts";
import { activateHead } from "../../src/store/heads/publish-head.ts";
import { forgetContributor } from "../../src/store/labels/forget.ts";
import { labelSamples } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { deleteSuggestion, storeSuggestion } from "../../src/store/menu/suggestions.ts";
import { trainingLease } from "../../src/store/schema.ts";
import { noteBackupFailed, noteEvent, noteLongQueue } from "../../src/store/webhook/note-event.ts";
import { KEPT_MESSAGES, MAX_WAITING_MESSAGES } from "../../src/store/webhook/tables.ts";
import { cutBackDeliveries, listDeliveries } from "../../src/store/webhook/webhook-deliveries.ts";
import { changeWebhook } from "../../src/store/webhook/webhooks.ts";
import { runTraining } from "../../src/training/run.ts";
import { BACKBONE_ID, makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { NOW, trainingContext } from "../support/training-context.ts";
import { makeWebhook } from "../support/webhook-job.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

async function wish(count: number, contributor = "g_0000000a", now = NOW) {
  for (let i = 0; i < count; i++) await storeSuggestion(db, { text: `dish ${i}`, contributor: contributor + i }, now);
}

const listOf = (webhook: string) => listDeliveries(db, webhook, 1_000, null);

/** Notes a failure as the backup job does: behind the statement that records it. */
async function tellOfBackup(at: number): Promise<void> {
  const touched = db.update(trainingLease).set({ restores: null });
  await db.batch([touched, noteBackupFailed(db, "The bucket is full.", at)]);
}

async function train(startsAt = NOW) {
  return runTraining(trainingContext(db, {}, startsAt), { trigger: "admin" });
}

async function teach() {
  for (const [kind, id] of ["a", "b"].entries()) {
    await createClass(db, { id, name: `Item ${id}`, description: "" }, "admin", NOW);
    await labelSamples(db, id, makeEmbeddedPhotos(kind, 12), "admin", NOW);
  }
}

beforeEach(resetDatabase);

describe("writing down what webhooks are told", () => {
  it("happens with what it reports or not at all: nobody hears of a head that could not be published", async () => {
    const webhook = await makeWebhook("a", ["head.published"]);
    await teach();
    const tried = observeD1(env.DB);
    await runTraining(trainingContext(openDatabase(tried.db)), { trigger: "admin" });
    const at = tried.calls.findIndex((batch) => batch.some(({ sql }) => sql.startsWith('insert into "heads"')));
    expect(tried.calls[at].at(-1)?.sql).toMatch(/^insert into "webhook_deliveries"/);
    expect((await listOf(webhook)).map(({ body }) => JSON.parse(body))).toEqual([
      {
        type: "head.published",
        timestamp: expect.stringMatching(/^2027-01-15T/),
        data: { version: 1, items: 2, labels: 24, by: "run" },
      },
    ]);
    await labelSamples(db, "a", makeEmbeddedPhotos(0, 3, 2), "admin", NOW);
    const broken = observeD1(env.DB);
    broken.failAt(at, "inside");
    await expect(
      runTraining(trainingContext(openDatabase(broken.db), {}, NOW + HOUR_MS), { trigger: "admin" }),
    ).rejects.toThrow();
    expect(await listOf(webhook)).toHaveLength(1);
  });

  it("tells of a head that waits, of staff's choice, and of a run that fails once in six hours", async () => {
    const webhook = await makeWebhook("a", ["head.published", "head.held", "run.failed"]);
    await teach();
    await train();
    await activateHead(db, 1, { backboneId: BACKBONE_ID, hold: true, actor: "admin", now: NOW });
    await activateHead(db, 9, { backboneId: BACKBONE_ID, hold: true, actor: "admin", now: NOW });
    await labelSamples(db, "a", makeEmbeddedPhotos(0, 3, 2), "admin", NOW);
    await train();
    await labelSamples(db, "a", makeEmbeddedPhotos(0, 1, 3), "admin", NOW);
    const other = { backboneId: "c".repeat(64) };
    for (const at of [NOW, NOW + HOUR_MS, NOW + 7 * HOUR_MS])
      expect(await runTraining(trainingContext(db, other, at), { trigger: "cron" })).toMatchObject({
        outcome: "failed",
      });
    const told = (await listOf(webhook)).map(({ body }) => JSON.parse(body)).reverse();
    expect(told).toMatchObject([
      { type: "head.published", data: { version: 1, by: "run" } },
      { type: "head.published", data: { version: 1, by: "staff" } },
      { type: "head.held", data: { version: 2, message: expect.any(String), says: [{ code: "held" }] } },
      { type: "run.failed", data: { message: expect.stringContaining("backbone"), says: [{}] } },
      { type: "run.failed" },
    ]);
    expect(told).toHaveLength(5);
  });

  it("tells of a run that breaks off, which leaves no record of its own", async () => {
    const webhook = await makeWebhook("a", ["run.failed"]);
    await teach();
    const broken = {
      kernels: new Proxy(trainingContext(db).kernels, {
        get: () => () => {
          throw new Error("spoilt");
        },
      }),
    };
    await expect(runTraining(trainingContext(db, broken), { trigger: "cron" })).rejects.toThrow("spoilt");
    const [{ body }] = await listOf(webhook);
    expect(JSON.parse(body)).toMatchObject({
      type: "run.failed",
      data: { message: expect.stringContaining("spoilt") },
    });
  });

  it("tells of a wish when the first guest has it, and forgets it with the wish", async () => {
    const webhook = await makeWebhook("a");
    await storeSuggestion(db, { text: "Tuna", contributor: "g_1" }, NOW);
    await storeSuggestion(db, { text: "tuna", contributor: "g_2" }, NOW);
    await storeSuggestion(db, { text: "Calzone", contributor: "g_2" }, NOW);
    const [calzone, tuna] = await listOf(webhook);
    expect(JSON.parse(tuna.body).data).toEqual({ id: tuna.subject, text: "Tuna" });
    await forgetContributor(db, "g_1", "admin", NOW);
    expect(await listOf(webhook)).toHaveLength(2); // -- another guest wants it too
    await forgetContributor(db, "g_2", "admin", NOW);
    expect(await listOf(webhook)).toEqual([]);
    await storeSuggestion(db, { text: "Calzone", contributor: "g_3" }, NOW);
    await deleteSuggestion(db, calzone.subject ?? "");
    expect(await listOf(webhook)).toEqual([]);
  });

  it("tells each webhook of a queue longer than it wants, once a day, and counts nothing where none asks", async () => {
    const [short, long] = [await makeWebhook("a", ["queue.long"], 2), await makeWebhook("b", ["queue.long"], 3)];
    const columns = "sample_id, class_id, contributor, backbone_id, origin, usefulness, status, created_at";
    const rows = "SELECT value, ':none', 'g_1', 'b', 'server', 0, 'pending', 1 FROM json_each('[1,2,3]')";
    await env.DB.prepare(`INSERT INTO reviews (${columns}) ${rows}`).run();
    for (const at of [NOW, NOW + HOUR_MS, NOW + 25 * HOUR_MS]) await noteLongQueue(db, at);
    const [, first] = await listOf(short);
    expect(JSON.parse(first.body)).toMatchObject({ type: "queue.long", data: { waiting: 3, above: 2 } });
    expect([await listOf(short), await listOf(long)]).toMatchObject([{ length: 2 }, { length: 0 }]);
    await env.DB.prepare("UPDATE webhooks SET events = '[]'").run();
    const observed = observeD1(env.DB);
    await noteLongQueue(openDatabase(observed.db), NOW + 60 * HOUR_MS);
    expect(observed.counts).toMatchObject({ queries: 1, rowsWritten: 0 });
    expect(observed.counts.rowsRead).toBeLessThanOrEqual(4); // -- the two webhooks, and none of the corrections
  });

  it("costs a wish two statements and one row where nobody has made a webhook", async () => {
    const observed = observeD1(env.DB);
    await storeSuggestion(openDatabase(observed.db), { text: "Tuna", contributor: "g_1" }, NOW);
    const [[, note]] = observed.calls;
    expect(note.sql).toMatch(/webhook_deliveries/);
    expect(await db.all("SELECT count(*) AS n FROM webhook_deliveries")).toEqual([{ n: 0 }]);
    const plain = observeD1(env.DB);
    await noteEvent(openDatabase(plain.db), {
      event: "head.published",
      at: NOW,
      data: { version: 1, items: 1, labels: 1, by: "run" },
    });
    expect(plain.counts).toMatchObject({ queries: 1, rowsWritten: 0 });
  });

  it("tells only what a webhook was made for, and nothing to one that is off", async () => {
    const [all, one, off] = [
      await makeWebhook("a", WEBHOOK_EVENTS),
      await makeWebhook("b", ["drift.warned"]),
      await makeWebhook("c", WEBHOOK_EVENTS),
    ];
    await changeWebhook(db, off, { isOn: false }, "admin", NOW);
    for (const at of [NOW, NOW + HOUR_MS, NOW + DAY_MS]) await tellOfBackup(at);
    expect((await Promise.all([all, one, off].map(listOf))).map(({ length }) => length)).toEqual([2, 0, 0]);
  });

  it("keeps as many messages as there is room for, those from before first, and drops them when they are old", async () => {
    const webhook = await makeWebhook("a");
    const columns = "webhook_id, message_id, event, body, created_at, next_at";
    const fill = (count: number, at: number, nextAt: number | null) =>
      env.DB.prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO webhook_deliveries (${columns}) SELECT ?, i, 'x', '{}', ?, ? FROM n`,
      )
        .bind(count, webhook, at, nextAt)
        .run();
    await fill(MAX_WAITING_MESSAGES, NOW, NOW);
    await wish(1);
    expect(await listOf(webhook)).toHaveLength(MAX_WAITING_MESSAGES);
    await fill(KEPT_MESSAGES + 7, NOW, null);
    expect(await cutBackDeliveries(db, NOW)).toBe(7);
    expect(await cutBackDeliveries(db, NOW + 31 * DAY_MS)).toBe(MAX_WAITING_MESSAGES + KEPT_MESSAGES);
  });
});
