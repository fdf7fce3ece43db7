/** A change of the backbone with the command and real servers: to a made network of six numbers, and back. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useBackbone } from "../../cli/backbone/use-backbone.ts";
import type { DevServer } from "../../cli/dev-server.ts";
import { askThroughout, type Guest } from "../support/ask-throughout.ts";
import { killHeadstart } from "../support/kill-headstart.ts";
import { openLocalDatabase, readTruth } from "../support/local-database.ts";
import { makeTinyBackbone } from "../support/onnx-graphs.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";
import { makePhoto } from "../support/photos.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { startServer } from "../support/start-server.ts";
import { writeFiles } from "../support/temp-folder.ts";

const KINDS = ["pepperoni", "hawaiian", "margherita"];
const PHOTOS_EACH = 20;
/** The same for every start, so that receipts outlive one. */
const vars = { ADMIN_TOKEN: "test-admin-token-of-32-characters", RECEIPT_SECRET: "test-receipt-secret-of-32-chars!" };

describe("headstart reembed", () => {
  let folder: string;
  let server: DevServer;
  let guest: Guest | undefined;

  const inFolder = (name: string) => path.join(folder, name);
  const headstart = (...args: string[]) =>
    runHeadstart(args, { env: { HEADSTART_URL: server.url, HEADSTART_KEY: vars.ADMIN_TOKEN } });

  async function start({ backboneDir, keeps = "originals" }: { backboneDir?: string; keeps?: string } = {}) {
    const backbone = backboneDir === undefined ? {} : { backboneDir };
    const keeping = { vars: { ...vars, KEEP_PICTURES: keeps }, buckets: ["PICTURES"] as const };
    server = await startServer({ dataDir: inFolder("state"), quiet: true, ...keeping, ...backbone });
    guest?.visit(server.url);
  }

  async function stop() {
    guest?.leave();
    await server.stop();
  }

  async function show() {
    const { stdout, stderr } = await headstart("reembed", "--json");
    return stderr === "" ? JSON.parse(stdout) : stderr;
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-test-"));
    const photos = KINDS.flatMap((kind) =>
      Array.from({ length: PHOTOS_EACH }, (_, i) => [`photos/${kind}/${i}.png`, makePhoto(kind, i, 96)] as const),
    );
    await writeFiles(folder, { ...Object.fromEntries(photos), "tiny.onnx": makeTinyBackbone() });
    await useBackbone(inFolder("tiny.onnx"), {
      modelsDir: inFolder("none"),
      sharedBackbonesDir: inFolder("none"),
      activeDir: inFolder("tiny"),
    });
    await start();
    expect((await headstart("import", inFolder("photos"))).code).toBe(0);
    expect((await headstart("train")).code).toBe(0);
    guest = askThroughout(makePhoto("hawaiian", 99, 96), "image/png");
    guest.visit(server.url);
  });

  afterAll(async () => {
    await guest?.end().catch(() => undefined);
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("continues where it was when it is killed, and lists what it has no photo of", async () => {
    for (const file of ["pepperoni/0.png", "hawaiian/0.png"]) await rm(inFolder(`photos/${file}`));
    const args = ["reembed", inFolder("photos"), "--backbone", inFolder("tiny")];
    const env = { HEADSTART_URL: server.url, HEADSTART_KEY: vars.ADMIN_TOKEN };
    expect(await killHeadstart(args, env, /50 of 58 photos/)).toBe(true);
    expect((await show()).second).toMatchObject({ embedded: 32, missing: 28, readyAt: null, head: null });
    const again = await headstart(...args);
    expect(again).toMatchObject({ code: 5, stdout: expect.stringContaining("Embedded and sent: 26.") });
    expect(again.stdout).toContain("2 photos are not there");
    expect(again.stdout).toMatch(/pepperoni {2}[0-9a-f]{64}/);
    expect((await show()).second).toMatchObject({ embedded: 58, missing: 2, readyAt: null });
  });

  it("compares both backbones when what is missing is left behind by name", async () => {
    const { stdout } = await headstart("reembed", inFolder("photos"), "--backbone", inFolder("tiny"), "--json");
    const photos = JSON.parse(stdout).missing.map(({ photo }: { photo: string }) => photo);
    const args = ["reembed", inFolder("photos"), "--backbone", inFolder("tiny"), "--leave", ...photos];
    const ready = await headstart(...args);
    expect(ready).toMatchObject({ code: 0 });
    expect(ready.stdout).toMatch(/left out one by one {2}58 /);
    expect((await show()).second).toMatchObject({ head: { examples: 58 }, missing: 2 });
  });

  it("is answered by the new backbone when that is deployed, and the next training completes the change", async () => {
    await stop();
    await start({ backboneDir: inFolder("tiny") });
    const before = await show();
    expect(before.running).toBe(before.second.id);
    expect((await headstart("train")).code).toBe(0);
    const after = await show();
    expect(after).toMatchObject({ inUse: before.running, second: { left: 2, inUseName: before.second.name } });
  });

  it("embeds what was left behind as soon as its photo is there", async () => {
    await writeFiles(folder, { "found/again.png": makePhoto("pepperoni", 0, 96) });
    const found = await headstart("reembed", inFolder("found"), "--backbone", inFolder("tiny"));
    expect(found).toMatchObject({ code: 5, stdout: expect.stringContaining("Embedded and sent: 1.") });
    expect((await show()).second).toMatchObject({ left: 1 });
  });

  it("embeds what was left behind without its photo, by the original that the deployment keeps", async () => {
    const kept = await headstart("reembed", "--backbone", inFolder("tiny"));
    expect(kept).toMatchObject({ code: 0, stdout: expect.stringContaining("Embedded and sent: 1.") });
    await headstart("train");
    expect((await show()).second).toMatchObject({ left: 0, embedded: 60 });
    await stop();
    const db = openLocalDatabase(inFolder("state"));
    const truth = readTruth(db, 6);
    db.close();
    expect(truth).toMatchObject({ pending: 0 });
    expect(truth.labels).toHaveLength(60);
    expect(truth.difference).toBeLessThan(1e-4);
  });

  it("goes back when the old backbone is deployed, and drops the other one when it is told to", async () => {
    await start({ keeps: "thumbnails" });
    await headstart("train");
    expect((await show()).second).toMatchObject({ inUseName: (await readOwnBackbone()).manifest.name, left: 0 });
    const refused = await headstart("reembed", "--from-originals");
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("keeps no originals (KEEP_PICTURES)") });
    expect(await headstart("reembed", "--end", "--yes")).toEqual({ code: 0, stdout: expect.any(String), stderr: "" });
    expect(await show()).toMatchObject({ second: null });
  });

  it("never answers with an error, nor with a backbone and the other one's head", async () => {
    const heard = (await guest?.end()) ?? [];
    expect(heard.length).toBeGreaterThan(20);
    expect(heard.filter(({ status }) => status !== 200)).toEqual([]);
    const backbones = Map.groupBy(heard, ({ headVersion }) => headVersion);
    for (const answers of backbones.values()) expect(new Set(answers.map(({ backboneId }) => backboneId)).size).toBe(1);
    expect(new Set(heard.map(({ backboneId }) => backboneId)).size).toBe(2);
  });
});
