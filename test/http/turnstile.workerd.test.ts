/** The human check of guests against a siteverify of our own, which is put in by injection: nothing here leaves the machine. */
import { env } from "cloudflare:workers";
import { serializeSigned } from "hono/utils/cookie";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { HUMAN_SECONDS } from "../../src/http/access/human-check.ts";
import { ACCESS_RULES } from "../../src/http/access/require-access.ts";
import { deriveBits } from "../../src/shared/derived-key.ts";
import { type FakeSiteverify, fakeSiteverify, SECRET } from "../support/fake-siteverify.ts";
import { askAboutSmallMenu, sendFrom } from "../support/guests.ts";
import { makeKey, sendWith, signIn } from "../support/keys.ts";
import { makePhoto } from "../support/photos.ts";
import { type Answer, json, multipart, rawPhoto, sendAsAdmin } from "../support/worker-client.ts";

type Init = RequestInit<IncomingRequestCfProperties>;

const HOME = "192.0.2.1";
const FAILED = { status: 403, body: { code: "human_check_failed" } };
const OURS = { "sec-fetch-site": "same-origin" };
const SUGGESTION = json({ text: "Calzone" });
const PHOTO = rawPhoto(makePhoto("pepperoni", 7, 128));

let cloudflare: FakeSiteverify;
let receipt: string;

/** The guest at `address` sends this with these headers. */
function guest(path: string, init: Init, headers: Record<string, string> = {}, address = HOME): Promise<Answer> {
  return sendFrom(
    address,
    path,
    { redirect: "manual", ...init, headers: { ...init.headers, ...headers } },
    cloudflare.bindings,
  );
}

const withToken = (token = cloudflare.giveToken()) => ({ "cf-turnstile-response": token });

function cookieOf({ headers }: Answer): string {
  return (headers.get("set-cookie") ?? "").split(";")[0];
}

function form(fields: Record<string, string>): Init {
  return { method: "POST", body: new URLSearchParams(fields) };
}

async function pass(): Promise<string> {
  const answer = await guest("/v1/suggestions", SUGGESTION, withToken());
  expect(answer.status).toBe(202);
  return cookieOf(answer);
}

beforeAll(async () => {
  receipt = (await askAboutSmallMenu()).right[0].receipt;
});
beforeEach(async () => {
  await env.DB.batch(["reviews", "suggestions"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
  cloudflare = fakeSiteverify();
});

describe("a guest's token", () => {
  it.each<[string, () => Init, number]>([
    ["/v1/classify", () => PHOTO, 200],
    ["/v1/labels", () => json({ receipt, label: "hawaiian" }), 201],
    ["/v1/suggestions", () => SUGGESTION, 202],
  ])("lets %s through, once, and is judged by Cloudflare", async (path, init, status) => {
    const token = cloudflare.giveToken();
    expect((await guest(path, init(), withToken(token))).status).toBe(status);
    expect(cloudflare.asked).toEqual([
      {
        url: "https://challenges.cloudflare.com/turnstile/v0/siteverify",
        fields: { secret: SECRET, response: token, remoteip: HOME },
      },
    ]);
    expect(await guest(path, init(), withToken(token))).toMatchObject(FAILED);
  });

  it("is demanded wherever a variable lets guests in for more than reading", async () => {
    const rules = Object.entries(ACCESS_RULES).filter(([, { openedBy }]) => openedBy.length > 0);
    const routes = rules.map(([route]) => route.split(" ")).filter(([method]) => method !== "GET");
    expect(routes.map(([, path]) => path).toSorted()).toEqual(
      ["/", "/reply", "/suggest", "/v1/classify", "/v1/labels", "/v1/suggestions"].toSorted(),
    );
    const posts: Record<string, Init> = {
      "/": multipart({ "a.png": makePhoto("pepperoni", 8, 128) }),
      "/reply": form({ receipt, label: "hawaiian" }),
      "/suggest": form({ text: "Calzone" }),
      "/v1/classify": PHOTO,
      "/v1/labels": multipart({ "a.png": makePhoto("pepperoni", 8, 128) }, { label: "hawaiian" }),
      "/v1/suggestions": SUGGESTION,
    };
    for (const [, path] of routes) {
      const answer = await guest(path, posts[path], OURS);
      expect([path, answer.status]).toEqual([path, 403]);
      expect(JSON.stringify(answer.body)).toMatch(/human_check_failed|could not tell that a person is asking/);
      expect(answer.headers.get("set-cookie")).toBeNull();
    }
    expect(cloudflare.asked).toEqual([]);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM reviews").first("n")).toBe(0);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM suggestions").first("n")).toBe(0);
  });

  it.each([
    ["a forged one", "forged", 1],
    ["an empty one", "", 0],
    ["one of 2,049 letters", "x".repeat(2_049), 0],
  ])("is refused: %s", async (_, token, questions) => {
    expect(await guest("/v1/suggestions", SUGGESTION, withToken(token))).toMatchObject(FAILED);
    expect(cloudflare.asked).toHaveLength(questions);
  });

  it("is refused before a photo is read, whatever is in it", async () => {
    expect(await guest("/v1/classify", rawPhoto(new Uint8Array(100)))).toMatchObject(FAILED);
  });

  it("is refused under a device's embedding and on the page's own address too", async () => {
    const embedding = { method: "POST", body: new Uint8Array(8) };
    const type = { "content-type": "application/vnd.headstart.embedding" };
    expect(await guest("/v1/classify", embedding, type)).toMatchObject(FAILED);
    for (const answer of [await guest("/", embedding, { ...OURS, ...type }), await guest("/", PHOTO, OURS)]) {
      expect(answer.status).toBe(403);
      expect(answer.body.text).toContain("could not tell that a person is asking");
    }
  });
});

describe("a token in a posted form", () => {
  it("is a field of the photo's form, and leads to an answer page with the cookie", async () => {
    const field = { "cf-turnstile-response": cloudflare.giveToken() };
    const answer = await guest("/", multipart({ "a.png": makePhoto("pepperoni", 8, 128) }, field), OURS);
    expect([answer.status, cookieOf(answer).split("=")[0]]).toEqual([200, "headstart_human"]);
    const reply = await guest("/reply", form({ receipt, label: "hawaiian" }), { ...OURS, cookie: cookieOf(answer) });
    expect(reply.headers.get("location")).toBe("/thanks?for=pending");
  });

  it.each<[string, () => Record<string, string>, string]>([
    ["/reply", () => ({ receipt, label: "hawaiian" }), "/thanks?for=pending"],
    ["/suggest", () => ({ text: "Calzone" }), "/thanks?for=suggested"],
  ])("is a field of %s too", async (path, fields, location) => {
    const token = { "cf-turnstile-response": cloudflare.giveToken() };
    const answer = await guest(path, form({ ...fields(), ...token }), OURS);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, location]);
    const again = await guest(path, form({ ...fields(), ...token }), OURS);
    expect(again.status).toBe(403);
    expect(String(again.body.text)).toContain("could not tell that a person is asking");
  });
});

describe("the cookie of a guest who has passed", () => {
  it("spares the next calls a token, and is for no script and no other site", async () => {
    const answer = await guest("/v1/suggestions", SUGGESTION, withToken());
    expect(answer.headers.get("set-cookie")).toMatch(
      /^headstart_human=[^;]+; Max-Age=1800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const cookie = cookieOf(answer);
    const next = await guest("/v1/labels", json({ receipt, label: "hawaiian" }), { cookie });
    expect([next.status, next.headers.get("set-cookie")]).toEqual([201, null]);
    expect((await guest("/v1/classify", PHOTO, { cookie })).status).toBe(200);
    expect(cloudflare.asked).toHaveLength(1);
  });

  it("is set although the call that brought the token failed: the token is spent", async () => {
    const answer = await guest("/v1/labels", json({ receipt, label: "nothing" }), withToken());
    expect([answer.status, cookieOf(answer).split("=")[0]]).toEqual([422, "headstart_human"]);
  });

  it("ends after half an hour, to the millisecond", async () => {
    const start = Date.now();
    cloudflare.setTime(() => start);
    const cookie = await pass();
    cloudflare.setTime(() => start + HUMAN_SECONDS * 1_000 - 1);
    expect((await guest("/v1/suggestions", SUGGESTION, { cookie })).status).toBe(202);
    cloudflare.setTime(() => start + HUMAN_SECONDS * 1_000);
    expect(await guest("/v1/suggestions", SUGGESTION, { cookie })).toMatchObject(FAILED);
    expect((await guest("/v1/suggestions", SUGGESTION, { cookie, ...withToken() })).status).toBe(202);
  });

  it("is worth nothing on another network", async () => {
    const cookie = await pass();
    expect(await guest("/v1/suggestions", SUGGESTION, { cookie }, "198.51.100.7")).toMatchObject(FAILED);
  });

  /** A genuine cookie's value, signed for `purpose` with `secret`. */
  const signed = async (value: string, secret: string, purpose: string) =>
    (await serializeSigned("headstart_human", value, await deriveBits(secret, purpose))).split(";")[0];

  it("is refused when it is forged, and accepted when it is signed as it should be", async () => {
    const real = await pass();
    const value = decodeURIComponent(real.split("=")[1]).replace(/\.[^.]+$/, "");
    const later = value.replace(/^\d+/, "9999999999999");
    const human = "headstart human 1";
    expect(await signed(value, env.RECEIPT_SECRET, human)).toBe(real);
    const forged = [
      real.replace(/=\d+/, "=9999999999999"),
      `headstart_human=${later}`,
      `headstart_human=${encodeURIComponent(`${later}.AAAA`)}`,
      await signed(later, "another-secret-of-32-characters!", human),
      await signed(later, env.RECEIPT_SECRET, "headstart session 1"),
      await signed("9999999999999.", env.RECEIPT_SECRET, human),
      await signed("never", env.RECEIPT_SECRET, human),
    ];
    for (const cookie of forged) expect(await guest("/v1/suggestions", SUGGESTION, { cookie })).toMatchObject(FAILED);
    const cookie = await signed(later, env.RECEIPT_SECRET, human);
    expect((await guest("/v1/suggestions", SUGGESTION, { cookie })).status).toBe(202);
  });
});

describe("when Cloudflare does not help", () => {
  const down: [string, (signal: AbortSignal) => Promise<Response>][] = [
    ["cannot be reached", () => Promise.reject(new TypeError("Network connection lost."))],
    ["answers with an error page", async () => new Response("<h1>502</h1>", { status: 502 })],
    ["answers with no verdict", async () => Response.json({ ok: true })],
    ["says that it has trouble", async () => Response.json({ success: false, "error-codes": ["internal-error"] })],
    [
      "does not answer in time",
      (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    ],
  ];

  it.each(down)("because it %s, guests are asked to come again, and nothing is stored", async (_, answer) => {
    cloudflare = fakeSiteverify(50);
    cloudflare.breakDown(answer);
    const refused = await guest("/v1/suggestions", SUGGESTION, withToken());
    expect(refused).toMatchObject({ status: 503, body: { code: "human_check_unavailable" } });
    expect(refused.headers.get("retry-after")).toBe("5");
    expect(refused.headers.get("set-cookie")).toBeNull();
    expect(await env.DB.prepare("SELECT count(*) AS n FROM suggestions").first("n")).toBe(0);
    cloudflare.breakDown(null);
    expect((await guest("/v1/suggestions", SUGGESTION, withToken())).status).toBe(202);
  });

  it("those who have passed go on", async () => {
    const cookie = await pass();
    cloudflare.breakDown(() => Promise.reject(new TypeError("Network connection lost.")));
    expect((await guest("/v1/suggestions", SUGGESTION, { cookie })).status).toBe(202);
  });

  it("because the secret is another widget's, the operator is told, without the secret", async () => {
    cloudflare = fakeSiteverify(50, { TURNSTILE_SECRET: "0x4AAAAAAA-another-secret" });
    const refused = await guest("/v1/suggestions", SUGGESTION, withToken());
    expect(refused).toMatchObject({ status: 500, body: { code: "misconfigured" } });
    expect(refused.body.detail).toContain("TURNSTILE_SECRET");
    expect(JSON.stringify(refused.body)).not.toContain("another-secret");
  });
});

describe("who is not asked", () => {
  it("has a key, the admin token or a session", async () => {
    const { secret } = await makeKey("classify");
    expect((await sendWith(secret, "/v1/classify", PHOTO, cloudflare.bindings)).status).toBe(200);
    expect((await sendAsAdmin("/v1/suggestions", SUGGESTION, cloudflare.bindings)).status).toBe(202);
    const cookie = await signIn(env.ADMIN_TOKEN, cloudflare.bindings);
    const ours = { cookie: String(cookie), origin: "https://headstart.test" };
    expect((await guest("/v1/classify", PHOTO, ours)).status).toBe(200);
    expect(cloudflare.asked).toEqual([]);
  });

  it("only reads, or signs in", async () => {
    for (const path of ["/", "/thanks", "/v1/menu", "/v1/ready"]) expect((await guest(path, {})).status).toBe(200);
    expect(await signIn(env.ADMIN_TOKEN, cloudflare.bindings)).not.toBeNull();
  });

  it("comes to a deployment without Turnstile, whatever token is sent along", async () => {
    const plain = await sendFrom(HOME, "/v1/suggestions", {
      ...SUGGESTION,
      headers: { ...SUGGESTION.headers, ...withToken() },
    });
    expect([plain.status, plain.headers.get("set-cookie")]).toEqual([202, null]);
  });
});
