/** More photos at once than an isolate can hold, from real clients to the real dev server. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeBigPhotos } from "../../cli/bench/big-photos.ts";
import { type DevServer, startDevServer } from "../../cli/dev-server.ts";
import { makePhoto } from "../support/photos.ts";

const CLIENTS = 24;

describe("many clients at once", () => {
  let folder: string;
  let server: DevServer;
  const lines: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-overload-"));
    server = await startDevServer({ dataDir: folder, quiet: true, onLine: (line) => lines.push(line) });
  });

  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("wait for each other without resting on a promise of another request", async () => {
    const photos = Array.from({ length: CLIENTS }, (_, i) => makePhoto("hawaiian", i));
    const headers = { authorization: `Bearer ${server.adminToken}` };
    const json = { ...headers, "content-type": "application/json" };
    const body = JSON.stringify({ name: "Waiting", id: "waiting" });
    await fetch(`${server.url}/v1/admin/classes`, { method: "POST", headers: json, body });
    const send = async (photo: Uint8Array<ArrayBuffer>) => {
      const init = { method: "POST", headers, body: photo };
      return (await fetch(`${server.url}/v1/admin/classes/waiting/examples`, init)).status;
    };
    const statuses = await Promise.all(photos.map(send));
    expect(new Set(statuses)).toEqual(new Set([201]));
    expect(lines.filter((line) => line.includes("different request context"))).toEqual([]);
  });

  it("over capacity are answered or told to come back, never dropped, and the next one is answered", async () => {
    const photos = await makeBigPhotos(() => 1_000_000, 1);
    const [photo] = photos.get("PNG") ?? [];
    const headers = { authorization: `Bearer ${server.adminToken}` };
    const json = { ...headers, "content-type": "application/json" };
    const body = JSON.stringify({ name: "Pizza", id: "pizza" });
    await fetch(`${server.url}/v1/admin/classes`, { method: "POST", headers: json, body });
    const send = () =>
      fetch(`${server.url}/v1/admin/classes/pizza/examples`, { method: "POST", headers, body: photo ?? null });
    const answers = await Promise.all(Array.from({ length: CLIENTS }, send));
    const refused = answers.filter(({ status }) => status === 503);
    const odd = answers.filter(({ status }) => ![200, 201, 503].includes(status));
    expect(await Promise.all(odd.map((answer) => answer.text()))).toEqual([]);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(CLIENTS);
    for (const answer of refused) {
      expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
      expect(await answer.json()).toMatchObject({ code: "overloaded" });
    }
    expect((await send()).status).toBe(200);
  });
});
