import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listAuditLog } from "../../src/store/audit-log.ts";
import { openDatabase } from "../../src/store/database.ts";
import { forgetContributor, forgetSamples } from "../../src/store/labels/forget.ts";
import { findLabels, labelSamples } from "../../src/store/labels/labels.ts";
import { mergeClass } from "../../src/store/menu/merge-classes.ts";
import {
  addItem,
  type Backbone,
  exportAll,
  fillDeployment,
  importLines,
  linesOf,
  makePhotos,
  readBackbone,
  train,
} from "../support/transfer-deployment.ts";
import { json, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

const NOW = 1_800_000_000_000;
const db = openDatabase(env.DB);
let backbone: Backbone;
let lines: string[];

async function labelOf(photo: string): Promise<string | undefined> {
  return (await findLabels(db, [photo]))[0]?.label;
}

/** Photos of the file's pepperoni that are still pepperoni there. */
function pepperoni() {
  return makePhotos(backbone, "pepperoni", 24).slice(3);
}

/** What a merge would bring back; asked without storing anything. */
async function countReturning(prefer: "ours" | "file") {
  const { body } = await importLines(lines, `?mode=merge&dryRun=true&prefer=${prefer}`);
  expect(body).toMatchObject({ done: false, counts: { stored: 0, replaced: 0, refused: 0 } });
  return body.returning;
}

describe("a merge into a filled deployment", () => {
  beforeAll(async () => {
    backbone = await readBackbone();
    await fillDeployment(backbone);
    lines = linesOf(await exportAll());
  });

  beforeEach(async () => {
    await resetDatabase();
    await addItem(backbone, "margherita", 10);
    await addItem(backbone, "pepperoni", 0, "Pepperoni");
    await labelSamples(db, "margherita", [pepperoni()[0]], "admin", NOW);
    await train();
  });

  it("adds items, labels and corrections, keeps ours where both differ, and says so", async () => {
    const { body } = await importLines(lines, "?mode=merge");
    expect(body).toMatchObject({ mode: "merge", done: true, counts: { refused: 0, kept: 2, replaced: 0 } });
    expect(body.rows).toMatchObject([
      { kind: "class", outcome: "kept", reason: expect.stringContaining('"Pepperoni"') },
      { kind: "example", outcome: "kept", reason: "it is margherita here and pepperoni there" },
    ]);
    expect(await labelOf(pepperoni()[0].sampleId)).toBe("margherita");
    expect(await labelOf(pepperoni()[1].sampleId)).toBe("pepperoni");
    const forgottenThere = makePhotos(backbone, "pepperoni", 2)[1].sampleId;
    expect(await labelOf(forgottenThere)).toBeUndefined();
    const live = (await sendAsAdmin("/v1/admin/heads")).body;
    expect(live.liveVersion).toBeNull();
    expect((await listAuditLog(db, 1))[0]).toMatchObject({ action: "import.merge", actor: "admin" });
    const labelled = lines.filter((line) => line.includes('"kind":"example"') && !line.includes('"classId":null'));
    expect((await train()).body).toMatchObject({ outcome: "published", absorbed: labelled.length - 1, remaining: 0 });
  });

  it("takes the file's word with prefer=file", async () => {
    const { body } = await importLines(lines, "?mode=merge&prefer=file");
    expect(body).toMatchObject({ mode: "merge", counts: { refused: 0, kept: 0, replaced: 2 } });
    expect(await labelOf(pepperoni()[0].sampleId)).toBe("pepperoni");
    const { classes } = (await sendAsAdmin("/v1/admin/classes")).body;
    expect(classes).toContainEqual(expect.objectContaining({ id: "pepperoni", name: "pepperoni" }));
    expect((await train()).body).toMatchObject({ remaining: 0 });
  });

  it("changes nothing the second time", async () => {
    await importLines(lines, "?mode=merge");
    const labels = await exportAll();
    const again = await importLines(lines, "?mode=merge");
    expect(again.body).toMatchObject({ counts: { stored: 0, replaced: 0, kept: 2 } });
    const withoutLog = (file: string) =>
      linesOf(file)
        .slice(1, -1)
        .filter((line) => !line.includes('"kind":"audit"'));
    expect(withoutLog(await exportAll())).toEqual(withoutLog(labels));
  });

  it("keeps a photo forgotten that was forgotten here", async () => {
    const photo = pepperoni()[0].sampleId;
    await forgetSamples(db, [photo], "admin", NOW);
    const { body } = await importLines(lines, "?mode=merge");
    expect(body.rows).toContainEqual(expect.objectContaining({ reason: "it is forgotten here and pepperoni there" }));
    expect(await labelOf(photo)).toBeUndefined();
  });

  it("keeps it forgotten when training has given it back, unless the file takes precedence", async () => {
    await importLines(lines, "?mode=merge");
    const photo = pepperoni()[1].sampleId;
    await forgetSamples(db, [photo], "admin", NOW);
    await train();
    expect(await countReturning("ours")).toEqual({ examples: 0, reviews: 0 });
    const { body } = await importLines(lines, "?mode=merge");
    expect(body.rows).toContainEqual(expect.objectContaining({ reason: "it is forgotten here and pepperoni there" }));
    expect(await labelOf(photo)).toBeUndefined();
    expect(await countReturning("file")).toEqual({ examples: 1, reviews: 0 });
    await importLines(lines, "?mode=merge&prefer=file");
    expect(await labelOf(photo)).toBe("pepperoni");
  });

  it("keeps corrections away from a photo that is forgotten here", async () => {
    await importLines(lines, "?mode=merge");
    const [waiting] = makePhotos(backbone, "hawaiian", 4, 3);
    await labelSamples(db, "hawaiian", [waiting], "admin", NOW);
    await forgetSamples(db, [waiting.sampleId], "admin", NOW);
    await train();
    const { body } = await importLines(lines, "?mode=merge");
    expect(body.rows).toContainEqual(
      expect.objectContaining({ kind: "review", outcome: "kept", reason: "its example is forgotten here" }),
    );
  });

  it("counts what comes back of forgotten guests before it does, and stores nothing to find that out", async () => {
    await importLines(lines, "?mode=merge");
    expect(await countReturning("ours")).toEqual({ examples: 0, reviews: 0 });
    // One of them taught a photo, the other's correction waits.
    for (const guest of ["guest-2", "guest-0"]) await forgetContributor(db, guest, "admin", NOW + 10);
    await train();
    const before = await exportAll();
    expect(await countReturning("ours")).toEqual({ examples: 1, reviews: 1 });
    expect(await exportAll()).toBe(before);
    const { body } = await importLines(lines, "?mode=merge");
    expect(body).toMatchObject({ done: true, returning: { examples: 1, reviews: 1 } });
    expect(await countReturning("ours")).toEqual({ examples: 0, reviews: 0 });
  });

  it("follows merges that were made here", async () => {
    await mergeClass(db, "pepperoni", "margherita", "admin", NOW);
    await importLines(lines, "?mode=merge");
    expect(await labelOf(pepperoni()[1].sampleId)).toBe("margherita");
  });

  it("refuses an item whose name is taken, and its photos with it, and stores the rest", async () => {
    await sendAsAdmin("/v1/admin/classes", json({ id: "ham-and-pineapple", name: "HAWAIIAN" }));
    const { body } = await importLines(lines, "?mode=merge");
    const reasons = (body.rows as { kind: string; reason: string }[]).map(({ kind, reason }) => `${kind}: ${reason}`);
    expect(reasons).toContain('class: the item "ham-and-pineapple" has this name; rename one of them');
    expect(reasons.filter((text) => text === 'example: there is no item "hawaiian" here')).toHaveLength(31);
    expect(await labelOf(pepperoni()[1].sampleId)).toBe("pepperoni");
  });

  it("is nothing that a file becomes where a restore was asked for, by name or by nothing else", async () => {
    const before = await exportAll();
    for (const query of ["", "?mode=restore"]) {
      expect(await importLines(lines, query)).toMatchObject({ status: 409, body: { code: "import_conflict" } });
    }
    expect(await exportAll()).toBe(before);
  });
});
