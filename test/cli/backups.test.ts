/** Backups end to end: the real Worker with a bucket on this disk, the command, a lost database, and a Worker that is killed in the middle. */
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import { openLocalDatabase, writeLabels } from "../support/local-database.ts";
import { createRandom } from "../support/random.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { startServer } from "../support/start-server.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const PHOTOS = path.join(PROJECT_ROOT, "src/web/example-menu");
/** Three parts of 8 MiB. */
const MANY = 20_000;

let server: DevServer | undefined;
afterEach(() => server?.stop());

/** A server on this folder's data, where the command finds it. */
async function start(dataDir: string) {
  const started = await startServer({ dataDir, quiet: true, buckets: ["BACKUPS"] });
  server = started;
  const env = { HEADSTART_URL: started.url, HEADSTART_KEY: started.adminToken };
  const ask = async (route: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${started.adminToken}`, ...init.headers };
    const response = await fetch(`${started.url}/v1${route}`, { ...init, headers });
    if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  return { ...started, ask, run: (...args: string[]) => runHeadstart(args, { env }) };
}

type Running = Awaited<ReturnType<typeof start>>;

const readPhoto = async (name: string) => new Uint8Array(await readFile(path.join(PHOTOS, `${name}.png`)));

async function teachPhotos({ ask }: Running): Promise<void> {
  for (const item of ["hawaiian", "margherita"]) {
    await ask("/admin/classes", { method: "POST", body: JSON.stringify({ id: item, name: item }), headers: JSON_TYPE });
    const form = new FormData();
    for (let i = 1; i <= 4; i++) form.append("image", new File([await readPhoto(`${item}-${i}`)], `${i}.png`));
    await ask(`/admin/classes/${item}/examples`, { method: "POST", body: form });
  }
  await ask("/admin/training-runs", { method: "POST" });
}

const JSON_TYPE = { "content-type": "application/json" };

async function answer({ ask }: Running): Promise<unknown> {
  const { predictions, headVersion } = await ask("/classify", {
    method: "POST",
    body: await readPhoto("sample-1"),
    headers: { "content-type": "image/png" },
  });
  return { predictions, headVersion };
}

it("gives the same answers after everything but the bucket was lost", async () => {
  const folder = await makeTempFolder();
  const first = await start(folder);
  expect(await first.run("restore", "--from-backup")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("There is no backup yet"),
  });
  expect(await first.run("backups", "make")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("nothing to back up"),
  });
  await teachPhotos(first);
  const before = await answer(first);
  await first.runBackup();
  await first.runBackup();
  const listed = JSON.parse((await first.run("backups", "list", "--json")).stdout);
  expect(listed).toMatchObject({ bucket: true, failing: false, backups: [{ rows: expect.any(Number) }] });
  const saved = path.join(folder, "saved.ndjson");
  expect(await first.run("backups", "save", saved)).toMatchObject({ code: 0 });
  expect(await first.run("doctor", "--remote")).toMatchObject({
    stdout: expect.stringContaining(listed.backups[0].name),
  });
  await first.stop();
  await rm(path.join(folder, "v3/d1"), { recursive: true });

  const second = await start(folder);
  const restored = await second.run("restore", "--from-backup");
  expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining("Restored, in rows") });
  expect(restored.stderr).toContain(listed.backups[0].name);
  expect(await answer(second)).toEqual(before);
  const asked = await second.run("restore", "--from-backup", "2020-01-01T00-00-00Z");
  expect(asked).toMatchObject({ code: 1, stderr: expect.stringContaining("There is no backup 2020-01-01T00-00-00Z") });
  expect(await second.run("restore", saved, "--from-backup")).toMatchObject({ code: 2 });
});

it("leaves nothing that a restore would take when the Worker is killed in the middle", async () => {
  const folder = await makeTempFolder();
  const first = await start(folder);
  const { backbone } = await first.ask("/admin/overview");
  await first.ask("/admin/classes", { method: "POST", body: '{"id":"one","name":"One"}', headers: JSON_TYPE });
  await first.stop();
  const withDatabase = <T>(use: (db: ReturnType<typeof openLocalDatabase>) => T): T => {
    const db = openLocalDatabase(folder);
    try {
      return use(db);
    } finally {
      db.close();
    }
  };
  const labels = { classId: "one", kind: 1, count: MANY, dimension: backbone.dimension, backboneId: backbone.id };
  withDatabase((db) => {
    db.exec("BEGIN");
    writeLabels(db, labels, createRandom("many"));
    db.exec("COMMIT");
  });
  const begun = () => withDatabase((db) => db.prepare("SELECT begun, upload_id FROM backup_state").get());
  let inTheMiddle = 0;
  for (const delay of [0, 150, 400]) {
    const running = await start(folder);
    running.ask("/admin/backups", { method: "POST" }).catch(() => undefined);
    while (typeof begun()?.upload_id !== "string") await sleep(5);
    await sleep(delay);
    await running.kill();
    if (begun()?.begun !== null) inTheMiddle += 1;
    // Nobody comes back to the claim of the dead: its time is up.
    withDatabase((db) => db.exec("UPDATE backup_state SET expires_at = 0, made_at = NULL"));
  }
  expect(inTheMiddle).toBeGreaterThan(0);

  const last = await start(folder);
  for (const { name } of (await last.ask("/admin/backups")).backups) {
    expect(await last.run("backups", "save", path.join(folder, "kept.ndjson"), "--name", name)).toMatchObject({
      code: 0,
    });
  }
  const before = (await last.ask("/admin/backups")).backups.length;
  expect(before + inTheMiddle).toBe(3);
  expect(await last.run("backups", "make")).toMatchObject({ code: 0 });
  const { backups, failing } = await last.ask("/admin/backups");
  expect([backups.length, failing]).toEqual([before + 1, false]);
  expect(backups[0].rows).toBe(MANY + 3);
});
