/** What `headstart` says and ends with when it is used wrongly, and when the server is none, breaks, or means harm. */

import { chmod } from "node:fs/promises";
import type { RequestListener } from "node:http";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { examineCheckout } from "../../cli/headstart/doctor-checkout.ts";
import { examineClock } from "../../cli/headstart/doctor-health.ts";
import { describeSample, readChoice } from "../../cli/headstart/review-next.ts";
import { readVariables } from "../../cli/shared/wrangler-config.ts";
import project from "../../package.json" with { type: "json" };
import { serveLocally } from "../support/local-server.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

const KEY = "hs_marker_that_must_never_be_printed";

function ask(url: string, ...args: string[]) {
  return runHeadstart(args, { env: { HEADSTART_URL: url, HEADSTART_KEY: KEY } });
}

describe("wrong usage", () => {
  it.each([
    [["clasify"], /Did you mean classify/],
    [["classify"], /Name files, or give a text/],
    [["classify", "x.jpg", "--top", "zero"], /whole number/],
    [["classes", "list", "--url", "http://example.com"], /in the clear/],
    [["login", "https://example.com"], /--key-stdin/],
    [["login"], /address/],
  ])("%j ends with 2 and nothing on stdout", async (args, message) => {
    const run = await runHeadstart(args);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(message);
  });

  it("is none to ask for the version", async () => {
    expect(await runHeadstart(["--version"])).toMatchObject({ code: 0, stdout: `${project.version}\n`, stderr: "" });
  });

  it.each([
    ["classify", ["classify", "no-such.jpg"], 1, /no-such\.jpg .*there is nothing at no-such\.jpg/],
    ["import", ["import", "no-such-folder"], 1, /no-such-folder/],
    ["restore", ["restore", "no-such.ndjson"], 1, /there is nothing at .*no-such\.ndjson/],
    ["evaluate", ["evaluate", "--train", "no-such-train", "--test", "no-such-test"], 1, /no-such-train/],
  ])("says in words that %s was given a path where nothing is", async (_, args, code, words) => {
    const run = await runHeadstart(args, { env: { HEADSTART_URL: "http://127.0.0.1:9", HEADSTART_KEY: KEY } });
    expect(run.code).toBe(code);
    expect(run.stdout + run.stderr).toMatch(words);
    expect(run.stdout + run.stderr).not.toMatch(/ENOENT|\n\s+at /);
  });

  it("is none to ask for help, which has examples for every command", async () => {
    const { code, stdout } = await runHeadstart(["--help"]);
    expect(code).toBe(0);
    const commands = Array.from(stdout.matchAll(/^ {2}(\w+)(?: \[options\]|$| )/gm), ([, name = ""]) => name);
    const own = commands.filter((name) => name !== "help" && name !== "headstart");
    expect(own.length).toBeGreaterThanOrEqual(14);
    for (const name of own) {
      const help = await runHeadstart([name, "--help"]);
      expect(help.code).toBe(0);
      expect(help.stdout, name).toMatch(/Examples?:[\s\S]*headstart /);
    }
  });
});

describe("a server in trouble", () => {
  const problem = { code: "internal", detail: "Something went wrong here.", requestId: "r-17" };
  const cases: [string, RequestListener, number, RegExp][] = [
    [
      "answers HTML",
      (_, response) => void response.end("<!doctype html><h1>Hi</h1>"),
      3,
      /something else than a Headstart/,
    ],
    ["cuts the connection", (request) => void request.socket.destroy(), 3, /cannot be reached/],
    [
      "breaks off in its answer",
      (_, response) => void response.writeHead(200).write('{"classes": [', () => response.destroy()),
      3,
      /something else than a Headstart/,
    ],
    ["fails without a word", (_, response) => void response.writeHead(500).end("oops"), 1, /answers 500/],
    [
      "fails with a problem",
      (_, response) => void response.writeHead(500).end(JSON.stringify(problem)),
      1,
      /Something went wrong here\. \(request r-17\)/,
    ],
    ["refuses", (_, response) => void response.writeHead(403).end("{}"), 4, /refuses access/],
    [
      "sends the key on",
      (_, response) => void response.writeHead(302, { Location: "https://example.com" }).end(),
      3,
      /cannot be reached/,
    ],
    [
      "never ends its answer",
      (_, response) => {
        const piece = Buffer.alloc(1 << 20, "[");
        const send = () => void (response.destroyed || response.write(piece, send));
        send();
      },
      3,
      /something else than a Headstart/,
    ],
  ];

  it.each(cases)("that %s is told in a sentence", async (_, listener, code, message) => {
    const run = await ask(await serveLocally(listener), "classes", "list", "--json");
    expect(run).toMatchObject({ code, stdout: "" });
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toMatch(/\n +at /);
    expect(run.stderr).not.toContain(KEY);
  });

  it("that is not there ends with 3", async () => {
    const run = await ask("http://127.0.0.1:9", "classes", "list");
    expect(run).toMatchObject({ code: 3, stdout: "" });
  });

  it("that does not answer can be left with Ctrl-C", async () => {
    const url = await serveLocally((_, response) => void response.writeHead(503, { "Retry-After": "10" }).end());
    const env = { HEADSTART_URL: url, HEADSTART_KEY: KEY };
    expect((await runHeadstart(["classes", "list"], { env, signal: "SIGINT" })).code).toBe(130);
  });
});

describe("the doctor", () => {
  const toml = `name = "x"\n[vars]\n# a comment\nMAX_IMAGE_BYTES = "10"\nPRIOR_EXPONENT = "0"\n\n[[d1_databases]]\nX = "1"\n`;

  it("reads the variables of wrangler.toml and nothing below them", () => {
    expect(readVariables(toml)).toEqual({ MAX_IMAGE_BYTES: "10", PRIOR_EXPONENT: "0" });
  });

  it("finds what is wrong with a checkout", async () => {
    const folder = await makeTempFolder();
    await writeFiles(folder, {
      "wrangler.toml": toml,
      "migrations/0001_a.sql": "",
      "migrations/0001_b.sql": "",
      "active/manifest.json": "{}",
      secrets: "",
    });
    const secrets = path.join(folder, "secrets");
    await chmod(secrets, 0o644);
    const places = { projectDir: folder, backboneDir: path.join(folder, "active"), secretFiles: [secrets] };
    const findings = await examineCheckout(places, "20.1.0");
    const failed = findings.filter(({ status }) => status === "fail");
    expect(failed.map(({ check }) => check)).toEqual([
      ...["node", "backbone", "bindings", "variables", "database", "migrations", "secrets"],
    ]);
    for (const { remedy } of failed) expect(remedy).not.toBeNull();
  });

  it.each([
    ["Thu, 01 Jan 2026 00:00:30 GMT", "ok"],
    ["Thu, 01 Jan 2026 00:05:00 GMT", "warn"],
    ["Wed, 31 Dec 2025 23:55:00 GMT", "warn"],
    [null, "ok"],
  ])("compares clocks: %s is %s", (date, status) => {
    const now = Date.UTC(2026, 0, 1);
    expect(examineClock(date, now, now + 50).status).toBe(status);
  });
});

describe("a typed decision", () => {
  const group = {
    photo: "p1",
    guess: null,
    sources: 2,
    conflicts: [],
    answers: [],
    proposals: [
      { label: "a", name: "A", sources: 1 },
      { label: "b", name: "B", sources: 1 },
    ],
    members: [
      { photo: "p1", label: "a" },
      { photo: "p1", label: "b" },
      { photo: "p2", label: "a" },
    ],
  };

  it("is about a text where a copy of it is held, otherwise about a picture to be looked at", () => {
    expect(describeSample({ ...group, text: "Where is my refund?" }, "https://x.test")).toContain(
      "Where is my refund?",
    );
    for (const unseen of [group, { ...group, text: null }]) {
      expect(describeSample(unseen, "https://x.test")).toBe("Picture p1, to be seen at https://x.test/admin.");
    }
  });

  it("is one per picture, and settles what else was said of it", () => {
    expect(readChoice("2", group)).toEqual([
      { photo: "p1", label: "b", decision: "accept" },
      { photo: "p2", label: "a", decision: "relabel", to: "b" },
    ]);
    expect(readChoice("= c", group)).toMatchObject([{ to: "c" }, { to: "c" }]);
    expect(readChoice("n", group)).toMatchObject([{ to: ":none" }, { to: ":none" }]);
    expect(readChoice("r", group)).toHaveLength(3);
    expect([readChoice("s", group), readChoice("q", group), readChoice("", group)]).toEqual(["skip", "quit", "quit"]);
    expect([readChoice("3", group), readChoice("x", group)]).toEqual([undefined, undefined]);
  });
});
