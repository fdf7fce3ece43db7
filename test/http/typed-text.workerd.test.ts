/** Every field that a person types goes by one rule. */
import { beforeAll, expect, it } from "vitest";
import { sendFrom } from "../support/guests.ts";
import { json, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

const BAD = ["Four\nCheese", "Four\u0000Cheese", "Four\u200BCheese", "\u202EeseehC"];

beforeAll(async () => {
  await resetDatabase();
  await sendAsAdmin("/v1/admin/classes", json({ name: "Hawaiian", id: "hawaiian" }));
});

it.each<[string, string, string, (text: string) => unknown]>([
  ["an item's name", "POST", "/v1/admin/classes", (name) => ({ name })],
  ["a description", "POST", "/v1/admin/classes", (description) => ({ name: "Pizza", description })],
  ["an alias", "POST", "/v1/admin/classes", (alias) => ({ name: "Pizza", aliases: [alias] })],
  ["a translation", "POST", "/v1/admin/classes", (text) => ({ name: "Pizza", names: { de: text } })],
  ["a new name", "PATCH", "/v1/admin/classes/hawaiian", (name) => ({ name })],
  ["a key's name", "POST", "/v1/admin/keys", (name) => ({ name, role: "review" })],
  ["a suggestion", "POST", "/v1/suggestions", (text) => ({ text })],
])("refuses what nobody sees in %s", async (_name, method, path, make) => {
  for (const text of BAD) {
    const init = json(make(text), method);
    const { status, body } = await (path.includes("admin")
      ? sendAsAdmin(path, init)
      : sendFrom("203.0.113.1", path, init));
    expect({ status, code: body.code }, JSON.stringify(text)).toEqual({ status: 400, code: "bad_request" });
    expect(body.detail).toContain("line breaks, control characters");
  }
});
