/** A deleted item's name and id are free at once; nothing that was the old item's becomes the new one's. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { createHeadCache, serveHead } from "../../src/store/heads/head-cache.ts";
import { loadHead } from "../../src/store/heads/heads.ts";
import { forgetClass } from "../../src/store/labels/forget.ts";
import { labelSamples } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { changeClass, listClasses, listMenu } from "../../src/store/menu/menu.ts";
import { mergeClass } from "../../src/store/menu/merge-classes.ts";
import { cutBack } from "../../src/store/retention.ts";
import { storeCorrection } from "../../src/store/reviews/corrections.ts";
import { decideReviews } from "../../src/store/reviews/review-decisions.ts";
import { undoDecisions } from "../../src/store/reviews/undo-decisions.ts";
import { runTraining } from "../../src/training/run.ts";
import { makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { expectStoredEqualsRebuild } from "../support/stored-statistics.ts";
import { NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const photos = [0, 1, 2].map((kind) => makeEmbeddedPhotos(kind, 12));
const train = () => runTraining(trainingContext(db), { trigger: "cron" });
const add = (id: string, texts = {}) => createClass(db, { id, name: id, description: "", ...texts }, "admin", NOW + 9);

beforeEach(async () => {
  await resetDatabase();
  for (const [i, id] of ["a", "b", "c"].entries()) {
    await createClass(db, { id, name: id, description: "", threshold: 0.5, aliases: [`${id}!`] }, "admin", NOW + i);
    await labelSamples(db, id, photos[i], "admin", NOW);
  }
  await train();
});

describe("a deleted item's id", () => {
  it("is the next item's at once, which begins with nothing of the old one's", async () => {
    await forgetClass(db, "c", "admin", NOW + 5);
    expect(await add("c", { name: "New" })).toMatchObject({
      value: {
        id: "c",
        name: "New",
        description: "",
        aliases: [],
        names: {},
        threshold: null,
        archived: false,
        examples: 0,
      },
    });
    const { items } = await listClasses(db);
    expect(items.map(({ id, position }) => [id, position])).toEqual([
      ["a", 1],
      ["b", 2],
      ["c", 4],
    ]);
    expect(items.find(({ id }) => id === "c")).toMatchObject({ createdAt: NOW + 9, examples: 0, mergedInto: null });
  });

  it("is made of a name again, as if the old item had never been", async () => {
    await forgetClass(db, "c", "admin", NOW + 5);
    expect(await createClass(db, { name: "C", description: "" }, "admin", NOW)).toMatchObject({ value: { id: "c" } });
    expect(await createClass(db, { name: "C?", description: "" }, "admin", NOW)).toMatchObject({
      value: { id: "c-2" },
    });
  });

  it("goes to one of those who ask for it at the same moment, and to nobody while the item lives", async () => {
    expect(await add("c", { name: "other" })).toMatchObject({ ok: false, error: { code: "class_exists" } });
    await forgetClass(db, "c", "admin", NOW + 5);
    const added = await Promise.all(["x", "y", "z"].map((name) => add("c", { name })));
    expect(added.map(({ ok }) => ok).sort()).toEqual([false, false, true]);
    expect(await listMenu(db)).toHaveLength(3);
  });

  it("is not given with a name that another item has, and stays free", async () => {
    await forgetClass(db, "c", "admin", NOW + 5);
    expect(await add("c", { name: "A!" })).toMatchObject({ ok: false, error: { code: "class_exists" } });
    expect(await listMenu(db)).toHaveLength(2);
    expect(await add("c")).toMatchObject({ ok: true });
  });

  it("leaves the statistics those of the new item's photos alone, and the nightly job leaves it alone", async () => {
    await forgetClass(db, "c", "admin", NOW + 5);
    await add("c");
    await labelSamples(db, "c", makeEmbeddedPhotos(2, 5, 7), "admin", NOW + 10);
    expect(await cutBack(db, 20, NOW)).toMatchObject({ classes: 0, miscounted: [] });
    expect(await train()).toMatchObject({ outcome: "published", headVersion: 2, absorbed: 17, remaining: 0 });
    expect(await expectStoredEqualsRebuild(db)).toBe(29);
    expect(await cutBack(db, 20, NOW)).toMatchObject({ classes: 0, miscounted: [] });
    expect((await listClasses(db)).items.map(({ id, examples }) => [id, examples])).toEqual([
      ["a", 12],
      ["b", 12],
      ["c", 5],
    ]);
  });

  it("is not answered by a head that knew the old item, live or asked for, until one has seen the new one", async () => {
    await forgetClass(db, "c", "admin", NOW + 5);
    await add("c", { name: "New" });
    const named = async () => (await createHeadCache()(db, NOW))?.names.has("c");
    expect(await named()).toBe(false);
    const old = await loadHead(db, 1);
    if (!old.ok) throw new Error(old.error.detail);
    expect(serveHead(1, old.value, { menu: await listMenu(db), places: new Map() }).names.has("c")).toBe(false);
    await labelSamples(db, "c", makeEmbeddedPhotos(2, 5, 7), "admin", NOW + 10);
    await train();
    expect(await named()).toBe(true);
    expect(await loadHead(db, 1)).toMatchObject({ ok: false, error: { code: "head_purged" } });
  });

  it("comes with the very same photos again without a trace of the deletion", async () => {
    await forgetClass(db, "c", "admin", NOW + 5);
    await add("c");
    expect(await labelSamples(db, "c", photos[2], "admin", NOW + 10)).toMatchObject({ ok: true });
    expect(await train()).toMatchObject({ headVersion: 2, remaining: 0 });
    expect(await expectStoredEqualsRebuild(db)).toBe(36);
    expect((await createHeadCache()(db, NOW))?.names.has("c")).toBe(true);
  });

  it("is no way back for a decision about a photo of the old item", async () => {
    const [photo] = photos[2];
    const key = { photo: photo.sampleId, label: "b" };
    const correction = {
      sample: photo,
      label: "b",
      guess: null,
      preview: null,
      receipt: null,
      contributor: "g_1",
      usefulness: 1,
    };
    await storeCorrection(db, correction, NOW);
    await decideReviews(db, [{ ...key, decision: "accept" }], "admin", NOW + 1);
    await forgetClass(db, "c", "admin", NOW + 5);
    await add("c");
    expect(await undoDecisions(db, [key], "admin", NOW + 10)).toMatchObject([
      { ok: false, error: { code: "cannot_undo" } },
    ]);
  });

  it("is not what an item was merged into that was merged into the old one", async () => {
    await mergeClass(db, "b", "c", "admin", NOW + 4);
    await forgetClass(db, "c", "admin", NOW + 5);
    await add("c");
    expect((await listClasses(db)).items.find(({ id }) => id === "b")).toMatchObject({
      mergedInto: null,
      archived: true,
    });
    expect(await changeClass(db, "b", { archived: false }, "admin", NOW)).toMatchObject({ ok: true });
  });
});
