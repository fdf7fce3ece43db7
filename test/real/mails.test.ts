/**
 * The story on real mails, through the public interface of a dev server that reads texts: three kinds of mail, a fourth from
 * twenty texts, a guest's correction, a rollback, and a sender who is forgotten. The mails are those of a bank.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useSentences } from "../../cli/backbone/sentences/use-sentences.ts";
import { type DevServer, startDevServer } from "../../cli/dev-server.ts";
import {
  askTexts,
  type LabelledText,
  readTextSet,
  scoreTexts,
  teachTexts,
  train,
  untilServed,
} from "../support/live-mailbox.ts";
import { type Classification, jsonBody, request, type Score } from "../support/live-menu.ts";
import { MISSING_SHARED_DATA } from "../support/shared-data.ts";

const SET = "mail-routing-banking-3class";
/** Mails of those who want a card: questions in the set, a kind of their own here. */
const CARD_INTENTS = new Set(["order_physical_card", "getting_spare_card", "getting_virtual_card"]);
const TEXTS_PER_KIND = 60;
const TEXTS_OF_FOURTH = 20;

if (MISSING_SHARED_DATA !== undefined) console.warn(`skipped: ${MISSING_SHARED_DATA}`);

// The steps build on each other.
describe.skipIf(MISSING_SHARED_DATA !== undefined)("a mailbox", () => {
  let folder: string;
  let server: DevServer;
  let training: LabelledText[];
  let test: LabelledText[];
  let three: { readonly version: number; readonly score: Score; readonly answers: Classification[] };
  let corrected: number;
  let four: { readonly version: number; readonly answers: Classification[] };

  const asAdmin = (path: string, init: RequestInit = {}) => request(server, path, init, true);
  const isCard = ({ label }: LabelledText) => label === "card";
  const bodies = (texts: readonly LabelledText[]) => texts.map(({ text }) => text);

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-mails-"));
    const backboneDir = path.join(folder, "backbone");
    await useSentences(backboneDir);
    server = await startDevServer({ dataDir: path.join(folder, "state"), backboneDir, quiet: true });
    const relabel = (texts: LabelledText[]) =>
      texts.map((one) => (CARD_INTENTS.has(one.intent) ? { ...one, label: "card" } : one));
    training = relabel(await readTextSet(SET, "train"));
    test = relabel(await readTextSet(SET, "test"));
  });

  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("is sorted into three kinds", async () => {
    const groups = Map.groupBy(
      training.filter((one) => !isCard(one)),
      ({ label }) => label,
    );
    expect([...groups.keys()].sort()).toEqual(["complaint", "question", "refund_request"]);
    await teachTexts(
      server,
      [...groups.values()].flatMap((group) => group.slice(0, TEXTS_PER_KIND)),
    );
    const version = await train(server);
    const known = test.filter((one) => !isCard(one));
    const score = await scoreTexts(server, known, version);
    report("three kinds", known, score);
    expect(score.accuracy).toBeGreaterThan(0.85);
    three = { version, score, answers: await askTexts(server, bodies(known).slice(0, 50), version) };
  });

  it("gets a fourth kind from twenty texts, and still knows the others", async () => {
    await teachTexts(server, training.filter(isCard).slice(0, TEXTS_OF_FOURTH));
    const version = await train(server);
    const score = await scoreTexts(server, test, version);
    report("with a fourth", test, score);
    expect(score.recall.card).toBeGreaterThan(0.5);
    for (const [label, recall] of Object.entries(three.score.recall)) {
      console.log(`${label}: ${recall.toFixed(3)} -> ${score.recall[label]?.toFixed(3)}`);
    }
    const others = await scoreTexts(
      server,
      test.filter((one) => !isCard(one)),
      version,
    );
    expect(three.score.accuracy - others.accuracy).toBeLessThanOrEqual(0.03);
    four = { version, answers: await askTexts(server, bodies(test).slice(0, 50), version) };
  });

  it("learns from a guest's correction, whose text staff read before they accept it", async () => {
    const asked = await askTexts(server, bodies(test), four.version);
    const wrong = test.findIndex(({ label }, i) => asked[i]?.predictions[0]?.label !== label);
    const { text, label } = test[wrong] ?? { text: "", label: "" };
    const before = asked[wrong];
    const sent = await request(server, "/v1/labels", jsonBody({ receipt: before?.receipt, label, text }));
    expect(sent).toMatchObject({ status: 201, body: { status: "pending" } });
    const queue = await asAdmin("/v1/admin/reviews");
    expect(queue.body).toMatchObject({ groups: [{ text: expect.stringContaining(text.trim().slice(0, 20)) }] });
    const decisions = [{ photo: sent.body.photo, label, decision: "accept" }];
    expect((await asAdmin("/v1/admin/reviews", jsonBody({ decisions }))).body).toMatchObject({ done: 1 });
    const version = await train(server);
    corrected = version;
    const [after] = await askTexts(server, [text], version);
    const scoreIn = (answer: Classification | undefined) =>
      answer?.predictions.find((one) => one.label === label)?.score ?? 0;
    expect(scoreIn(after)).toBeGreaterThan(scoreIn(before));
    expect(JSON.stringify((await asAdmin("/v1/admin/reviews")).body)).not.toContain(text.trim().slice(0, 20));
  });

  it("goes back to an earlier version, which answers as it did", async () => {
    const back = await asAdmin(`/v1/admin/heads/${three.version}/activate`, jsonBody({ hold: false }));
    expect(back).toMatchObject({ status: 200, body: { liveVersion: three.version } });
    const known = test.filter((one) => !isCard(one));
    await untilServed(server, three.version);
    const again = await askTexts(server, bodies(known).slice(0, 50));
    expect(new Set(again.map(({ headVersion }) => headVersion))).toEqual(new Set([three.version]));
    expect(again.map(({ predictions }) => predictions)).toEqual(three.answers.map(({ predictions }) => predictions));
  });

  it("forgets a sender: the answers are those from before", async () => {
    const probes = bodies(test).slice(0, 50);
    const was = await askTexts(server, probes, corrected);
    const made = await asAdmin("/v1/admin/keys", jsonBody({ name: "a branch", role: "label" }));
    const labels = training
      .filter(({ label }) => label === "question")
      .slice(-60)
      .map(({ text }) => ({ text, label: "complaint" }));
    const headers = { authorization: `Bearer ${made.body.secret}`, "content-type": "application/json" };
    const sent = await request(server, "/v1/labels", { method: "POST", headers, body: JSON.stringify({ labels }) });
    expect(sent.body).toMatchObject({ taken: 60, refused: 0 });
    await asAdmin("/v1/admin/training-runs", { method: "POST" });
    const forgotten = await asAdmin(`/v1/admin/contributors/${made.body.id}`, { method: "DELETE" });
    expect(forgotten.body).toEqual({ forgotten: { examples: 60, reviews: 0 } });
    const version = await train(server);
    const is = await askTexts(server, probes, version);
    const largest = Math.max(
      ...is.flatMap(({ predictions }, i) =>
        predictions.map(({ label, score }) =>
          Math.abs(score - (was[i]?.predictions.find((one) => one.label === label)?.score ?? 0)),
        ),
      ),
    );
    console.log(`a sender of 60 wrong labels forgotten: no score differs by more than ${largest.toExponential(1)}`);
    expect(largest).toBeLessThan(0.01);
  });
});

function report(what: string, texts: readonly LabelledText[], { accuracy, recall }: Score): void {
  const each = Object.entries(recall).map(([label, share]) => `${label} ${share.toFixed(3)}`);
  console.log(`${what}, ${texts.length} texts: accuracy ${accuracy.toFixed(3)}; ${each.join(", ")}`);
}
