import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { json, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const SHOP = "https://shop.example";
const open = { ...env, CORS_ORIGINS: `${SHOP}, https://other.example` };

beforeAll(async () => {
  await resetDatabase();
  await sendAsAdmin("/v1/admin/classes", json({ name: "Pepperoni" }));
});

describe("a request that cannot be served as it is", () => {
  it.each([
    ["DELETE", "/v1/menu", "GET, HEAD"],
    ["GET", "/v1/classify", "POST"],
    ["PUT", "/v1/admin/classes/pepperoni", "DELETE, PATCH"],
  ])("%s %s is told which methods the path knows", async (method, path, allow) => {
    const answer = await sendAsAdmin(path, { method });
    expect(answer).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
    expect(answer.headers.get("allow")).toBe(allow);
  });

  it("is 404 where no method is known", async () => {
    const answer = await send("/v1/nothing", { method: "POST" });
    expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(answer.headers.get("allow")).toBeNull();
  });

  it.each(["text/html", "application/xml, image/*", "application/json;q=0"])("is 406 to Accept: %s", async (accept) => {
    const answer = await send("/v1/menu", { headers: { accept } });
    expect(answer).toMatchObject({ status: 406, body: { code: "not_acceptable" } });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });

  it.each(["*/*", "application/*", "text/html, application/json;q=0.5", "application/problem+json"])(
    "is served to Accept: %s",
    async (accept) => {
      expect((await send("/v1/menu", { headers: { accept } })).status).toBe(200);
    },
  );

  it("is 415 when it sends JSON under another name", async () => {
    const headers = { "content-type": "text/plain" };
    const answer = await sendAsAdmin("/v1/admin/classes", { method: "POST", body: '{"name":"Tonno"}', headers });
    expect(answer).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
  });

  it.each<[string, string, unknown, Record<string, string>]>([
    ["POST", "/v1/admin/classes", {}, { name: "is missing; give the item's name" }],
    ["POST", "/v1/admin/classes", { nam: "Tonno" }, { name: "is missing; give the item's name", nam: "is unknown" }],
    ["POST", "/v1/admin/classes", { name: 5 }, { name: "must be a string" }],
    ["POST", "/v1/admin/classes", { name: "x".repeat(81) }, { name: "is longer than 80 characters" }],
    ["POST", "/v1/admin/classes", "Tonno", { "": "must be an object" }],
    ["POST", "/v1/admin/classes", { name: "Tonno", names: [] }, { names: "must be an object" }],
    ["PUT", "/v1/admin/classes/order", { ids: [1] }, { "ids.0": "must be a string" }],
    ["POST", "/v1/admin/classes", { name: "Tonno", threshold: 2 }, { threshold: "is more than 1" }],
    ["POST", "/v1/admin/keys", { name: "a", role: "label", expiresInDays: 0 }, { expiresInDays: "is less than 1" }],
    ["POST", "/v1/admin/examples/forget", { photos: [] }, { photos: "is empty" }],
    [
      "POST",
      "/v1/admin/reviews",
      { decisions: [{ photo: "a", label: "b", decision: "maybe" }] },
      { "decisions.0.decision": "is none of accept, reject, relabel" },
    ],
    ["POST", "/v1/admin/reviews/undo", {}, { reviews: "is missing" }],
    [
      "POST",
      "/v1/admin/reviews/skip",
      { reviews: [{ photo: "a", x: 1 }] },
      { "reviews.0.label": "is missing", "reviews.0.x": "is unknown" },
    ],
    [
      "POST",
      "/v1/admin/reviews",
      { decisions: [{ photo: "a", label: "b", decision: "relabel" }] },
      { "decisions.0.to": "is missing" },
    ],
  ])("%s %s is told which fields of %j are wrong, for a program too", async (method, path, body, faults) => {
    const answer = await sendAsAdmin(path, json(body, method));
    expect(answer).toMatchObject({ status: 400, body: { code: "bad_request" } });
    const errors = answer.body.errors as { field: string; detail: string }[];
    expect(Object.fromEntries(errors.map(({ field, detail }) => [field, detail]))).toEqual(faults);
    for (const { field, detail } of errors)
      expect(answer.body.detail).toContain(field === "" ? detail : `${field}: ${detail}`);
  });

  it("is told the same of a query", async () => {
    const errorsOf = async (query: string) => (await sendAsAdmin(`/v1/admin/examples${query}`)).body;
    expect((await errorsOf("?class=x&limit=0")).errors).toEqual([{ field: "limit", detail: "is less than 1" }]);
    expect((await errorsOf("?class=x&limit=1e9")).errors).toEqual([{ field: "limit", detail: "is more than 200" }]);
    const log = (await sendAsAdmin("/v1/admin/audit?format=xml")).body;
    expect(log.errors).toEqual([{ field: "format", detail: "is none of ndjson, csv" }]);
    expect((await errorsOf("?class=x&limit=ten")).errors).toEqual([{ field: "limit", detail: "must be a number" }]);
    expect((await errorsOf("?class=x&sort=up")).detail).toBe("sort: is unknown");
    expect((await errorsOf("")).detail).toBe("give one of class, contributor and source");
  });

  it("is told twenty faults at most, however many there are", async () => {
    const extra = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`x${i}`, i]));
    expect((await sendAsAdmin("/v1/admin/classes", json(extra))).body.errors).toHaveLength(20);
  });
});

describe("a list that was read before", () => {
  it.each([
    ...["/v1/menu", "/v1/admin/classes", "/v1/admin/heads", "/v1/admin/heads?limit=1&after=9"],
    ...["/v1/admin/examples?class=pepperoni", "/v1/admin/reviews", "/v1/admin/suspects", "/v1/admin/suggestions"],
    ...["/v1/admin/training-runs", "/v1/admin/audit-log?limit=1", "/v1/admin/keys"],
  ])("%s is 304 until it changes", async (path) => {
    const first = await sendAsAdmin(path);
    const tag = first.headers.get("etag") ?? "";
    expect(tag).toMatch(/^W\/"/);
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    expect(first.headers.get("vary")).toContain("Authorization, Cookie");
    const again = await sendAsAdmin(path, { headers: { "if-none-match": tag } });
    expect(again).toMatchObject({ status: 304, body: { text: "" } });
    expect(again.headers.get("etag")).toBe(tag);
  });

  it("is sent again once it has changed", async () => {
    const tag = (await sendAsAdmin("/v1/admin/classes")).headers.get("etag") ?? "";
    await sendAsAdmin("/v1/admin/classes", json({ name: "Tonno" }));
    const answer = await sendAsAdmin("/v1/admin/classes", { headers: { "if-none-match": tag } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("etag")).not.toBe(tag);
  });

  it("has the tag of its page: another page has another one, and the first changes with the first row", async () => {
    const page = async (query: string, init = {}) => sendAsAdmin(`/v1/admin/audit-log?${query}`, init);
    await sendAsAdmin("/v1/admin/classes", json({ name: "Diavola" }));
    const [first, all] = [await page("limit=1"), await page("limit=100")];
    expect(all.headers.get("etag")).not.toBe(first.headers.get("etag"));
    const second = await page(`limit=1&after=${first.body.next}`);
    await sendAsAdmin("/v1/admin/classes", json({ name: "Calzone" }));
    const again = (tag: string | null) => ({ headers: { "if-none-match": tag ?? "" } });
    expect((await page("limit=1", again(first.headers.get("etag")))).status).toBe(200);
    expect((await page(`limit=1&after=${first.body.next}`, again(second.headers.get("etag")))).status).toBe(304);
  });

  it("has no tag where it is a refusal", async () => {
    const answer = await send("/v1/admin/classes", { headers: { "if-none-match": "*" } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("etag")).toBeNull();
  });
});

describe("a page of another site", () => {
  const from = (origin: string, bindings: Env) => send("/v1/menu", { headers: { origin } }, bindings);

  it("may read nothing where the operator allowed nobody", async () => {
    expect((await from(SHOP, env)).headers.get("access-control-allow-origin")).toBeNull();
  });

  it("may read where the operator allowed its origin, and only there", async () => {
    const allowed = await from(SHOP, open);
    expect(allowed.headers.get("access-control-allow-origin")).toBe(SHOP);
    expect(allowed.headers.get("access-control-allow-credentials")).toBeNull();
    expect(allowed.headers.get("vary")).toContain("Origin");
    expect((await from("https://evil.example", open)).headers.get("access-control-allow-origin")).toBeNull();
    expect(
      (await from("https://shop.example.evil.example", open)).headers.get("access-control-allow-origin"),
    ).toBeNull();
  });

  it("is told what it may send before it sends a key", async () => {
    const headers = { origin: SHOP, "access-control-request-method": "POST" };
    const answer = await send("/v1/classify", { method: "OPTIONS", headers }, open);
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-headers")).toContain("Authorization");
  });

  it("is not an origin when it has a path: the Worker stops and says so", async () => {
    const answer = await from(SHOP, { ...env, CORS_ORIGINS: `${SHOP}/menu` });
    expect(answer).toMatchObject({ status: 500, body: { code: "misconfigured" } });
    expect(answer.body.detail).toContain("CORS_ORIGINS");
  });
});
