/** The local server's own parts: log lines, ports, processes. That the real Worker runs in it is shown in test/browser. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { startChildGroup } from "../../cli/dev/child-group.ts";
import { findFreePort, isPortFree, LOOPBACK } from "../../cli/dev/ports.ts";
import { runWorker } from "../../cli/dev/run-worker.ts";
import { bundleWorker, DESCRIPTION_FILE, type Migration } from "../../cli/dev/worker-bundle.ts";
import { describeLogLine } from "../../cli/dev/worker-log.ts";
import type { WorkerStart } from "../../cli/dev/worker-messages.ts";
import { startDevServer } from "../../cli/dev-server.ts";
import { WRANGLER_CONFIG } from "../../cli/shared/project-paths.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

describe("the Worker's log", () => {
  it.each([
    [
      '{"event":"training_run","outcome":"published","message":"Head 2 is live.","durationMs":1500}',
      "Training: published (1.5 s). Head 2 is live.",
    ],
    ['{"event":"training_run","outcome":"idle","message":"nothing","durationMs":1}', undefined],
    ['{"event":"backbone_failed","reason":"out of memory"}', "Worker: backbone_failed: out of memory"],
    ["[wrangler:info] GET /v1/menu 200 OK (3ms)", undefined],
    ["{not json", undefined],
  ])("shows %s as %s", (line, shown) => {
    expect(describeLogLine(line)).toBe(shown);
  });
});

describe("the Worker's bundle", () => {
  it("is written in one byte a letter: a single other one would double what its code takes of an isolate", async () => {
    const { folder } = await bundleWorker(WRANGLER_CONFIG);
    const code = await readFile(path.join(folder, "index.js"), "utf8");
    expect(Array.from(code).filter((letter) => letter > "\u00ff")).toEqual([]);
  });
});

describe("ports", () => {
  it("are free until somebody listens, and a server on a taken one is refused", async () => {
    const port = await findFreePort();
    expect(await isPortFree(port)).toBe(true);
    const server = createServer().listen(port, "127.0.0.1");
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    expect(await isPortFree(port)).toBe(false);
    await expect(startDevServer({ port })).rejects.toThrow(`Port ${port} is taken`);
  });
});

/** A child that starts a grandchild, writes both ids to `file` and ignores SIGTERM, as a hanging workerd would. */
const STUBBORN = `
  const { spawn } = require("node:child_process");
  process.on("SIGTERM", () => {});
  const inner = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"]);
  require("node:fs").writeFileSync(process.argv[1], process.pid + " " + inner.pid);
  console.log("started");
  setInterval(() => {}, 1000);`;

describe("a child group", () => {
  it("ends a child that ignores SIGTERM, and what it started", async () => {
    const file = path.join(await makeTempFolder(), "pids");
    const started = Promise.withResolvers<void>();
    const options = { cwd: ".", env: process.env, onLine: () => started.resolve() };
    const child = startChildGroup({ program: process.execPath, args: ["-e", STUBBORN] }, [file], options);
    await started.promise;
    const pids = (await readFile(file, "utf8")).split(" ").map(Number);
    await child.stop();
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it("tells exit code and last lines of a child that ended by itself", async () => {
    const options = { cwd: ".", env: process.env, onLine: () => {} };
    const program = {
      program: process.execPath,
      args: ["-e", "console.error('no such option'); process.exitCode = 7"],
    };
    const child = startChildGroup(program, [], options);
    expect(await child.ended).toBe(7);
    expect(child.lastLines()).toEqual(["no such option"]);
    await child.stop();
  });
});

const HEALTHY = `export default {
  fetch: async (request, env) => Response.json((await env.DB.prepare("SELECT name FROM d1_migrations").all()).results),
  scheduled: (controller) => { if (controller.cron === "1 1 1 1 1") throw new Error("no such cron"); },
};`;
const MIGRATIONS = [
  { name: "0001_a.sql", statements: ["CREATE TABLE a (x INTEGER)", "INSERT INTO a VALUES (1)"] },
  { name: "0002_b.sql", statements: ["ALTER TABLE a ADD COLUMN y INTEGER"] },
];

/** A bundle in a folder of its own, as `bundleWorker` lays it out. */
async function makeStart(script: string, migrations: readonly Migration[] = MIGRATIONS): Promise<WorkerStart> {
  const folder = await makeTempFolder();
  const options = { compatibilityDate: "2026-10-01", bindings: {}, d1Databases: { DB: { id: "local" } } };
  const description = JSON.stringify({ options, database: "DB", migrations });
  await writeFiles(path.join(folder, "bundle"), { "index.js": script, [DESCRIPTION_FILE]: description });
  const folders = { bundleDir: path.join(folder, "bundle"), assetsDir: folder, dataDir: path.join(folder, "data") };
  return { ...folders, host: LOOPBACK, port: 0, hasOrt: false, buckets: [], vars: {} };
}

describe("the Worker's process", () => {
  it("applies what is missing of the migrations, once, and fires crons", async () => {
    const start = await makeStart(HEALTHY, MIGRATIONS.slice(0, 1));
    await (await runWorker(start, () => {})).stop();
    const later = { ...(await makeStart(HEALTHY)), dataDir: start.dataDir };
    const worker = await runWorker(later, () => {});
    onTestFinished(() => worker.stop());
    expect(await (await fetch(`${worker.url}/v1/health`)).json()).toEqual(MIGRATIONS.map(({ name }) => ({ name })));
    await worker.fireCron("* * * * *");
    await expect(worker.fireCron("1 1 1 1 1")).rejects.toThrow("The cron 1 1 1 1 1 failed: exception");
  });

  it.each([
    ["does not load", "throw new Error('thrown while loading');", MIGRATIONS, /did not start.*thrown while loading/s],
    [
      "refuses its configuration",
      "export default { fetch: () => new Response('PRIOR_EXPONENT is odd', { status: 500 }) };",
      MIGRATIONS,
      "/v1/health answered 500 PRIOR_EXPONENT is odd",
    ],
    [
      "has a broken migration",
      HEALTHY,
      [...MIGRATIONS, { name: "0003_c.sql", statements: ["INSERT INTO a VALUES (2, 2)", "DROP TABLE nowhere"] }],
      "The local database could not be migrated: 0003_c.sql",
    ],
  ])("tells of a Worker that %s", async (_name, script, migrations, words) => {
    await expect(runWorker(await makeStart(script, migrations), () => {})).rejects.toThrow(words);
  });

  it("applies a migration as a whole or not at all: one that broke in the middle leaves nothing behind", async () => {
    const statements = ["CREATE TABLE b (x INTEGER)", "DROP TABLE nowhere"];
    const start = await makeStart(HEALTHY, [...MIGRATIONS, { name: "0003_c.sql", statements }]);
    await expect(runWorker(start, () => {})).rejects.toThrow("0003_c.sql");
    // Were its first statement kept, the table would be there a second time.
    const mended = [...MIGRATIONS, { name: "0003_c.sql", statements: [statements[0]] }];
    const again = { ...(await makeStart(HEALTHY, mended)), dataDir: start.dataDir };
    const worker = await runWorker(again, () => {});
    onTestFinished(() => worker.stop());
    expect(await (await fetch(`${worker.url}/v1/health`)).json()).toEqual(mended.map(({ name }) => ({ name })));
  });

  it("ends with workerd when the command that started it is killed", async () => {
    const { dataDir, ...start } = await makeStart(HEALTHY);
    const command = `
      import { runWorker } from ${JSON.stringify(path.resolve("cli/dev/run-worker.ts"))};
      const { url } = await runWorker(JSON.parse(process.argv[1]), () => {});
      console.log(url);`;
    const args = ["--input-type=module", "-e", command, JSON.stringify({ dataDir, ...start })];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const url = await new Promise<string>((resolve) =>
      child.stdout.once("data", (data) => resolve(String(data).trim())),
    );
    expect((await fetch(url)).status).toBe(200);
    child.kill("SIGKILL");
    const port = Number(new URL(url).port);
    while (!(await isPortFree(port))) await sleep(20); // workerd holds it until it ends
  });
});
