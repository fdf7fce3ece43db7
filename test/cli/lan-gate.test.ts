/** What other devices in the network get of a local Worker: the guests' page, and the kitchen only where somebody opened it. */

import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type LanGate, listLanAddresses, openLanGate } from "../../cli/dev/lan-gate.ts";
import { LOOPBACK } from "../../cli/dev/ports.ts";
import type { DevServer } from "../../cli/dev-server.ts";
import { makePhoto } from "../support/photos.ts";
import { startServer } from "../support/start-server.ts";

/** An address that others would use; where this machine is in no network, its own. */
const [ADDRESS = LOOPBACK] = listLanAddresses();

/** As it is written, without the normalising of `fetch`. */
function ask(url: string, path: string, headers: IncomingHttpHeaders = {}) {
  const { hostname, port } = new URL(url);
  return new Promise<{ readonly status: number | undefined; readonly text: string }>((resolve, reject) => {
    const sent = request({ hostname, port, path, headers }, async (answer) => {
      resolve({ status: answer.statusCode, text: await text(answer) });
    });
    sent.once("error", reject).end();
  });
}

describe("the door to the network", () => {
  let folder: string;
  let server: DevServer;
  const gates: LanGate[] = [];
  let closed: LanGate;

  const open = async (isKitchenOpen: boolean, workerPort = Number(new URL(server.url).port)) => {
    const gate = await openLanGate({ address: ADDRESS, port: 0, workerPort, isKitchenOpen });
    gates.push(gate);
    return gate;
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-lan-"));
    server = await startServer({ quiet: true, dataDir: folder });
    closed = await open(false);
  });

  afterAll(async () => {
    await Promise.all(gates.map((gate) => gate.close()));
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("leads to the guests' page and to what that asks for, photos included", async () => {
    const page = await fetch(closed.url);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("What have we here?")]);
    expect((await fetch(`${closed.url}/v1/menu`)).status).toBe(200);
    const answer = await fetch(`${closed.url}/v1/classify`, {
      method: "POST",
      body: Buffer.from(makePhoto("pepperoni", 1)),
      headers: { "content-type": "image/jpeg", origin: closed.url },
    });
    expect(await answer.json()).toMatchObject({ code: "no_head" });
  });

  it.each([
    ["/admin"],
    ["/admin?x=1"],
    ["/admin/"],
    ["/%61dmin"],
    ["/thanks/../admin"],
    ["/v1/admin/overview"],
    ["/v1/%61dmin/classes"],
    ["/v1/%2561dmin/%zz"],
    ["/v1/admin/session/code"],
  ])("refuses %s in words, with the right token too, whatever host is named", async (where) => {
    const headers = { authorization: `Bearer ${server.adminToken}`, host: "127.0.0.1" };
    const answer = await ask(closed.url, where, headers);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("The kitchen is closed to the network. Open it on the computer where npm start runs");
  });

  it("lets into the kitchen where that was asked for, with the token only", async () => {
    const { url } = await open(true);
    expect((await fetch(`${url}/admin`)).status).toBe(200);
    expect((await fetch(`${url}/v1/admin/overview`)).status).toBe(401);
    const signedIn = await fetch(`${url}/v1/admin/session`, {
      method: "POST",
      body: JSON.stringify({ token: server.adminToken }),
      headers: { "content-type": "application/json", origin: url },
    });
    const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await fetch(`${url}/v1/admin/overview`, { headers: { cookie } })).status).toBe(200);
  });

  it("tells the Worker the device's own address, not the one that it claims", async () => {
    const seen: IncomingHttpHeaders[] = [];
    const echo = createServer((incoming, outgoing) => {
      seen.push(incoming.headers);
      outgoing.end();
    });
    onTestFinished(() => void echo.close());
    await new Promise<void>((resolve) => echo.listen(0, LOOPBACK, resolve));
    const bound = echo.address();
    const { url } = await open(false, typeof bound === "object" ? (bound?.port ?? 0) : 0);
    await ask(url, "/", { "cf-connecting-ip": "203.0.113.9" });
    expect(seen.map((headers) => headers["cf-connecting-ip"])).toEqual([ADDRESS]);
  });

  it("says so when the Worker has gone", async () => {
    const { url } = await open(false, 1);
    expect(await ask(url, "/")).toMatchObject({ status: 502, text: expect.stringContaining("does not answer") });
  });
});
