/**
 * A pizzeria changes to a stronger backbone with its 200 photos, while a guest keeps asking: nothing is labelled again. It does so twice, by
 * its folder of photos, and by the originals that the deployment keeps.
 */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectPlaces } from "../../cli/backbone/ensure-backbone.ts";
import { useBackbone } from "../../cli/backbone/use-backbone.ts";
import { type DevServer, startDevServer } from "../../cli/dev-server.ts";
import { askThroughout } from "../support/ask-throughout.ts";
import { killHeadstart } from "../support/kill-headstart.ts";
import { request, type Score, score, teach, trainByCron } from "../support/live-menu.ts";
import { openLocalDatabase } from "../support/local-database.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { type LabelledPhoto, MISSING_SHARED_DATA, readPhotoSet, SHARED_DIR } from "../support/shared-data.ts";

const STRONGER = "mobilenetv2-1.0-224-fp32-backbone";
const FORMER = "headstart-128";
const PHOTOS = path.join(SHARED_DIR, "data/images/pizza-menu/train");
const vars = { ADMIN_TOKEN: "test-admin-token-of-32-characters", RECEIPT_SECRET: "test-receipt-secret-of-32-chars!" };
/** Three servers and half a thousand photos, on a busy machine. */
const WALK_TIMEOUT_MS = 900_000;

describe.skipIf(MISSING_SHARED_DATA !== undefined)("a pizzeria that changes its backbone", () => {
  let workDir: string;
  let [train, test]: LabelledPhoto[][] = [[], []];
  let before: Score;

  function start(data: string, backbone: string): Promise<DevServer> {
    const [dataDir, backboneDir] = [data, backbone].map((name) => path.join(workDir, name));
    const keeping = { buckets: ["PICTURES"] as const, vars: { ...vars, KEEP_PICTURES: "originals" } };
    return startDevServer({ dataDir, backboneDir, quiet: true, ...keeping });
  }

  beforeAll(async () => {
    workDir = await mkdtemp(path.join(tmpdir(), "headstart-real-"));
    for (const name of [FORMER, STRONGER])
      await useBackbone(name, { ...projectPlaces(), activeDir: path.join(workDir, name) });
    [train, test] = [await readPhotoSet("pizza-menu", "train"), await readPhotoSet("pizza-menu", "test")];
    const server = await start("changed", FORMER);
    await teach(server, train);
    await trainByCron(server, test[0]);
    before = await score(server, test);
    await server.stop();
  }, WALK_TIMEOUT_MS);

  afterAll(() => rm(workDir, { recursive: true, force: true }));

  /** Embeds what `args` name, killed in the middle, deploys and trains, while a guest asks; and holds it against a fresh import of `photos`. */
  async function change(args: readonly string[], photosOf: (server: DevServer) => Promise<readonly LabelledPhoto[]>) {
    let server = await start("changed", FORMER);
    const guest = askThroughout(test[0].bytes, "image/jpeg");
    guest.visit(server.url);
    const env = { HEADSTART_URL: server.url, HEADSTART_KEY: vars.ADMIN_TOKEN };
    const command = ["reembed", ...args, "--backbone", STRONGER];
    expect(await killHeadstart(command, env, /100 of 200 photos/)).toBe(true);
    const killed = (await request(server, "/v1/admin/second-backbone", {}, true)).body.second;
    expect(killed).toMatchObject({ embedded: 96, readyAt: null });
    const { stdout, code } = await runHeadstart(command, { env });
    console.log(stdout);
    expect(code).toBe(0);
    expect(stdout).toContain("Embedded and sent: 104.");
    guest.leave();
    await server.stop();

    server = await start("changed", STRONGER);
    guest.visit(server.url);
    const deployed = await score(server, test);
    const trained = await request(server, "/v1/admin/training-runs", { method: "POST" }, true);
    expect(trained.body).toMatchObject({ outcome: "published" });
    const heard = await guest.end();
    expect(heard.filter(({ status }) => status !== 200)).toEqual([]);
    for (const answers of Map.groupBy(heard, ({ headVersion }) => headVersion).values())
      expect(new Set(answers.map(({ backboneId }) => backboneId)).size).toBe(1);
    const after = await score(server, test);
    const photos = await photosOf(server);
    await server.stop();
    const fresh = await importFresh(`fresh ${args.join()}`, photos);
    const difference = compareSums("changed", fresh.data);
    console.log(JSON.stringify({ before, deployed, after, fresh: fresh.score, difference, heard: heard.length }));
    expect(Math.max(difference.gram, difference.sums)).toBeLessThan(1e-4);
    expect([after.accuracy, deployed.accuracy]).toEqual([fresh.score.accuracy, fresh.score.accuracy]);
  }

  async function importFresh(name: string, photos: readonly LabelledPhoto[]) {
    const data = name.replaceAll("/", "-");
    const server = await start(data, STRONGER);
    await teach(server, photos);
    await trainByCron(server, test[0]);
    const found = await score(server, test);
    await server.stop();
    return { data, score: found };
  }

  function compareSums(data: string, other: string) {
    const [changed, imported] = [data, other].map((name) => readSums(path.join(workDir, name)));
    const sums = [...changed.sums].map(([id, sum]) => largestDifference(sum, imported.sums.get(id) ?? []));
    return { gram: largestDifference(changed.gram, imported.gram), sums: Math.max(...sums) };
  }

  it(
    "embeds the photos of its folder anew and keeps the labels",
    () => change([PHOTOS], async () => train),
    WALK_TIMEOUT_MS,
  );

  it(
    "is answered as before when the former backbone is deployed again",
    async () => {
      const server = await start("changed", FORMER);
      expect(await score(server, test)).toEqual(before);
      const back = await request(server, "/v1/admin/training-runs", { method: "POST" }, true);
      expect(back.body).toMatchObject({ outcome: "published" });
      expect(await request(server, "/v1/admin/second-backbone", { method: "DELETE" }, true)).toMatchObject({
        status: 204,
      });
      await server.stop();
    },
    WALK_TIMEOUT_MS,
  );

  it(
    "embeds the originals that the deployment keeps where it has no folder",
    () =>
      change([], (server) =>
        Promise.all(train.map(async (photo) => ({ ...photo, bytes: await fetchOriginal(server, photo) }))),
      ),
    WALK_TIMEOUT_MS,
  );
});

async function fetchOriginal(server: DevServer, { bytes }: LabelledPhoto): Promise<Uint8Array<ArrayBuffer>> {
  const id = createHash("sha256").update(bytes).digest("hex");
  const headers = { authorization: `Bearer ${server.adminToken}` };
  const response = await fetch(`${server.url}/v1/admin/examples/${id}/picture?size=original`, { headers });
  expect(response.headers.get("content-type")).toBe("image/webp");
  return new Uint8Array(await response.arrayBuffer());
}

/** The sums of the current statistics, as numbers. */
function readSums(data: string): { readonly gram: Float32Array; readonly sums: Map<string, Float64Array> } {
  const db = openLocalDatabase(data);
  const parts = db.prepare("SELECT data FROM gram_parts WHERE slot = 'current' ORDER BY part").all();
  const rows = db.prepare("SELECT class_id, sum FROM class_sums WHERE slot = 'current'").all();
  db.close();
  const bytes = (texts: string[]) =>
    Uint8Array.from(Buffer.concat(texts.map((text) => Buffer.from(text, "base64")))).buffer;
  return {
    gram: new Float32Array(bytes(parts.map(({ data: text }) => String(text)))),
    sums: new Map(rows.map(({ class_id, sum }) => [String(class_id), new Float64Array(bytes([String(sum)]))])),
  };
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
}
