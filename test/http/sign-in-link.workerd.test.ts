/** Links that sign in once: `npm start` signs their codes with a secret that only it and its Worker know. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createSignInCodes, makeSignInCode } from "../../src/shared/sign-in-code.ts";
import { sendWith } from "../support/keys.ts";
import { json, resetDatabase, send } from "../support/worker-client.ts";

const SECRET = "sign-in-secret-of-a-single-start-0123456";
const bindings: Env & { SIGN_IN_SECRET: string } = { ...env, SIGN_IN_SECRET: SECRET };
const PATH = "/v1/admin/session/code";
const soon = () => Date.now() + 60_000;

beforeEach(() => resetDatabase());

const open = (code: string, at: Env = bindings, headers: Record<string, string> = {}) => {
  const init = json({ code });
  return send(PATH, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...headers } }, at);
};

describe("a sign-in link", () => {
  it("signs in once, as the admin, and never again", async () => {
    const code = await makeSignInCode(SECRET, soon());
    const first = await open(code);
    expect(first.status).toBe(204);
    const cookie = first.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^headstart_session=.*HttpOnly; Secure; SameSite=Strict/);
    const headers = { cookie: cookie.split(";")[0] };
    expect((await send("/v1/admin/session", { headers }, bindings)).body).toEqual({ role: "admin", actor: "admin" });
    const second = await open(code);
    expect(second).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    expect(second.headers.get("set-cookie")).toBeNull();
  });

  it("lets in one of two that come at once", async () => {
    const code = await makeSignInCode(SECRET, soon());
    const both = await Promise.all([open(code), open(code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 401]);
  });

  it.each([
    ["has expired", () => makeSignInCode(SECRET, Date.now() - 1)],
    ["is of another start", () => makeSignInCode(`${SECRET}!`, soon())],
    [
      "was given more time",
      async () => (await makeSignInCode(SECRET, soon())).replace(/-(\d+)-/, (_, at) => `-${Number(at) + 1}-`),
    ],
    ["is no code", async () => "let me in"],
  ])("is refused when it %s", async (_name, make) => {
    expect((await open(await make())).status).toBe(401);
  });

  it("is refused from another site, and is not spent by that", async () => {
    const code = await makeSignInCode(SECRET, soon());
    expect((await open(code, bindings, { origin: "https://elsewhere.example" })).status).toBe(403);
    expect((await open(code)).status).toBe(204);
  });

  it("is refused where there is no secret for links, as on a deployment", async () => {
    expect((await open(await makeSignInCode("undefined", soon()), env)).status).toBe(401);
  });

  it("does no more than the admin token, which the first admin key has spent", async () => {
    const key = { name: "owner", role: "admin" };
    expect((await sendWith(bindings.ADMIN_TOKEN, "/v1/admin/keys", json(key), bindings)).status).toBe(201);
    const refused = await open(await makeSignInCode(SECRET, soon()));
    expect(refused).toMatchObject({ status: 401, body: { detail: expect.stringContaining("admin key") } });
  });
});

describe("the codes that were spent", () => {
  it("are forgotten only after they have expired", async () => {
    const codes = createSignInCodes(SECRET);
    const code = await makeSignInCode(SECRET, 1_000);
    expect(await codes.spend(code, 1)).toBe(true);
    expect(await codes.spend(await makeSignInCode(SECRET, 3_000), 999)).toBe(true);
    expect(await codes.spend(code, 999)).toBe(false);
    expect(await codes.spend(code, 1_000)).toBe(false);
  });
});
