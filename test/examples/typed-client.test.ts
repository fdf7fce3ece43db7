/** The example of the typed client, as a reader would run it, against the real Worker. */
import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildClient, CLIENT_DIR } from "../../cli/build-client.ts";
import type { DevServer } from "../../cli/dev-server.ts";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import { findOldestNode } from "../support/oldest-node.ts";
import { makePhoto } from "../support/photos.ts";
import { startServer } from "../support/start-server.ts";
import { writeFiles } from "../support/temp-folder.ts";

const EXAMPLE = path.join(CLIENT_DIR, "examples/third-item.js");
const node = findOldestNode();
/** A Python with requests; undefined where there is none. */
const PYTHON = [process.env.HEADSTART_PYTHON ?? "python3"].find(
  (python) => spawnSync(python, ["-c", "import requests"]).status === 0,
);
const MENU = { Margherita: "margherita", Hawaiian: "hawaiian", "Four Cheese": "four_cheese" };
const PHOTOS_PER_ITEM = 9;

let folder: string;
let server: DevServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "headstart-example-"));
  for (const [name, kind] of Object.entries(MENU)) {
    const photos = Array.from({ length: PHOTOS_PER_ITEM }, (_, seed) => [`${name}/${seed}.png`, makePhoto(kind, seed)]);
    await writeFiles(folder, Object.fromEntries(photos));
  }
  [server] = await Promise.all([startServer({ dataDir: path.join(folder, "state"), quiet: true }), buildClient()]);
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What it prints, line by line. Rejects with its complaint where it fails. */
async function runExample(key: string): Promise<string[]> {
  const args = [EXAMPLE, server.url, ...Object.keys(MENU).map((name) => path.join(folder, name))];
  const env = { ...process.env, HEADSTART_KEY: key, NODE_OPTIONS: "" };
  const { stdout } = await promisify(execFile)(node.file, args, { env });
  return stdout.trim().split("\n");
}

// The steps build on each other.
describe(`the example of the typed client, in Node ${node.version}`, () => {
  it("says what the API refuses, by its code", async () => {
    await expect(runExample("wrong")).rejects.toThrow("unauthorized: ");
  });

  it("teaches a menu, adds a third item to it, and has a photo of it recognised that it kept back", async () => {
    expect(await runExample(server.adminToken)).toEqual([
      "Margherita: 9 photos stored, 0 were there already.",
      "Hawaiian: 9 photos stored, 0 were there already.",
      expect.stringMatching(/^Version 1 is live: 2 items, 18 examples/),
      "Four Cheese: 8 photos stored, 0 were there already.",
      expect.stringMatching(/^Version 2 is live: 3 items, 26 examples/),
      expect.stringMatching(/^8\.png: Four Cheese, (1\.00|0\.\d\d), by head 2\.$/),
    ]);
  });

  it("finds everything there already when it is run again", async () => {
    const lines = await runExample(server.adminToken);
    expect(lines).toContain("Four Cheese: 0 photos stored, 8 were there already.");
    expect(lines.at(-1)).toMatch(/^8\.png: Four Cheese, .*, by head 2\.$/);
  });

  it.skipIf(PYTHON === undefined)(
    "has a sibling in Python, which asks, corrects, and says what is refused",
    async () => {
      const ask = path.join(PROJECT_ROOT, "examples/python/ask.py");
      const env = { ...process.env, HEADSTART_KEY: server.adminToken };
      const photo = path.join(folder, "Four Cheese/8.png");
      const { stdout } = await promisify(execFile)(PYTHON ?? "", [ask, server.url, photo, "four-cheese"], { env });
      expect(stdout).toMatch(/^Four Cheese, (1\.00|0\.\d\d), by head \d\ncounted\n$/);
      const missing = promisify(execFile)(PYTHON ?? "", [ask, server.url, photo, "quattro"], { env });
      await expect(missing).rejects.toThrow("unknown_class: ");
    },
  );
});
