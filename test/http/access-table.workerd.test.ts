/**
 * Every route times everybody who may ask, cell by cell. The statuses are written here by hand, for requests without a body, so
 * what passes the guard is met by the route's own answer: 200, or what it says to an empty or unknown thing.
 */
import { env } from "cloudflare:workers";
import { serializeSigned } from "hono/utils/cookie";
import { beforeAll, describe, expect, it } from "vitest";
import { app } from "../../src/http/app.ts";
import { hashSecret } from "../../src/shared/api-secret.ts";
import { deriveBits } from "../../src/shared/derived-key.ts";
import { type ObservedD1, observeD1 } from "../support/failing-d1.ts";
import { ask, askAboutSmallMenu } from "../support/guests.ts";
import { makeKey, sendWith, signIn } from "../support/keys.ts";
import { json, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const PHOTO = "0".repeat(64);
const SHUT = { PUBLIC_CLASSIFY: "false", PUBLIC_CORRECTIONS: "false" };

type Statuses = readonly [none: number, classify: number, label: number, review: number, admin: number];

/** Method and route, a path that it answers, and the statuses where nothing is open to guests. */
const TABLE: readonly (readonly [route: string, path: string, statuses: Statuses])[] = [
  ["GET /", "/", [200, 200, 200, 200, 200]],
  ["GET /admin", "/admin", [200, 200, 200, 200, 200]],
  ["GET /admin/menu", "/admin/menu", [200, 200, 200, 200, 200]],
  ["GET /admin/menu/:item", "/admin/menu/pepperoni", [200, 200, 200, 200, 200]],
  ["GET /admin/look", "/admin/look", [200, 200, 200, 200, 200]],
  ["GET /admin/map", "/admin/map", [200, 200, 200, 200, 200]],
  ["GET /admin/versions", "/admin/versions", [200, 200, 200, 200, 200]],
  ["GET /admin/settings", "/admin/settings", [200, 200, 200, 200, 200]],
  ["GET /thanks", "/thanks", [200, 200, 200, 200, 200]],
  ["POST /", "/", [401, 409, 409, 409, 409]],
  ["POST /reply", "/reply", [401, 403, 400, 400, 400]],
  ["POST /suggest", "/suggest", [401, 403, 400, 400, 400]],
  ["GET /v1/health", "/v1/health", [200, 200, 200, 200, 200]],
  ["POST /v1/suggestions", "/v1/suggestions", [401, 403, 400, 400, 400]],
  ["GET /v1/admin/suggestions", "/v1/admin/suggestions", [401, 403, 403, 200, 200]],
  ["DELETE /v1/admin/suggestions/:id", "/v1/admin/suggestions/1", [401, 403, 403, 403, 404]],
  ["GET /v1/ready", "/v1/ready", [200, 200, 200, 200, 200]],
  ["POST /v1/admin/session", "/v1/admin/session", [400, 400, 400, 400, 400]],
  ["POST /v1/admin/session/code", "/v1/admin/session/code", [400, 400, 400, 400, 400]],
  ["DELETE /v1/admin/session", "/v1/admin/session", [204, 204, 204, 204, 204]],
  ["GET /v1/admin/session", "/v1/admin/session", [401, 200, 200, 200, 200]],
  ["GET /v1/menu", "/v1/menu", [401, 200, 200, 200, 200]],
  ["POST /v1/classify", "/v1/classify", [401, 409, 409, 409, 409]],
  ["POST /v1/labels", "/v1/labels", [401, 403, 400, 400, 400]],
  ["GET /v1/admin/classes", "/v1/admin/classes", [401, 403, 200, 200, 200]],
  ["POST /v1/admin/classes/:id/examples", "/v1/admin/classes/x/examples", [401, 403, 422, 422, 422]],
  ["POST /v1/admin/examples/known", "/v1/admin/examples/known", [401, 403, 400, 400, 400]],
  ["GET /v1/admin/overview", "/v1/admin/overview", [401, 403, 403, 200, 200]],
  ["GET /v1/admin/reviews", "/v1/admin/reviews", [401, 403, 403, 200, 200]],
  ["POST /v1/admin/reviews", "/v1/admin/reviews", [401, 403, 403, 400, 400]],
  ["GET /v1/admin/reviews/next", "/v1/admin/reviews/next", [401, 403, 403, 200, 200]],
  ["POST /v1/admin/reviews/skip", "/v1/admin/reviews/skip", [401, 403, 403, 400, 400]],
  ["POST /v1/admin/reviews/undo", "/v1/admin/reviews/undo", [401, 403, 403, 400, 400]],
  ["GET /v1/admin/pool", "/v1/admin/pool", [401, 403, 403, 200, 200]],
  ["POST /v1/admin/pool/:photo", `/v1/admin/pool/${PHOTO}`, [401, 403, 403, 400, 400]],
  ["DELETE /v1/admin/pool/:photo", `/v1/admin/pool/${PHOTO}`, [401, 403, 403, 404, 404]],
  ["DELETE /v1/admin/pool", "/v1/admin/pool", [401, 403, 403, 403, 200]],
  ["GET /v1/admin/teacher", "/v1/admin/teacher", [401, 403, 403, 200, 200]],
  ["GET /v1/admin/teacher/labels", "/v1/admin/teacher/labels", [401, 403, 403, 200, 200]],
  ["DELETE /v1/admin/teacher/labels", "/v1/admin/teacher/labels", [401, 403, 403, 403, 200]],
  ["GET /v1/admin/places", "/v1/admin/places", [401, 403, 403, 200, 200]],
  ["POST /v1/admin/places", "/v1/admin/places", [401, 403, 403, 403, 400]],
  ["PATCH /v1/admin/places/:id", "/v1/admin/places/x", [401, 403, 403, 403, 400]],
  ["DELETE /v1/admin/places/:id", "/v1/admin/places/x", [401, 403, 403, 403, 404]],
  ["GET /v1/admin/webhooks", "/v1/admin/webhooks", [401, 403, 403, 403, 200]],
  ["POST /v1/admin/webhooks", "/v1/admin/webhooks", [401, 403, 403, 403, 400]],
  ["PATCH /v1/admin/webhooks/:id", "/v1/admin/webhooks/x", [401, 403, 403, 403, 400]],
  ["DELETE /v1/admin/webhooks/:id", "/v1/admin/webhooks/x", [401, 403, 403, 403, 404]],
  ["POST /v1/admin/webhooks/:id/rotate", "/v1/admin/webhooks/x/rotate", [401, 403, 403, 403, 404]],
  ["POST /v1/admin/webhooks/:id/test", "/v1/admin/webhooks/x/test", [401, 403, 403, 403, 404]],
  ["GET /v1/admin/webhooks/:id/deliveries", "/v1/admin/webhooks/x/deliveries", [401, 403, 403, 403, 404]],
  [
    "POST /v1/admin/webhooks/:id/deliveries/:delivery/redeliver",
    "/v1/admin/webhooks/x/deliveries/1/redeliver",
    [401, 403, 403, 403, 404],
  ],
  ["GET /v1/admin/audit", "/v1/admin/audit", [401, 403, 403, 403, 200]],
  ["POST /v1/admin/reviews/:photo/:label", `/v1/admin/reviews/${PHOTO}/x`, [401, 403, 403, 400, 400]],
  ["GET /v1/admin/examples", "/v1/admin/examples?class=x", [401, 403, 403, 200, 200]],
  ["GET /v1/admin/examples/:photo/picture", `/v1/admin/examples/${PHOTO}/picture`, [401, 403, 403, 404, 404]],
  ["PATCH /v1/admin/examples", "/v1/admin/examples", [401, 403, 403, 400, 400]],
  ["PATCH /v1/admin/examples/:photo", `/v1/admin/examples/${PHOTO}`, [401, 403, 403, 400, 400]],
  ["GET /v1/admin/photos/:photo/explanation", `/v1/admin/photos/${PHOTO}/explanation`, [401, 403, 403, 404, 404]],
  ["GET /v1/admin/suspects", "/v1/admin/suspects", [401, 403, 403, 200, 200]],
  ["GET /v1/admin/test-set", "/v1/admin/test-set", [401, 403, 403, 200, 200]],
  ["GET /v1/admin/second-backbone", "/v1/admin/second-backbone", [401, 403, 403, 200, 200]],
  ["PUT /v1/admin/second-backbone", "/v1/admin/second-backbone", [401, 403, 403, 403, 400]],
  ["DELETE /v1/admin/second-backbone", "/v1/admin/second-backbone", [401, 403, 403, 403, 404]],
  ["GET /v1/admin/second-backbone/missing", "/v1/admin/second-backbone/missing", [401, 403, 403, 400, 400]],
  ["POST /v1/admin/second-backbone/embeddings", "/v1/admin/second-backbone/embeddings", [401, 403, 403, 403, 400]],
  ["POST /v1/admin/second-backbone/head", "/v1/admin/second-backbone/head", [401, 403, 403, 403, 400]],
  ["POST /v1/admin/test-set", "/v1/admin/test-set", [401, 403, 403, 403, 400]],
  ["GET /v1/admin/heads", "/v1/admin/heads", [401, 403, 403, 200, 200]],
  ["GET /v1/admin/heads/compare", "/v1/admin/heads/compare?from=1&to=2", [401, 403, 403, 404, 404]],
  ["GET /v1/admin/heads/:version", "/v1/admin/heads/1", [401, 403, 403, 404, 404]],
  ["GET /v1/admin/heads/:version/map", "/v1/admin/heads/1/map", [401, 403, 403, 404, 404]],
  ["GET /v1/admin/heads/:version/mistakes", "/v1/admin/heads/1/mistakes", [401, 403, 403, 404, 404]],
  ["GET /v1/admin/training-runs", "/v1/admin/training-runs", [401, 403, 403, 200, 200]],
  ["GET /v1/admin/pictures", "/v1/admin/pictures", [401, 403, 403, 200, 200]],
  ["GET /v1/admin/limits", "/v1/admin/limits", [401, 403, 403, 200, 200]],
  ["POST /v1/admin/classes", "/v1/admin/classes", [401, 403, 403, 403, 400]],
  ["PUT /v1/admin/classes/order", "/v1/admin/classes/order", [401, 403, 403, 403, 400]],
  ["PATCH /v1/admin/classes/:id", "/v1/admin/classes/x", [401, 403, 403, 403, 400]],
  ["POST /v1/admin/classes/:id/merge", "/v1/admin/classes/x/merge", [401, 403, 403, 403, 400]],
  ["DELETE /v1/admin/classes/:id", "/v1/admin/classes/x", [401, 403, 403, 403, 404]],
  ["POST /v1/admin/examples/forget", "/v1/admin/examples/forget", [401, 403, 403, 403, 400]],
  ["DELETE /v1/admin/examples/:photo", `/v1/admin/examples/${PHOTO}`, [401, 403, 403, 403, 404]],
  ["DELETE /v1/admin/contributors/:contributor", "/v1/admin/contributors/g_0", [401, 403, 403, 403, 200]],
  ["GET /v1/admin/heads/:version/onnx", "/v1/admin/heads/1/onnx", [401, 403, 403, 403, 409]],
  ["POST /v1/admin/heads/:version/activate", "/v1/admin/heads/1/activate", [401, 403, 403, 403, 404]],
  ["PATCH /v1/admin/heads/:version", "/v1/admin/heads/1", [401, 403, 403, 403, 404]],
  ["POST /v1/admin/training-runs", "/v1/admin/training-runs", [401, 403, 403, 403, 200]],
  ["GET /v1/admin/keys", "/v1/admin/keys", [401, 403, 403, 403, 200]],
  ["POST /v1/admin/keys", "/v1/admin/keys", [401, 403, 403, 403, 400]],
  ["POST /v1/admin/keys/:id/rotate", "/v1/admin/keys/k_0/rotate", [401, 403, 403, 403, 404]],
  ["DELETE /v1/admin/keys/:id", "/v1/admin/keys/k_0", [401, 403, 403, 403, 404]],
  ["GET /v1/admin/drift", "/v1/admin/drift", [401, 403, 403, 403, 200]],
  ["GET /v1/admin/metrics", "/v1/admin/metrics", [401, 403, 403, 403, 200]],
  ["GET /v1/admin/audit-log", "/v1/admin/audit-log", [401, 403, 403, 403, 200]],
  ["GET /v1/admin/backups", "/v1/admin/backups", [401, 403, 403, 403, 200]],
  ["POST /v1/admin/backups", "/v1/admin/backups", [401, 403, 403, 403, 404]],
  ["GET /v1/admin/backups/:name", "/v1/admin/backups/x", [401, 403, 403, 403, 404]],
  ["GET /v1/admin/export", "/v1/admin/export", [401, 403, 403, 403, 200]],
  ["POST /v1/admin/import", "/v1/admin/import", [401, 403, 403, 403, 415]],
  ["DELETE /v1/admin/import", "/v1/admin/import", [401, 403, 403, 403, 404]],
];

/** From a page of this site, as forms must be. */
const OURS = { origin: "https://headstart.test" };

/** What is answered before anybody is asked who they are. */
const UNASKED = ["GET /v1/health"];

const secrets: Record<string, string> = {};
const cookies: Record<string, string> = {};
let hashOfAdmin = "";
let observed: ObservedD1;
let shut: Env;

/** A cookie as this deployment would have set it, with an end of our choice. */
async function forgeCookie(secret: string, expiresAt: number, receiptSecret = env.RECEIPT_SECRET): Promise<string> {
  const key = await deriveBits(receiptSecret, "headstart session 1");
  return serializeSigned("headstart_session", `${expiresAt}.${await hashSecret(secret)}`, key);
}

beforeAll(async () => {
  await resetDatabase();
  for (const role of ["classify", "label", "review", "admin"] as const) secrets[role] = (await makeKey(role)).secret;
  hashOfAdmin = await hashSecret(secrets.admin);
  secrets.expired = (await makeKey("admin", Date.now() - 1)).secret;
  const revoked = await makeKey("admin");
  secrets.revoked = revoked.secret;
  cookies.review = (await signIn(secrets.review)) ?? "";
  cookies.admin = (await signIn(secrets.admin)) ?? "";
  cookies.bootstrap = (await signIn(env.ADMIN_TOKEN)) ?? "";
  cookies.revoked = (await signIn(revoked.secret)) ?? "";
  await sendAsAdmin(`/v1/admin/keys/${revoked.id}`, { method: "DELETE" });
  cookies.expired = await forgeCookie(secrets.admin, Date.now() - 1);
  cookies.foreign = await forgeCookie(secrets.admin, Date.now() + 3_600_000, "x".repeat(32));
  observed = observeD1(env.DB);
  shut = { ...env, ...SHUT, DB: observed.db };
});

describe("the table of access", () => {
  it("has a row for every route of the app", () => {
    const routes = app.routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => `${method} ${path}`);
    expect(TABLE.map(([route]) => route).toSorted()).toEqual([...new Set(routes)].toSorted());
  });

  it.each(TABLE)("%s answers nobody and each role as written", async (route, path, [none, ...byRole]) => {
    const method = route.split(" ")[0];
    expect((await send(path, { method, headers: OURS }, shut)).status).toBe(none);
    const roles = ["classify", "label", "review", "admin"];
    const statuses = [];
    for (const role of roles)
      statuses.push((await sendWith(secrets[role], path, { method, headers: OURS }, shut)).status);
    expect(statuses).toEqual(byRole);
    expect((await sendWith(env.ADMIN_TOKEN, path, { method, headers: OURS }, shut)).status).toBe(byRole[3]);
  });

  it.each(TABLE)(
    "%s answers a session as the key that it came from",
    async (route, path, [none, , , review, admin]) => {
      const method = route.split(" ")[0];
      const withCookie = async (cookie: string) => {
        const headers = { ...OURS, cookie };
        return (await send(path, { method, headers }, shut)).status;
      };
      expect(await withCookie(cookies.review)).toBe(review);
      expect(await withCookie(cookies.admin)).toBe(admin);
      expect(await withCookie(cookies.bootstrap)).toBe(admin);
      for (const ended of ["expired", "revoked", "foreign"]) expect(await withCookie(cookies[ended])).toBe(none);
    },
  );

  it.each(TABLE)("%s refuses a revoked, an expired and a wrong key to everybody", async (route, path) => {
    const method = route.split(" ")[0];
    const before = { ...observed.counts };
    const right = secrets.admin;
    const wrong = [secrets.revoked, secrets.expired, `${right.slice(0, -1)}${right.endsWith("A") ? "E" : "A"}`, "hs_"];
    for (const secret of wrong) {
      const { status } = await sendWith(secret, path, { method, headers: OURS }, shut);
      expect(status).toBe(UNASKED.includes(route) ? 200 : 401);
    }
    expect(observed.counts.rowsWritten).toBe(before.rowsWritten);
  });

  it("is opened to guests by the two variables, where it says so and nowhere else", async () => {
    const opened = {
      "POST /": 409,
      "POST /reply": 400,
      "POST /suggest": 400,
      "POST /v1/suggestions": 400,
      "GET /v1/menu": 200,
      "POST /v1/classify": 409,
      "POST /v1/labels": 400,
    };
    const open = { ...env, PUBLIC_CLASSIFY: "true", PUBLIC_CORRECTIONS: "true" };
    for (const [route, path, [none]] of TABLE) {
      const { status } = await send(path, { method: route.split(" ")[0], headers: OURS }, open);
      expect([route, status]).toEqual([route, Object.hasOwn(opened, route) ? Reflect.get(opened, route) : none]);
    }
  });
});

describe("secrets that almost fit", () => {
  const cases: [string, () => string][] = [
    ["the right id with another secret", () => `${secrets.admin.slice(0, 20)}${"A".repeat(43)}`],
    ["the id alone", () => secrets.admin.slice(0, 19)],
    ["the hash instead of the secret", () => hashOfAdmin],
    ["a secret that goes on", () => `${secrets.admin}A`],
    ["a secret of 100,000 characters", () => "A".repeat(100_000)],
    ["letters that are not ASCII", () => "hs_é".padEnd(63, "ÿ")],
    ["nothing", () => ""],
  ];

  it.each(cases)("%s is refused", async (_name, make) => {
    expect((await sendWith(make(), "/v1/menu", {}, shut)).status).toBe(401);
    const signedIn = await send("/v1/admin/session", json({ token: make() }), shut);
    expect([400, 401]).toContain(signedIn.status);
    expect(signedIn.headers.get("set-cookie")).toBeNull();
  });

  it("two headers at once are refused, even when one of them is right", async () => {
    const headers = new Headers({ authorization: `Bearer ${secrets.admin}` });
    headers.append("authorization", `Bearer ${secrets.admin}`);
    expect((await send("/v1/admin/overview", { headers }, shut)).status).toBe(401);
  });

  it("a key is not taken from a query, a body or another scheme", async () => {
    expect((await send(`/v1/admin/overview?token=${secrets.admin}`, {}, shut)).status).toBe(401);
    const headers = { authorization: `Basic ${btoa(`admin:${secrets.admin}`)}` };
    expect((await send("/v1/admin/overview", { headers }, shut)).status).toBe(401);
  });

  it("a wrong header is not saved by a right cookie", async () => {
    const headers = { cookie: cookies.admin, authorization: "Bearer wrong" };
    expect((await send("/v1/admin/overview", { headers }, shut)).status).toBe(401);
  });
});

describe("a foreign receipt", () => {
  it("is refused to guests and keys alike, and leaves nothing", async () => {
    await askAboutSmallMenu();
    const elsewhere = { ...env, RECEIPT_SECRET: "the secret of another deployment" };
    const { receipt } = await ask("pepperoni", 500, elsewhere);
    const count = () =>
      env.DB.prepare("SELECT (SELECT count(*) FROM examples) + (SELECT count(*) FROM reviews) AS n").first("n");
    const before = await count();
    const correction = json({ receipt, label: "hawaiian" });
    expect(await send("/v1/labels", correction)).toMatchObject({ status: 422, body: { code: "receipt_invalid" } });
    const { secret } = await makeKey("label");
    expect((await sendWith(secret, "/v1/labels", correction)).status).toBe(422);
    expect(await count()).toBe(before);
  });
});
