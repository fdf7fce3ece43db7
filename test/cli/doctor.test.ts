/** `headstart doctor` on deployments: real servers that are set up oddly or lack a migration, and what it makes of answers. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { judgeDoor } from "../../cli/headstart/doctor-doors.ts";
import { examineKeys } from "../../cli/headstart/doctor-keys.ts";
import { examineLimits } from "../../cli/headstart/doctor-limits.ts";
import type { Finding } from "../../cli/headstart/finding.ts";
import { openLocalDatabase } from "../support/local-database.ts";
import { serveLocally } from "../support/local-server.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { startServer } from "../support/start-server.ts";

const ODD_VARS = { DAILY_QUOTA_GUEST: "0", PUBLIC_CORRECTIONS: "false", MAX_IMAGE_PIXELS: "4000000" };

interface Report {
  readonly findings: readonly Finding[];
  readonly failed: number;
  readonly warned: number;
  readonly limits: readonly { name: string; value: number }[] | null;
}

async function examine(url: string, key: string, ...args: string[]): Promise<{ code: number | null; report: Report }> {
  const env = { HEADSTART_URL: url, HEADSTART_KEY: key };
  const { code, stdout, stderr } = await runHeadstart(["doctor", "--remote", "--json", ...args], { env });
  expect(stdout, stderr).toMatch(/^\{/);
  expect(stdout + stderr).not.toContain(key);
  return { code, report: JSON.parse(stdout) };
}

function said({ findings }: Report, check: string): string[] {
  return findings.filter((one) => one.check === check).map(({ status, message }) => `${status} ${message}`);
}

// The steps build on each other: one database, first under odd variables, then without its newest migration.
describe("a deployment, as its doctor sees it", () => {
  let dataDir: string;
  let server: DevServer;
  let owner = "";

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), "headstart-test-"));
    server = await startServer({ dataDir, quiet: true, vars: ODD_VARS });
  });
  afterAll(async () => {
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function makeKey(...args: string[]): Promise<string> {
    const env = { HEADSTART_URL: server.url, HEADSTART_KEY: owner || server.adminToken };
    const { code, stdout, stderr } = await runHeadstart(["keys", "make", ...args], { env });
    expect(code, stderr).toBe(0);
    return stdout.trim();
  }

  it("is ready, and needs no key while it is on this machine", async () => {
    const { code, report } = await examine(server.url, server.adminToken);
    expect(report.failed).toBe(0);
    expect(code).toBe(0);
    expect(said(report, "ready")).toEqual([
      expect.stringMatching(/^ok all migrations are applied, the backbone loads, head: none yet/),
    ]);
    expect(said(report, "keys")).toEqual([expect.stringMatching(/^ok none yet/)]);
    expect(report.findings.map(({ check }) => check)).not.toContain("node"); // --remote
  });

  it("has keys without an end, and keys that end soon", async () => {
    owner = await makeKey("owner", "--role", "admin", "--days", "7");
    await makeKey("till", "--role", "classify");
    await makeKey("shelf", "--role", "label", "--days", "300");
    const { report } = await examine(server.url, owner);
    expect(said(report, "keys")).toEqual([
      expect.stringMatching(/^warn without an end: till \(\w+, classify\)$/),
      expect.stringMatching(/^warn ending within 14 days: owner \(\w+, admin\)$/),
    ]);
  });

  it("opens other doors to guests than wrangler.toml says", async () => {
    const { report } = await examine(server.url, owner);
    expect(said(report, "guests")).toEqual([
      "ok may classify, as PUBLIC_CLASSIFY says",
      "warn may not send corrections and suggestions, but PUBLIC_CORRECTIONS in wrangler.toml is true",
    ]);
  });

  it("has limits that are not those of wrangler.toml, and out of the ordinary", async () => {
    const { code, report } = await examine(server.url, owner);
    expect(said(report, "limits")).toEqual([
      expect.stringMatching(/^ok \d\d in all, guestQuota 0, keyQuota 100,000, /),
      "warn guestQuota is 0 requests, DAILY_QUOTA_GUEST in wrangler.toml 2000",
      expect.stringMatching(/^warn guestQuota is 0 requests: one network of guests may/),
      "warn imagePixels is 4,000,000 pixels, MAX_IMAGE_PIXELS in wrangler.toml 3000000",
      expect.stringMatching(/^warn imagePixels is 4,000,000 pixels: phones/),
    ]);
    for (const { status, remedy } of report.findings) expect(remedy !== null).toBe(status !== "ok");
    const response = await fetch(`${server.url}/v1/admin/limits`, { headers: { Authorization: `Bearer ${owner}` } });
    expect(await response.json()).toEqual({ limits: report.limits });
    expect(report.warned).toBe(report.findings.filter(({ status }) => status === "warn").length);
    expect(code).toBe(0);
    expect((await examine(server.url, owner, "--strict")).code).toBe(1);
  });

  it("lists its limits for people too", async () => {
    const env = { HEADSTART_URL: server.url, HEADSTART_KEY: owner };
    const { stdout } = await runHeadstart(["doctor", "--remote", "--limits"], { env });
    expect(stdout).toMatch(/^LIMIT +VALUE +OF WHAT$/m);
    expect(stdout).toMatch(/^guestQuota +0 +requests other than GET, of one network a day/m);
    expect(stdout).toMatch(/^imageBytes +10,485,760 +bytes of one photo$/m);
    expect((await runHeadstart(["doctor", "--local", "--limits"], { env })).code).toBe(2);
  });

  it("shows a reviewer its limits and not its keys, a program neither, and asks nothing that they may not", async () => {
    const reviewer = await examine(server.url, await makeKey("reviewer", "--role", "review", "--days", "30"));
    expect(said(reviewer.report, "keys")).toEqual([]);
    expect(said(reviewer.report, "work")).toHaveLength(1);
    expect(reviewer.report.limits?.length).toBeGreaterThan(20);
    const program = await examine(server.url, await makeKey("program", "--role", "classify", "--days", "30"));
    expect(program.report.limits).toBeNull();
    for (const { report } of [reviewer, program]) expect(JSON.stringify(report)).not.toContain("refuses access");
    expect(said(program.report, "key")).toEqual([expect.stringMatching(/^warn classify \(/)]);
  });

  it("is not ready without its newest migration, and open to guests whom Turnstile passes", async () => {
    await server.stop();
    const vars = {
      TURNSTILE_SITE_KEY: "1x00000000000000000000AA",
      TURNSTILE_SECRET: "1x0000000000000000000000000000000AA",
    };
    server = await startServer({ dataDir, quiet: true, vars });
    const db = openLocalDatabase(dataDir); // a start would apply what is missing
    const newest = db.prepare("SELECT max(name) AS name FROM d1_migrations").get()?.name;
    db.prepare("DELETE FROM d1_migrations WHERE name = ?").run(String(newest));
    db.close();
    const { code, report } = await examine(server.url, owner);
    expect(code).toBe(1);
    expect(said(report, "ready")).toEqual([expect.stringMatching(`^fail The database lacks ${newest}: run `)]);
    expect(report.findings.find(({ check }) => check === "ready")?.remedy).toContain("npm run deploy");
    expect(said(report, "guests")).toEqual([
      "ok may classify once Turnstile has passed them, as PUBLIC_CLASSIFY says",
      "ok may send corrections and suggestions once Turnstile has passed them, as PUBLIC_CORRECTIONS says",
    ]);
    expect(said(report, "limits")).toHaveLength(1);
  });
});

describe("a deployment that answers differently", () => {
  it.each([
    [404, { code: "not_found", detail: "There is nothing." }, "warn an older version, which cannot say"],
    [500, { code: "misconfigured", detail: "X is wrong." }, "fail X is wrong."],
    [502, "<h1>Bad gateway</h1>", "fail it answers 502"],
  ])("with %i for its readiness", async (status, body, message) => {
    const url = await serveLocally((request, response) => {
      if (request.url === "/v1/health") return void response.end('{"status":"ok"}');
      response.statusCode = request.url === "/v1/ready" ? status : 403;
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    });
    const { code, report } = await examine(url, "hs_marker_that_must_never_be_printed");
    expect(said(report, "ready")).toEqual([message]);
    expect(said(report, "guests")).toHaveLength(2);
    for (const line of said(report, "guests")) expect(line).toMatch(/^warn whether they may .* could not be tried$/);
    expect(code).toBe(1);
  });
});

describe("what the doctor makes of", () => {
  const key = {
    id: "k_1",
    name: "till",
    role: "admin",
    createdAt: "2025-01-01T00:00:00.000Z",
    expiresAt: "2027-01-01T00:00:00.000Z",
    lastUsedAt: "2026-05-30T00:00:00.000Z",
    revokedAt: null,
  };
  const now = Date.UTC(2026, 5, 1);

  it.each([
    ["well kept", {}, "ok 1 in use, each ends on a day that is set"],
    ["idle", { lastUsedAt: "2026-03-01T00:00:00.000Z" }, "warn not used for 90 days: till (k_1, admin)"],
    ["never used", { lastUsedAt: null }, "warn not used for 90 days: till (k_1, admin)"],
    [
      "new and not used yet",
      { lastUsedAt: null, createdAt: "2026-05-31T00:00:00.000Z" },
      "ok 1 in use, each ends on a day that is set",
    ],
    [
      "revoked",
      { revokedAt: "2026-05-31T00:00:00.000Z", expiresAt: null },
      expect.stringMatching(/^warn none is an admin's/),
    ],
    ["ended", { expiresAt: "2026-05-31T00:00:00.000Z" }, expect.stringMatching(/^warn none is an admin's/)],
  ])("a key that is %s", (_, changes, expected) => {
    const findings = examineKeys([{ ...key, ...changes }], now, false);
    expect(findings.map(({ status, message }) => `${status} ${message}`)).toEqual([expected]);
  });

  it.each([
    ["open", "true", "ok"],
    ["checked", "true", "ok"],
    ["closed", "false", "ok"],
    ["closed", undefined, "ok"],
    ["open", "false", "warn"],
    ["open", undefined, "warn"],
    ["checked", "false", "warn"],
    ["closed", "true", "warn"],
    ["unknown", "true", "warn"],
  ] as const)("a door that is %s where the variable is %s", (door, value, status) => {
    const variables: Record<string, string> = value === undefined ? {} : { PUBLIC_X: value };
    expect(judgeDoor({ what: "come in", variable: "PUBLIC_X" }, door, variables).status).toBe(status);
  });

  it("limits that it does not know: nothing", () => {
    const limit = { name: "constructor", value: 1, unit: "things", description: "of it" };
    expect(examineLimits([limit], {}).map(({ status }) => status)).toEqual(["ok"]);
  });
});
