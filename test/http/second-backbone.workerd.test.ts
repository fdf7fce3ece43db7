import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { moveIn } from "../../src/store/second-backbone/move-in.ts";
import { readHomeBackbone, readSecondSlot } from "../../src/store/second-backbone/second-slot.ts";
import { ask, correct, teachItem } from "../support/guests.ts";
import { makePhoto } from "../support/photos.ts";
import { embedAsOther } from "../support/second-embedding.ts";
import { exportAll, importLines, linesOf } from "../support/transfer-deployment.ts";
import { json, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const PATH = "/v1/admin/second-backbone";
const OTHER = { id: "c".repeat(64), name: "other", dimension: 24 };
const KINDS = ["pepperoni", "hawaiian", "margherita"];
const db = openDatabase(env.DB);

interface Change {
  readonly running: string;
  readonly inUse: string;
  readonly second: Record<string, unknown> | null;
}

async function show(): Promise<Change> {
  const { running, inUse, second } = (await sendAsAdmin(PATH)).body;
  return { running: String(running), inUse: String(inUse), second: second as Change["second"] };
}

async function readMissing(backbone = OTHER.id) {
  const { body } = await sendAsAdmin(`${PATH}/missing?backbone=${backbone}`);
  return body.missing as { photo: string; label: string }[];
}

const embed = (sample: { photo: string; label: string }) => embedAsOther(sample, OTHER.dimension);

const sendRows = (embeddings: object[], backbone = OTHER.id) =>
  sendAsAdmin(`${PATH}/embeddings`, json({ backbone, embeddings }));

/** As a deployment of the other backbone would: this Worker is the one of the former version from then on. */
async function deployOther() {
  const [home, slot] = [await readHomeBackbone(db), await readSecondSlot(db)];
  const order = { actor: "admin", now: Date.now(), leaseMs: 60_000 };
  if (home === null || slot === null || !(await moveIn(db, home, slot, order))) throw new Error("it did not move");
}

describe("a change of the backbone, over HTTP", () => {
  beforeAll(async () => {
    await resetDatabase();
    for (const kind of KINDS) await teachItem(kind, 6);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
  });

  it("begins, lists what is to be embedded, and takes embeddings as often as they are sent", async () => {
    expect(await show()).toMatchObject({ second: null });
    expect(await sendAsAdmin(PATH, json(OTHER, "PUT"))).toMatchObject({ status: 204 });
    const missing = await readMissing();
    expect(missing.length).toBe(18);
    expect(missing[0]).toMatchObject({ purpose: "learn", picture: false, text: null, original: false });
    const [first, ...rest] = missing.map(embed);
    expect((await sendRows([first])).body).toEqual({ stored: 1, refused: [] });
    expect((await sendRows([first, ...rest.slice(0, 15)])).body).toEqual({ stored: 15, refused: [] });
    expect(await show()).toMatchObject({ second: { name: "other", embedded: 16, missing: 2, left: 0, head: null } });
  });

  it("passes over what is not an example, and refuses what is not an embedding of that backbone", async () => {
    const [known] = await readMissing();
    const row = embed(known);
    expect((await sendRows([{ ...row, photo: "0".repeat(64) }])).body).toEqual({ stored: 0, refused: [] });
    for (const broken of [{ scale: 0.5 }, { embedding: "fw==" }, { embedding: "no base64" }]) {
      expect((await sendRows([{ ...row, ...broken }])).body).toEqual({ stored: 0, refused: [known.photo] });
    }
    expect(await sendRows([row], "d".repeat(64))).toMatchObject({ status: 409, body: { code: "backbone_mismatch" } });
    expect(await sendAsAdmin(PATH, json({ ...OTHER, id: "d".repeat(64) }, "PUT"))).toMatchObject({ status: 409 });
  });

  it("makes no head while photos are missing that nobody has named, and compares both when one is left behind", async () => {
    const [one, other] = await readMissing();
    const refused = await sendAsAdmin(`${PATH}/head`, json({ leave: [one.photo] }));
    expect(refused).toMatchObject({ status: 409, body: { code: "backbone_mismatch" } });
    await sendRows([embed(other)]);
    const { body } = await sendAsAdmin(`${PATH}/head`, json({ leave: [one.photo] }));
    expect(body.second).toMatchObject({
      embedded: 17,
      missing: 1,
      head: { version: 2, examples: 17, live: false },
      comparison: { leaveOneOut: { examples: 17 }, test: null },
    });
  });

  it("answers by the head in use meanwhile, shows staff no other version, and exports none", async () => {
    const { body } = await send("/v1/classify", rawPhoto(makePhoto("hawaiian", 50, 128)));
    expect(body).toMatchObject({ headVersion: 1 });
    const { heads } = (await sendAsAdmin("/v1/admin/heads")).body;
    expect((heads as { version: number }[]).map(({ version }) => version)).toEqual([1]);
    expect(await sendAsAdmin("/v1/admin/heads/2/activate", { method: "POST" })).toMatchObject({ status: 409 });
    expect(linesOf(await exportAll()).filter((line) => line.includes('"kind":"head"')).length).toBe(1);
  });

  it("keeps answering by its own backbone's head when the other one is in use, and honours its receipts", async () => {
    const early = await ask("hawaiian", 60);
    const [id, slot] = [await readHomeBackbone(db), await readSecondSlot(db)];
    await deployOther();
    expect(await show()).toMatchObject({ inUse: OTHER.id, second: { id, name: slot?.homeName, left: 1 } });
    const late = await ask("hawaiian", 61);
    for (const [i, asked] of [early, late].entries()) {
      expect(await correct(`203.0.113.${i}`, asked, "pepperoni")).toMatchObject({ body: { status: "pending" } });
    }
    const said = await sendAsAdmin(
      "/v1/labels",
      json({ receipt: (await ask("hawaiian", 62)).receipt, label: "hawaiian" }),
    );
    expect(said.body).toMatchObject({ status: "pending", stored: true });
  });

  it("keeps an accepted correction of the other backbone's answer aside, and never among the examples", async () => {
    const { reviews } = (await sendAsAdmin("/v1/admin/reviews")).body as {
      reviews: { photo: string; label: string }[];
    };
    expect(reviews.length).toBe(3);
    expect(linesOf(await exportAll()).filter((line) => line.includes('"kind":"review"'))).toEqual([]);
    const decisions = reviews.map(({ photo, label }) => ({ photo, label, decision: "accept" }));
    const decided = await sendAsAdmin("/v1/admin/reviews", json({ decisions }));
    expect(decided.status).toBe(200);
    expect((await show()).second).toMatchObject({ left: 4 });
    const [{ photo, label }] = reviews;
    const undone = await sendAsAdmin("/v1/admin/reviews/undo", json({ reviews: [{ photo, label }] }));
    expect(undone.status).toBe(200);
    expect((await show()).second).toMatchObject({ left: 3 });
    await sendAsAdmin("/v1/admin/reviews", json({ decisions: decisions.slice(0, 1) }));
    const { results } = await env.DB.prepare("SELECT DISTINCT backbone_id AS id FROM examples").all();
    expect(results).toEqual([{ id: OTHER.id }]);
  });

  it("refuses new photos in words until the deployed backbone is the one in use", async () => {
    const sent = await sendAsAdmin("/v1/admin/classes/hawaiian/examples", rawPhoto(makePhoto("hawaiian", 70, 128)));
    expect(sent).toMatchObject({ status: 409, body: { code: "backbone_mismatch" } });
    expect(await sendAsAdmin(PATH, { method: "DELETE" })).toMatchObject({ status: 409 });
  });

  it("goes back with the next training of this Worker, and what was kept aside counts", async () => {
    expect((await sendAsAdmin("/v1/admin/training-runs", { method: "POST" })).body).toMatchObject({
      outcome: "published",
    });
    const { running, inUse, second } = await show();
    expect(inUse).toBe(running);
    expect(second).toMatchObject({ name: "other", left: 0 });
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    const { classes } = (await sendAsAdmin("/v1/admin/classes")).body as {
      classes: { id: string; examples: number }[];
    };
    expect(classes.map(({ id, examples }) => [id, examples])).toEqual([
      ["pepperoni", 8],
      ["hawaiian", 7],
      ["margherita", 6],
    ]);
  });

  it("restores from an export of the backbone in use alone", async () => {
    const file = await exportAll();
    await resetDatabase();
    await importLines(linesOf(file));
    expect(await show()).toMatchObject({ second: null });
    expect(await exportAll()).toBe(file);
  });
});

describe("a change of the backbone where examples are set aside", () => {
  it("judges both backbones on these too", async () => {
    await resetDatabase();
    for (const kind of KINDS) await teachItem(kind, 6);
    await sendAsAdmin("/v1/admin/test-set", json({ share: 0.2 }));
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    await sendAsAdmin(PATH, json(OTHER, "PUT"));
    await sendRows((await readMissing()).map(embed));
    const { status, body } = await sendAsAdmin(`${PATH}/head`, json({ leave: [] }));
    expect(status).toBe(200);
    const { running, second } = body as unknown as Change;
    expect(second).toMatchObject({
      embedded: 18,
      missing: 0,
      head: { tested: { examples: 3 } },
      comparison: { leaveOneOut: { examples: 15 }, test: { examples: 3 } },
    });
    expect(running).not.toBe(OTHER.id);
  });
});
