/** `headstart classify --together`, against the real Worker with a menu of two items. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { teach, trainByCron } from "../support/live-menu.ts";
import { makePhoto } from "../support/photos.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { startServer } from "../support/start-server.ts";

const draw = (label: string, seed: number) => ({ label, file: `${seed}.png`, bytes: makePhoto(label, seed) });

describe("headstart classify --together", () => {
  let folder: string;
  let server: DevServer;
  let shots: string[];
  const run = (...args: string[]) =>
    runHeadstart(["classify", ...args, "--together"], {
      env: { HEADSTART_URL: server.url, HEADSTART_KEY: server.adminToken },
    });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-together-"));
    server = await startServer({ dataDir: path.join(folder, "state"), quiet: true });
    const taught = ["pepperoni", "hawaiian"].flatMap((label) => [1, 2, 3, 4].map((seed) => draw(label, seed)));
    await teach(server, taught);
    await trainByCron(server, taught[0]);
    shots = ["1.png", "2.png", "3.png"].map((name) => path.join(folder, name));
    await Promise.all(shots.map((file, i) => writeFile(file, makePhoto("hawaiian", 90 + i))));
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("gives one answer to all files, and says from how many photos it is", async () => {
    const table = await run(...shots);
    expect(table.code, table.stderr).toBe(0);
    expect(table.stdout).toMatch(/1\.png, .*2\.png, .*3\.png +\S.*, from 3 photos/);
    const { code, stdout } = await run(...shots, "--json", "--expect", "hawaiian");
    expect(JSON.parse(stdout)).toMatchObject({ results: [{ file: shots.join(", "), answer: { photos: 3 } }] });
    expect(code).toBe(JSON.parse(stdout).results[0].answer.unknown ? 1 : 0);
  });

  it("names the file that cannot be used, and answers to none then", async () => {
    const missing = `${shots[0]}.gone`;
    const gone = await run(shots[0], missing);
    expect(gone).toMatchObject({ code: 1, stdout: expect.stringContaining(`there is nothing at ${missing}`) });
    const broken = `${shots[0]}.broken.png`;
    await writeFile(broken, "no photo");
    const refused = await run(...shots, broken);
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining("Photo 4 of 4 cannot be used.") });
  });

  it("takes two photos at least, and no texts", async () => {
    for (const args of [[shots[0]], [...shots, "--lines"], ["--text", "a"], [...shots, "--csv", "a.csv"]]) {
      expect((await run(...args)).code, args.join(" ")).toBe(2);
    }
  });
});
