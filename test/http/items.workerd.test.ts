/** What staff say of menu items: order, other names, translations, thresholds, and ids in any script. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { EMBEDDING_TYPE, encodeEmbeddingMessage } from "../../src/head/embedding-message.ts";
import { MAX_COUNT } from "../../src/shared/transfer-format.ts";
import { ask, correct, teachItem } from "../support/guests.ts";
import { makePhoto } from "../support/photos.ts";
import { makePhotos, readBackbone } from "../support/transfer-deployment.ts";
import { type Answer, json, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

interface Item {
  readonly id: string;
  readonly name: string;
  readonly position: number;
}

const create = (item: object) => sendAsAdmin("/v1/admin/classes", json(item));
const change = (id: string, values: object) => sendAsAdmin(pathOf(id), json(values, "PATCH"));
const pathOf = (id: string) => `/v1/admin/classes/${encodeURIComponent(id)}`;
const order = (ids: readonly string[]) => sendAsAdmin("/v1/admin/classes/order", json({ ids }, "PUT"));

async function menuIds(): Promise<string[]> {
  return ((await send("/v1/menu")).body.items as Item[]).map(({ id }) => id);
}

async function rows(sql: string) {
  return (await env.DB.prepare(sql).all<Record<string, unknown>>()).results;
}

beforeEach(resetDatabase);

describe("the order of the menu", () => {
  beforeEach(async () => {
    for (const name of ["a", "b", "c"]) await create({ name });
  });

  it("is that of creation until staff say differently, and a new item comes last", async () => {
    expect(await menuIds()).toEqual(["a", "b", "c"]);
    expect(await order(["c", "a", "b"])).toMatchObject({ status: 200, body: { ids: ["c", "a", "b"] } });
    expect(await menuIds()).toEqual(["c", "a", "b"]);
    await create({ name: "d" });
    expect(await menuIds()).toEqual(["c", "a", "b", "d"]);
    const { body } = await sendAsAdmin("/v1/admin/classes");
    expect((body.classes as Item[]).map(({ position }) => position)).toEqual([1, 2, 3, 4]);
  });

  it("goes on behind the last place that an export can hold", async () => {
    await rows(`UPDATE classes SET position = ${MAX_COUNT} WHERE id = 'a'`);
    for (const name of ["d", "e"]) expect(await create({ name })).toMatchObject({ status: 201 });
    expect((await menuIds()).slice(-3)).toEqual(["a", "d", "e"]);
    const [{ last }] = await rows("SELECT max(position) AS last FROM classes");
    expect(last).toBe(MAX_COUNT);
  });

  it.each([
    ["names an item that is not on the menu", ["c", "a", "b", "x"], 422, "unknown_class", '"x"'],
    ["names an archived item", ["c", "a", "b", "old"], 422, "unknown_class", '"old"'],
    ["names an item twice", ["c", "a", "b", "a"], 400, "bad_request", '"a" appears twice'],
    ["leaves an item out", ["c", "a"], 400, "bad_request", '"b" among them'],
    ["is empty", [], 400, "bad_request", "3 active items are missing"],
  ])("is refused, and stays, where it %s", async (_case, ids, status, code, detail) => {
    await create({ name: "old" });
    await change("old", { archived: true });
    const before = await menuIds();
    expect(await order(ids)).toMatchObject({ status, body: { code, detail: expect.stringContaining(detail) } });
    expect(await menuIds()).toEqual(before);
  });
});

describe("aliases", () => {
  beforeEach(async () => {
    await create({ name: "Four Cheese", aliases: ["Quattro Formaggi", "QUATTRO  formaggi", "4 cheese"] });
    await create({ name: "Hawaiian" });
  });

  it("are kept once per name, and told to guests", async () => {
    const { items } = (await send("/v1/menu")).body as { items?: object[] };
    expect(items?.[0]).toEqual({
      id: "four-cheese",
      name: "Four Cheese",
      description: "",
      aliases: ["Quattro Formaggi", "4 cheese"],
    });
  });

  it.each([
    ["a new item with that name", () => create({ name: "ｑｕａｔｔｒｏ formaggi" })],
    ["a new item with that alias", () => create({ name: "Other", aliases: ["4 Cheese"] })],
    ["an alias that is another item's name", () => change("hawaiian", { aliases: ["four cheese"] })],
    ["a rename to an alias", () => change("hawaiian", { name: "4 Cheese" })],
  ])("are one item's alone: refuses %s", async (_case, act) => {
    const before = await rows("SELECT * FROM class_keys ORDER BY key");
    expect(await act()).toMatchObject({ status: 409, body: { code: "class_exists" } });
    expect(await rows("SELECT * FROM class_keys ORDER BY key")).toEqual(before);
    expect(await menuIds()).toEqual(["four-cheese", "hawaiian"]);
  });

  it("are free again when the item is archived, and taken when it comes back", async () => {
    await change("four-cheese", { archived: true });
    expect((await change("hawaiian", { aliases: ["4 cheese"] })).status).toBe(200);
    expect(await change("four-cheese", { archived: false })).toMatchObject({ status: 409 });
    expect((await change("hawaiian", { aliases: [] })).status).toBe(200);
    expect((await change("four-cheese", { archived: false })).status).toBe(200);
  });

  it("go to whoever is first, of many at the same moment", async () => {
    const all = ["p", "q", "r", "s", "t"].map((name) => create({ name, aliases: ["the special"] }));
    expect((await Promise.all(all)).map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(await rows("SELECT key FROM class_keys WHERE key = 'the special'")).toHaveLength(1);
  });

  it("name the item in a label, an import and a relabelling", async () => {
    const path = `/v1/admin/classes/${encodeURIComponent("Quattro Formaggi")}/examples`;
    const { body } = await sendAsAdmin(path, rawPhoto(makePhoto("pepperoni", 1, 128)));
    const [{ photo }] = body.results as { photo: string }[];
    expect(await rows("SELECT class_id FROM examples")).toEqual([{ class_id: "four-cheese" }]);
    const relabelled = await sendAsAdmin(`/v1/admin/examples/${photo}`, json({ label: "HAWAIIAN" }, "PATCH"));
    expect(relabelled).toMatchObject({ status: 200, body: { photo, label: "hawaiian" } });
    const form = new FormData();
    form.append("image", new File([makePhoto("pepperoni", 2, 128)], "a.png"));
    form.append("label", "4 cheese");
    expect((await send("/v1/labels", { method: "POST", body: form })).body).toMatchObject({ label: "four-cheese" });
  });
});

describe("translated names", () => {
  const ask = (path: string, language: string | null, init: RequestInit<IncomingRequestCfProperties> = {}) => {
    const headers = new Headers(init.headers);
    if (language !== null) headers.set("accept-language", language);
    return send(path, { ...init, headers });
  };

  it.each([
    [null, "Four Cheese", null],
    ["de-AT, en;q=0.5", "Vier Käse", "de"],
    ["fr, en;q=0.5, de;q=0.2", "Quatre fromages", "fr"],
    ["ja, de;q=0.2", "Vier Käse", "de"],
    ["de;q=0, *", "Four Cheese", null],
    ["ja", "Four Cheese", null],
    ["not a language; q=abc, ,,", "Four Cheese", null],
  ])("answer Accept-Language %s with %s", async (language, expected, content) => {
    await create({ name: "Four Cheese", names: { de: "Vier Käse", FR: "Quatre fromages" } });
    await create({ name: "Hawaiian" });
    const { body, headers } = await ask("/v1/menu", language);
    expect((body.items as Item[]).map(({ name }) => name)).toEqual([expected, "Hawaiian"]);
    expect(headers.get("content-language")).toBe(content);
    expect(headers.get("vary")).toContain("Accept-Language");
  });

  it("name the answers too, at once", async () => {
    for (const id of ["pepperoni", "hawaiian"]) await teachItem(id, 6);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    await change("pepperoni", { names: { de: "Salamipizza" } });
    const { body, headers } = await ask("/v1/classify", "de", rawPhoto(makePhoto("pepperoni", 100, 128)));
    expect((body.predictions as Item[])[0]).toMatchObject({ label: "pepperoni", name: "Salamipizza" });
    expect(headers.get("content-language")).toBe("de");
    expect(headers.get("vary")).toContain("Accept-Language");
  });

  it.each([
    ["a tag that is none", { german_: "x" }],
    ["one language twice", { de: "x", DE: "y" }],
    ["an empty name", { de: " " }],
  ])("are refused with %s", async (_case, names) => {
    const answer = await create({ name: "x", names });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: "bad_request", detail: expect.stringContaining("names") },
    });
  });
});

describe("a threshold", () => {
  it("makes answers unsure that name the item with a lower score, at once, by any head and from any device", async () => {
    for (const id of ["pepperoni", "hawaiian"]) await teachItem(id, 6);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    const classify = async (path = "/v1/classify") =>
      (await send(path, rawPhoto(makePhoto("pepperoni", 101, 128)), { ...env })).body as {
        // -- as an isolate that has just started
        unknown?: boolean;
        predictions?: { label: string; score: number }[];
      };
    const before = await classify();
    const score = before.predictions?.[0].score ?? Number.NaN;
    expect(before).toMatchObject({ unknown: false, predictions: [{ label: "pepperoni" }, {}] });
    expect(score).toBeLessThan(1);

    await change("hawaiian", { threshold: 1 });
    expect(await classify()).toMatchObject({ unknown: false });
    await change("pepperoni", { threshold: (score + 1) / 2 });
    expect(await classify()).toEqual({ ...before, ...VOLATILE, unknown: true });
    expect(await classify("/v1/classify?head=1")).toMatchObject({ unknown: true });
    const backbone = await readBackbone();
    const [{ embedding }] = makePhotos(backbone, "pepperoni", 1);
    const body = encodeEmbeddingMessage({ backboneId: backbone.id, embedding });
    for (const id of ["pepperoni", "hawaiian"]) await change(id, { threshold: 1 });
    const fromDevice = { method: "POST", headers: { "content-type": EMBEDDING_TYPE }, body };
    expect((await send("/v1/classify", fromDevice, { ...env })).body).toMatchObject({ unknown: true });
    await change("pepperoni", { threshold: score });
    expect(await classify()).toMatchObject({ unknown: false });
    await change("pepperoni", { threshold: null });
    expect(await classify()).toMatchObject({ unknown: false });
    expect(await rows("SELECT version FROM heads")).toHaveLength(1);
  });

  const VOLATILE = { receipt: expect.any(String), receiptExpiresAt: expect.any(String) };

  it.each([-0.1, 1.1, "half"])("is refused when it is %s", async (threshold) => {
    expect(await create({ name: "x", threshold })).toMatchObject({ status: 400, body: { code: "bad_request" } });
  });
});

describe("a label", () => {
  it("of an item that was merged is answered with the item that has its photos, however often that was merged", async () => {
    for (const name of ["A", "B", "C"]) await create({ name });
    for (const [from, into] of [
      ["a", "b"],
      ["b", "c"],
    ])
      await sendAsAdmin(`${pathOf(from)}/merge`, json({ into }));
    const answer = await sendAsAdmin(`${pathOf("a")}/examples`, rawPhoto(makePhoto("pepperoni", 1, 128)));
    expect(answer).toMatchObject({
      status: 409,
      body: { code: "class_archived", detail: 'The item "a" was merged into "c". Use that one.' },
    });
  });

  it("that names nobody is refused by what was sent", async () => {
    for (const id of ["pepperoni", "hawaiian"]) await teachItem(id, 6);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    const asked = await ask("pepperoni", 100);
    const refused: Answer = await correct("203.0.113.7", asked, "..%2F");
    expect(refused).toMatchObject({ status: 422, body: { code: "unknown_class" } });
    expect(await rows("SELECT * FROM reviews")).toEqual([]);
  });
});

describe("a merge", () => {
  const merge = (id: string, into: string) => sendAsAdmin(`${pathOf(id)}/merge`, json({ into }));

  it("goes into the item that an alias names, and never into itself by another name", async () => {
    await create({ name: "Margherita", aliases: ["Plain"] });
    await create({ name: "Margarita" });
    expect(await merge("margherita", "plain")).toMatchObject({ status: 400, body: { code: "bad_request" } });
    expect((await merge("margarita", "Plain")).status).toBe(204);
    expect(await rows("SELECT id, merged_into FROM classes WHERE id <> ':none' ORDER BY id")).toEqual([
      { id: "margarita", merged_into: "margherita" },
      { id: "margherita", merged_into: null },
    ]);
  });
});

describe("every change of the menu", () => {
  it("is in the audit log with who made it", async () => {
    await create({ name: "a" });
    await create({ name: "b" });
    await change("a", { threshold: 0.5, aliases: ["x"] });
    await order(["b", "a"]);
    expect(await rows("SELECT actor, action, detail FROM audit_log ORDER BY id")).toEqual([
      { actor: "admin", action: "class.create", detail: '{"class":"a"}' },
      { actor: "admin", action: "class.create", detail: '{"class":"b"}' },
      { actor: "admin", action: "class.change", detail: '{"class":"a","fields":"aliases threshold"}' },
      { actor: "admin", action: "classes.order", detail: '{"classes":2}' },
    ]);
  });
});
