import { beforeAll, describe, expect, it } from "vitest";
import { readFields } from "../../src/backbone/onnx-file.ts";
import { makePhoto } from "../support/photos.ts";
import { askAsAdmin, teachMailbox } from "../support/text-deployment.ts";
import { json, multipart, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const METADATA = 14;

/** The description that the file carries. */
function readAbout(model: Uint8Array) {
  const last = [...readFields(model)].at(-1);
  expect(last?.number).toBe(METADATA);
  const [key, value] = [...readFields(last?.bytes ?? new Uint8Array())].map(({ bytes }) =>
    new TextDecoder().decode(bytes),
  );
  expect(key).toBe("headstart");
  return JSON.parse(value);
}

describe("a head as a file for other programs", () => {
  beforeAll(async () => {
    await resetDatabase();
    for (const kind of ["pepperoni", "hawaiian", "four_cheese"]) {
      await sendAsAdmin("/v1/admin/classes", json({ name: kind.toUpperCase(), id: kind }));
      const photos = Object.fromEntries([0, 1, 2, 3].map((seed) => [`${seed}.png`, makePhoto(kind, seed)]));
      await sendAsAdmin(`/v1/admin/classes/${kind}/examples`, multipart(photos));
    }
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
  });

  it("is sent whole, with the menu of today", async () => {
    await sendAsAdmin("/v1/admin/classes/hawaiian", json({ threshold: 0.7, names: { ru: "Гавайская" } }, "PATCH"));
    await sendAsAdmin("/v1/admin/classes/four_cheese", json({ archived: true }, "PATCH"));
    const { status, headers, bytes } = await sendAsAdmin("/v1/admin/heads/1/onnx");
    expect(status).toBe(200);
    expect(headers.get("content-length")).toBe(String(bytes.length));
    expect(headers.get("content-disposition")).toBe('attachment; filename="headstart-1.onnx"');
    expect(readAbout(bytes)).toMatchObject({
      headVersion: 1,
      modality: "image",
      items: [
        { id: "pepperoni", name: "PEPPERONI", names: {}, threshold: null },
        { id: "hawaiian", name: "HAWAIIAN", names: { ru: "Гавайская" }, threshold: 0.7 },
      ],
    });
  });

  it.each([
    ["9", 404, "not_found"],
    ["x", 404, "not_found"],
  ])("is refused under the number %s", async (number, status, code) => {
    expect(await sendAsAdmin(`/v1/admin/heads/${number}/onnx`)).toMatchObject({ status, body: { code } });
  });

  it("is for the owner", async () => {
    expect(await send("/v1/admin/heads/1/onnx")).toMatchObject({ status: 401, body: { code: "unauthorized" } });
  });

  it("is not made where every item that it knows is archived", async () => {
    for (const id of ["hawaiian", "pepperoni"]) {
      await sendAsAdmin(`/v1/admin/classes/${id}`, json({ archived: true }, "PATCH"));
    }
    expect(await sendAsAdmin("/v1/admin/heads/1/onnx")).toMatchObject({ status: 409, body: { code: "no_head" } });
  });

  it("comes with its tokenizer where texts are read", async () => {
    await teachMailbox();
    const { status, headers, bytes } = await askAsAdmin("/v1/admin/heads/1/onnx");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/zip");
    expect(headers.get("content-length")).toBe(String(bytes.length));
    // What stands in the directory of a ZIP comes last: 46 bytes, then a name, of each file.
    const directory = new TextDecoder("latin1").decode(bytes.slice(-3 * 46 - 22 - 40));
    expect(directory.match(/model\.onnx|tokenizer\.json|labels\.json/g)).toEqual([
      "model.onnx",
      "tokenizer.json",
      "labels.json",
    ]);
  });
});
