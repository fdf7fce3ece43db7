/** Backups into a bucket of the local R2: whole or not there, one at a time, gone when their time is past. */
import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import worker from "../../../src/index.ts";
import { DAY_MS } from "../../../src/shared/time.ts";
import { listBackups } from "../../../src/store/backups/backup-bucket.ts";
import { readBackupRecord } from "../../../src/store/backups/backup-state.ts";
import { type BackupContext, makeBackup } from "../../../src/store/backups/make-backup.ts";
import { openDatabase } from "../../../src/store/database.ts";
import { observeD1 } from "../../support/failing-d1.ts";
import { makeKey, sendWith } from "../../support/keys.ts";
import { addItem, exportAll, importLines, linesOf, readBackbone } from "../../support/transfer-deployment.ts";
import { type Body, resetDatabase, send, sendAsAdmin } from "../../support/worker-client.ts";

const BACKED_UP = { ...env, BACKUPS: env.LOCAL_BUCKET };
const bucket = env.LOCAL_BUCKET;
const db = openDatabase(env.DB);
const NOW = Date.UTC(2026, 10, 29, 3, 27);
const HOUR_MS = 3_600_000;
const backbone = await readBackbone();
const content = { backbone: { backboneId: backbone.id, dimension: backbone.dimension }, withPreviews: true };

const contextAt = (now: number, changes: Partial<BackupContext> = {}): BackupContext => ({
  db,
  bucket,
  findContent: async () => content,
  kept: { days: 7, weeks: 4 },
  clock: () => now,
  ...changes,
});
const makeAt = (now: number, changes: Partial<BackupContext> = {}, isForced = false) =>
  makeBackup(contextAt(now, changes), { isForced });

async function listKeys(): Promise<string[]> {
  return (await bucket.list()).objects.map(({ key }) => key);
}

/** Every byte of the bucket as text. */
async function readBucket(): Promise<string> {
  const texts = (await listKeys()).map(async (key) => (await bucket.get(key))?.text());
  return (await Promise.all(texts)).join("\n");
}

/** The bucket, whose n-th operation, uploads included, is `broken`; and how many there were. */
function breakBucket(at: number, broken: () => Promise<never>) {
  const calls: string[] = [];
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(inner, property) {
        const value: unknown = Reflect.get(inner, property);
        if (typeof value !== "function") return value;
        return (...args: unknown[]) => {
          if (property !== "resumeMultipartUpload") calls.push(String(property));
          if (calls.length === at + 1) return broken();
          const result: unknown = value.apply(inner, args);
          if (property === "resumeMultipartUpload") return wrap(result as object);
          return property === "createMultipartUpload" ? (result as Promise<object>).then(wrap) : result;
        };
      },
    });
  return { bucket: wrap(bucket), calls };
}

const refuse = () => Promise.reject(new Error("the bucket is out of reach"));

beforeEach(async () => {
  await resetDatabase();
  const keys = await listKeys();
  if (keys.length > 0) await bucket.delete(keys);
  await addItem(backbone, "pepperoni", 6);
});

describe("a backup", () => {
  it("is the export to the byte, by the cron, once a day", async () => {
    vi.spyOn(console, "log").mockReturnValue();
    const fire = () => worker.scheduled(createScheduledController({ cron: "27 * * * *" }), BACKED_UP);
    await fire();
    const file = await exportAll();
    await fire();
    const { body } = await sendAsAdmin("/v1/admin/backups", {}, BACKED_UP);
    const [backup] = body.backups as Body[];
    expect(body).toMatchObject({ bucket: true, failing: false, failure: null, kept: { days: 7, weeks: 4 } });
    expect(body.backups).toHaveLength(1);
    const saved = await sendAsAdmin(`/v1/admin/backups/${backup.name}`, {}, BACKED_UP);
    expect(saved.body.text).toBe(file);
    const end = JSON.parse(linesOf(file).at(-1) ?? "");
    expect(backup).toMatchObject({ sha256: end.sha256, bytes: file.length, rows: linesOf(file).length - 2 });
    expect(await listKeys()).toEqual([`backups/${backup.name}.json`, `backups/${backup.name}.ndjson`]);
  });

  it("restores a deployment that has lost everything", async () => {
    await makeAt(NOW);
    const before = await exportAll();
    await resetDatabase();
    const [{ name }] = (await listBackups(bucket)).backups;
    const { body } = await sendAsAdmin(`/v1/admin/backups/${name}`, {}, BACKED_UP);
    expect(await importLines(linesOf(String(body.text)), "?mode=restore")).toMatchObject({ body: { done: true } });
    expect(await exportAll()).toBe(before);
  });

  it("is made by one of two crons that come at once", async () => {
    const both = await Promise.all([makeAt(NOW), makeAt(NOW + 1_000)]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(["busy", "made"]);
    expect(await listKeys()).toHaveLength(2);
  });

  it("is not made of an empty deployment, of half a one, or where there is no bucket", async () => {
    await env.DB.prepare("UPDATE training_lease SET expires_at = ?, restores = ?")
      .bind(NOW + HOUR_MS, "a".repeat(64))
      .run();
    expect(await makeAt(NOW)).toMatchObject({ outcome: "restoring" });
    await resetDatabase();
    expect(await makeAt(NOW)).toMatchObject({ outcome: "empty" });
    expect(await listKeys()).toEqual([]);
    expect(await sendAsAdmin("/v1/admin/backups")).toMatchObject({ body: { bucket: false, backups: [] } });
    expect(await sendAsAdmin("/v1/admin/backups", { method: "POST" })).toMatchObject({ status: 404 });
    expect((await sendAsAdmin("/v1/admin/overview")).body.backup).toBeNull();
  });

  it("is for admins alone, and no other object of the bucket is one", async () => {
    await bucket.put("backups/secret.ndjson", "x");
    const { secret } = await makeKey("review");
    for (const path of ["/v1/admin/backups", "/v1/admin/backups/secret"]) {
      expect(await send(path, {}, BACKED_UP)).toMatchObject({ status: 401 });
      expect(await sendWith(secret, path, {}, BACKED_UP)).toMatchObject({ status: 403 });
    }
    expect(await sendAsAdmin("/v1/admin/backups/secret", {}, BACKED_UP)).toMatchObject({ status: 404 });
    expect(await makeAt(NOW)).toMatchObject({ outcome: "made" });
    expect(await listKeys()).toContain("backups/secret.ndjson");
  });
});

describe("a backup that fails", () => {
  it("leaves nothing that a restore would take, wherever the bucket fails, and the next hour makes it good", async () => {
    const whole = breakBucket(-1, refuse);
    await makeAt(NOW - DAY_MS, { bucket: whole.bucket });
    expect(whole.calls).toContain("uploadPart");
    for (let at = 1; at < whole.calls.length; at++) {
      await resetDatabase();
      await bucket.delete(await listKeys());
      await addItem(backbone, "pepperoni", 6);
      const failed = await makeAt(NOW, { bucket: breakBucket(at, refuse).bucket });
      expect(failed, `operation ${at}, ${whole.calls[at]}`).toMatchObject({
        outcome: "failed",
        reason: expect.stringContaining("out of reach"),
      });
      expect((await listBackups(bucket)).backups).toEqual([]);
      expect(await readBackupRecord(db)).toMatchObject({ madeAt: null, failedAt: NOW });
      const { body } = await sendAsAdmin("/v1/admin/overview", {}, BACKED_UP);
      expect(body.backup).toEqual({ madeAt: null, failing: true });
      expect(await makeAt(NOW + HOUR_MS)).toMatchObject({ outcome: "made" });
      expect(await listKeys()).toHaveLength(2);
      vi.setSystemTime(NOW + HOUR_MS); // -- the page counts the days since then
      expect((await sendAsAdmin("/v1/admin/overview", {}, BACKED_UP)).body.backup).toMatchObject({ failing: false });
      vi.useRealTimers();
    }
  });

  it("leaves nothing that a restore would take, wherever the database fails", async () => {
    const healthy = observeD1(env.DB);
    await makeAt(NOW - DAY_MS, { db: openDatabase(healthy.db) });
    for (let call = 0; call < healthy.calls.length; call++) {
      await resetDatabase();
      await bucket.delete(await listKeys());
      await addItem(backbone, "pepperoni", 6);
      const failing = observeD1(env.DB);
      failing.failAt(call, "before");
      await makeAt(NOW, { db: openDatabase(failing.db) }).catch(() => undefined);
      const { backups } = await listBackups(bucket);
      for (const { name, sha256 } of backups) {
        const text = (await (await bucket.get(`backups/${name}.ndjson`))?.text()) ?? "";
        expect(JSON.parse(linesOf(text).at(-1) ?? "").sha256).toBe(sha256);
      }
      expect(await makeAt(NOW + HOUR_MS)).toMatchObject({ outcome: "made" });
    }
  });

  it("is cleared away and told of when its isolate died in the middle", async () => {
    const calls = ["uploadPart", "complete", "put"];
    const whole = breakBucket(-1, refuse);
    await makeAt(NOW - DAY_MS, { bucket: whole.bucket });
    for (const dying of calls) {
      await resetDatabase();
      await bucket.delete(await listKeys());
      await addItem(backbone, "pepperoni", 6);
      const died = Promise.withResolvers<void>();
      const silent = breakBucket(whole.calls.indexOf(dying), () => {
        died.resolve();
        return new Promise<never>(() => {});
      });
      void makeAt(NOW, { bucket: silent.bucket });
      await died.promise;
      expect((await listBackups(bucket)).backups).toEqual([]);
      expect(await makeAt(NOW + 1_000)).toMatchObject({ outcome: "busy" });
      const later = NOW + HOUR_MS;
      expect(await makeAt(later)).toMatchObject({ outcome: "made" });
      expect(await readBackupRecord(db)).toEqual({
        madeAt: later,
        failedAt: later,
        failure: "it broke off before it was whole",
      });
      expect(await listKeys()).toHaveLength(2);
    }
  });

  it("is told of with the time of the last whole one", async () => {
    const error = vi.spyOn(console, "error").mockReturnValue();
    const broken = { ...env, BACKUPS: breakBucket(2, refuse).bucket };
    const { status, body } = await sendAsAdmin("/v1/admin/backups", { method: "POST" }, broken);
    expect([status, body.outcome, body.backup]).toEqual([200, "failed", null]);
    expect(error).toHaveBeenCalledWith(expect.stringContaining('"event":"backup_failed"'));
    const listed = await sendAsAdmin("/v1/admin/backups", {}, BACKED_UP);
    expect(listed.body).toMatchObject({ failing: true, failure: { reason: "the bucket is out of reach" } });
  });
});

describe("what was forgotten", () => {
  it("is in no backup once their time is past, whether or not new ones were made", async () => {
    const photos = await addItem(backbone, "hawaiian", 3);
    const marker = photos[0].sampleId;
    for (let day = 0; day < 10; day++) await makeAt(NOW + day * DAY_MS);
    expect(await readBucket()).toContain(marker);
    await sendAsAdmin(`/v1/admin/examples/${marker}`, { method: "DELETE" });
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    const forgottenAt = NOW + 10 * DAY_MS;
    await makeAt(forgottenAt);
    expect(await readBucket()).toContain(marker);
    await makeAt(forgottenAt + 28 * DAY_MS, { bucket: breakBucket(4, refuse).bucket });
    expect(await readBucket()).not.toContain(marker);
  });
});
