/** `headstart restore` as a process, against the real Worker: giving a restore up, and what a merge says before it brings anything back. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeExportFile } from "../../cli/bench/transfer-file.ts";
import type { DevServer } from "../../cli/dev-server.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { startServer } from "../support/start-server.ts";

const EXAMPLES = 12;

let server: DevServer;
let folder: string;
let file: string;
let env: Record<string, string>;

const restore = (...args: string[]) => runHeadstart(["restore", ...args], { env });

async function ask(route: string, init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${server.adminToken}`, "content-type": "application/json" };
  const response = await fetch(`${server.url}/v1/admin${route}`, { ...init, headers: { ...headers, ...init.headers } });
  if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function listPhotos(): Promise<string[]> {
  const { examples } = await ask("/examples?class=item-000");
  return examples.map(({ photo }: { photo: string }) => photo);
}

// The steps build on each other: an empty deployment, a restore that broke off, a filled deployment.
describe("headstart restore", () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-test-"));
    server = await startServer({ dataDir: path.join(folder, "state"), quiet: true });
    env = { HEADSTART_URL: server.url, HEADSTART_KEY: server.adminToken };
    file = path.join(folder, "backup.ndjson");
    const { backbone } = await ask("/overview");
    await writeExportFile(file, { backboneId: backbone.id, dimension: backbone.dimension }, EXAMPLES);
  });

  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("says that there is nothing to give up, and wants a file or --abort", async () => {
    expect(await restore("--abort")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("No restore is under way"),
    });
    for (const args of [[], [file, "--abort"], [file, "--dry-run"]]) expect((await restore(...args)).code).toBe(2);
  });

  it("says how to get the backbone of a file that another one made, before anything is stored", async () => {
    const text = await readFile(file, "utf8");
    const foreign = path.join(folder, "foreign.ndjson");
    await writeExportFile(
      foreign,
      { backboneId: "f".repeat(64), dimension: JSON.parse(text.split("\n")[0]).dimension },
      1,
    );
    const refused = await restore(foreign);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("The file's embeddings were made by backbone ffffffffffff");
    expect(refused.stderr).toContain(
      "The file's backbone is not in this checkout. Put it in place, and deploy before you restore:",
    );
    expect(refused.stderr).toContain(`use https://<address>/backbone/${"f".repeat(64)}.onnx`);
    expect((await restore("--abort")).code).toBe(1);
  });

  it("gives up one that broke off: training goes on, and the rest can be merged", async () => {
    const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
    const { sha256 } = JSON.parse(lines.at(-1) ?? "");
    const half = `${lines.slice(0, lines.length / 2).join("\n")}\n`;
    const headers = { "content-type": "application/x-ndjson" };
    await ask(`/import?file=${sha256}`, { method: "POST", headers, body: half });
    expect(await ask("/training-runs", { method: "POST", body: "{}" })).toMatchObject({ outcome: "busy" });
    const aborted = await restore("--abort");
    expect(aborted).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(`^Gave up the restore of ${sha256.slice(0, 12)}`),
    });
    expect(await ask("/training-runs", { method: "POST", body: "{}" })).not.toMatchObject({ outcome: "busy" });
    expect(await restore(file, "--merge")).toMatchObject({ code: 0, stderr: "" });
    expect((await restore("--abort")).code).toBe(1);
  });

  it("says how much a merge would bring back that was forgotten, and asks", async () => {
    const [photo] = await listPhotos();
    await ask("/examples/forget", { method: "POST", body: JSON.stringify({ photos: [photo] }) });
    const untouched = await restore(file, "--merge", "--json");
    expect([untouched.code, JSON.parse(untouched.stdout).counts.kept]).toEqual([5, 1]);
    const found = /^The file holds 1 example not here, though older than what was last forgotten here\./;
    const wish = [file, "--merge", "--prefer", "file"];
    expect(await restore(...wish, "--dry-run")).toMatchObject({ code: 0, stdout: expect.stringMatching(found) });
    const asked = await restore(...wish);
    expect([asked.code, asked.stderr.trim()]).toEqual([2, expect.stringMatching(found)]);
    expect(asked.stderr).toContain("give --yes");
    expect(await listPhotos()).not.toContain(photo);
    expect((await restore(...wish, "--yes")).code).toBe(0);
    expect(await listPhotos()).toContain(photo);
  });
});
