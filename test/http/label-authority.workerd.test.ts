/** What a key that may only label can do to labels that others gave: nothing but say so. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { listExamples } from "../../src/store/labels/examples.ts";
import { makeKey, sendWith } from "../support/keys.ts";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, rawPhoto, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const photo = (seed: number) => makePhoto("pepperoni", seed, 128);
const pathOf = (id: string) => `/v1/admin/classes/${id}/examples`;
let scale: Awaited<ReturnType<typeof makeKey>>;

const labelByKey = (seed: number, label: string) =>
  sendWith(scale.secret, "/v1/labels", multipart({ "a.png": photo(seed) }, { label }));

async function teach(seed: number, id: string): Promise<string> {
  const { body } = await sendAsAdmin(pathOf(id), rawPhoto(photo(seed)));
  return (body.results as { photo: string }[])[0].photo; // -- a decoder
}

async function labels(): Promise<string[]> {
  const both = await Promise.all(["pepperoni", "hawaiian"].map((classId) => listExamples(db, { classId }, 10)));
  return both.flat().map(({ label }) => label);
}

beforeEach(async () => {
  await resetDatabase();
  scale = await makeKey("label");
  for (const name of ["Pepperoni", "Hawaiian"]) await sendAsAdmin("/v1/admin/classes", json({ name }));
});

describe("a label by a key that may only label", () => {
  it("waits for staff where staff have said something else, and changes nothing of what they said", async () => {
    const known = await teach(1, "pepperoni");
    await sendAsAdmin(`/v1/admin/examples/${known}`, json({ confirmed: true }, "PATCH"));
    const before = await listExamples(db, { classId: "pepperoni" }, 10);
    const said = await labelByKey(1, "hawaiian");
    expect(said).toMatchObject({ status: 201, body: { status: "pending", stored: true, contributor: scale.id } });
    expect(await listExamples(db, { classId: "pepperoni" }, 10)).toEqual(before);
    const { body } = await sendAsAdmin("/v1/admin/reviews");
    expect(body).toMatchObject({ reviews: [{ photo: known, label: "hawaiian", contributor: scale.id }] });
  });

  it("counts at once for a photo that has none, and where the key changes its mind", async () => {
    expect(await labelByKey(1, "pepperoni")).toMatchObject({ body: { status: "counted", stored: true } });
    expect(await labelByKey(1, "hawaiian")).toMatchObject({ body: { status: "counted", stored: true } });
    expect(await labelByKey(1, "hawaiian")).toMatchObject({ body: { status: "counted", stored: false } });
    expect(await labels()).toEqual(["hawaiian"]);
  });

  it.each([
    ["confirmed", (id: string) => sendAsAdmin(`/v1/admin/examples/${id}`, json({ confirmed: true }, "PATCH"))],
    [
      "changed and changed back",
      async (id: string) => {
        await sendAsAdmin(`/v1/admin/examples/${id}`, json({ label: "hawaiian" }, "PATCH"));
        return sendAsAdmin(`/v1/admin/examples/${id}`, json({ label: "pepperoni" }, "PATCH"));
      },
    ],
    [
      "changed by uploading it",
      async () => {
        await sendAsAdmin(pathOf("hawaiian"), rawPhoto(photo(1)));
        return sendAsAdmin(pathOf("pepperoni"), rawPhoto(photo(1)));
      },
    ],
  ])("waits where staff have %s what the key said before", async (_how, act) => {
    const { body } = await labelByKey(1, "pepperoni");
    expect((await act(String(body.photo))).status).toBeLessThan(300);
    expect(await labelByKey(1, "hawaiian")).toMatchObject({ body: { status: "pending" } });
    expect(await labels()).toEqual(["pepperoni"]);
  });

  it("waits where staff have accepted the key's own correction", async () => {
    await teach(1, "pepperoni");
    const { body } = await labelByKey(1, "hawaiian");
    await sendAsAdmin(`/v1/admin/reviews/${body.photo}/hawaiian`, json({ decision: "accept" }));
    expect(await labels()).toEqual(["hawaiian"]);
    expect(await labelByKey(1, "pepperoni")).toMatchObject({ body: { status: "pending" } });
    expect(await labels()).toEqual(["hawaiian"]);
    const undone = await sendAsAdmin(
      "/v1/admin/reviews/undo",
      json({ reviews: [{ photo: body.photo, label: "hawaiian" }] }),
    );
    expect(undone.body).toMatchObject({ done: 1 });
    expect(await labels()).toEqual(["pepperoni"]);
  });

  it("waits for each photo of an upload that has another label, and the others count", async () => {
    await teach(1, "pepperoni");
    const upload = multipart({ "known.png": photo(1), "new.png": photo(2) });
    const { body } = await sendWith(scale.secret, pathOf("hawaiian"), upload);
    expect(body).toMatchObject({ stored: 1, relabelled: 0, duplicates: 0, pending: 1, refused: 0 });
    expect(await labels()).toEqual(["pepperoni", "hawaiian"]);
    await sendAsAdmin(`/v1/admin/contributors/${scale.id}`, { method: "DELETE" });
    expect(await labels()).toEqual(["pepperoni"]);
    expect((await sendAsAdmin("/v1/admin/reviews")).body).toMatchObject({ reviews: [] });
  });
});

describe("a label by staff", () => {
  it.each(["review" as const, "admin" as const])(
    "with a %s key counts at once, and the log says what it replaced",
    async (role) => {
      const known = await teach(1, "pepperoni");
      const key = await makeKey(role);
      expect((await sendWith(key.secret, pathOf("hawaiian"), rawPhoto(photo(1)))).body).toMatchObject({
        relabelled: 1,
      });
      await sendWith(key.secret, `/v1/admin/examples/${known}`, json({ label: "pepperoni" }, "PATCH"));
      expect(await labels()).toEqual(["pepperoni"]);
      const { results } = await env.DB.prepare("SELECT action, detail FROM audit_log WHERE actor = ?")
        .bind(key.id)
        .all();
      expect(results.map(({ detail }) => JSON.parse(String(detail)))).toEqual([
        { class: "hawaiian", photos: 1, source: "admin", relabelled: 1, from: "pepperoni" },
        { to: "pepperoni", from: "hawaiian" },
      ]);
    },
  );
});
