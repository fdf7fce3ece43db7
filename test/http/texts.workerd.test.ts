/** A deployment that reads texts: the same loop as for photos, the real encoder in the real runtime, and nothing of a text kept. */
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { deriveReceiptKey, openReceipt } from "../../src/application/receipt.ts";
import { EMBEDDING_TYPE, encodeEmbeddingMessage } from "../../src/head/embedding-message.ts";
import { sha256Hex } from "../../src/shared/hash.ts";
import { DAY_MS } from "../../src/shared/time.ts";
import { openDatabase } from "../../src/store/database.ts";
import { cutBack, RETENTION_DAYS } from "../../src/store/retention.ts";
import { readDatabase } from "../support/database-state.ts";
import { makePhoto } from "../support/photos.ts";
import { ask, askAsAdmin, MAILS, plain, teach, teachMailbox } from "../support/text-deployment.ts";
import { watchLogs } from "../support/watch-logs.ts";
import { json, multipart, rawPhoto, sendAsAdmin } from "../support/worker-client.ts";

const MARKER = "zanzibarquokka";

/** New mails of each kind. */
const NEW_MAILS: Record<string, readonly string[]> = {
  refund: [
    "please refund the second payment",
    "I would like my money back for the cold soup",
    "you charged my card twice",
  ],
  complaint: [
    "the soup was cold and the waiter was rude",
    "my order was an hour late again",
    "the table was sticky and dirty",
  ],
  question: ["are you open on new year's day?", "do you have vegan pizzas?", "can I reserve a table for two tonight?"],
};

async function bestOf(text: string): Promise<string> {
  const { body } = await ask("/v1/classify", plain(text));
  return (body.predictions as { label: string }[])[0].label;
}

afterEach(() => vi.restoreAllMocks());

describe("a deployment that reads texts", () => {
  beforeAll(teachMailbox);

  it("says which texts it knows, and by what, so that an import can leave decisions alone", async () => {
    const [{ label, text }] = MAILS;
    const asked = ["never seen", `  ${text}\r\n`, " \n "];
    const { status, body } = await askAsAdmin("/v1/admin/examples/known", json({ texts: asked }));
    const [unknown, known, unreadable] = body.samples as (string | null)[];
    expect({ status, known: body.known, unreadable }).toEqual({
      status: 200,
      known: [{ photo: known, label }],
      unreadable: null,
    });
    expect(unknown).toMatch(/^[0-9a-f]{64}$/);
    const tooMany = await askAsAdmin("/v1/admin/examples/known", json({ texts: Array(65).fill("a") }));
    expect(tooMany).toMatchObject({ status: 400, body: { code: "bad_request" } });
    const other = await sendAsAdmin("/v1/admin/examples/known", json({ texts: ["a"] }));
    expect(other).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
  });

  it("says what it reads", async () => {
    expect((await ask("/v1/menu")).body).toMatchObject({ reads: "texts", limits: { maxTextCharacters: 20_000 } });
  });

  it("sorts new mails by what they ask for", async () => {
    const right: boolean[] = [];
    for (const [label, mails] of Object.entries(NEW_MAILS)) {
      for (const mail of mails) right.push((await bestOf(mail)) === label);
    }
    expect(right.filter(Boolean).length).toBeGreaterThanOrEqual(8);
  });

  it("gives the same answer to JSON as to plain text, and knows a text by its words alone", async () => {
    const plainly = await ask("/v1/classify", plain("where is my refund?"));
    const inJson = await ask("/v1/classify", json({ text: "  where\nis my\u00ADrefund? ".replace("\u00AD", " ") }));
    expect(inJson.body.predictions).toEqual(plainly.body.predictions);
  });

  it("takes a correction by receipt and by text, known by an HMAC and not by a plain hash", async () => {
    const text = "my pizza never came, pay me back";
    const { body } = await ask("/v1/classify", plain(text));
    const first = await askAsAdmin("/v1/labels", json({ receipt: body.receipt, label: "refund" }));
    const again = await askAsAdmin("/v1/labels", json({ text: `${text}  `, label: "refund" }));
    expect(first).toMatchObject({ status: 201, body: { status: "counted", label: "refund" } });
    expect(again).toMatchObject({ status: 200, body: { photo: first.body.photo, stored: false } });
    expect(first.body.photo).not.toBe(await sha256Hex(Uint8Array.from(new TextEncoder().encode(text))));
  });

  it("knows what a device made of a text by an HMAC as well, and says who made it", async () => {
    const key = await deriveReceiptKey(env.RECEIPT_SECRET);
    const open = async (receipt: unknown) => {
      const opened = await openReceipt(String(receipt), key, Date.now());
      if (!opened.ok) throw new Error(opened.error.detail);
      return opened.value.photo;
    };
    const text = "your driver took my change";
    const there = await ask("/v1/classify", plain(text));
    const made = await open(there.body.receipt);
    const message = encodeEmbeddingMessage(made);
    const here = await ask("/v1/classify", rawPhoto(message, EMBEDDING_TYPE));
    const again = await ask("/v1/classify", rawPhoto(message, EMBEDDING_TYPE));
    expect(here.body.predictions).toEqual(there.body.predictions);
    const told = await open(here.body.receipt);
    expect(told).toMatchObject({ origin: "device", embedding: made.embedding });
    expect((await open(again.body.receipt)).sampleId).toBe(told.sampleId);
    expect([made.sampleId, await sha256Hex(message)]).not.toContain(told.sampleId);
  });

  it("learns a fourth kind of mail from ten of them", async () => {
    const jobs = ["Do you hire cooks?", "I would like to apply as a waiter", "Is the dishwasher position still open?"];
    const more = ["My CV is attached, I have baked pizza for ten years", "Are there student jobs at weekends?"];
    const rest = [
      "When can I come for a job interview?",
      "I am looking for work in a kitchen",
      "What do you pay drivers?",
    ];
    const last = ["Here is my application as a trainee", "Do you take apprentices next summer?"];
    expect((await teach("job", [...jobs, ...more, ...rest, ...last])).body).toMatchObject({ stored: 10 });
    const run = await askAsAdmin("/v1/admin/training-runs", { method: "POST" });
    // Isolates look for a new head every few seconds; by its number it is asked at once.
    const { body } = await ask(
      `/v1/classify?head=${run.body.headVersion}`,
      plain("I want to work for you as a pizza baker"),
    );
    expect(body).toMatchObject({ predictions: [{ label: "job" }, {}, {}, {}] });
  });

  it("keeps nothing of a text: not in the database, a log, or the answer to one that is refused", async () => {
    const lines = watchLogs();
    const mail = `The ${MARKER} pizza was cold, I want my money back`;
    const answer = await ask("/v1/classify", plain(mail));
    await ask("/v1/labels", json({ receipt: answer.body.receipt, label: "refund" }));
    await askAsAdmin("/v1/labels", json({ text: mail, label: "refund" }));
    const long = await ask("/v1/classify", plain(`${MARKER} `.repeat(2_000)));
    const stored = JSON.stringify(await readDatabase());
    expect(stored).toContain(answer.body.backboneId);
    expect(lines.join("\n")).toContain('"problem":"body_too_large"');
    for (const text of [stored, lines.join("\n"), JSON.stringify([answer.body, long.body])]) {
      expect(text).not.toContain(MARKER);
    }
  });

  it("keeps a copy of a correction's text for staff, until they have decided, and nowhere else", async () => {
    await env.DB.exec("DELETE FROM reviews");
    const lines = watchLogs();
    const mail = `My ${MARKER}\npizza came cold,   pay me back. ${"Really. ".repeat(300)}`;
    const copy = `${mail.replaceAll(/\s+/g, " ").slice(0, 1_999)}…`;
    const answer = await ask("/v1/classify", plain(mail));
    const sent = { receipt: answer.body.receipt, label: "question", text: mail };
    const told = await ask("/v1/labels", json(sent));
    expect(told).toMatchObject({ status: 201, body: { status: "pending", label: "question" } });
    const queue = (await askAsAdmin("/v1/admin/reviews")).body;
    expect(queue).toMatchObject({
      groups: [{ thumbnail: null, text: copy }],
      reviews: [{ thumbnail: null, text: copy }],
    });
    const wrong = await ask("/v1/labels", json({ ...sent, text: `another ${MARKER}` }));
    expect(wrong).toMatchObject({
      status: 400,
      body: { code: "bad_request", detail: expect.stringContaining("receipt") },
    });

    const { reviews, ...elsewhere } = await readDatabase();
    expect(reviews.map(({ preview }) => preview)).toEqual([copy]);
    const [{ sample_id: sampleId }] = reviews;
    // What each place says of this deployment, so that an empty answer is no proof.
    for (const [place, said] of [
      ["/v1/admin/export", sampleId],
      ["/v1/admin/metrics", "headstart_reviews"],
      ["/v1/admin/audit", "class.create"],
      ["/v1/admin/examples?class=refund", "refund"],
    ]) {
      const { status, body } = await askAsAdmin(String(place));
      expect([place, status]).toEqual([place, 200]);
      expect(JSON.stringify(body)).toContain(said);
      expect(JSON.stringify(body)).not.toContain(MARKER);
    }
    expect(lines.join("\n")).toContain('"route":"/v1/labels"');
    for (const text of [JSON.stringify([elsewhere, told.body, wrong.body]), lines.join("\n")]) {
      expect(text).not.toContain(MARKER);
    }

    const [{ photo, label }] = queue.reviews as { photo: string; label: string }[];
    await askAsAdmin(`/v1/admin/reviews/${photo}/${label}`, json({ decision: "reject" }));
    expect((await cutBack(openDatabase(env.DB), 3, Date.now() + RETENTION_DAYS.undo * DAY_MS + 1)).decisions).toBe(1);
    expect(JSON.stringify(await readDatabase())).not.toContain(MARKER);
  });

  it("drops a copy that nobody has decided on after 30 days, and one whose sender is forgotten at once", async () => {
    const text = `${MARKER}: where are you?`;
    const told = await ask("/v1/labels", json({ text, label: "question" }));
    const held = async () =>
      (await readDatabase()).reviews.map(({ preview }) => preview).filter((preview) => preview !== null);
    const db = openDatabase(env.DB);
    expect(await held()).toEqual([text]);
    await cutBack(db, 3, Date.now() + RETENTION_DAYS.preview * DAY_MS - 60_000);
    expect(await held()).toEqual([text]);
    await cutBack(db, 3, Date.now() + RETENTION_DAYS.preview * DAY_MS + 60_000);
    expect(await held()).toEqual([]);
    await ask("/v1/labels", json({ text: `${text} again`, label: "question" }));
    expect(await held()).toHaveLength(1);
    await askAsAdmin(`/v1/admin/contributors/${told.body.contributor}`, { method: "DELETE" });
    expect(await held()).toEqual([]);
  });

  it("wants a text beside a receipt, and no picture", async () => {
    const { body } = await ask("/v1/classify", plain("is there parking?"));
    const thumbnail = "data:image/webp;base64,UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";
    const sent = await ask("/v1/labels", json({ receipt: body.receipt, label: "question", thumbnail }));
    expect(sent).toMatchObject({ status: 415, body: { detail: expect.stringContaining("reads texts, not photos") } });
  });

  it.each([
    ["an empty one", plain(" \u200B\n"), 400, "empty_body"],
    ["one over the limit", plain("a".repeat(20_001)), 413, "body_too_large"],
    ["one that is not UTF-8", plain(Uint8Array.of(0x68, 0xe9)), 400, "bad_request"],
    ["JSON without one", json({ txt: "a" }), 400, "bad_request"],
    ["a photo", rawPhoto(makePhoto("pepperoni", 1, 64, 0)), 415, "unsupported_media_type"],
    ["a form with a photo", multipart({ "a.png": makePhoto("pepperoni", 1, 64, 0) }), 415, "unsupported_media_type"],
  ])("refuses %s and says what to send", async (_what, init, status, code) => {
    const answer = await ask("/v1/classify", init);
    expect(answer).toMatchObject({ status, body: { code } });
    if (status === 415) expect(answer.body.detail).toContain("reads texts, not photos. Send text/plain");
  });
});

describe("a deployment that reads photos", () => {
  it("says so to a text", async () => {
    const refused = await sendAsAdmin("/v1/labels", json({ text: "money back", label: "refund" }));
    expect(refused).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
    expect(refused.body.detail).toContain("reads photos, not texts");
    const list = await sendAsAdmin("/v1/labels", json({ labels: [{ text: "money back", label: "refund" }] }));
    expect(list.body).toMatchObject({ results: [{ problem: { code: "unsupported_media_type" } }], refused: 1 });
  });
});
