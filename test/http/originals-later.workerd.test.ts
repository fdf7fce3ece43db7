/** Originals when the backbone changes, and when the database is lost: they stay as long as a label may want them. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { DAY_MS } from "../../src/shared/time.ts";
import { openDatabase } from "../../src/store/database.ts";
import { readOriginal } from "../../src/store/pictures/originals.ts";
import { beginSecond, readHomeBackbone } from "../../src/store/second-backbone/second-slot.ts";
import { readDatabase } from "../support/database-state.ts";
import {
  bucket,
  emptyOriginals,
  findTraces,
  fireCron,
  forget,
  KEEPING,
  listKeys,
  loseDatabase,
  teach,
} from "../support/kept-originals.ts";
import { recordStatements } from "../support/query-plans.ts";
import { exportAll, importLines, linesOf } from "../support/transfer-deployment.ts";
import { sendAsAdmin } from "../support/worker-client.ts";

const db = openDatabase(env.DB);

beforeEach(async () => {
  vi.spyOn(console, "log").mockReturnValue();
  await emptyOriginals();
});

describe("an original of a label that a change of the backbone leaves behind", () => {
  const next = { backboneId: "c".repeat(64), name: "next", dimension: 24 };
  const home = { backboneId: "", name: "home", dimension: 464 };
  const asked = `/v1/admin/second-backbone/missing?backbone=${next.backboneId}`;

  it("is offered for embedding, stays while the label is left behind, and goes when that is forgotten", async () => {
    const [photo, other] = [await teach(1), await teach(2)];
    const backboneId = (await readHomeBackbone(db)) ?? "";
    expect(await beginSecond(db, { ...home, backboneId }, next, "admin", Date.now())).toMatchObject({ ok: true });
    const { body } = await sendAsAdmin(asked, {}, KEEPING);
    expect(body.missing).toContainEqual({
      photo,
      label: "pepperoni",
      purpose: "learn",
      picture: true,
      text: null,
      original: true,
    });
    expect((await sendAsAdmin(asked, {}, { ...KEEPING, KEEP_PICTURES: "thumbnails" })).body.missing).toContainEqual(
      expect.objectContaining({ photo, original: false }),
    );
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO left_examples SELECT sample_id, backbone_id, class_id, embedding, scale, source, contributor, origin, created_at,
          labelled_at, confirmed_at, labelled_by, place, purpose FROM examples`,
      ),
      env.DB.prepare("DELETE FROM examples"),
    ]);
    const { originals, pictures } = await readDatabase();
    expect([originals.length, pictures.length]).toEqual([2, 2]);
    await forget(photo);
    expect(await findTraces(photo)).toEqual(["original_deletions", "bucket"]);
    await env.DB.prepare("DELETE FROM left_examples").run();
    await fireCron();
    expect(await listKeys()).toEqual([]);
    expect(await findTraces(other)).toEqual(["original_deletions"]);
  });
});

describe("originals of a database that was lost", () => {
  const night = () => fireCron(KEEPING, "17 3 * * *");

  it("are found again after a restore, each by its sample, and none of what the file does not hold", async () => {
    for (let seed = 1; seed <= 3; seed++) await teach(seed);
    const file = await exportAll();
    const late = await teach(4);
    const keys = await listKeys();
    await loseDatabase();
    await night();
    await fireCron();
    expect(await listKeys()).toEqual(keys);
    await importLines(linesOf(file));
    await night();
    const { originals, examples } = await readDatabase();
    expect(originals.map(({ sample_id }) => sample_id).toSorted()).toEqual(
      examples.map(({ sample_id }) => sample_id).toSorted(),
    );
    expect(originals).toHaveLength(3);
    expect(await readOriginal(db, bucket, String(originals[0].sample_id))).not.toBeNull();
    expect(await readOriginal(db, bucket, late)).toBeNull();
    expect(await listKeys()).toEqual(keys);
    await night();
    expect((await readDatabase()).originals).toEqual(originals);
  });

  it("wait for their label to come back by a merge", async () => {
    await teach(1);
    const older = await exportAll();
    const late = await teach(2);
    const newer = await exportAll();
    const keys = await listKeys();
    await loseDatabase();
    await night();
    expect((await readDatabase()).original_deletions).toEqual([]);
    await importLines(linesOf(older));
    await night();
    expect(await findTraces(late)).toEqual(["original_deletions", "bucket"]);
    await fireCron();
    expect(await listKeys()).toEqual(keys);
    await importLines(linesOf(newer), "?mode=merge");
    await night();
    const { originals, original_deletions } = await readDatabase();
    expect([originals.length, original_deletions]).toEqual([2, []]);
    expect(await readOriginal(db, bucket, late)).not.toBeNull();
    await forget(late);
    await fireCron();
    expect(await listKeys()).toHaveLength(1);
  });

  it("leave the bucket a month after that where no label has come back", async () => {
    const photo = await teach(1);
    const file = await exportAll();
    const late = await teach(2);
    await loseDatabase();
    await importLines(linesOf(file));
    await night();
    const [{ due_since: due }] = (await readDatabase()).original_deletions;
    expect(Number(due) - Date.now()).toBeGreaterThan(29 * DAY_MS);
    await night();
    expect((await readDatabase()).original_deletions).toMatchObject([{ due_since: due }]);
    await env.DB.prepare("UPDATE original_deletions SET due_since = ?")
      .bind(Date.now() - DAY_MS)
      .run();
    await fireCron();
    expect(await findTraces(late)).toEqual([]);
    expect(await findTraces(photo)).toEqual(["originals", "bucket"]);
  });

  it("are looked for by their samples, so that nothing reads all of them", async () => {
    const recording = recordStatements(env.DB);
    const recorded = { ...KEEPING, DB: recording.db };
    await teach(1, recorded);
    await fireCron(recorded, "17 3 * * *");
    const plans = [...(await recording.explain())].filter(([sql]) => /\boriginals\b/.test(sql));
    const scans = plans.flatMap(([sql, lines]) =>
      lines.flatMap((line) => (/^SCAN (originals|original_deletions|gone)\b/.test(line) ? [`${line}: ${sql}`] : [])),
    );
    expect(plans.length).toBeGreaterThan(4);
    expect(scans).toEqual([]);
  });

  it("are not taken from another deployment, nor once they are to be deleted", async () => {
    const photo = await teach(1);
    const [key] = await listKeys();
    await bucket.put(`originals/${"0".repeat(32)}/${photo}-theirs`, "theirs");
    await env.DB.prepare("DELETE FROM originals").run();
    await night();
    expect((await readDatabase()).originals).toEqual([]);
    await env.DB.prepare("DELETE FROM original_deletions").run();
    await night();
    expect((await readDatabase()).originals).toMatchObject([{ sample_id: photo, key }]);
  });
});
