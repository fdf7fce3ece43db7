/** Restores that are broken off, given up, taken over or begun beside other work; and numbers that a file may not bring. */
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listAuditLog } from "../../src/store/audit-log.ts";
import { openDatabase } from "../../src/store/database.ts";
import { labelSamples } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { makeKey } from "../support/keys.ts";
import { NARROW_DEPLOYMENT } from "../support/narrow-backbone.ts";
import {
  addItem,
  type Backbone,
  exportAll as exportFrom,
  fillDeployment,
  importLines as importInto,
  linesOf,
  makePhotos,
  readBackbone,
  sealFile,
  train as trainAt,
} from "../support/transfer-deployment.ts";
import { json, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

type Row = Record<string, unknown> & { kind: string };
const NOW = 1_800_000_000_000;
const db = openDatabase(env.DB);
let backbone: Backbone;
let lines: string[];
let sha256: string;

const ask = (path: string, init?: Parameters<typeof sendAsAdmin>[1]) => sendAsAdmin(path, init, NARROW_DEPLOYMENT);
const train = () => trainAt(NARROW_DEPLOYMENT);
const exportAll = () => exportFrom(NARROW_DEPLOYMENT);
const importLines = (rows: readonly string[], query = "") => importInto(rows, query, NARROW_DEPLOYMENT);
const abort = () => ask("/v1/admin/import", { method: "DELETE" });
const part = (from: number, to: number, query = "") =>
  importLines([lines[0], ...lines.slice(from, to)], `?file=${sha256}&line=${from + 1}${query}`);
const auditLines = (file: readonly string[]) => file.filter((line) => line.includes('"kind":"audit"'));

beforeAll(async () => {
  backbone = await readBackbone(NARROW_DEPLOYMENT);
  await fillDeployment(backbone, NARROW_DEPLOYMENT);
  lines = linesOf(await exportAll());
  sha256 = JSON.parse(lines[lines.length - 1]).sha256;
});

beforeEach(resetDatabase);

describe("a restore that was broken off", () => {
  it("keeps training and other files waiting, and says so, to its last hour", async () => {
    await part(1, 40);
    for (const ahead of [86_000_000, 3_000_000, 1_000]) {
      await env.DB.prepare("UPDATE training_lease SET expires_at = ?")
        .bind(Date.now() + ahead)
        .run();
      expect((await ask("/v1/admin/overview")).body).toMatchObject({ training: { atWork: "restore" } });
      const other = await importLines([lines[0], lines[1]], `?file=${"a".repeat(64)}&mode=merge`);
      expect(other).toMatchObject({ status: 409, body: { detail: expect.stringContaining("give it up") } });
      expect((await part(1, 3, "&mode=merge")).status).toBe(409);
      expect((await part(1, 3)).body).toMatchObject({ mode: "restore", counts: { present: 2 } });
    }
  });

  it("can be given up: what has arrived is trained on, and the rest can be merged", async () => {
    const examples = lines.findIndex((line) => line.includes('"kind":"review"'));
    await part(1, examples);
    expect(await abort()).toMatchObject({ status: 200, body: { file: sha256 } });
    expect(await abort()).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect((await listAuditLog(db, 1))[0]).toMatchObject({ action: "import.abort", detail: { file: sha256 } });
    expect((await train()).body).toMatchObject({ outcome: "published", headVersion: 1 });
    expect((await train()).body).toMatchObject({ remaining: 0 });
    expect((await part(1, lines.length, "&mode=restore")).status).toBe(409);
    expect((await part(1, lines.length, "&mode=merge")).body).toMatchObject({ mode: "merge", done: true });
  });

  it("is not begun again by a sender who has not heard that it was given up", async () => {
    await part(1, 20);
    await abort();
    expect(await part(20, 40)).toMatchObject({ status: 409, body: { code: "import_conflict" } });
    expect((await ask("/v1/admin/overview")).body).toMatchObject({ training: { atWork: null } });
  });

  it("leaves no head that nothing can tell what it has seen", async () => {
    const statistics = lines.findIndex((line) => line.includes('"kind":"statistics"'));
    await part(1, statistics);
    await abort();
    const { results } = await env.DB.prepare("SELECT version FROM heads WHERE purged_at IS NULL").all();
    expect(results).toEqual([]);
    expect((await train()).body).toMatchObject({ outcome: "published", headVersion: 4 });
  });
});

describe("a restore beside what is there", () => {
  it("is a restore where somebody has only made a key, and loses no entry of either log", async () => {
    await makeKey("admin");
    await env.DB.prepare("UPDATE audit_log SET id = 3 WHERE action = 'keys.make'").run();
    const { body } = await importLines(lines);
    expect(body).toMatchObject({ mode: "restore", done: true, counts: { refused: 0, kept: 0, present: 0 } });
    const after = auditLines(linesOf(await exportAll()));
    expect(after.slice(0, -1)).toEqual(auditLines(lines));
    expect(JSON.parse(after[after.length - 1])).toMatchObject({ action: "keys.make" });
  });

  it("counts what it stores, with items and labels made while it is under way", async () => {
    const middle = lines.findIndex((line) => line.includes('"kind":"example"')) + 5;
    await part(1, middle);
    await createClass(db, { name: "Meanwhile", description: "" }, "admin", NOW);
    const later = JSON.parse(lines[middle + 20]);
    const [photo] = makePhotos(backbone, "meanwhile", 1);
    await labelSamples(db, "meanwhile", [{ ...photo, sampleId: later.photoId }], "admin", NOW);
    const { body } = await part(middle, lines.length);
    expect(body).toMatchObject({ done: true, counts: { kept: 1, present: 0, refused: 0 } });
    expect(body.rows).toMatchObject([{ outcome: "kept", reason: expect.stringContaining("it is meanwhile here") }]);
    const after = auditLines(linesOf(await exportAll()));
    expect(after.slice(0, -2)).toEqual(auditLines(lines));
    expect(after.slice(-2).map((line) => JSON.parse(line).action)).toEqual(["class.create", "examples.label"]);
  });

  it("is refused where there is an item, whatever the mode is left at", async () => {
    await addItem(backbone, "mine", 2);
    for (const query of ["", "?mode=restore"]) {
      expect(await importLines(lines, query)).toMatchObject({ status: 409, body: { code: "import_conflict" } });
    }
    expect((await importLines(lines, "?mode=merge")).body).toMatchObject({ mode: "merge" });
  });
});

describe("a file of any size", () => {
  /** As many copies of the file's first row of a kind as one request brings, under other keys. */
  function manyOf(kind: string, change: (digits: string) => Record<string, unknown>): string[] {
    const rows: Row[] = lines.map((line) => JSON.parse(line));
    const row = rows.find((one) => one.kind === kind);
    return Array.from({ length: 120 }, (_, i) => JSON.stringify({ ...row, ...change(String(i).padStart(3, "0")) }));
  }

  it("brings 120 items and 120 photos at once", async () => {
    const times = { archivedAt: null, deletedAt: null };
    const items = manyOf("class", (digits) => ({
      ...times,
      id: `copy-${digits}`,
      name: `Copy ${digits}`,
      aliases: [],
    }));
    const photos = manyOf("example", (digits) => {
      return { photoId: digits.padStart(64, "a"), classId: `copy-${digits}`, absorbedClassId: null };
    });
    const { status, body } = await importLines([lines[0], ...items, ...photos], `?file=${sha256}&line=2`);
    expect({ status, counts: body.counts, rows: body.rows }).toMatchObject({
      status: 200,
      counts: { stored: 240, refused: 0 },
      rows: [],
    });
  });
});

describe("the numbers of a file", () => {
  /** Every number of the file's rows, by kind and column. */
  function numbers(): [string, string][] {
    const found = new Map<string, [string, string]>();
    for (const line of lines.slice(1, -1)) {
      const row: Row = JSON.parse(line);
      for (const [name, value] of Object.entries(row)) {
        if (typeof value === "number") found.set(`${row.kind}.${name}`, [row.kind, name]);
      }
    }
    return [...found.values()];
  }

  async function withNumber(kind: string, name: string, value: number): Promise<string[]> {
    const rows = lines.slice(1, -1).map((line) => {
      const row: Row = JSON.parse(line);
      return row.kind === kind && typeof row[name] === "number" ? JSON.stringify({ ...row, [name]: value }) : line;
    });
    return linesOf(await sealFile(lines[0], rows));
  }

  /** A run that takes labels in, one that learns a new item, and an act that is noted: all that a deployment lives by. */
  async function expectAlive(name = "after"): Promise<void> {
    expect((await train()).body.outcome).toMatch(/^(published|held|absorbed|idle)$/);
    await ask("/v1/admin/classes", json({ name }));
    await labelSamples(db, name, makePhotos(backbone, name, 4), "admin", NOW);
    // -- where the file's photos were all refused, a run makes empty sums again before the next takes labels in
    const first = (await train()).body;
    const last = first.remaining === 0 ? first : (await train()).body;
    expect(last).toMatchObject({ outcome: expect.stringMatching(/^(published|held|absorbed)$/), remaining: 0 });
    expect((await listAuditLog(db, 1))[0]).toMatchObject({ action: "training.run" });
  }

  it.each([2 ** 53 - 1, 2 ** 31 - 1, 0])("at %d are refused with their row, or harm nothing", async (value) => {
    for (const [kind, name] of numbers()) {
      await resetDatabase();
      const answer = await importLines(await withNumber(kind, name, value));
      expect(answer, `${kind}.${name}`).toMatchObject({ status: 200, body: { mode: "restore" } });
      await expectAlive();
    }
  });

  it("at their bound are counted on from, and the export of that restores again", async () => {
    const counters: Record<string, readonly string[]> = {
      head: ["version", "statisticsVersion", "archiveRevision"],
      statistics: ["version", "forgetVersion"],
      audit: ["id"],
    };
    const rows = lines.slice(1, -1).map((line) => {
      const row: Row = JSON.parse(line);
      const raised = (counters[row.kind] ?? []).map((name) => [name, 2 ** 31 - 1]);
      return JSON.stringify({ ...row, ...Object.fromEntries(raised) });
    });
    await importLines(linesOf(await sealFile(lines[0], rows)));
    await expectAlive();
    const exported = linesOf(await exportAll());
    await resetDatabase();
    expect(await importLines(exported)).toMatchObject({ status: 200, body: { mode: "restore", done: true } });
    await expectAlive("later");
  });

  it("cannot be two versions of the statistics that a run counts into", async () => {
    const at = lines.findIndex((line) => line.includes('"kind":"statistics"'));
    const row = JSON.parse(lines[at]);
    const more = [row.version + 2, row.version + 1].map((version) => JSON.stringify({ ...row, version }));
    const rows = lines.slice(1, -1).toSpliced(at, 0, ...more);
    await importLines(linesOf(await sealFile(lines[0], rows)));
    await expectAlive();
    expect(await env.DB.prepare("SELECT count(*) AS n FROM statistics").first("n")).toBe(1);
  });

  it("that are in the way of a run are named by it, as what they are", async () => {
    await importLines(lines);
    await train();
    await env.DB.prepare("UPDATE heads SET version = 9007199254740992 WHERE version = 3").run();
    await labelSamples(db, "hawaiian", makePhotos(backbone, "hawaiian", 2, 8), "admin", NOW);
    const { body } = await train();
    expect(body).toMatchObject({ outcome: "failed", message: expect.stringContaining("no other run was at work") });
  });
});
