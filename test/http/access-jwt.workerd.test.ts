/** Real assertions, signed here with a key of our own that the team's address is made to serve. */
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type AccessTeam, startAccessTeam } from "../support/access-team.ts";
import { type Answer, json, resetDatabase, send } from "../support/worker-client.ts";

const OVERVIEW = "/v1/admin/overview";
const OURS = "https://headstart.test";

let team: AccessTeam;
let bindings: Env;

beforeAll(async () => {
  await resetDatabase();
  team = await startAccessTeam();
  bindings = { ...env, ...team.vars };
});
afterAll(() => vi.restoreAllMocks());

function ask(assertion: string, path = OVERVIEW, init = {}, at: Env = bindings): Promise<Answer> {
  const headers = { "cf-access-jwt-assertion": assertion, origin: OURS, "content-type": "application/json" };
  return send(path, { ...init, headers }, at);
}

describe("an assertion of Cloudflare Access", () => {
  it("lets a person in with the role that the deployment gives, under their address", async () => {
    expect((await ask(await team.sign())).status).toBe(200);
    expect((await ask(await team.sign(), "/v1/admin/session")).body).toEqual({
      role: "review",
      actor: "access:mia@example.com",
    });
    expect((await ask(await team.sign(), "/v1/admin/keys")).status).toBe(403);
    const admins = { ...bindings, ACCESS_ROLE: "admin" };
    expect((await ask(await team.sign(), "/v1/admin/keys", {}, admins)).status).toBe(200);
    await ask(await team.sign(), "/v1/admin/keys", json({ name: "till", role: "classify" }), admins);
    const entry = await env.DB.prepare("SELECT actor FROM audit_log WHERE action = 'keys.make'").first("actor");
    expect(entry).toBe("access:mia@example.com");
    expect(new Set(team.fetched)).toEqual(new Set([team.certificatesUrl]));
  });

  it("opens the kitchen", async () => {
    const page = await ask(await team.sign(), "/admin");
    expect((await send("/admin")).body.text).toContain("sign-in");
    expect(page.body.text).not.toContain("sign-in");
  });

  const wrong: [string, () => Promise<string>][] = [
    ["signed by somebody else", () => team.sign({ isForged: true })],
    ["of another team", () => team.sign({ issuer: "https://other.cloudflareaccess.test" })],
    ["for another application", () => team.sign({ audience: "another-application" })],
    ["that has expired", () => team.sign({ expires: Math.floor(Date.now() / 1_000) - 60 })],
    ["without a person", () => team.sign({ payload: { common_name: "a service token" } })],
    ["that is changed", async () => `${(await team.sign()).slice(0, -4)}AAAA`],
    ["without a signature", async () => `${btoa('{"alg":"none"}')}.${btoa('{"email":"mia@example.com"}')}.`],
    ["that is none", async () => "mia@example.com"],
    ["of 100,000 letters", async () => "a".repeat(100_000)],
  ];

  it.each(wrong)("%s is refused, and nobody is taken for a guest", async (_name, make) => {
    for (const path of [OVERVIEW, "/v1/menu"]) {
      expect(await ask(await make(), path)).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    }
  });

  it("is nothing where Access is not set up", async () => {
    expect((await ask(await team.sign(), OVERVIEW, {}, env)).status).toBe(401);
    expect((await ask(await team.sign(), "/v1/menu", {}, env)).status).toBe(200);
  });

  it("does not help another site's form", async () => {
    const headers = { "cf-access-jwt-assertion": await team.sign(), origin: "https://evil.test" };
    const body = new URLSearchParams({ label: "pepperoni" });
    expect((await send("/v1/labels", { method: "POST", body, headers }, bindings)).status).toBe(403);
  });

  it("needs both variables: one alone stops the Worker", async () => {
    const half = { ...bindings, ACCESS_AUD: "" };
    const answer = await send("/v1/menu", {}, half);
    expect(answer).toMatchObject({ status: 500, body: { code: "misconfigured" } });
  });
});
