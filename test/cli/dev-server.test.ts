/** The local server's own parts: log lines, ports, processes. That the real Worker runs in it is shown in test/browser. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startChildGroup } from "../../cli/dev/child-group.ts";
import { findFreePort, isPortFree } from "../../cli/dev/ports.ts";
import { PortLostError, waitUntilReady } from "../../cli/dev/wait-until-ready.ts";
import { describeLogLine } from "../../cli/dev/worker-log.ts";
import { retryLostPorts, startDevServer } from "../../cli/dev-server.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

describe("the Worker's log", () => {
  it.each([
    [
      '{"event":"training_run","outcome":"published","message":"Head 2 is live.","durationMs":1500}',
      "Training: published (1.5 s). Head 2 is live.",
    ],
    ['{"event":"training_run","outcome":"idle","message":"nothing","durationMs":1}', undefined],
    ['{"event":"backbone_failed","reason":"out of memory"}', "Worker: backbone_failed: out of memory"],
    ["[wrangler:info] GET /v1/menu 200 OK (3ms)", undefined],
    ["{not json", undefined],
  ])("shows %s as %s", (line, shown) => {
    expect(describeLogLine(line)).toBe(shown);
  });
});

describe("ports", () => {
  it("are free until somebody listens, and a server on a taken one is refused", async () => {
    const port = await findFreePort();
    expect(await isPortFree(port)).toBe(true);
    const server = createServer().listen(port, "127.0.0.1");
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    expect(await isPortFree(port)).toBe(false);
    await expect(startDevServer({ port })).rejects.toThrow(`Port ${port} is taken`);
  });
});

describe("a start that lost a port to another program", () => {
  const options = { cwd: ".", env: process.env, onLine: () => {} };
  const start = async (words: string): Promise<string> => {
    const child = startChildGroup(
      { program: process.execPath, args: ["-e", "console.error(process.argv[1]); process.exitCode = 1"] },
      [words],
      options,
    );
    await waitUntilReady("http://127.0.0.1:9/v1/health", child);
    return words;
  };
  const LOST = '[ERROR] Address already in use (socket "direct:1:default").';

  it("is tried again, three times in all", async () => {
    let starts = 0;
    const lost = retryLostPorts(() => {
      starts++;
      return start(LOST);
    });
    await expect(lost).rejects.toThrow(PortLostError);
    expect(starts).toBe(3);
    starts = 0;
    expect(await retryLostPorts(async () => (starts++ === 0 ? start(LOST) : "started"))).toBe("started");
    expect(starts).toBe(2);
  });

  it("is not when it failed for another reason", async () => {
    let starts = 0;
    const failed = retryLostPorts(() => {
      starts++;
      return start("[ERROR] Build failed");
    });
    await expect(failed).rejects.toThrow("Build failed");
    expect(starts).toBe(1);
  });
});

/** A child that starts a grandchild, writes both ids to `file` and ignores SIGTERM, as a hanging wrangler does. */
const STUBBORN = `
  const { spawn } = require("node:child_process");
  process.on("SIGTERM", () => {});
  const inner = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"]);
  require("node:fs").writeFileSync(process.argv[1], process.pid + " " + inner.pid);
  console.log("[ERROR] Build failed");
  setInterval(() => {}, 1000);`;

describe("a child group", () => {
  it("ends a child that ignores SIGTERM, and what it started", { timeout: 20_000 }, async () => {
    const file = path.join(await makeTempFolder(), "pids");
    const started = Promise.withResolvers<void>();
    const options = { cwd: ".", env: process.env, onLine: () => started.resolve() };
    const child = startChildGroup({ program: process.execPath, args: ["-e", STUBBORN] }, [file], options);
    await started.promise;
    const pids = (await readFile(file, "utf8")).split(" ").map(Number);
    await expect(waitUntilReady("http://127.0.0.1:9/v1/health", child)).rejects.toThrow(
      /could not be built.*Build failed/s,
    );
    await child.stop();
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it("tells the last lines of a child that ended by itself", async () => {
    const options = { cwd: ".", env: process.env, onLine: () => {} };
    const child = startChildGroup(
      { program: process.execPath, args: ["-e", "console.error('no such option')"] },
      [],
      options,
    );
    await expect(waitUntilReady("http://127.0.0.1:9/v1/health", child)).rejects.toThrow(/exit code 0.*no such option/s);
    await child.stop();
  });
});
