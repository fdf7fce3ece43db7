import { beforeEach, describe, expect, it } from "vitest";
import { json, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

/** Says it from an address; a /24 is one site. */
function suggest(text: unknown, address = "192.0.2.1", extra: object = {}) {
  const init = json({ text, ...extra });
  return send("/v1/suggestions", { ...init, headers: { ...init.headers, "cf-connecting-ip": address } });
}

const list = async () => (await sendAsAdmin("/v1/admin/suggestions")).body.suggestions;

describe("suggestions", () => {
  beforeEach(resetDatabase);

  it("are counted by independent guests, however they write them", async () => {
    expect(await suggest(" Diavola ")).toMatchObject({ status: 202, body: { stored: true } });
    expect(await suggest("diavola", "198.51.100.7")).toMatchObject({ status: 202, body: { stored: true } });
    expect(await suggest("DIAVOLA", "203.0.113.9")).toMatchObject({ status: 202, body: { stored: true } });
    expect(await suggest("Calzone")).toMatchObject({ status: 202 });
    // The same guest again, and a neighbour who may be the same.
    expect(await suggest("Diavola")).toMatchObject({ status: 202, body: { stored: false } });
    expect(await suggest("Diavola", "192.0.2.2")).toMatchObject({ status: 202, body: { stored: true } });
    expect(await list()).toMatchObject([
      { text: expect.stringMatching(/^diavola$/i), guests: 3 },
      { text: "Calzone", guests: 1 },
    ]);
  });

  it("go when staff take them off, or when the guest wants to be forgotten", async () => {
    await suggest("Diavola");
    await suggest("Calzone");
    const before = await list();
    if (!Array.isArray(before)) throw new Error("there is no list");
    expect((await sendAsAdmin(`/v1/admin/suggestions/${before[0].id}`, { method: "DELETE" })).status).toBe(204);
    expect((await sendAsAdmin(`/v1/admin/suggestions/${before[0].id}`, { method: "DELETE" })).status).toBe(404);
    expect(await list()).toEqual([before[1]]);
  });

  it.each([
    ["nothing", ""],
    ["spaces", "  \t "],
    ["no text", undefined],
    ["201 characters", "x".repeat(201)],
    ["a line break", "Diavola\nplease"],
    ["a null", "Dia\u0000vola"],
    ["text that is turned around", "\u202eDiavola"],
    ["half a character", "Diavola \ud83c"],
  ])("refuse %s", async (_, text) => {
    expect(await suggest(text)).toMatchObject({ status: 400, body: { code: "bad_request" } });
    expect(await list()).toEqual([]);
  });

  it("take 200 characters, emoji and any script", async () => {
    for (const text of ["x".repeat(200), "Пицца 🍕 «Дьявола»", "ديافولا"])
      expect((await suggest(text)).status).toBe(202);
  });

  it("refuse a receipt that is not ours", async () => {
    const answer = await suggest("Diavola", "192.0.2.1", { receipt: "AgAA" });
    expect(answer).toMatchObject({ status: 422, body: { code: "receipt_invalid" } });
  });

  it("stop at ten of a network and forty of a site, also when they come at once", async () => {
    const answers = await Promise.all(Array.from({ length: 15 }, (_, i) => suggest(`Dish ${i}`)));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
    for (let host = 2; host <= 6; host++) {
      for (let i = 0; i < 10; i++) await suggest(`Dish ${i}`, `192.0.2.${host}`);
    }
    expect((await suggest("Something new", "192.0.2.9")).status).toBe(429);
    expect((await suggest("Something new", "198.51.100.1")).status).toBe(202);
    // What is known already is not news, and no refusal.
    expect(await suggest("Dish 1")).toMatchObject({ status: 202, body: { stored: false } });
  });

  it("are for staff's eyes only", async () => {
    expect((await send("/v1/admin/suggestions")).status).toBe(401);
    expect((await send("/v1/admin/suggestions/x", { method: "DELETE" })).status).toBe(401);
  });

  it("come from the page without script too", async () => {
    const form = (text: string, headers: Record<string, string>) =>
      send("/suggest", { method: "POST", body: new URLSearchParams({ text }), headers, redirect: "manual" });
    const ours = { "sec-fetch-site": "same-origin" };
    const answer = await form("Diavola", ours);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/thanks?for=suggested"]);
    expect((await form("  ", ours)).status).toBe(400);
    expect((await form("Calzone", { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect(await list()).toMatchObject([{ text: "Diavola", guests: 1 }]);
  });
});
