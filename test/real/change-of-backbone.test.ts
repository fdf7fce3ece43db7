/** A pizzeria changes to a stronger backbone with its 200 photos, while a guest keeps asking: nothing is labelled again. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { projectPlaces } from "../../cli/backbone/ensure-backbone.ts";
import { useBackbone } from "../../cli/backbone/use-backbone.ts";
import { type DevServer, startDevServer } from "../../cli/dev-server.ts";
import { askThroughout } from "../support/ask-throughout.ts";
import { killHeadstart } from "../support/kill-headstart.ts";
import { request, score, teach, trainByCron } from "../support/live-menu.ts";
import { openLocalDatabase } from "../support/local-database.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { MISSING_SHARED_DATA, readPhotoSet, SHARED_DIR } from "../support/shared-data.ts";

const STRONGER = "mobilenetv2-1.0-224-fp32-backbone";
const PHOTOS = path.join(SHARED_DIR, "data/images/pizza-menu/train");
const vars = { ADMIN_TOKEN: "test-admin-token-of-32-characters", RECEIPT_SECRET: "test-receipt-secret-of-32-chars!" };
/** Five servers and a thousand photos, on a busy machine. */
const WALK_TIMEOUT_MS = 1_800_000;
let workDir: string;

beforeAll(async () => {
  workDir = await mkdtemp(path.join(tmpdir(), "headstart-real-"));
  for (const name of ["headstart-128", STRONGER]) {
    if (MISSING_SHARED_DATA === undefined)
      await useBackbone(name, { ...projectPlaces(), activeDir: path.join(workDir, name) });
  }
});

afterAll(() => rm(workDir, { recursive: true, force: true }));

function start(data: string, backbone: string): Promise<DevServer> {
  const [dataDir, backboneDir] = [data, backbone].map((name) => path.join(workDir, name));
  return startDevServer({ dataDir, backboneDir, quiet: true, vars });
}

/** The sums of the current statistics, as numbers. */
function readSums(data: string): { readonly gram: Float32Array; readonly sums: Map<string, Float64Array> } {
  const db = openLocalDatabase(path.join(workDir, data));
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

it.skipIf(MISSING_SHARED_DATA !== undefined)(
  "changes the backbone of 200 photos and keeps the labels",
  async () => {
    const [train, test] = [await readPhotoSet("pizza-menu", "train"), await readPhotoSet("pizza-menu", "test")];
    let server = await start("changed", "headstart-128");
    await teach(server, train);
    await trainByCron(server, test[0]);
    const before = await score(server, test);
    const end = askThroughout(() => server.url, test[0].bytes, "image/jpeg");
    const env = { HEADSTART_URL: server.url, HEADSTART_KEY: vars.ADMIN_TOKEN };
    const args = ["reembed", PHOTOS, "--backbone", STRONGER];
    expect(await killHeadstart(args, env, /100 of 200 photos/)).toBe(true);
    const killed = (await request(server, "/v1/admin/second-backbone", {}, true)).body.second;
    expect(killed).toMatchObject({ embedded: 96, readyAt: null });
    const { stdout, code } = await runHeadstart(args, { env });
    console.log(stdout);
    expect(code).toBe(0);
    expect(stdout).toContain("Embedded and sent: 104.");
    await server.stop();

    server = await start("changed", STRONGER);
    const deployed = await score(server, test);
    const trained = await request(server, "/v1/admin/training-runs", { method: "POST" }, true);
    expect(trained.body).toMatchObject({ outcome: "published" });
    const heard = await end();
    expect(heard.filter(({ status }) => status !== 200)).toEqual([]);
    for (const answers of Map.groupBy(heard, ({ headVersion }) => headVersion).values())
      expect(new Set(answers.map(({ backboneId }) => backboneId)).size).toBe(1);
    const after = await score(server, test);
    await server.stop();

    server = await start("fresh", STRONGER);
    await teach(server, train);
    await trainByCron(server, test[0]);
    const fresh = await score(server, test);
    await server.stop();
    const [changed, imported] = [readSums("changed"), readSums("fresh")];
    const gram = largestDifference(changed.gram, imported.gram);
    const sums = [...changed.sums].map(([id, sum]) => largestDifference(sum, imported.sums.get(id) ?? []));
    console.log(JSON.stringify({ before, deployed, after, fresh, gram, sums: Math.max(...sums), heard: heard.length }));
    expect(Math.max(gram, ...sums)).toBeLessThan(1e-4);
    expect(after.accuracy).toBe(fresh.accuracy);
    expect(deployed.accuracy).toBe(fresh.accuracy);

    server = await start("changed", "headstart-128");
    expect(await score(server, test)).toEqual(before);
    await server.stop();
  },
  WALK_TIMEOUT_MS,
);
