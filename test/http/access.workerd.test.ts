import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, send } from "../support/worker-client.ts";

describe("access", () => {
  const routes: [string, string][] = [
    ["GET", "/v1/admin/overview"],
    ["GET", "/v1/admin/classes"],
    ["POST", "/v1/admin/classes"],
    ["PATCH", "/v1/admin/classes/x"],
    ["POST", "/v1/admin/classes/x/examples"],
    ["POST", "/v1/admin/examples/known"],
    ["GET", "/v1/admin/reviews"],
    ["POST", "/v1/admin/reviews"],
    ["POST", "/v1/admin/reviews/x/y"],
    ["GET", "/v1/admin/heads"],
    ["GET", "/v1/admin/training-runs"],
    ["POST", "/v1/admin/training-runs"],
    ["GET", "/v1/admin/export"],
    ["POST", "/v1/admin/import"],
  ];

  it.each(routes)("%s %s is refused without the token and with a wrong one", async (method, path) => {
    expect(await send(path, { method })).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}x` };
    expect(await send(path, { method, headers })).toMatchObject({ status: 401, body: { code: "unauthorized" } });
  });

  it("never takes a wrong token for a guest's", async () => {
    const headers = { authorization: "Bearer wrong" };
    expect((await send("/v1/labels", { method: "POST", headers })).status).toBe(401);
  });

  it("is given to a page by a cookie, until it signs out", async () => {
    expect((await send("/v1/admin/session", json({ token: "wrong" }))).status).toBe(401);
    const signedIn = await send("/v1/admin/session", json({ token: env.ADMIN_TOKEN }));
    expect(signedIn.status).toBe(204);
    const setCookie = signedIn.headers.get("set-cookie") ?? "";
    expect(setCookie).toMatch(/HttpOnly/);
    expect(setCookie).toMatch(/SameSite=Strict/);
    expect(setCookie).toMatch(/Secure/);
    expect(setCookie).not.toContain(env.ADMIN_TOKEN);
    const cookie = setCookie.split(";")[0];
    expect((await send("/v1/admin/overview", { headers: { cookie } })).status).toBe(200);
    expect((await send("/v1/admin/overview", { headers: { cookie: cookie.replace("=1", "=2") } })).status).toBe(401);
    const signedOut = await send("/v1/admin/session", {
      method: "DELETE",
      headers: { cookie, origin: "https://headstart.test" },
    });
    expect(signedOut.headers.get("set-cookie")).toMatch(/Max-Age=0/);
  });

  it("by cookie is refused to another site's form", async () => {
    const signedIn = await send("/v1/admin/session", json({ token: env.ADMIN_TOKEN }));
    const cookie = (signedIn.headers.get("set-cookie") ?? "").split(";")[0];
    const form = multipart({ "a.png": makePhoto("pepperoni", 1) }, { label: "pepperoni" });
    const answer = await send("/v1/labels", { ...form, headers: { cookie, origin: "https://evil.test" } });
    expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
  });
});
