/** Items that are described and have no example: answered by their words where texts are read, and left alone where photos are. */
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { HEAD_CACHE_TTL_MS } from "../../src/store/heads/head-cache.ts";
import { listReadDescriptions } from "../../src/store/menu/descriptions.ts";
import { makePhoto } from "../support/photos.ts";
import { ask, askAsAdmin, MAILS as MAILBOX, plain, teach } from "../support/text-deployment.ts";
import { json, multipart, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const WORDS = {
  refund: "somebody wants their money back",
  question: "somebody asks when we are open or what we offer",
  job: "somebody applies for work in the kitchen",
};
const MAILS: readonly (readonly [item: keyof typeof WORDS, text: string])[] = [
  ["refund", "please give me my money back"],
  ["refund", "I want a refund of what I paid"],
  ["question", "when are you open on sunday?"],
  ["question", "what do you offer for lunch?"],
  ["job", "I would like to apply for work as a cook"],
  ["job", "is there any work for a kitchen help?"],
];

let skew = 0;
const realNow = Date.now;
beforeAll(() => {
  vi.spyOn(Date, "now").mockImplementation(() => realNow() + skew);
});

interface Body {
  readonly predictions: readonly { readonly label: string; readonly byDescription?: true }[];
  readonly unknown: boolean;
  readonly headVersion: number;
}

const train = async () => (await askAsAdmin("/v1/admin/training-runs", { method: "POST" })).body;
const change = (id: string, values: object) =>
  askAsAdmin(`/v1/admin/classes/${id}`, { ...json(values), method: "PATCH" });

async function describeAll(): Promise<void> {
  for (const [id, description] of Object.entries(WORDS)) {
    await askAsAdmin("/v1/admin/classes", json({ name: id, id, description }));
  }
}

/** What the live head says, once the isolate has looked for a newer one. */
async function answer(text: string): Promise<Body> {
  skew += HEAD_CACHE_TTL_MS;
  const { status, body } = await ask("/v1/classify", plain(text));
  expect(status).toBe(200);
  return body as unknown as Body; // a decoder: the document's own tests hold this shape
}

const readRows = async () => new Map((await listReadDescriptions(db)).map((row) => [row.classId, row]));

describe("items that are only described", () => {
  beforeEach(async () => {
    await resetDatabase();
    await describeAll();
  });

  it("are answered without a single example, and the answer says what it goes by", async () => {
    const listed = await askAsAdmin("/v1/admin/classes");
    expect((listed.body.classes as { byDescription: boolean }[]).map((item) => item.byDescription)).toEqual([
      true,
      true,
      true,
    ]);
    expect((await ask("/v1/classify", plain("hello"))).body.detail).toContain("the descriptions wait");
    const run = await train();
    expect(run).toMatchObject({ outcome: "published", absorbed: 0, headVersion: 1 });
    expect(run.message).toContain("Nobody has checked it: it goes by descriptions alone.");
    const made = await askAsAdmin("/v1/admin/heads/1");
    expect(made.body).toMatchObject({ examples: 0, evaluation: null });
    const answers = await Promise.all(MAILS.map(([, text]) => answer(text)));
    expect(answers.filter(({ predictions }, i) => predictions[0].label === MAILS[i][0]).length).toBeGreaterThanOrEqual(
      5,
    );
    expect(answers.filter(({ unknown }) => unknown)).toEqual([]);
    for (const { predictions } of answers) {
      expect(predictions.map(({ byDescription }) => byDescription)).toEqual([true, true, true]);
    }
    expect(await train()).toMatchObject({ outcome: "idle" });
  });

  it("do not answer a text of which nothing can be read, first or again", async () => {
    await train();
    const unread = await answer("\u{1f600}");
    expect(unread).toMatchObject({ unread: true, unknown: true });
    expect(await answer("\u{1f600}")).toMatchObject({ unread: true, unknown: true });
    const read = await answer(MAILS[0][1]);
    expect(read.predictions[0]).toMatchObject({ label: "refund", byDescription: true });
    expect(read).not.toHaveProperty("unread");
  });

  it("go by what they are shown as soon as they are shown something", async () => {
    await train();
    await teach("refund", ["my card was charged twice", "the courier took cash and the app charged me again"]);
    await train();
    const { predictions } = await answer("charged twice");
    expect(predictions[0]).toEqual(expect.not.objectContaining({ byDescription: true }));
    expect(predictions[0].label).toBe("refund");
    expect(predictions.find(({ label }) => label === "job")).toMatchObject({ byDescription: true });
    // Evidence counts what people have labelled, and nothing of the words.
    const { body } = await askAsAdmin("/v1/admin/heads");
    expect((body.heads as { examples: number }[])[0].examples).toBe(2);
  });

  it.each([
    ["with words of their own", WORDS.refund],
    ["without", ""],
  ])("leave taught items as they are, %s", async (_, description) => {
    await change("refund", { description });
    await change("question", { description: description && WORDS.question });
    for (const id of ["refund", "question"]) {
      await teach(
        id,
        MAILBOX.flatMap(({ label, text }) => (label === id ? [text] : [])),
      );
    }
    const run = await train();
    expect(run).toMatchObject({ outcome: "published", absorbed: 20 });
    for (const [label, text] of MAILS) {
      const { predictions, unknown } = await answer(text);
      expect({ text, label: predictions[0].label }).toEqual({ text, label });
      if (label !== "job") expect({ text, unknown }).toEqual({ text, unknown: false });
    }
  });

  it("are read again when their words change, and leave with them", async () => {
    await train();
    const before = await readRows();
    expect([...before.keys()].sort()).toEqual(["job", "question", "refund"]);
    await change("job", { aliases: ["application"], names: { en: "vacancy", ru: "вакансия" } });
    await change("question", { description: "" });
    expect(await train()).toMatchObject({ outcome: "published", headVersion: 2 });
    const after = await readRows();
    expect([...after.keys()].sort()).toEqual(["job", "refund"]);
    expect(after.get("job")?.wording).not.toBe(before.get("job")?.wording);
    expect(after.get("refund")).toEqual(before.get("refund"));
    // The encoder reads English: a Russian name changes nothing.
    await change("job", { names: { en: "vacancy" } });
    expect(await train()).toMatchObject({ outcome: "idle" });
    await askAsAdmin("/v1/admin/classes/job", { method: "DELETE" });
    expect([...(await readRows()).keys()]).toEqual(["refund"]);
  });

  it("leave with an item that goes to the archive, and come back with it", async () => {
    await train();
    await change("job", { archived: true });
    await train();
    expect((await answer("work as a cook")).predictions.map(({ label }) => label).sort()).toEqual([
      "question",
      "refund",
    ]);
    await change("job", { archived: false });
    await train();
    expect((await answer("I apply for work as a cook")).predictions[0].label).toBe("job");
  });

  it("are made again where the numbers of another backbone are stored", async () => {
    await train();
    await env.DB.prepare("UPDATE class_descriptions SET backbone_id = 'another'").run();
    expect(await train()).toMatchObject({ outcome: "published", headVersion: 2 });
    expect([...(await readRows()).values()].filter(({ backboneId }) => backboneId === "another")).toEqual([]);
  });

  it("answer as they did after an older head is put back", async () => {
    await train();
    const first = await answer("please give me my money back");
    await change("refund", { description: "somebody praises the pizza" });
    await train();
    expect(await askAsAdmin("/v1/admin/heads/1/activate", { method: "POST" })).toMatchObject({ status: 200 });
    expect((await answer("please give me my money back")).predictions).toEqual(first.predictions);
  });
});

describe("a description on a menu of photos", () => {
  it("stays a description", async () => {
    await resetDatabase();
    for (const id of ["one", "two"]) {
      await sendAsAdmin("/v1/admin/classes", json({ name: id, id, description: `what ${id} looks like` }));
    }
    expect((await sendAsAdmin("/v1/admin/training-runs", { method: "POST" })).body).toMatchObject({ outcome: "idle" });
    await sendAsAdmin("/v1/admin/classes/one/examples", multipart({ photo: makePhoto("pepperoni", 1) }));
    const { body } = await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    expect(body).toMatchObject({ outcome: "absorbed", headVersion: null });
    expect(await readRows()).toEqual(new Map());
    const listed = await sendAsAdmin("/v1/admin/classes");
    expect((listed.body.classes as { byDescription: boolean }[]).map((item) => item.byDescription)).toEqual([
      false,
      false,
    ]);
  });
});
