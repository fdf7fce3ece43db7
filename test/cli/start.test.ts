/** `npm start` as a person runs it: what it prints, the link that signs in, a second one on the same data, and its end. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { lockData } from "../../cli/dev/data-lock.ts";
import { listLanAddresses } from "../../cli/dev/lan-gate.ts";
import { findFreePort } from "../../cli/dev/ports.ts";
import { findDeployment } from "../../cli/shared/deployment.ts";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import { openLocalDatabase, writeLabels } from "../support/local-database.ts";
import { createRandom } from "../support/random.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

interface Start {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<number | null>;
  /** Everything that was printed until then. */
  text(): string;
  /** Resolves when this was printed. */
  printed(words: RegExp): Promise<RegExpExecArray>;
}

function run(args: readonly string[], port?: number): Start {
  const env = { ...process.env, ...(port === undefined ? {} : { PORT: String(port) }) };
  const child = spawn(process.execPath, [path.join(PROJECT_ROOT, "cli/start.ts"), ...args], { env });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (part) => (text += part));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  onTestFinished(() => void child.kill("SIGKILL"));
  const printed = async (words: RegExp) => {
    for (;;) {
      const found = words.exec(text);
      if (found !== null) return found;
      const more = new Promise((resolve) => child.stdout.once("data", resolve));
      const code = await Promise.race([more, ended]);
      if (typeof code === "number") throw new Error(`ended with ${code}: ${text}`);
    }
  };
  return { child, ended, text: () => text, printed };
}

describe("npm start", () => {
  it("says what it does and where it is, signs in by a link once, and ends with Ctrl-C", async () => {
    const folder = path.join(await makeTempFolder(), "menu");
    const first = run(["--data", folder], await findFreePort());
    const [, url, code] = await first.printed(/Kitchen +(http:\/\/127\.0\.0\.1:\d+)\/admin#code=(\S+)/);
    expect(first.text()).toMatch(/(Built the pages \(|The pages are up to date).*The Worker answers, .*Ready after/s);
    const token = /ADMIN_TOKEN=(.*)/.exec(await readFile(path.join(folder, "secrets.env"), "utf8"))?.[1] ?? "none";
    expect(first.text()).not.toContain(token);
    // Commands find the token of this very server by its address, whatever other servers the checkout has.
    const noLogins = { XDG_CONFIG_HOME: folder };
    expect(await findDeployment({ url }, noLogins)).toEqual({ url, key: token });
    expect((await findDeployment({ url: "http://127.0.0.1:1" }, noLogins)).key).not.toBe(token);

    const open = () => {
      const headers = { "content-type": "application/json" };
      return fetch(`${url}/v1/admin/session/code`, { method: "POST", headers, body: JSON.stringify({ code }) });
    };
    expect((await open()).status).toBe(204);
    expect((await open()).status).toBe(401);

    const second = run(["--data", folder], await findFreePort());
    expect(await second.ended).toBe(1);
    expect(second.text()).toContain(`already running on this data, at ${url} (process ${first.child.pid})`);
    expect(second.text()).toContain("npm start -- --data <folder>");

    first.child.kill("SIGINT");
    expect(await first.ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow();

    // What a checkout with another backbone finds.
    const db = openLocalDatabase(folder);
    db.exec("INSERT INTO classes (id, name, name_key, created_at) VALUES ('hawaiian', 'Hawaiian', 'hawaiian', 1)");
    const label = { classId: "hawaiian", kind: 0, count: 1, dimension: 6, backboneId: "f".repeat(64) };
    writeLabels(db, label, createRandom("start"));
    db.close();
    const later = run(["--data", folder], await findFreePort());
    await later.printed(
      /taught with a backbone that is not in this checkout \(its id begins with f{12}\), but \S+ is in place/,
    );
    later.child.kill("SIGINT");
    expect(await later.ended).toBe(0);
    await (await lockData(folder)).release();
  });

  it.skipIf(listLanAddresses().length === 0)("lets phones in by a QR code, but not into the kitchen", async () => {
    const start = run(["--data", path.join(await makeTempFolder(), "menu"), "--lan"], await findFreePort());
    const [, url] = await start.printed(/Phones in the same network: (http:\/\/[\d.]+:\d+)/);
    await start.printed(/The kitchen is closed to the network\. --lan-admin opens it/);
    expect(start.text()).toMatch(/(^ {2}[█▀▄ ]{20,}\n){10}/m);
    expect(start.text()).toContain("works without HTTPS");
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(`${url}/admin`)).status).toBe(403);
    start.child.kill("SIGINT");
    expect(await start.ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it.each([
    [["--help"], 0, "--data <folder>"],
    [["--hepl"], 2, "unknown option '--hepl'"],
    [["--port", "x"], 1, 'The port must be a number from 1 to 65535, not "x"'],
    [["--lan-admin"], 2, "--lan-admin goes with --lan"],
  ])("%s starts nothing", async (args, code, words) => {
    const { ended, text } = run(["--data", path.join(await makeTempFolder(), "menu"), ...args]);
    expect(await ended).toBe(code);
    expect(text()).toContain(words);
  });
});

describe("a folder of data", () => {
  it("is free again when its server was killed", async () => {
    const folder = await makeTempFolder();
    const script = `
      import { lockData } from ${JSON.stringify(path.join(PROJECT_ROOT, "cli/dev/data-lock.ts"))};
      await lockData(process.argv[1]);
      console.log("locked");
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script, folder]);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await expect(lockData(folder)).rejects.toThrow(`and is just starting (process ${child.pid})`);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    await (await lockData(folder)).release();
  });
});
