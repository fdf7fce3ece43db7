/** The menu changes while a label is on its way: no label lands on an item that is not on it, and no item is lost. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { relabelExample } from "../../src/store/labels/examples.ts";
import { forgetClass } from "../../src/store/labels/forget.ts";
import { labelSamples } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { changeClass, listMenu } from "../../src/store/menu/menu.ts";
import { mergeClass } from "../../src/store/menu/merge-classes.ts";
import { type Correction, storeCorrection } from "../../src/store/reviews/corrections.ts";
import { decideReviews } from "../../src/store/reviews/review-decisions.ts";
import { undoDecisions } from "../../src/store/reviews/undo-decisions.ts";
import { makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { actBeforeBatch } from "../support/meanwhile-d1.ts";
import { NOW } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const [known, fresh, corrected] = makeEmbeddedPhotos(0, 3);

async function rows(sql: string) {
  return (await env.DB.prepare(sql).all<Record<string, unknown>>()).results;
}

/** Labels of items that are not on the menu, and corrections to items that are gone for good. */
const STRAY = `SELECT sample_id FROM examples JOIN classes ON id = class_id WHERE archived_at IS NOT NULL
  UNION ALL SELECT sample_id FROM reviews JOIN classes ON id = class_id
  WHERE (merged_into IS NOT NULL OR deleted_at IS NOT NULL) AND status = 'pending'`;

const correction = (label: string): Correction => ({
  sample: corrected,
  label,
  guess: null,
  preview: null,
  receipt: null,
  contributor: "g_1",
  usefulness: 1,
});

beforeEach(async () => {
  await resetDatabase();
  for (const [i, id] of ["a", "b", "c"].entries())
    await createClass(db, { id, name: id, description: "" }, "admin", NOW + i);
  await labelSamples(db, "b", [known], "admin", NOW);
});

const changes: [string, () => Promise<unknown>, string][] = [
  ["archived", () => changeClass(db, "a", { archived: true }, "admin", NOW), "class_archived"],
  ["merged", () => mergeClass(db, "a", "c", "admin", NOW), "class_archived"],
  ["deleted", () => forgetClass(db, "a", "admin", NOW), "unknown_class"],
];

it("tells a trusted key that its label is contested by one that came at the same moment", async () => {
  const meanwhile = openDatabase(actBeforeBatch(env.DB, 0, () => labelSamples(db, "a", [fresh], "admin", NOW)));
  const key = { contributor: "k_1", authority: "own" } as const;
  expect(await labelSamples(meanwhile, "b", [fresh], "admin", NOW, key)).toMatchObject({ value: ["contested"] });
  expect(await labelSamples(db, "a", [fresh], "admin", NOW, key)).toMatchObject({ value: ["duplicate"] });
});

describe.each(changes)("an item that is %s while a label is on its way", (_how, change, code) => {
  const meanwhile = (batch = 0): Database => openDatabase(actBeforeBatch(env.DB, batch, change));

  it.each([
    ["a new photo", () => labelSamples(meanwhile(), "a", [fresh], "admin", NOW)],
    ["several photos", () => labelSamples(meanwhile(), "a", [fresh, known], "admin", NOW)],
    ["another label for a known photo", () => relabelExample(meanwhile(), known.sampleId, "a", "admin", NOW)],
  ])("does not get %s", async (_what, label) => {
    expect(await label()).toMatchObject({ ok: false, error: { code } });
    expect(await rows(STRAY)).toEqual([]);
    expect(await rows("SELECT sample_id, class_id FROM examples")).toEqual([
      { sample_id: known.sampleId, class_id: "b" },
    ]);
    expect(await rows("SELECT action FROM audit_log WHERE id > 4 AND action LIKE 'example%'")).toEqual([]);
  });

  it("does not get a guest's correction", async () => {
    await change();
    expect(await storeCorrection(db, correction("a"), NOW)).toBe("off_menu");
    expect(await rows("SELECT sample_id FROM reviews")).toEqual([]);
  });

  it.each([
    ["accept" as const, "a", undefined],
    ["relabel" as const, "b", "a"],
  ])("does not get a photo by the decision to %s, which can be made again", async (decision, label, to) => {
    await storeCorrection(db, correction(label), NOW);
    const decided = await decideReviews(
      meanwhile(1),
      [{ photo: corrected.sampleId, label, decision, to }],
      "admin",
      NOW + 1,
    );
    // -- a correction to a merged item has gone with it, and one to a deleted item is forgotten
    expect(decided).toMatchObject([{ ok: false }]);
    expect(await rows(STRAY)).toEqual([]);
    expect(await rows("SELECT sample_id FROM examples")).toEqual([{ sample_id: known.sampleId }]);
    if (decision === "relabel") {
      expect(decided).toMatchObject([{ error: { code } }]);
      expect(await rows("SELECT status FROM reviews")).toEqual([{ status: "pending" }]);
      expect(await rows("SELECT * FROM review_decisions")).toEqual([]);
    }
  });
});

describe("a decision that is undone", () => {
  it.each(changes.slice(1))("gives nothing back to an item that is %s meanwhile", async (_how, change) => {
    await labelSamples(db, "a", [corrected], "admin", NOW);
    await storeCorrection(db, correction("b"), NOW);
    const key = { photo: corrected.sampleId, label: "b" };
    await decideReviews(db, [{ ...key, decision: "accept" }], "admin", NOW + 1);
    const undone = await undoDecisions(openDatabase(actBeforeBatch(env.DB, 0, change)), [key], "admin", NOW + 2);
    expect(undone).toMatchObject([{ ok: false, error: { code: "cannot_undo" } }]);
    expect(await rows(STRAY)).toEqual([]);
    expect(await rows("SELECT status FROM reviews")).toEqual([{ status: "accepted" }]);
  });
});

describe("two merges at the same moment", () => {
  it("of two items into each other leave one of them, with all photos", async () => {
    await labelSamples(db, "a", [fresh], "admin", NOW);
    const merged = await Promise.all([mergeClass(db, "a", "b", "admin", NOW), mergeClass(db, "b", "a", "admin", NOW)]);
    expect(merged.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(merged).toContainEqual(
      expect.objectContaining({ error: expect.objectContaining({ code: "class_archived" }) }),
    );
    expect(await listMenu(db)).toHaveLength(2);
    expect(await rows(STRAY)).toEqual([]);
    expect(await rows("SELECT action FROM audit_log WHERE action = 'class.merge'")).toHaveLength(1);
  });

  it("in a circle of three leave one of them", async () => {
    const pairs = [
      ["a", "b"],
      ["b", "c"],
      ["c", "a"],
    ] as const;
    const merged = await Promise.all(pairs.map(([from, into]) => mergeClass(db, from, into, "admin", NOW)));
    const left = await listMenu(db);
    expect(left.length).toBeGreaterThan(0);
    expect(merged.filter(({ ok }) => ok)).toHaveLength(3 - left.length);
    expect(await rows(STRAY)).toEqual([]);
  });

  it.each(changes.map(([how, , code]) => [how, code]))(
    "of an item into one that is %s are refused",
    async (how, code) => {
      const act = {
        archived: () => changeClass(db, "c", { archived: true }, "admin", NOW),
        merged: () => mergeClass(db, "c", "b", "admin", NOW),
        deleted: () => forgetClass(db, "c", "admin", NOW),
      };
      const change = act[how as keyof typeof act]; // -- the names of the table above
      await labelSamples(db, "a", [fresh], "admin", NOW);
      const merged = await mergeClass(openDatabase(actBeforeBatch(env.DB, 0, change)), "a", "c", "admin", NOW);
      expect(merged).toMatchObject({ ok: false, error: { code } });
      expect(await rows(STRAY)).toEqual([]);
      expect((await listMenu(db)).map(({ id }) => id)).toContain("a");
    },
  );
});

describe("an item that is changed while it goes", () => {
  it.each(changes.slice(1))("does not come back from being %s", async (_how, change, code) => {
    await changeClass(db, "a", { archived: true }, "admin", NOW);
    const racing = openDatabase(actBeforeBatch(env.DB, 0, change));
    const restored = await changeClass(racing, "a", { archived: false, name: "A again" }, "admin", NOW);
    expect(restored).toMatchObject({ ok: false, error: { code: code === "unknown_class" ? "not_found" : code } });
    expect((await listMenu(db)).map(({ id }) => id)).toEqual(["b", "c"]);
    expect(await rows("SELECT key FROM class_keys WHERE class_id = 'a'")).toEqual([]);
  });

  it("is deleted once, of two who delete it", async () => {
    await labelSamples(db, "a", [fresh], "admin", NOW);
    const racing = openDatabase(actBeforeBatch(env.DB, 0, () => forgetClass(db, "a", "admin", NOW)));
    expect(await forgetClass(racing, "a", "admin", NOW)).toMatchObject({ ok: false, error: { code: "not_found" } });
    expect(await rows("SELECT action FROM audit_log WHERE action = 'class.delete'")).toHaveLength(1);
  });
});
