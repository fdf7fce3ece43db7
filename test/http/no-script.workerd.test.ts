import { beforeAll, describe, expect, it } from "vitest";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

type Init = RequestInit<IncomingRequestCfProperties>;

const OURS = { "sec-fetch-site": "same-origin" };

/** As a browser without script posts it from our own page. */
function fromPage(init: Init, headers: Record<string, string> = {}): Init {
  return { ...init, headers: { ...init.headers, ...OURS, ...headers } };
}

function form(fields: Record<string, string>): Init {
  return { method: "POST", body: new URLSearchParams(fields) };
}

function pageOf({ body }: { body: Record<string, unknown> }): string {
  return String(body.text);
}

describe("the form without script", () => {
  beforeAll(async () => {
    await resetDatabase();
    for (const [name, kind] of [
      ["Pepperoni", "pepperoni"],
      ["Hawaiian", "hawaiian"],
      ["Margherita", "margherita"],
    ]) {
      await sendAsAdmin("/v1/admin/classes", json({ name }));
      const photos = Array.from({ length: 6 }, (_, seed) => [`${seed}.png`, makePhoto(kind, seed)]);
      await sendAsAdmin(`/v1/admin/classes/${kind}/examples`, multipart(Object.fromEntries(photos)));
    }
    const answer = await send("/", fromPage(multipart({ "a.png": makePhoto("pepperoni", 9) })));
    expect(answer.status).toBe(409);
    expect(pageOf(answer)).toContain("I’m still learning");
    const run = await sendAsAdmin("/v1/admin/training-runs", json({}));
    expect(run.body.outcome).toBe("published");
  });

  const ask = (headers = {}) => send("/", fromPage(multipart({ "a.png": makePhoto("pepperoni", 9) }), headers));

  it("answers a posted photo with a page that nobody may keep", async () => {
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("referrer-policy")).toBe("same-origin");
    expect(pageOf(answer)).toMatch(/<h1 class="headline">[^<]*Pepperoni/);
    expect(pageOf(answer)).not.toContain("<script");
  });

  it("speaks the browser's language, and says that it depends on it", async () => {
    const answer = await ask({ "accept-language": "de-CH, ru-RU;q=0.9, en;q=0.8" });
    expect(answer.headers.get("content-language")).toBe("ru");
    expect(answer.headers.get("vary")).toContain("Accept-Language");
    expect(pageOf(answer)).toContain('<html lang="ru">');
    expect(pageOf(answer)).toMatch(/<h1 class="headline">[^<]*(Похоже|или|Возможно)/);
  });

  it.each([
    ["ru", "ru"],
    ["ru-RU,ru;q=0.9,en;q=0.8", "ru"],
    ["en;q=0.5, ru;q=0.7", "ru"],
    ["ru;q=0, en", "en"],
    ["fr, *;q=0.5", "en"],
    ["", "en"],
    ["../../etc/passwd", "en"],
  ])("opens for %j in %s", async (wanted, language) => {
    const answer = await send("/", { headers: { "accept-language": wanted } });
    expect(answer.headers.get("content-language")).toBe(language);
    expect(answer.headers.get("vary")).toContain("Accept-Language");
    expect(pageOf(answer)).toContain(`/assets/form-${language}.js`);
  });

  it("takes the guest's word and leads to thanks, once", async () => {
    const receipt = /name="receipt" value="([^"]+)"/.exec(pageOf(await ask()))?.[1] ?? "";
    const reply = () => send("/reply", { ...fromPage(form({ receipt, label: "hawaiian" })), redirect: "manual" });
    const first = await reply();
    expect([first.status, first.headers.get("location")]).toEqual([303, "/thanks?for=pending"]);
    expect((await reply()).headers.get("location")).toBe("/thanks?for=pending");
    const { body } = await sendAsAdmin("/v1/admin/reviews");
    expect(body).toMatchObject({ pending: 1, reviews: [{ label: "hawaiian", guess: "pepperoni", thumbnail: null }] });
    expect(pageOf(await send("/thanks?for=pending"))).toContain("The staff will have a look");
    expect(pageOf(await send("/thanks?for=%3Cscript%3E"))).toContain("The staff will have a look");
  });

  it.each<[string, number, string, Init]>([
    ["an empty file", 400, "No photo came with that", multipart({ "a.jpg": new Uint8Array() })],
    ["a text file", 415, "not a photo that I can read", multipart({ "a.txt": new TextEncoder().encode("hello") })],
    ["half a photo", 422, "damaged", multipart({ "a.png": makePhoto("pepperoni", 1).subarray(0, 2_000) })],
    ["a body above the limit", 413, "too large", multipart({ "a.png": new Uint8Array(10_600_000) })],
    [
      "two photos",
      400,
      "could not use what came",
      multipart({ "a.png": makePhoto("mushroom", 1, 16), "b.png": makePhoto("mushroom", 2, 16) }),
    ],
  ])("says in words, with the right status, what is wrong with %s", async (_, status, words, init) => {
    const answer = await send("/", fromPage(init));
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
    expect(pageOf(answer)).toContain(words);
  });

  it.each<[string, number, string, Record<string, string>]>([
    ["a receipt that was changed", 422, "cannot be corrected", { receipt: "AgAA", label: "hawaiian" }],
    ["no receipt", 400, "could not use what came", { label: "hawaiian" }],
  ])("refuses a reply with %s", async (_, status, words, fields) => {
    const answer = await send("/reply", fromPage(form(fields)));
    expect(answer.status).toBe(status);
    expect(pageOf(answer)).toContain(words);
  });

  it.each<[string, Record<string, string>]>([
    ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.test" }],
    ["an unknown place", { "sec-fetch-site": "", origin: "null" }],
  ])("takes no form from %s, whoever is signed in", async (_, headers) => {
    for (const [path, init] of [
      ["/", multipart({ "a.png": makePhoto("pepperoni", 9) })],
      ["/reply", form({ receipt: "x", label: "hawaiian" })],
    ] as const) {
      const answer = await send(path, fromPage(init, headers));
      expect(answer.status).toBe(403);
      expect(pageOf(answer)).toContain("did not come from our page");
    }
  });

  it("has a page for the locked door too, and JSON for programs", async () => {
    const answer = await send("/", { ...fromPage(form({})), headers: { ...OURS, authorization: "Bearer wrong" } });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([401, "text/html; charset=UTF-8"]);
    const api = await send("/v1/classify", { method: "POST" });
    expect(api.headers.get("content-type")).toBe("application/problem+json");
  });
});
