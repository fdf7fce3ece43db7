/** Damaged photos through the real dev server: nothing crashes it, nothing hangs, and it answers on as before. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type DevServer, startDevServer } from "../../cli/dev-server.ts";
import { readFixturePhotos } from "../support/fuzz-photos.ts";
import { request } from "../support/live-menu.ts";
import { mutatePhoto } from "../support/mutate-photo.ts";

const COUNT = 600;
const SEED = "server";

let folder: string;
let server: DevServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "headstart-fuzz-"));
  server = await startDevServer({ dataDir: folder, quiet: true });
  const json = { method: "POST", body: JSON.stringify({ name: "Pizza", id: "pizza" }) };
  await request(server, "/v1/admin/classes", { ...json, headers: { "content-type": "application/json" } }, true);
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Adds a photo to the menu: every step of a classification, and the store. */
function send(bytes: Uint8Array<ArrayBuffer>) {
  const init = { method: "POST", body: bytes, headers: { "content-type": "application/octet-stream" } };
  return request(server, "/v1/admin/classes/pizza/examples", init, true);
}

it(`answers ${COUNT} damaged photos with 2xx or 4xx, and whole ones as before`, async () => {
  const photos = [...readFixturePhotos()];
  const statuses = new Map<number, number>();
  let [slowestMs, slowest] = [0, ""];
  for (let i = 0; i < COUNT; i++) {
    const [name, photo] = photos[i % photos.length];
    const id = `${SEED}/${i}/${name}`;
    const start = performance.now();
    const { status, body } = await send(mutatePhoto(photo, id).bytes);
    const ms = performance.now() - start;
    if (ms > slowestMs) [slowestMs, slowest] = [ms, id];
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    expect(status, `${id}: ${JSON.stringify(body)}`).toBeLessThan(500);
  }
  for (const [name, photo] of photos) expect((await send(photo)).status, name).toBeLessThan(300);
  const counts = [...statuses].sort().map(([status, count]) => `${count} x ${status}`);
  console.log(`${COUNT} damaged photos: ${counts.join(", ")}; slowest ${Math.round(slowestMs)} ms (${slowest})`);
});
