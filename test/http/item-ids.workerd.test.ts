/** Ids of menu items: made of any name, one item's alone, and free again when the name is. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { makePhoto } from "../support/photos.ts";
import { json, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const create = (item: object) => sendAsAdmin("/v1/admin/classes", json(item));
const change = (id: string, values: object) => sendAsAdmin(pathOf(id), json(values, "PATCH"));
const pathOf = (id: string) => `/v1/admin/classes/${encodeURIComponent(id)}`;

async function menuIds(): Promise<string[]> {
  return ((await send("/v1/menu")).body.items as { id: string }[]).map(({ id }) => id); // -- a decoder
}

async function rows(sql: string) {
  return (await env.DB.prepare(sql).all<Record<string, unknown>>()).results;
}

beforeEach(resetDatabase);

describe("ids", () => {
  it.each([
    ["Пицца «Маргарита»", "пицца-маргарита"],
    ["四种奶酪", "四种奶酪"],
    ["पनीर टिक्का", "पनीर-टिक्का"],
    ["Cafe\u0301", "café"],
    ["ﬁsh №5", "fish-no5"],
    ["🧀 Cheese 🧀", "cheese"],
    ["..", "item"],
    ["🧀", "item"],
    ["../%2F?#&", "2f"],
    ["𝒳".repeat(40), "x".repeat(40)],
    ["𠀀".repeat(40), "𠀀".repeat(32)],
  ])("are made from the name %s, stay when it changes, and lead back to the item", async (name, id) => {
    const created = await create({ name });
    expect(created).toMatchObject({ status: 201, body: { id } });
    const made = String(created.body.id);
    expect(await change(made, { name: "Something else" })).toMatchObject({ status: 200, body: { id: made } });
    expect(await menuIds()).toEqual([made]);
    expect((await change(made.normalize("NFD"), { description: "x" })).status).toBe(200);
    expect(await rows("SELECT id, description FROM classes WHERE id <> ':none'")).toEqual([
      { id: made, description: "x" },
    ]);
    expect((await sendAsAdmin(pathOf(made.normalize("NFD")), { method: "DELETE" })).status).toBe(200);
    expect(await menuIds()).toEqual([]);
  });

  it.each(["..", ".", "a/b", "a%2Fb", "a b", "🧀", "", "\u0301a", "Cafe\u0301", "a".repeat(65), "a\u0000"])(
    "are refused when they are %j",
    async (id) => {
      expect(await create({ name: "x", id })).toMatchObject({ status: 400, body: { code: "bad_request" } });
      expect(await menuIds()).toEqual([]);
    },
  );
});

describe("two names with one beginning", () => {
  it.each([
    ["differ in combining marks", "दाल", "दिल", ["दाल", "दिल"]],
    ["differ in signs", "C++", "C#", ["c", "c-2"]],
    ["differ in a sign at the end", "Cola", "Cola+", ["cola", "cola-2"]],
    ["hold signs alone", "🧀", "🍕", ["item", "item-2"]],
    [
      "begin with the same 64 letters",
      `${"x".repeat(64)}y`,
      `${"x".repeat(64)}z`,
      ["x".repeat(64), `${"x".repeat(62)}-2`],
    ],
  ])("are two items where they %s", async (_case, first, second, ids) => {
    for (const name of [first, second]) expect((await create({ name })).status).toBe(201);
    expect(await menuIds()).toEqual(ids);
  });

  it("are as many items as there are, when all are added at the same moment", async () => {
    const names = ["C", "C+", "C++", "C#", "C!"];
    const answers = await Promise.all(names.map((name) => create({ name })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect((await menuIds()).sort()).toEqual(["c", "c-2", "c-3", "c-4", "c-5"]);
  });

  it("leave an id that was asked for to the item that has it", async () => {
    await create({ name: "Cola" });
    const answer = await create({ name: "Cola+", id: "cola" });
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('has the id "cola"') } });
  });
});

describe("a name that is free again", () => {
  it("is that of a new item when the old one was renamed, and labels go to who has the name now", async () => {
    await create({ name: "Soup of the day" });
    await change("soup-of-the-day", { name: "Soup" });
    expect(await create({ name: "Soup of the day" })).toMatchObject({ status: 201, body: { id: "soup-of-the-day-2" } });
    const path = `${pathOf("Soup of the Day")}/examples`;
    await sendAsAdmin(path, rawPhoto(makePhoto("pepperoni", 1, 128)));
    expect(await rows("SELECT class_id FROM examples")).toEqual([{ class_id: "soup-of-the-day-2" }]);
  });

  it("is that of a new item when the old one was merged", async () => {
    for (const name of ["Margarita", "Margherita"]) await create({ name });
    await sendAsAdmin(`${pathOf("margarita")}/merge`, json({ into: "margherita" }));
    expect(await create({ name: "Margarita" })).toMatchObject({ status: 201, body: { id: "margarita-2" } });
  });

  it("is not free while the item waits in the archive, unless an id says that another one is meant", async () => {
    await create({ name: "Goulash" });
    await change("goulash", { archived: true });
    expect(await create({ name: "GOULASH" })).toMatchObject({
      status: 409,
      body: { code: "class_exists", detail: expect.stringContaining('archived item "goulash"') },
    });
    expect((await create({ name: "Goulash", id: "goulash-new" })).status).toBe(201);
  });

  it("makes no id that is the name of another item", async () => {
    await create({ name: "cola", id: "fizzy" });
    expect(await create({ name: "Cola+" })).toMatchObject({ status: 201, body: { id: "cola-2" } });
  });
});
