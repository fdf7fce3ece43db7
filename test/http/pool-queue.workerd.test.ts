/** What staff see of the pool and do with it, with the real routes, database and backbone. */
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sendFrom, teachItem } from "../support/guests.ts";
import { makeKey, sendWith } from "../support/keys.ts";
import { makePhoto } from "../support/photos.ts";
import { plain, TEXT_DEPLOYMENT, teachMailbox } from "../support/text-deployment.ts";
import { json, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const POOL = "/v1/admin/pool";
const OPEN: Partial<Env> = { POOL_SIZE: "50", POOL_KEEPS_COPIES: "true" };
const GUEST = "192.0.2.1";
/** Of kinds that look unlike each other to the backbone. */
const KINDS = ["pepperoni", "mushroom", "four_cheese"];

interface Listed {
  readonly photo: string;
  readonly thumbnail: string | null;
  readonly text: string | null;
  readonly contributor: string;
  readonly answers: readonly { readonly label: string; readonly score: number }[];
}

/** A new object is a new isolate, which writes what it gathers at once. */
const open = (): Env => ({ ...env, ...OPEN });

async function fill(kinds = KINDS, address = GUEST): Promise<void> {
  for (const [i, kind] of kinds.entries())
    await sendFrom(address, "/v1/classify", rawPhoto(makePhoto(kind, 400 + i, 128)), open());
}

async function list(query = ""): Promise<{ samples: Listed[]; open: boolean; pooled: number; size: number }> {
  const { status, body } = await sendAsAdmin(`${POOL}${query}`, {}, open());
  expect(status, JSON.stringify(body)).toBe(200);
  return body as never;
}

async function findExample(photo: string) {
  return env.DB.prepare("SELECT * FROM examples WHERE sample_id = ?").bind(photo).first();
}

async function readNewestEntry() {
  const { body } = await sendAsAdmin("/v1/admin/audit-log?limit=1");
  const [entry] = body.entries as { actor: string; action: string; detail: object }[];
  return { actor: entry.actor, action: entry.action, detail: entry.detail };
}

afterEach(() => vi.restoreAllMocks());

describe("the pool of a deployment that reads photos", () => {
  beforeAll(async () => {
    await resetDatabase();
    for (const id of ["pepperoni", "hawaiian"]) await teachItem(id, 6);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    // No score reaches 1, so that whatever looks like one of the two is unknown.
    for (const id of ["pepperoni", "hawaiian"])
      await sendAsAdmin(`/v1/admin/classes/${id}`, json({ threshold: 1 }, "PATCH"));
  });
  beforeEach(async () => {
    await env.DB.batch(["pooled_samples", "reviews"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
  });

  it("shows what the head is least sure of with its copy, what the head says, and who sent it", async () => {
    await fill();
    const { samples, ...rest } = await list();
    expect(rest).toEqual({ open: true, size: 50, pooled: KINDS.length });
    expect(samples).toHaveLength(KINDS.length);
    for (const sample of samples) {
      expect(sample).toMatchObject({
        thumbnail: expect.stringMatching(/^data:image\/png;base64,/),
        text: null,
        reason: "unknown",
        contributor: expect.stringMatching(/^g_/),
        seenAt: expect.stringMatching(/Z$/),
      });
      expect(sample.answers.map(({ label }) => label).sort()).toEqual(["hawaiian", "pepperoni"]);
    }
    const [least] = samples;
    const gap = ({ answers: [best, next] }: Listed) => best.score / next.score;
    expect(gap(least)).toBe(Math.min(...samples.map(gap)));
    expect((await list("?limit=2")).samples).toHaveLength(2);
    expect(await sendAsAdmin(`${POOL}?limit=51`)).toMatchObject({ status: 400 });
  });

  it("says that it is closed where the operator has not opened it", async () => {
    expect((await sendAsAdmin(POOL)).body).toEqual({ open: false, size: 0, pooled: 0, samples: [] });
  });

  it("makes a labelled sample an example by that staff member, which still goes with its sender", async () => {
    await fill();
    const [{ photo, contributor }, other] = (await list()).samples;
    const key = await makeKey("review");
    const labelled = await sendWith(key.secret, `${POOL}/${photo}`, json({ label: "Hawaiian" }));
    expect(labelled).toMatchObject({ status: 200, body: { photo, label: "hawaiian" } });
    expect(await findExample(photo)).toMatchObject({
      class_id: "hawaiian",
      source: "admin",
      contributor,
      labelled_by: key.id,
      origin: "server",
      absorbed_class_id: null,
    });
    expect(await readNewestEntry()).toEqual({
      actor: key.id,
      action: "examples.label",
      detail: { class: "hawaiian", photos: 1, source: "admin", pool: true },
    });
    const left = await list();
    expect([left.pooled, left.samples.map((sample) => sample.photo)]).toEqual([2, expect.not.arrayContaining([photo])]);
    expect(await sendAsAdmin(`${POOL}/${photo}`, json({ label: "pepperoni" }))).toMatchObject({ status: 404 });
    expect(await findExample(photo)).toMatchObject({ class_id: "hawaiian" });

    await sendAsAdmin(`${POOL}/${other.photo}`, json({ label: ":none" }));
    expect(await findExample(other.photo)).toMatchObject({ class_id: ":none", labelled_by: "staff" });
    const run = await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    expect(run.body).toMatchObject({ absorbed: 2 });
    await sendAsAdmin(`/v1/admin/contributors/${contributor}`, { method: "DELETE" });
    expect(await findExample(photo)).toMatchObject({ class_id: null });
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
  });

  it("keeps a sample whose label cannot be taken", async () => {
    await fill(["pepperoni"]);
    const [{ photo }] = (await list()).samples;
    await sendAsAdmin("/v1/admin/classes", json({ name: "Calzone" }));
    await sendAsAdmin("/v1/admin/classes/calzone", json({ archived: true }, "PATCH"));
    const refused = async (label: unknown) => {
      const { status, body } = await sendAsAdmin(`${POOL}/${photo}`, json({ label }));
      return [status, body.code];
    };
    expect(await refused("calzone")).toEqual([409, "class_archived"]);
    expect(await refused("tonno")).toEqual([422, "unknown_class"]);
    expect(await refused(7)).toEqual([400, "bad_request"]);
    await env.DB.prepare("UPDATE pooled_samples SET backbone_id = ?").bind("c".repeat(64)).run();
    expect(await refused("hawaiian")).toEqual([409, "backbone_mismatch"]);
    expect(await list()).toMatchObject({ pooled: 1, samples: [] });
    expect(await findExample(photo)).toBeNull();
  });

  it("takes the first of two labels that come at once", async () => {
    await fill(["mushroom"]);
    const [{ photo }] = (await list()).samples;
    const labels = ["pepperoni", "hawaiian"];
    const answers = await Promise.all(labels.map((label) => sendAsAdmin(`${POOL}/${photo}`, json({ label }))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    const taken = labels[answers.findIndex(({ status }) => status === 200)];
    expect(await findExample(photo)).toMatchObject({ class_id: taken });
    await sendAsAdmin("/v1/admin/examples/forget", json({ photos: [photo] }));
  });

  it("lets a sample go without a label, and all of them, and notes it", async () => {
    await fill();
    const [{ photo }] = (await list()).samples;
    const dismiss = () => sendAsAdmin(`${POOL}/${photo}`, { method: "DELETE" });
    expect((await dismiss()).status).toBe(204);
    expect(await readNewestEntry()).toEqual({ actor: "admin", action: "pool.dismiss", detail: { photos: 1 } });
    expect(await dismiss()).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await findExample(photo)).toBeNull();
    const empty = () => sendAsAdmin(POOL, { method: "DELETE" });
    expect(await empty()).toMatchObject({ status: 200, body: { dropped: 2 } });
    const noted = { actor: "admin", action: "pool.empty", detail: { photos: 2 } };
    expect(await readNewestEntry()).toEqual(noted);
    expect((await empty()).body).toEqual({ dropped: 0 });
    expect(await readNewestEntry()).toEqual(noted);
    expect(await list()).toMatchObject({ pooled: 0, samples: [] });
  });
});

describe("the pool of a deployment that reads texts", () => {
  beforeAll(teachMailbox);

  it("shows the text, and learns it under the label that it is given", async () => {
    const deployment: Env = { ...TEXT_DEPLOYMENT, ...OPEN };
    await sendAsAdmin("/v1/admin/classes/refund", json({ threshold: 1 }, "PATCH"), deployment);
    const text = "please refund the second payment";
    await send("/v1/classify", plain(text), deployment);
    const { body } = await sendAsAdmin(POOL, {}, deployment);
    expect(body).toMatchObject({ open: true, samples: [{ text, thumbnail: null, reason: "unknown" }] });
    const [{ photo }] = body.samples as Listed[];
    const labelled = await sendAsAdmin(`${POOL}/${photo}`, json({ label: "refund" }), deployment);
    expect(labelled).toMatchObject({ status: 200, body: { label: "refund" } });
    const known = await sendAsAdmin("/v1/admin/examples/known", json({ texts: [text] }), deployment);
    expect(known.body).toMatchObject({ known: [{ photo, label: "refund" }] });
  });
});
