/** Pages of other sites that have their visitors' browsers write here: one rule for every route. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { ACCESS_RULES } from "../../src/http/access/require-access.ts";
import { type Asked, ask, askAboutSmallMenu, sendFrom } from "../support/guests.ts";
import { makeKey, signIn } from "../support/keys.ts";
import { makePhoto } from "../support/photos.ts";
import { multipart, send } from "../support/worker-client.ts";

const SHOP = "https://shop.example";
const OPEN_TO_SHOP = { ...env, CORS_ORIGINS: SHOP };
const WRITES = Object.keys(ACCESS_RULES).filter((route) => !route.startsWith("GET "));

type Headers = Readonly<Record<string, string>>;

const FOREIGN: readonly (readonly [string, Headers])[] = [
  ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.test" }],
  ["another site in an old browser", { origin: "https://evil.test" }],
  ["a neighbour of the site", { "sec-fetch-site": "same-site", origin: "https://other.headstart.test" }],
  ["a sandboxed frame", { "sec-fetch-site": "cross-site", origin: "null" }],
  ["another site without an origin", { "sec-fetch-site": "cross-site" }],
  ["an allowed site's neighbour", { "sec-fetch-site": "cross-site", origin: `${SHOP}.evil.test` }],
];
const OURS: readonly (readonly [string, Headers])[] = [
  ["a page of ours", { "sec-fetch-site": "same-origin", origin: "https://headstart.test" }],
  ["a page of ours in an old browser", { origin: "https://headstart.test" }],
  ["a page of ours behind a proxy", { "sec-fetch-site": "same-origin", origin: "https://proxy.example" }],
  ["a program", {}],
  ["an allowed site", { "sec-fetch-site": "cross-site", origin: SHOP }],
];

function write(route: string, headers: Headers, bindings: Env = OPEN_TO_SHOP) {
  const [method, path] = route.split(" ");
  return send(path.replaceAll(/:\w+/g, "x"), { method, headers }, bindings);
}

describe("a write of a guest", () => {
  it.each(FOREIGN)("from %s is refused on every route", async (_name, headers) => {
    for (const route of WRITES) expect((await write(route, headers)).status, route).toBe(403);
  });

  it.each(OURS)("from %s is never refused for where it comes from", async (_name, headers) => {
    for (const route of WRITES) expect((await write(route, headers)).status, route).not.toBe(403);
  });

  it("from a site that is not allowed is foreign", async () => {
    for (const route of WRITES) expect((await write(route, { origin: SHOP }, env)).status, route).toBe(403);
  });
});

describe("a visitor of a hostile page", () => {
  let asked: Asked;
  const evil = { "sec-fetch-site": "cross-site", origin: "https://evil.test" };

  beforeAll(async () => {
    await askAboutSmallMenu();
    asked = await ask("pepperoni", 7);
  });

  const attempts: Readonly<Record<string, () => readonly [string, RequestInit<IncomingRequestCfProperties>]>> = {
    "a label with a photo": () => {
      return ["/v1/labels", multipart({ a: makePhoto("pepperoni", 8, 128) }, { label: "hawaiian" })];
    },
    "a label without a type": () => ["/v1/labels", untyped({ receipt: asked.receipt, label: "hawaiian" })],
    "a suggestion without a type": () => ["/v1/suggestions", untyped({ text: "Calzone" })],
  };

  it.each(Object.entries(attempts))("makes no witness by %s, and does so from our page", async (_name, make) => {
    const [path, init] = make();
    const address = "203.0.113.50";
    expect((await sendFrom(address, path, { ...init, headers: evil })).status).toBe(403);
    expect(await countWitnesses()).toBe(0);
    const ours = { "sec-fetch-site": "same-origin" };
    expect((await sendFrom(address, path, { ...init, headers: ours })).status).toBeLessThan(300);
    expect(await countWitnesses()).toBe(1);
    await env.DB.batch([env.DB.prepare("DELETE FROM reviews"), env.DB.prepare("DELETE FROM suggestions")]);
  });

  it("writes nothing with the cookie of staff, not even from an allowed site", async () => {
    const { secret } = await makeKey("admin");
    const cookie = String(await signIn(secret));
    const headers = { cookie, origin: SHOP, "sec-fetch-site": "same-site", "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify({ name: "Evil" }) };
    expect((await send("/v1/admin/classes", init, OPEN_TO_SHOP)).status).toBe(403);
    const ours = { ...headers, origin: "https://headstart.test", "sec-fetch-site": "same-origin" };
    expect((await send("/v1/admin/classes", { ...init, headers: ours }, OPEN_TO_SHOP)).status).toBe(201);
  });
});

/** As `fetch` sends a Blob of no type: browsers ask nobody's leave for it. */
function untyped(body: unknown): RequestInit<IncomingRequestCfProperties> {
  return { method: "POST", body: new TextEncoder().encode(JSON.stringify(body)) };
}

async function countWitnesses(): Promise<number> {
  const count = (table: string) => env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>("n");
  return Number(await count("reviews")) + Number(await count("suggestions"));
}
