import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { crc32 } from "../../src/image/bytes.ts";
import { MAX_PENDING_REVIEWS } from "../../src/store/reviews/review-limits.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

async function expectNothingStored() {
  const { results } = await env.DB.prepare(
    "SELECT (SELECT count(*) FROM examples) + (SELECT count(*) FROM reviews) AS stored",
  ).all<{ stored: number }>();
  expect(results[0].stored).toBe(0);
}

describe("bad input", () => {
  beforeAll(async () => {
    await resetDatabase();
    await sendAsAdmin("/v1/admin/classes", json({ name: "Pepperoni" }));
  });

  it.each<[string, number, string, RequestInit<IncomingRequestCfProperties>]>([
    ["an empty body", 400, "empty_body", { method: "POST", headers: { "content-type": "image/jpeg" } }],
    ["a text file", 415, "unsupported_media_type", rawPhoto(new TextEncoder().encode("hello"), "text/plain")],
    ["text that claims to be a JPEG", 415, "not_an_image", rawPhoto(new TextEncoder().encode("hello"), "image/jpeg")],
    ["half a PNG", 422, "image_broken", rawPhoto(makePhoto("pepperoni", 1).subarray(0, 2_000))],
    ["a PNG with damaged pixels", 422, "image_broken", rawPhoto(damage(makePhoto("pepperoni", 1)))],
    ["a PNG header of 400 megapixels", 413, "image_too_large", rawPhoto(claimSize(makePhoto("pepperoni", 1), 20_000))],
    ["a PNG of no width", 422, "image_broken", rawPhoto(claimSize(makePhoto("pepperoni", 1), 0))],
    ["half a GIF", 422, "image_broken", rawPhoto(new TextEncoder().encode("GIF89a......"), "image/gif")],
    ["an AVIF photo", 415, "unsupported_media_type", rawPhoto(new TextEncoder().encode("....ftypavif...."))],
    [
      "a HEIC photo",
      415,
      "unsupported_media_type",
      rawPhoto(new TextEncoder().encode("....ftypheic...."), "image/jpeg"),
    ],
    [
      "two photos",
      400,
      "bad_request",
      multipart({ "a.png": makePhoto("mushroom", 1), "b.png": makePhoto("mushroom", 2) }),
    ],
    ["a form without a photo", 400, "bad_request", multipart({}, { label: "pepperoni" })],
  ])("is refused: %s", async (_name, status, code, init) => {
    const path = "/v1/admin/classes/pepperoni/examples";
    const isForm = init.body instanceof FormData;
    const answer = await sendAsAdmin(isForm ? "/v1/labels" : path, init);
    expect(answer).toMatchObject({ status, body: { status, code } });
    expect(answer.body.detail).toMatch(/\w+.*\.$/);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.body.requestId).toBe(answer.headers.get("x-request-id"));
    await expectNothingStored();
  });

  it.each<[string, number, string, unknown]>([
    ["no JSON", 400, "bad_request", "{"],
    ["no receipt", 400, "bad_request", { label: "pepperoni" }],
    ["no label", 400, "bad_request", { receipt: "x" }],
    ["an unknown field", 400, "bad_request", { receipt: "x", label: "pepperoni", lable: 1 }],
    ["a forged receipt", 422, "receipt_invalid", { receipt: "AAAA", label: "pepperoni" }],
    [
      "a thumbnail that is HTML",
      400,
      "bad_request",
      { receipt: "x", label: "pepperoni", thumbnail: "data:text/html,x" },
    ],
    [
      "a thumbnail that is no picture",
      400,
      "bad_request",
      { receipt: "x", label: "pepperoni", thumbnail: "data:image/jpeg;base64,PHNjcmlwdD4=" },
    ],
  ])("is refused as a correction: %s", async (_name, status, code, body) => {
    const init = typeof body === "string" ? { ...json(0), body } : json(body);
    const answer = await send("/v1/labels", init);
    expect(answer).toMatchObject({ status, body: { code } });
    await expectNothingStored();
  });

  it("is refused as an answer to an unknown item, and named", async () => {
    const body = multipart({ "a.png": makePhoto("mushroom", 3) }, { label: "pizza-of-the-day" });
    const answer = await send("/v1/labels", body);
    expect(answer).toMatchObject({ status: 422, body: { code: "unknown_class" } });
    expect(answer.body.detail).toContain('"pizza-of-the-day"');
    await expectNothingStored();
  });

  it("is refused by the counted length when the declared one lies", async () => {
    const bindings = { ...env, MAX_IMAGE_BYTES: "2048" };
    const stream = new Response(makePhoto("pepperoni", 1)).body;
    const init = { method: "POST", body: stream, headers: { "content-type": "image/png", "content-length": "10" } };
    const answer = await sendAsAdmin("/v1/admin/classes/pepperoni/examples", init, bindings);
    expect(answer).toMatchObject({ status: 413, body: { code: "body_too_large" } });
  });

  it("never stops the good photos of a batch", async () => {
    const files = {
      "good.png": makePhoto("pepperoni", 7),
      "bad.jpg": new Uint8Array(3),
      "same.png": makePhoto("pepperoni", 7),
    };
    const answer = await sendAsAdmin("/v1/admin/classes/pepperoni/examples", multipart(files));
    expect(answer).toMatchObject({ status: 200, body: { stored: 1, duplicates: 1, refused: 1 } });
    expect(answer.body.results).toMatchObject([
      { file: "good.png", status: "stored" },
      { file: "bad.jpg", status: "refused", problem: { code: "not_an_image" } },
      { file: "same.png", status: "duplicate" },
    ]);
    await env.DB.prepare("DELETE FROM examples").run();
  });

  it("still lets the Worker answer afterwards", async () => {
    expect(await send("/v1/health")).toMatchObject({ status: 200, body: { status: "ok" } });
    const answer = await sendAsAdmin("/v1/admin/classes/pepperoni/examples", rawPhoto(makePhoto("pepperoni", 8)));
    expect(answer).toMatchObject({ status: 201, body: { stored: 1 } });
  });
});

describe("menu items", () => {
  beforeAll(resetDatabase);

  it("get an id from their name, in any script", async () => {
    const create = (name: string) => sendAsAdmin("/v1/admin/classes", json({ name }));
    expect((await create("Four Cheese!")).body.id).toBe("four-cheese");
    expect((await create("Четыре сыра")).body.id).toBe("четыре-сыра");
    expect((await create("🍕")).body.id).toBe("item");
  });

  it("cannot share a name, whatever its case and spacing", async () => {
    const answer = await sendAsAdmin("/v1/admin/classes", json({ name: " four  CHEESE! " }));
    expect(answer).toMatchObject({ status: 409, body: { code: "class_exists" } });
  });

  it.each([
    ["no name", {}],
    ["an empty name", { name: "  " }],
    ["an id with a slash", { name: "x", id: "a/b" }],
    ["a name of 100 letters", { name: "x".repeat(100) }],
  ])("are refused with %s", async (_name, body) => {
    expect(await sendAsAdmin("/v1/admin/classes", json(body))).toMatchObject({
      status: 400,
      body: { code: "bad_request" },
    });
  });

  it("that do not exist cannot be changed", async () => {
    const answer = await sendAsAdmin("/v1/admin/classes/nothing", json({ name: "x" }, "PATCH"));
    expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
  });
});

describe("trouble inside", () => {
  it("names the variable that is wrong, never its value", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const answer = await send("/v1/menu", {}, { ...env, RECEIPT_SECRET: "too-short", UNKNOWN_ALPHA: "7" });
    expect(answer).toMatchObject({ status: 500, body: { code: "misconfigured" } });
    expect(answer.body.detail).toContain("RECEIPT_SECRET");
    expect(answer.body.detail).toContain("UNKNOWN_ALPHA");
    expect(answer.body.detail).not.toContain("too-short");
  });

  it("answers 503 with Retry-After when D1 fails, and stores the label when it is sent again", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    await resetDatabase();
    await sendAsAdmin("/v1/admin/classes", json({ name: "Pepperoni" }));
    const observed = observeD1(env.DB);
    const bindings = { ...env, DB: observed.db };
    const label = () => multipart({ "a.png": makePhoto("pepperoni", 9) }, { label: "pepperoni" });
    observed.failAt(2, "before");
    const failed = await sendAsAdmin("/v1/labels", label(), bindings);
    expect(failed).toMatchObject({ status: 503, body: { code: "storage_unavailable" } });
    expect(failed.headers.get("retry-after")).toMatch(/^\d+$/);
    await expectNothingStored();
    expect(await sendAsAdmin("/v1/labels", label(), bindings)).toMatchObject({ status: 201, body: { stored: true } });
  });

  it("never mixes labels of two backbones, and says what to do", async () => {
    await resetDatabase();
    await sendAsAdmin("/v1/admin/classes", json({ name: "Pepperoni" }));
    const old = `INSERT INTO examples (sample_id, backbone_id, class_id, embedding, scale, source, contributor, origin, created_at, labelled_at)
      VALUES ('old', 'another-backbone', 'pepperoni', '', 1, 'admin', 'staff', 'server', 1, 1)`;
    await env.DB.prepare(old).run();
    const photo = { "a.png": makePhoto("pepperoni", 11) };
    const answers = [
      await sendAsAdmin("/v1/labels", multipart(photo, { label: "pepperoni" })),
      await send("/v1/labels", multipart(photo, { label: "pepperoni" })),
      await sendAsAdmin("/v1/admin/classes/pepperoni/examples", multipart(photo)),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 409, body: { code: "backbone_mismatch" } });
      expect(answer.body.detail).toContain("npm run backbone");
    }
    const { body } = await sendAsAdmin("/v1/admin/overview");
    expect(body).toMatchObject({ examples: 1, pendingReviews: 0 });
  });

  it("takes no more corrections than staff can see, and loses none of those it has", async () => {
    await resetDatabase();
    await sendAsAdmin("/v1/admin/classes", json({ name: "Pepperoni" }));
    const flood = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MAX_PENDING_REVIEWS})
      INSERT INTO reviews (sample_id, class_id, contributor, backbone_id, embedding, scale, origin, usefulness, created_at)
      SELECT printf('%064x', i), 'pepperoni', 'guest ' || i, 'b', 'fw==', 1, 'server', 0, i FROM n`;
    await env.DB.prepare(flood).run();
    const guest = await send("/v1/labels", multipart({ "a.png": makePhoto("mushroom", 4) }, { label: "pepperoni" }));
    expect(guest).toMatchObject({ status: 503, body: { code: "review_queue_full" } });
    expect((await sendAsAdmin("/v1/admin/reviews")).body.pending).toBe(MAX_PENDING_REVIEWS);
    const admin = await sendAsAdmin(
      "/v1/labels",
      multipart({ "a.png": makePhoto("mushroom", 4) }, { label: "pepperoni" }),
    );
    expect(admin.status).toBe(201);
  });

  it("answers 404 as a problem, with what was asked for", async () => {
    const answer = await send("/v1/nothing");
    expect(answer).toMatchObject({ status: 404, body: { code: "not_found", title: "Not Found" } });
  });

  const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

  it.each([
    ["/nothing", "en", "There is no page here", "/"],
    ["/reply", "ru", "Такой страницы нет", "/"],
  ])("shows a browser that opens %s in %s a page with the same status", async (path, language, title, way) => {
    const answer = await send(path, { headers: { accept: BROWSER, "accept-language": language } });
    expect(answer.status).toBe(path === "/reply" ? 405 : 404);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=UTF-8");
    expect(answer.headers.get("content-language")).toBe(language);
    expect(answer.body.text).toContain(`<h1 class="headline">${title}</h1>`);
    expect(answer.body.text).toContain(`href="${way}"`);
  });

  it.each([
    ["/v1/nothing", BROWSER],
    ["/nothing", "*/*"],
  ])("answers GET %s of who accepts %s in JSON all the same", async (path, accept) => {
    const answer = await send(path, { headers: { accept } });
    expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  it("lets nobody frame a page, in the words of old browsers and of new ones", async () => {
    const { headers } = await send("/");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  });
});

/** The photo with one byte of its pixel data flipped. */
function damage(png: Uint8Array): Uint8Array {
  const damaged = png.slice();
  damaged[Math.floor(png.length / 2)] ^= 0xff;
  return damaged;
}

/** The photo with another width and height in its header, and a checksum to go with it, as a hostile sender can make. */
function claimSize(png: Uint8Array, side: number): Uint8Array {
  const claimed = png.slice();
  const view = new DataView(claimed.buffer);
  view.setUint32(16, side);
  view.setUint32(20, side);
  view.setUint32(29, crc32(claimed, 12, 29));
  return claimed;
}
