/**
 * Webhooks from the first message to the last, through public interfaces alone: a dev server as `npm start` makes it, the command, and
 * receivers beside it that do well, fail, hang, send elsewhere, talk without end, are gone, or are the programs of `examples/webhooks`.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findFreePort } from "../../cli/dev/ports.ts";
import type { DevServer } from "../../cli/dev-server.ts";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import { jsonBody, request } from "../support/live-menu.ts";
import { openLocalDatabase } from "../support/local-database.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { startServer } from "../support/start-server.ts";
import {
  answersWith,
  startWebhookReceiver,
  talksWithoutEnd,
  type WebhookReceiver,
} from "../support/webhook-receiver.ts";

const SAYS_NOTHING = () => {};

let folder: string;
let server: DevServer;
const receivers = new Map<string, WebhookReceiver>();
const ids = new Map<string, string>();
let guest = 0;

async function startReceiving(): Promise<DevServer> {
  return startServer({
    dataDir: path.join(folder, "state"),
    secretsFile: path.join(folder, "secrets.env"),
    vars: { WEBHOOKS_MAY_BE_LOCAL: "true" },
    quiet: true,
  });
}

async function headstart(...args: string[]) {
  const env = { HEADSTART_URL: server.url, HEADSTART_KEY: server.adminToken };
  const { code, stdout, stderr } = await runHeadstart([...args, "--json"], { env });
  return { code, stderr, answer: stdout.startsWith("{") ? JSON.parse(stdout) : null };
}

/** A guest of another network each time misses a dish. */
async function wish(dish: string): Promise<void> {
  guest += 1;
  const headers = { "content-type": "application/json", "cf-connecting-ip": `203.0.${guest >> 8}.${guest & 255}` };
  const { status } = await request(server, "/v1/suggestions", { ...jsonBody({ text: dish }), headers });
  expect(status).toBe(202);
}

/** Starts a receiver and makes a webhook for it with the command. */
async function receive(name: string, behaviour = answersWith(204)): Promise<WebhookReceiver> {
  const receiver = await startWebhookReceiver(behaviour);
  const { answer } = await headstart("webhooks", "add", receiver.url, "--events", "suggestion.new,head.published");
  receiver.secret = answer.secret;
  receivers.set(name, receiver);
  ids.set(name, answer.id);
  return receiver;
}

const idOf = (name: string) => ids.get(name) ?? "";
const logOf = async (name: string) => (await headstart("webhooks", "log", idOf(name))).answer.deliveries;
const stateOf = async (name: string) => {
  const { answer } = await headstart("webhooks", "list");
  return answer.webhooks.find(({ id }: { id: string }) => id === idOf(name));
};

/** Whatever waits, or is held by a job that died, is due. */
function letTimePass(): void {
  const database = openLocalDatabase(path.join(folder, "state"));
  database.exec("UPDATE webhook_deliveries SET next_at = 1 WHERE next_at IS NOT NULL");
  database.close();
}

// The steps build on each other.
describe("webhooks", () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-webhooks-"));
    server = await startReceiving();
  });
  afterAll(async () => {
    await server?.stop();
    for (const receiver of receivers.values()) await receiver[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it("are made with a secret that is shown once, and tested at once", async () => {
    const well = await receive("well");
    expect(await headstart("webhooks", "test", idOf("well"))).toMatchObject({
      code: 0,
      answer: { state: "delivered" },
    });
    expect(well.received).toMatchObject([{ isSigned: true, signatures: 1, body: { type: "test", data: {} } }]);
    expect(JSON.stringify((await headstart("webhooks", "list")).answer)).not.toContain(well.secret);
  });

  it("are told by the cron, signed and in order, while others fail, hang, send elsewhere, are gone or never stop", async () => {
    const well = receivers.get("well");
    const failing = await receive("failing", answersWith(500));
    const hanging = await receive("hanging", SAYS_NOTHING);
    await receive("elsewhere", answersWith(307, { location: well?.url ?? "" }));
    await receive("gone", answersWith(410));
    await receive("endless", talksWithoutEnd);
    await receive("hanging-up", (response) => void response.destroy());
    for (const dish of ["Calzone", "Ricotta", "Tuna"]) await wish(dish);
    const arrived = Promise.withResolvers<void>();
    well?.behave((response, message) => {
      response.writeHead(204).end();
      if (message.body.data.text === "Tuna") arrived.resolve();
    });
    const job = server.runCron();
    await arrived.promise;
    expect(await logOf("hanging")).toMatchObject([{}, {}, { fault: null, state: "waiting", attempts: 1 }]); // -- still on the line
    await job;
    const told = well?.received.slice(1) ?? [];
    expect(told.map(({ body }) => body.data.text)).toEqual(["Calzone", "Ricotta", "Tuna"]);
    expect(told.every(({ isSigned }) => isSigned)).toBe(true);
    expect([failing.received.length, hanging.received.length]).toEqual([1, 1]);
    const faults = ["failing", "hanging", "elsewhere", "gone", "hanging-up"].map(async (name) =>
      (await logOf(name)).at(-1),
    );
    expect(await Promise.all(faults)).toMatchObject([
      { fault: "refused", status: 500, state: "waiting" },
      { fault: "late", status: null, state: "waiting" },
      { fault: "redirect", status: 307, state: "waiting" },
      { fault: "gone", status: 410, state: "failed" },
      { fault: "unreachable", status: null, state: "waiting" },
    ]);
    expect(await logOf("endless")).toMatchObject([
      { state: "delivered" },
      { state: "delivered" },
      { state: "delivered" },
    ]);
    expect(await stateOf("gone")).toMatchObject({ state: "gone", waiting: 0 });
  });

  it("come again under the same id, and are dealt with by the doctor", async () => {
    const failing = receivers.get("failing");
    failing?.behave(answersWith(204));
    letTimePass();
    await server.runCron();
    const [first, ...later] = failing?.received ?? [];
    expect(later).toHaveLength(3);
    expect(later.map(({ id }) => id)).toContain(first.id);
    expect(new Set(later.map(({ id }) => id)).size).toBe(3);
    const { answer } = await headstart("doctor", "--remote");
    const found = answer.findings.filter(({ check }: { check: string }) => check === "webhooks");
    const messages = found.map(({ message }: { message: string }) => message);
    expect(messages).toEqual([expect.stringMatching(/^given up/), expect.stringMatching(/^failing/)]);
    for (const name of ["hanging", "elsewhere", "hanging-up"])
      expect(await headstart("webhooks", "delete", idOf(name), "--yes")).toMatchObject({ code: 0 });
  });

  it("are told each thing once though two crons fire at once", async () => {
    const well = receivers.get("well");
    const before = well?.received.length ?? 0;
    for (let i = 0; i < 12; i++) await wish(`Dish ${i}`);
    await Promise.all([server.runCron(), server.runCron()]);
    const told = well?.received.slice(before) ?? [];
    expect(told.map(({ body }) => body.data.text).sort()).toEqual(
      Array.from({ length: 12 }, (_, i) => `Dish ${i}`).sort(),
    );
  });

  it("lose nothing where the server is killed while a message is on its way", async () => {
    const well = receivers.get("well");
    const begun = Promise.withResolvers<string>();
    well?.behave((_, { id }) => begun.resolve(id));
    await wish("Marinara");
    const job = server.runCron().catch(() => undefined);
    const id = await begun.promise;
    await server.kill();
    await job;
    well?.behave(answersWith(204));
    server = await startReceiving();
    await server.runCron();
    expect(well?.received.filter((message) => message.id === id)).toHaveLength(1); // -- the dead job's claim holds
    letTimePass();
    await server.runCron();
    expect(well?.received.filter((message) => message.id === id)).toMatchObject([
      { isSigned: true },
      { isSigned: true },
    ]);
  });

  it("take a new secret while the old one holds", async () => {
    const well = receivers.get("well");
    const before = well?.secret ?? "";
    const { answer } = await headstart("webhooks", "rotate", idOf("well"));
    await headstart("webhooks", "test", idOf("well"));
    expect(well?.received.at(-1)).toMatchObject({ isSigned: true, signatures: 2 });
    if (well !== undefined) well.secret = answer.secret;
    expect(answer.secret).not.toBe(before);
    const [{ id }] = await logOf("well");
    expect(await headstart("webhooks", "redeliver", idOf("well"), String(id))).toMatchObject({ code: 0 });
    const [first, again] = well?.received.slice(-2) ?? [];
    expect(again).toMatchObject({ id: first.id, isSigned: true });
  });

  it("can be switched off and on, and told of other things", async () => {
    const id = idOf("well");
    expect((await headstart("webhooks", "off", id)).answer).toMatchObject({ state: "off" });
    const changed = await headstart("webhooks", "change", id, "--events", "queue.long", "--queue-above", "3");
    expect(changed.answer).toMatchObject({ events: ["queue.long"], queueAbove: 3 });
    expect((await headstart("webhooks", "on", id)).answer).toMatchObject({ state: "on", failingSince: null });
    expect(await headstart("webhooks", "add", "https://169.254.169.254/latest")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("not its IP address"),
    });
  });

  it.each([
    ["Node", process.execPath, "verify.js"],
    ["Python", "python3", "verify.py"],
  ])("are verified by the example in %s, which refuses another secret", async (_, program, file) => {
    const port = await findFreePort();
    const { answer } = await headstart("webhooks", "add", `http://127.0.0.1:${port}/`);
    for (const [secret, outcome] of [
      [answer.secret, { state: "delivered", status: 204 }],
      ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", { state: "failed", status: 400, fault: "refused" }],
    ] as const) {
      const child = await startExample(program, file, { WEBHOOK_SECRET: secret, PORT: String(port) });
      expect((await headstart("webhooks", "test", answer.id)).answer).toMatchObject(outcome);
      await stop(child);
    }
  });
});

async function startExample(program: string, file: string, env: Record<string, string>): Promise<ChildProcess> {
  const child = spawn(program, [path.join(PROJECT_ROOT, "examples/webhooks", file)], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const started = Promise.withResolvers<void>();
  child.once("exit", () => started.reject(new Error(`${file} ended`)));
  child.stdout?.once("data", () => started.resolve());
  await started.promise;
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await ended;
}
