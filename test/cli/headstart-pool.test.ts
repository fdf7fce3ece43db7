/** `headstart pool`, as a process of its own, against the real Worker with what it was unsure of. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { openLocalDatabase } from "../support/local-database.ts";
import { makePhoto } from "../support/photos.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { startServer } from "../support/start-server.ts";
import { writeFiles } from "../support/temp-folder.ts";

const IDS = ["a1", "b2", "c3", "c4"].map((start) => start.padEnd(64, "0"));

let folder: string;
let server: DevServer;

function run(...args: string[]) {
  return runHeadstart(["pool", ...args], { env: { HEADSTART_URL: server.url, HEADSTART_KEY: server.adminToken } });
}

/** What `--json` prints. */
async function ask(...args: string[]) {
  return JSON.parse((await run(...args, "--json")).stdout);
}

/** Samples that look like an example to the backbone in use. */
function fillPool(): void {
  const database = openLocalDatabase(path.join(folder, "state"));
  const row = "backbone_id, embedding, scale, 'staff', NULL, NULL, 1, 'undecided', NULL, 0, 0, 1";
  for (const id of IDS) database.prepare(`INSERT INTO pooled_samples SELECT ?, ${row} FROM examples LIMIT 1`).run(id);
  database.close();
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "headstart-test-"));
  server = await startServer({ dataDir: path.join(folder, "state"), quiet: true });
  const photos = ["hawaiian", "pepperoni"].flatMap((kind) =>
    [1, 2, 3].map((seed) => [`${kind}/${seed}.png`, makePhoto(kind, seed, 128)]),
  );
  await writeFiles(path.join(folder, "photos"), Object.fromEntries(photos));
  const env = { HEADSTART_URL: server.url, HEADSTART_KEY: server.adminToken };
  for (const args of [["import", path.join(folder, "photos")], ["train"]])
    expect((await runHeadstart(args, { env })).code).toBe(0);
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

it("lists what the head is unsure of, labels it, dismisses it and empties the pool", async () => {
  expect((await run("list")).stdout).toContain("The pool is closed");
  fillPool();
  const { samples, pooled } = await ask("list", "--limit", "3");
  expect([samples.length, pooled]).toEqual([3, 4]);
  expect((await run("list")).stdout).toMatch(/^SAMPLE +WHY +HEAD SAYS[\s\S]*undecided[\s\S]*4 in all\.\n$/);
  expect(await ask("label", "a1", "Pepperoni")).toEqual({ photo: IDS[0], label: "pepperoni" });
  expect((await run("label", "c", "hawaiian")).code).toBe(2);
  expect((await run("label", "c3", "tonno")).code).toBe(1);
  expect(await ask("dismiss", IDS[1])).toEqual({ dismissed: IDS[1] });
  const again = await run("dismiss", IDS[1]);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("no such sample in the pool")]);
  expect((await run("empty")).code).toBe(2);
  expect(await ask("empty", "--yes")).toEqual({ dropped: 2 });
});
