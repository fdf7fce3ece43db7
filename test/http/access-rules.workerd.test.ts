import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config.ts";
import { ACCESS_RULES, requireAccess } from "../../src/http/access/require-access.ts";
import { app } from "../../src/http/app.ts";
import type { AppEnv } from "../../src/http/app-env.ts";
import { send } from "../support/worker-client.ts";

const handlers = app.routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => `${method} ${path}`);

describe("the access table", () => {
  it("has a rule for every route of the app, and none for a route that is gone", () => {
    expect(Object.keys(ACCESS_RULES).toSorted()).toEqual([...new Set(handlers)].toSorted());
  });

  it("is asked before every handler but the one that says that the Worker runs", () => {
    const guard = app.routes.findIndex(({ handler }) => handler.name === "requireAccess");
    const earlier = app.routes.slice(0, guard).filter(({ method }) => method !== "ALL");
    expect(earlier.map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /v1/health"]);
    // What is registered for all methods passes for middleware, so it must be that: on a whole subtree.
    expect(app.routes.filter(({ method, path }) => method === "ALL" && !path.endsWith("*"))).toEqual([]);
  });

  it("refuses a route without a rule, even to the admin", async () => {
    const forgetful = new Hono<AppEnv>()
      .use(async function becomeAdmin(c, next) {
        c.set("role", "admin");
        return next();
      })
      .use(requireAccess())
      .get("/v1/forgotten", (c) => c.text("secret"));
    const answer = await forgetful.request("/v1/forgotten");
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: "forbidden", detail: expect.stringContaining("/v1/forgotten") });
  });
});

describe("what guests may do", () => {
  const open = { PUBLIC_CLASSIFY: "true", PUBLIC_CORRECTIONS: "true" };
  const shut = { PUBLIC_CLASSIFY: "false", PUBLIC_CORRECTIONS: "false" };

  it.each<[string, Env, boolean, boolean, boolean]>([
    ["both open", { ...env, ...open }, true, true, true],
    ["both shut", { ...env, ...shut }, false, false, false],
    ["only classifying open", { ...env, ...shut, PUBLIC_CLASSIFY: "true" }, true, false, true],
    ["only corrections open", { ...env, ...shut, PUBLIC_CORRECTIONS: "true" }, false, true, true],
  ])("with %s", async (_name, bindings, classify, correct, menu) => {
    const isLetIn = async (path: string, method: string) => (await send(path, { method }, bindings)).status !== 401;
    expect(await isLetIn("/v1/classify", "POST")).toBe(classify);
    expect(await isLetIn("/v1/labels", "POST")).toBe(correct);
    expect(await isLetIn("/v1/menu", "GET")).toBe(menu);
    expect(await isLetIn("/", "GET")).toBe(true);
    expect(await isLetIn("/v1/health", "GET")).toBe(true);
  });

  it("is nothing where the variables are not set", () => {
    const { PUBLIC_CLASSIFY: _, PUBLIC_CORRECTIONS: __, ...unset } = env;
    expect(parseConfig(unset)).toMatchObject({ publicClassify: false, publicCorrections: false });
  });

  it("is never guessed: a variable that is neither true nor false stops the Worker", async () => {
    const answer = await send("/v1/menu", {}, { ...env, PUBLIC_CLASSIFY: "yes" });
    expect(answer).toMatchObject({
      status: 500,
      body: { code: "misconfigured", detail: expect.stringContaining("PUBLIC_CLASSIFY") },
    });
  });
});
