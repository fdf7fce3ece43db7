import { beforeAll, describe, expect, it } from "vitest";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const UNKNOWN = "0".repeat(64);

async function listPhotos(query: string): Promise<string[]> {
  const { status, body } = await sendAsAdmin(`/v1/admin/examples?${query}`);
  expect(status).toBe(200);
  return (body.examples as { photo: string }[]).map(({ photo }) => photo);
}

describe("stored examples, over HTTP", () => {
  beforeAll(async () => {
    await resetDatabase();
    for (const kind of ["pepperoni", "hawaiian"]) {
      await sendAsAdmin("/v1/admin/classes", json({ name: kind }));
      const photos = Object.fromEntries([0, 1, 2].map((seed) => [`${seed}.png`, makePhoto(kind, seed)]));
      await sendAsAdmin(`/v1/admin/classes/${kind}/examples`, multipart(photos));
    }
  });

  it("are listed page by page, by item or by contributor", async () => {
    const all = await listPhotos("class=pepperoni");
    expect(all).toHaveLength(3);
    const first = await sendAsAdmin("/v1/admin/examples?class=pepperoni&limit=2");
    expect(first.body).toMatchObject({
      next: all[1],
      examples: [{ label: "pepperoni", source: "admin", contributor: "staff", origin: "server", absorbed: false }, {}],
    });
    expect(await listPhotos(`class=pepperoni&limit=2&after=${all[1]}`)).toEqual(all.slice(2));
    expect(await listPhotos("contributor=staff")).toHaveLength(6);
    expect(await listPhotos("contributor=nobody")).toEqual([]);
  });

  it("take another label, and a word that the label is right", async () => {
    const [photo] = await listPhotos("class=pepperoni");
    expect(await sendAsAdmin(`/v1/admin/examples/${photo}`, json({ label: "hawaiian" }, "PATCH"))).toMatchObject({
      status: 200,
    });
    expect(await listPhotos("class=hawaiian")).toContain(photo);
    await sendAsAdmin(`/v1/admin/examples/${photo}`, json({ confirmed: true }, "PATCH"));
    const { body } = await sendAsAdmin("/v1/admin/examples?class=hawaiian");
    expect(body.examples).toContainEqual(expect.objectContaining({ photo, confirmedAt: expect.any(String) }));
  });

  it("merge with their item", async () => {
    await sendAsAdmin("/v1/admin/classes", json({ name: "Ananas" }));
    await sendAsAdmin("/v1/admin/classes/ananas/examples", multipart({ "9.png": makePhoto("hawaiian", 9) }));
    expect(await sendAsAdmin("/v1/admin/classes/ananas/merge", json({ into: "hawaiian" }))).toMatchObject({
      status: 204,
    });
    expect(await listPhotos("class=ananas")).toEqual([]);
    const late = await sendAsAdmin(
      "/v1/labels",
      multipart({ "a.png": makePhoto("hawaiian", 10) }, { label: "ananas" }),
    );
    expect(late).toMatchObject({ status: 409, body: { detail: expect.stringContaining('merged into "hawaiian"') } });
  });

  it("are forgotten one by one, many at a time, with their contributor and with their item", async () => {
    const [first, second, third] = await listPhotos("class=hawaiian");
    expect((await sendAsAdmin(`/v1/admin/examples/${first}`, { method: "DELETE" })).body).toEqual({
      forgotten: { examples: 1, reviews: 0 },
    });
    expect(await sendAsAdmin(`/v1/admin/examples/${first}`, { method: "DELETE" })).toMatchObject({ status: 404 });
    expect((await sendAsAdmin("/v1/admin/examples/forget", json({ photos: [second, third] }))).body).toMatchObject({
      forgotten: { examples: 2 },
    });
    expect((await sendAsAdmin("/v1/admin/classes/pepperoni", { method: "DELETE" })).body).toMatchObject({
      forgotten: { examples: 2 },
    });
    expect((await sendAsAdmin("/v1/admin/contributors/staff", { method: "DELETE" })).body).toMatchObject({
      forgotten: { examples: 2 },
    });
    expect((await sendAsAdmin("/v1/admin/overview")).body).toMatchObject({ examples: 0 });
    const menu = (await send("/v1/menu")).body.items as { id: string }[];
    expect(menu.map(({ id }) => id)).toEqual(["hawaiian"]);
  });

  it.each([
    ["GET", "/v1/admin/examples", undefined, 400, "one of class, contributor and source"],
    ["GET", "/v1/admin/examples?class=a&contributor=b", undefined, 400, "one of class, contributor and source"],
    ["GET", "/v1/admin/examples?class=a&after=zz", undefined, 400, "after"],
    ["PATCH", `/v1/admin/examples/${UNKNOWN}`, { label: "hawaiian" }, 404, "no such example"],
    ["PATCH", `/v1/admin/examples/${UNKNOWN}`, { confirmed: false }, 400, "confirmed"],
    ["PATCH", `/v1/admin/examples/${UNKNOWN}`, { label: "nothing" }, 422, "no item"],
    ["DELETE", `/v1/admin/examples/${UNKNOWN}`, undefined, 404, "no such example"],
    ["POST", "/v1/admin/examples/forget", { photos: [] }, 400, "photos"],
    ["POST", "/v1/admin/examples/forget", { photos: ["x"] }, 400, "SHA-256"],
    ["DELETE", "/v1/admin/classes/nothing", undefined, 404, "no item"],
    ["POST", "/v1/admin/classes/nothing/merge", { into: "hawaiian" }, 404, "no item"],
    ["POST", "/v1/admin/classes/hawaiian/merge", {}, 400, "into"],
  ])("%s %s %j is answered with %i and says: %s", async (method, path, body, status, words) => {
    const answer = await sendAsAdmin(path, body === undefined ? { method } : json(body, method));
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toContain(words);
  });

  it("are an admin's business", async () => {
    for (const [method, path] of [
      ["GET", "/v1/admin/examples?class=hawaiian"],
      ["PATCH", `/v1/admin/examples/${UNKNOWN}`],
      ["DELETE", `/v1/admin/examples/${UNKNOWN}`],
      ["POST", "/v1/admin/examples/forget"],
      ["DELETE", "/v1/admin/contributors/staff"],
      ["DELETE", "/v1/admin/classes/hawaiian"],
      ["POST", "/v1/admin/classes/hawaiian/merge"],
      ["GET", "/v1/admin/suspects"],
    ]) {
      expect(await send(path, { method })).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    }
  });
});
