/** Webhooks as admins make, change, test and delete them, with the real routes and database; receivers answer in the test. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { USUAL_QUEUE_ABOVE } from "../../src/store/webhook/tables.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const WEBHOOKS = "/v1/admin/webhooks";
const URL_OF_SHOP = "https://shop.example.com/headstart";
/** What an address may not be is tried by `test/shared/webhook-address.test.ts`; here, that each reason has its sentence. */
const REFUSED = [
  ["not an address", "address_no_url"],
  ["http://shop.example.com/", "address_not_https"],
  ["https://me:secret@shop.example.com/", "address_with_password"],
  ["https://shop.example.com:8080/", "address_at_odd_port"],
  ["https://0x7f.1/", "address_is_number"],
  ["https://metadata.google.internal/", "address_not_public"],
  ["https://shop.example.com/#here", "address_with_fragment"],
] as const;

interface Webhook {
  readonly id: string;
  readonly secret: string;
}

const add = (body: object) => sendAsAdmin(WEBHOOKS, json(body));
async function make(): Promise<Webhook> {
  const { body } = await add({ url: URL_OF_SHOP, events: ["suggestion.new"] });
  return { id: String(body.id), secret: String(body.secret) };
}
const post = (path: string, bindings?: Env) => sendAsAdmin(`${WEBHOOKS}/${path}`, { method: "POST" }, bindings);

/** What the Worker's calls of other machines meet; gives back what it sent. */
function receiveWith(status: number): Request[] {
  const received: Request[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    received.push(new Request(url, init));
    return new Response(null, { status });
  });
  return received;
}

beforeEach(async () => {
  vi.unstubAllGlobals();
  await resetDatabase();
});

describe("a webhook", () => {
  it("is made with a secret that is shown once, listed, changed, switched off and deleted", async () => {
    const made = await add({ url: URL_OF_SHOP, events: ["run.failed", "head.published", "run.failed"] });
    const { id, secret } = made.body;
    const hook = { id, url: URL_OF_SHOP, events: ["head.published", "run.failed"], queueAbove: USUAL_QUEUE_ABOVE };
    expect(made).toMatchObject({ status: 201, body: { ...hook, state: "on", waiting: 0, failingSince: null } });
    expect(made.headers.get("cache-control")).toBe("no-store");
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const listed = await sendAsAdmin(WEBHOOKS);
    expect(listed.body).toMatchObject({ webhooks: [hook] });
    expect(JSON.stringify(listed.body)).not.toContain("whsec_");
    const path = `${WEBHOOKS}/${id}`;
    const change = { events: ["queue.long"], queueAbove: 9, on: false };
    expect((await sendAsAdmin(path, json(change, "PATCH"))).body).toMatchObject({
      url: URL_OF_SHOP,
      events: ["queue.long"],
      queueAbove: 9,
      state: "off",
    });
    const rotated = await post(`${id}/rotate`);
    expect(rotated.body.secret).toMatch(/^whsec_/);
    expect(rotated.body.secret).not.toBe(secret);
    expect((await sendAsAdmin(path, { method: "DELETE" })).status).toBe(204);
    expect((await sendAsAdmin(WEBHOOKS)).body).toEqual({ webhooks: [] });
    const { body } = await sendAsAdmin("/v1/admin/audit-log?limit=10");
    const entries = body.entries as { action: string; detail: object }[];
    expect(entries.map(({ action }) => action).toReversed()).toEqual([
      ...["webhook.create", "webhook.change", "webhook.rotate", "webhook.delete"],
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/whsec_|shop\.example/);
  });

  it.each(REFUSED)("goes to no address such as %s", async (url, says) => {
    const refused = { status: 400, body: { code: "bad_request", says: [{ code: says }] } };
    expect(await add({ url, events: ["head.held"] })).toMatchObject(refused);
    const { id } = await make();
    expect(await sendAsAdmin(`${WEBHOOKS}/${id}`, json({ url }, "PATCH"))).toMatchObject(refused);
  });

  it("goes to this machine only where a variable says so", async () => {
    const local = json({ url: "http://127.0.0.1:9/", events: ["head.held"] });
    expect((await sendAsAdmin(WEBHOOKS, local)).status).toBe(400);
    expect((await sendAsAdmin(WEBHOOKS, local, { ...env, WEBHOOKS_MAY_BE_LOCAL: "true" } as Env)).status).toBe(201);
  });

  it.each([
    [{ events: ["head.held"] }, "url"],
    [{ url: URL_OF_SHOP }, "events"],
    [{ url: URL_OF_SHOP, events: [] }, "events"],
    [{ url: URL_OF_SHOP, events: ["head.lost"] }, "events.0"],
    [{ url: URL_OF_SHOP, events: ["head.held"], queueAbove: 2_000 }, "queueAbove"],
    [{ url: URL_OF_SHOP, events: ["head.held"], secret: "mine" }, "secret"],
  ])("is refused with the field that is wrong: %j", async (body, field) => {
    expect(await add(body)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  it("is one of twenty at most, however many are made at the same moment", async () => {
    const made = await Promise.all(Array.from({ length: 23 }, () => add({ url: URL_OF_SHOP, events: ["head.held"] })));
    expect(made.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(made.find(({ status }) => status !== 201)).toMatchObject({
      status: 409,
      body: { code: "too_many_webhooks" },
    });
  });

  it("is an admin's alone, and nothing of it is there for others", async () => {
    expect((await send(WEBHOOKS)).status).toBe(401);
    const repeated = { ...json({}), headers: { "content-type": "application/json", "idempotency-key": "a" } };
    expect(await sendAsAdmin(WEBHOOKS, repeated)).toMatchObject({ status: 400 }); // -- its answer is stored nowhere
    for (const path of ["w_0/rotate", "w_0/test", "w_0/deliveries/1/redeliver", "w_0/deliveries/x/redeliver"])
      expect(await post(path)).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect((await sendAsAdmin(`${WEBHOOKS}/w_0`, json({ on: true }, "PATCH"))).status).toBe(404);
    expect((await sendAsAdmin(`${WEBHOOKS}/w_0`, { method: "DELETE" })).status).toBe(404);
    expect((await sendAsAdmin(`${WEBHOOKS}/w_0/deliveries`)).status).toBe(404);
  });
});

describe("messages to a webhook", () => {
  it("can be tried: a test says what came of it, and a failed one is not sent again", async () => {
    const { id } = await make();
    const received = receiveWith(204);
    expect(await post(`${id}/test`)).toMatchObject({
      status: 200,
      body: { event: "test", state: "delivered", status: 204, fault: null, attempts: 1, nextAt: null },
    });
    expect(received[0].headers.get("webhook-signature")).toMatch(/^v1,/);
    receiveWith(503);
    expect((await post(`${id}/test`)).body).toMatchObject({ state: "failed", status: 503, fault: "refused" });
    expect((await sendAsAdmin(WEBHOOKS)).body).toMatchObject({ webhooks: [{ failingSince: null, waiting: 0 }] });
  });

  it("are listed page by page, newest first, and sent again under their id", async () => {
    const { id } = await make();
    receiveWith(500);
    for (const text of ["Calzone", "Ricotta", "Tuna"]) await send("/v1/suggestions", json({ text }));
    const first = await sendAsAdmin(`${WEBHOOKS}/${id}/deliveries?limit=2`);
    const rest = await sendAsAdmin(`${WEBHOOKS}/${id}/deliveries?limit=2&after=${first.body.next}`);
    const [tuna, ricotta, calzone] = [first, rest].flatMap(
      ({ body }) => body.deliveries as { id: number; messageId: string; body: string }[],
    );
    expect([tuna, ricotta, calzone].map(({ body }) => JSON.parse(body).data.text)).toEqual([
      "Tuna",
      "Ricotta",
      "Calzone",
    ]);
    expect(rest.body.next).toBeNull();
    const path = `${id}/deliveries/${ricotta.id}/redeliver`;
    expect((await post(path)).body).toMatchObject({ state: "waiting", fault: "refused", attempts: 1 });
    const received = receiveWith(200);
    expect((await post(path)).body).toMatchObject({ state: "delivered", fault: null, attempts: 2 });
    expect(received.map(({ headers }) => headers.get("webhook-id"))).toEqual([ricotta.messageId]);
    expect((await sendAsAdmin(`${WEBHOOKS}/${id}/deliveries?after=x`)).status).toBe(400);
  });

  it("that are on their way are left alone", async () => {
    const { id } = await make();
    await send("/v1/suggestions", json({ text: "Tuna" }));
    const { body } = await sendAsAdmin(`${WEBHOOKS}/${id}/deliveries`);
    const [{ id: number }] = body.deliveries as { id: number }[];
    await env.DB.prepare("UPDATE webhook_deliveries SET claim = 'x', next_at = next_at + 60000").run();
    const received = receiveWith(200);
    expect((await post(`${id}/deliveries/${number}/redeliver`)).body).toMatchObject({ state: "waiting", attempts: 0 });
    expect(received).toEqual([]);
  });

  it("cost a classification nothing: it asks the database nothing of webhooks", async () => {
    await make();
    for (const kind of ["pepperoni", "hawaiian"]) {
      await sendAsAdmin("/v1/admin/classes", json({ name: kind }));
      const photos = Object.fromEntries([0, 1, 2].map((i) => [`${i}.png`, makePhoto(kind, i)]));
      await sendAsAdmin(`/v1/admin/classes/${kind}/examples`, multipart(photos));
    }
    await sendAsAdmin("/v1/admin/training-runs", json({}));
    const observed = observeD1(env.DB);
    const classify = () => send("/v1/classify", rawPhoto(makePhoto("hawaiian", 9)), { ...env, DB: observed.db });
    expect(await classify()).toMatchObject({ status: 200, body: { headVersion: 1 } });
    expect(observed.calls.length).toBeGreaterThan(0);
    expect(JSON.stringify(observed.calls)).not.toContain("webhook");
  });
});
