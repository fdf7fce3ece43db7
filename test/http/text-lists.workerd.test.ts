/** Lists of texts: each row has its own outcome in its own place, and counts like a request of its own. */
import { beforeAll, describe, expect, it } from "vitest";
import { observeD1 } from "../support/failing-d1.ts";
import { sendFrom } from "../support/guests.ts";
import { ask, askAsAdmin, plain, TEXT_DEPLOYMENT, teach, teachMailbox } from "../support/text-deployment.ts";
import { json } from "../support/worker-client.ts";

describe("a list of texts", () => {
  beforeAll(teachMailbox);

  it("answers each text of a list in its place, as if it had been sent alone", async () => {
    const mails = ["where is my refund?", "the soup was cold and the waiter was rude"];
    const alone = [];
    for (const mail of mails) alone.push((await ask("/v1/classify?top_k=2", plain(mail))).body.predictions);
    const { status, body } = await ask(
      "/v1/classify?top_k=2",
      json({ text: [mails[0], " \n", 42, "a".repeat(20_001), mails[1]] }),
    );
    expect({ status, answered: body.answered, refused: body.refused }).toEqual({
      status: 200,
      answered: 2,
      refused: 3,
    });
    expect(body.results).toMatchObject([
      { answer: { predictions: alone[0], receipt: expect.any(String) } },
      { problem: { code: "empty_body" } },
      { problem: { code: "bad_request", detail: expect.stringContaining("not a text") } },
      { problem: { code: "body_too_large" } },
      { answer: { predictions: alone[1] } },
    ]);
    for (const text of [[], Array(65).fill("a")]) {
      const refused = await ask("/v1/classify", json({ text }));
      expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining("up to 64") } });
    }
    const short = await ask("/v1/classify", json({ text: ["where is my refund?"] }));
    expect(short.body).toMatchObject({ answered: 1, results: [{ answer: { predictions: expect.any(Array) } }] });
  });

  it("is no one thing that could be asked about together", async () => {
    const refused = await ask("/v1/classify?together=true", json({ text: ["where is my refund?", "it was cold"] }));
    expect(refused).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining("this deployment reads texts") },
    });
  });

  it("takes a list of corrections, by text and by receipt, and names what it cannot take in its place", async () => {
    const { body: answer } = await ask("/v1/classify", plain("the oven smoked all evening"));
    const labels = [
      { text: "the bill was wrong, return the difference", label: "refund" },
      { text: "is there a high chair?", label: "no such item" },
      { text: "is there a high chair?" },
      "question",
      { receipt: answer.receipt, label: "complaint" },
      { text: "is there a high chair?", label: "question" },
    ];
    const { status, body } = await askAsAdmin("/v1/labels", json({ labels }));
    expect({ status, taken: body.taken, refused: body.refused }).toEqual({ status: 200, taken: 3, refused: 3 });
    expect(body.results).toMatchObject([
      { status: "counted", label: "refund", stored: true },
      { problem: { code: "unknown_class" } },
      { problem: { code: "bad_request", detail: expect.stringContaining("label") } },
      { problem: { code: "bad_request" } },
      { status: "counted", label: "complaint", stored: true },
      { status: "counted", label: "question", stored: true },
    ]);
    const { body: again } = await askAsAdmin("/v1/labels", json({ labels: [labels[0]] }));
    expect(again.results).toMatchObject([{ stored: false }]);
    for (const list of [[], Array(65).fill(labels[0])]) {
      const refused = await askAsAdmin("/v1/labels", json({ labels: list }));
      expect(refused).toMatchObject({
        status: 400,
        body: { detail: expect.stringContaining("send 1 to 64 corrections") },
      });
    }
  });

  it("counts each text of a guest's list against the day's quota", async () => {
    const bindings = { ...TEXT_DEPLOYMENT, DAILY_QUOTA_GUEST: "3" };
    const askAsGuest = (text: unknown) => sendFrom("203.0.113.77", "/v1/classify", json({ text }), bindings);
    const list = await askAsGuest(["one", "two", "three", "four", "five"]);
    expect(list.body).toMatchObject({ answered: 3, refused: 2 });
    expect(list.body.results).toMatchObject([{}, {}, {}, ...Array(2).fill({ problem: { code: "quota_exceeded" } })]);
    expect(await askAsGuest("six")).toMatchObject({ status: 429, body: { code: "quota_exceeded" } });
  });

  it("costs a full list of corrections less than a third of the queries that D1 allows a request", async () => {
    const observed = observeD1(TEXT_DEPLOYMENT.DB);
    const labels = Array.from({ length: 64 }, (_, i) => ({ text: `bill ${i} was wrong`, label: "refund" }));
    const bindings = { ...TEXT_DEPLOYMENT, DB: observed.db };
    const { body } = await sendFrom("203.0.113.78", "/v1/labels", json({ labels }), bindings);
    expect(body).toMatchObject({ taken: 50, refused: 14 }); // as many of one network may wait
    expect(observed.counts.queries).toBeLessThanOrEqual(300);
  });

  it("stores what can be read of a list and names the rest in its order", async () => {
    const added = await teach("refund", ["give me back what I paid", "   ", null, "give me back what I paid"]);
    expect(added.body).toMatchObject({
      results: [
        { status: "stored" },
        { status: "refused", problem: { code: "empty_body" } },
        { status: "refused", problem: { code: "bad_request" } },
        { status: "duplicate" },
      ],
      stored: 1,
      refused: 2,
    });
    const tooMany = await askAsAdmin("/v1/admin/classes/refund/examples", json({ text: Array(65).fill("a") }));
    expect(tooMany).toMatchObject({ status: 400, body: { detail: expect.stringContaining("up to 64") } });
  });
});
