/** Places as staff make, change and delete them, with the real routes and database. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { MAX_PLACES } from "../../src/store/places/places.ts";
import { sendWith } from "../support/keys.ts";
import { makePhoto } from "../support/photos.ts";
import { poolCopy } from "../support/pooled.ts";
import { json, multipart, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

const PLACES = "/v1/admin/places";

const add = (body: object) => sendAsAdmin(PLACES, json(body));
const list = async () => (await sendAsAdmin(PLACES)).body.places as { id: string }[];

async function readRevision(): Promise<unknown> {
  return env.DB.prepare("SELECT menu_revision FROM deployment").first("menu_revision");
}

beforeEach(() => resetDatabase());

describe("a place", () => {
  it("is made by staff with an id of its name, listed, renamed, switched off and deleted", async () => {
    const made = await add({ name: "Terrasse an der Straße" });
    const terrace = {
      id: "terrasse-an-der-straße",
      name: "Terrasse an der Straße",
      on: true,
      moved: false,
      photos: 0,
      distance: null,
    };
    expect(made).toMatchObject({ status: 201, body: { ...terrace, createdAt: expect.stringMatching(/Z$/) } });
    expect((await add({ name: "Bar", id: "bar-2" })).status).toBe(201);
    expect((await list()).map(({ id }) => id)).toEqual([terrace.id, "bar-2"]);
    const path = `${PLACES}/${encodeURIComponent(terrace.id)}`;
    expect((await sendAsAdmin(path, json({ on: false }, "PATCH"))).body).toMatchObject({ ...terrace, on: false });
    expect((await sendAsAdmin(path, json({ name: "Out" }, "PATCH"))).body).toMatchObject({ name: "Out", on: false });
    expect((await sendAsAdmin(path, { method: "DELETE" })).status).toBe(204);
    expect(await sendAsAdmin(path, { method: "DELETE" })).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect((await list()).map(({ id }) => id)).toEqual(["bar-2"]);
    const { body } = await sendAsAdmin("/v1/admin/audit-log?limit=10");
    const entries = body.entries as { action: string; detail: object }[];
    expect(entries.map(({ action }) => action).toReversed()).toEqual([
      ...["place.create", "place.create", "place.change", "place.change", "place.delete"],
    ]);
    expect(entries[0].detail).toEqual({ place: terrace.id });
  });

  it("has an id by the rule of items' ids, that no other place has", async () => {
    for (const id of ["a b", "a/b", "", "-".repeat(65)])
      expect(await add({ name: "x", id })).toMatchObject({ status: 400, body: { code: "bad_request" } });
    expect(await add({ id: "x" })).toMatchObject({ status: 400, body: { code: "bad_request" } });
    await add({ name: "Bar", id: "bar" });
    expect(await add({ name: "Other", id: "bar" })).toMatchObject({ status: 409, body: { code: "place_exists" } });
    expect((await add({ name: "Bar!" })).body).toMatchObject({ id: "bar-2" });
    expect(await list()).toMatchObject([{ name: "Bar" }, { name: "Bar!" }]);
  });

  it("has a name that no other place has in any case, also of two that are made or renamed at the same moment", async () => {
    const made = await Promise.all(["Straße", " STRASSE", "straße"].map((name, i) => add({ name, id: `s${i}` })));
    expect(made.map(({ status }) => status).toSorted()).toEqual([201, 201, 409]); // -- ß and SS are two spellings
    await add({ name: "Bar" });
    const rename = (id: string, name: string) => sendAsAdmin(`${PLACES}/${id}`, json({ name }, "PATCH"));
    expect(await rename("bar", "sTRASSE")).toMatchObject({ status: 409, body: { code: "place_exists" } });
    expect((await rename("bar", "BAR")).body).toMatchObject({ name: "BAR" });
    const renamed = await Promise.all([rename("bar", "Yard"), rename("s1", "yard")]);
    expect(renamed.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    await env.DB.prepare("UPDATE places SET name = 'Old', name_key = NULL WHERE id = 's1'").run(); // -- from before
    expect(await add({ name: "OLD" })).toMatchObject({ status: 409, body: { code: "place_exists" } });
  });

  it("has keys of its own, which are bound to it until it goes", async () => {
    await add({ name: "Bar" });
    const make = (place: string) => sendAsAdmin("/v1/admin/keys", json({ name: "Camera", role: "classify", place }));
    expect(await make("yard")).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await make("bar")).toMatchObject({ status: 201, body: { place: "bar" } });
    await sendAsAdmin(`${PLACES}/bar`, { method: "DELETE" });
    const { keys } = (await sendAsAdmin("/v1/admin/keys")).body;
    expect(keys).toMatchObject([{ name: "Camera", place: null }]);
  });

  it("is where everything comes from that its key teaches, alone or in a list", async () => {
    await add({ name: "Bar" });
    await sendAsAdmin("/v1/admin/classes", json({ name: "Pepperoni" }));
    const made = await sendAsAdmin("/v1/admin/keys", json({ name: "Camera", role: "label", place: "bar" }));
    const path = "/v1/admin/classes/pepperoni/examples";
    const alone = { method: "POST", body: makePhoto("pepperoni", 1), headers: { "content-type": "image/png" } };
    expect((await sendWith(String(made.body.secret), path, alone)).status).toBe(201);
    const several = multipart({ "2.png": makePhoto("pepperoni", 2), "3.png": makePhoto("pepperoni", 3) });
    expect(await sendWith(String(made.body.secret), path, several)).toMatchObject({ status: 200, body: { stored: 2 } });
    const { results } = await env.DB.prepare("SELECT place FROM examples").all();
    expect(results).toEqual([{ place: "bar" }, { place: "bar" }, { place: "bar" }]);
  });

  it.each([
    [{ POOL_SIZE: "0" }, { open: false, guestsTeach: false }],
    [{ POOL_SIZE: "9" }, { open: true, guestsTeach: false }],
    [
      { POOL_SIZE: "9", PUBLIC_TEACHING: "true" },
      { open: true, guestsTeach: true },
    ],
  ])("says with %j what makes it known", async (vars, seen) => {
    expect((await sendAsAdmin(PLACES, {}, { ...env, ...vars })).body).toEqual({ ...seen, places: [] });
  });

  it("is one of at most twenty, also of those that are made at the same moment", async () => {
    const answers = await Promise.all(Array.from({ length: MAX_PLACES + 2 }, (_, i) => add({ name: `Place ${i}` })));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(MAX_PLACES).fill(201), 409, 409]);
    expect(await add({ name: "One more" })).toMatchObject({ status: 409, body: { code: "too_many_places" } });
    expect(await list()).toHaveLength(MAX_PLACES);
  });

  it("makes isolates look at it again whenever it changes", async () => {
    const before = Number(await readRevision());
    await add({ name: "Bar" });
    await sendAsAdmin(`${PLACES}/bar`, json({ on: false }, "PATCH"));
    await sendAsAdmin(`${PLACES}/bar`, { method: "DELETE" });
    expect(await readRevision()).toBe(before + 3);
  });

  it("takes with it what is pooled for its sake alone", async () => {
    await add({ name: "Bar" });
    await env.DB.prepare(
      `INSERT INTO examples (sample_id, backbone_id, embedding, scale, source, contributor, origin, created_at, labelled_at, place)
       VALUES ('e', 'b', '', 1, 'admin', 'staff', 'server', 1, 1, 'bar')`,
    ).run();
    for (const photo of ["1", "2"]) await poolCopy(photo);
    await env.DB.prepare("UPDATE pooled_samples SET place = 'bar'").run();
    await env.DB.prepare("UPDATE pooled_samples SET reason = 'place' WHERE sample_id = '1'").run();
    await sendAsAdmin(`${PLACES}/bar`, { method: "DELETE" });
    const { results } = await env.DB.prepare("SELECT sample_id, place FROM pooled_samples").all();
    expect(results).toEqual([{ sample_id: "2", place: null }]);
    expect(await env.DB.prepare("SELECT place FROM examples").first("place")).toBeNull();
  });
});
