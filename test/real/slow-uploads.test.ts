/** Uploads that dribble, from raw sockets to the real dev server: they end by themselves, and nobody waits for them. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DevServer, startDevServer } from "../../cli/dev-server.ts";
import { makePhoto } from "../support/photos.ts";
import { type SlowUpload, type SlowUploadOptions, startSlowUpload } from "../support/slow-upload.ts";

const MIB = 1024 * 1024;
const SLOW_ONES = 10;
/** So many bytes at once look like the start of a photo, and then only one a second comes. */
const DRIBBLE = { head: new Uint8Array(1_000), everyMs: 1_000 };

const TARGETS: Record<string, Omit<SlowUploadOptions, "head" | "everyMs">> = {
  "a raw photo": { path: "/v1/classify", type: "image/jpeg", declared: 2 * MIB },
  "a photo in chunks": { path: "/v1/classify", type: "image/jpeg" },
  "a form's photo": { path: "/", type: "multipart/form-data; boundary=x", declared: 2 * MIB },
  "an embedding": { path: "/v1/classify", type: "application/vnd.headstart.embedding", declared: 4_096 },
  "a label": { path: "/v1/labels", type: "application/json", declared: 100_000 },
  "a reply": { path: "/reply", type: "application/x-www-form-urlencoded", declared: 100_000 },
  "a sign-in": { path: "/v1/admin/session", type: "application/json", declared: 100_000 },
  "a label that may be repeated": {
    path: "/v1/labels",
    type: "application/json",
    declared: 100_000,
    headers: { "idempotency-key": "slow" },
  },
};

describe("slow uploads", () => {
  let folder: string;
  let server: DevServer;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-slow-"));
    server = await startDevServer({ dataDir: folder, quiet: true });
    const headers = { authorization: `Bearer ${server.adminToken}`, "content-type": "application/json" };
    for (const id of ["hawaiian", "pepperoni"]) {
      const body = JSON.stringify({ name: id, id });
      await fetch(`${server.url}/v1/admin/classes`, { method: "POST", headers, body });
      for (const seed of [1, 2, 3]) await addPhoto(id, seed);
    }
    const trained = await fetch(`${server.url}/v1/admin/training-runs`, { method: "POST", headers });
    expect(trained.ok).toBe(true);
  });

  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function addPhoto(id: string, seed: number) {
    const headers = { authorization: `Bearer ${server.adminToken}` };
    const init = { method: "POST", headers, body: makePhoto(id, seed) };
    expect((await fetch(`${server.url}/v1/admin/classes/${id}/examples`, init)).status).toBe(201);
  }

  async function ask(seed: number): Promise<number> {
    const answer = await fetch(`${server.url}/v1/classify`, { method: "POST", body: makePhoto("hawaiian", seed) });
    await answer.arrayBuffer();
    return answer.status;
  }

  async function endAll(uploads: readonly SlowUpload[]) {
    for (const upload of uploads) upload.end();
    await Promise.all(uploads.map(({ status }) => status));
  }

  it(`of ${SLOW_ONES} who promise as much as there is room for keep no guest from an answer`, async () => {
    const promises = Array.from({ length: SLOW_ONES }, (_, i) => (i % 2 === 0 ? 10 * MIB : 2 * MIB));
    const uploads = promises.map((declared) =>
      startSlowUpload(server, { ...TARGETS["a raw photo"], ...DRIBBLE, declared }),
    );
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // until all of them are being read
    const statuses = [];
    for (let seed = 100; seed < 110; seed++) statuses.push(await ask(seed));
    await endAll(uploads);
    expect(statuses).toEqual(statuses.map(() => 200));
  });

  it("are given up with 408, whatever they bring and however they declare it", async () => {
    const names = Object.keys(TARGETS);
    const headers = { origin: server.url }; // forms come from our pages
    const uploads = names.map((name) => startSlowUpload(server, { headers, ...TARGETS[name], ...DRIBBLE }));
    const tooLong = AbortSignal.timeout(40_000);
    const gaveUp = new Promise<"never">((resolve) => tooLong.addEventListener("abort", () => resolve("never")));
    const ends = await Promise.all(uploads.map(({ status }) => Promise.race([status, gaveUp])));
    await endAll(uploads);
    expect(Object.fromEntries(names.map((name, i) => [name, ends[i]]))).toEqual(
      Object.fromEntries(names.map((name) => [name, 408])),
    );
  });
});
