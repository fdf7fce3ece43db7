import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { predict } from "../../src/head/predict.ts";
import { openDatabase } from "../../src/store/database.ts";
import { loadHead } from "../../src/store/heads/heads.ts";
import { exportRows } from "../../src/store/transfer/export-rows.ts";
import {
  addItem,
  type Backbone,
  exportAll,
  fillDeployment,
  importLines,
  linesOf,
  makePhotos,
  readBackbone,
  sealFile,
  train,
} from "../support/transfer-deployment.ts";
import { resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
let backbone: Backbone;
let file: string;

/** The rows of one kind. */
function rowsOf(kind: string): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = linesOf(file).map((line) => JSON.parse(line));
  return rows.filter((row) => row.kind === kind);
}

/** The first line that differs, cut short; a file is too long to be shown. */
function firstDifference(actual: string, expected: string): string | null {
  if (actual === expected) return null;
  const wanted = linesOf(expected);
  return (linesOf(actual).find((line, i) => line !== wanted[i]) ?? "a line is missing").slice(0, 200);
}

async function answers(version: number) {
  const loaded = await loadHead(db, version);
  if (!loaded.ok) throw new Error(loaded.error.detail);
  return makePhotos(backbone, "hawaiian", 5, 9).map(({ embedding }) => predict(loaded.value.head, embedding));
}

/** Sends the file as the command does: the header, then so many rows at a time. */
async function importInParts(rowsPerPart: number, parts = Number.POSITIVE_INFINITY) {
  const [header, ...rest] = linesOf(file);
  const { sha256 } = JSON.parse(rest.at(-1) ?? "");
  const results = [];
  for (let first = 0; first < rest.length && results.length < parts; first += rowsPerPart) {
    const query = `?file=${sha256}&mode=restore&line=${first + 2}`;
    results.push(await importLines([header, ...rest.slice(first, first + rowsPerPart)], query));
  }
  return results;
}

describe("an export", () => {
  beforeAll(async () => {
    backbone = await readBackbone();
    await fillDeployment(backbone);
    file = await exportAll();
  });

  it("holds what a deployment can hold", async () => {
    expect(rowsOf("example").filter(({ classId }) => classId === null)).toHaveLength(7);
    expect(rowsOf("example").filter(({ absorbedClassId }) => absorbedClassId === null)).toHaveLength(4);
    expect(
      rowsOf("review")
        .map(({ status }) => status)
        .sort(),
    ).toEqual(["accepted", "pending", "pending", "rejected"]);
    expect(rowsOf("head").map(({ version, purgedAt }) => [version, purgedAt !== null])).toEqual([
      [1, true],
      [2, false],
      [3, false],
    ]);
    expect(rowsOf("deployment")).toMatchObject([{ liveHead: 2, isHeld: true }]);
    expect(rowsOf("class").find(({ threshold }) => threshold !== null)).toMatchObject({
      id: "四种奶酪",
      position: 1,
      aliases: ["Quattro formaggi", "4 🧀"],
      threshold: 0.35,
      names: { "zh-Hant": "四種乳酪", en: "Four Cheese" },
    });
    expect(rowsOf("example").filter(({ absorbedClassId }) => absorbedClassId === ":none")).toHaveLength(4);
    expect(rowsOf("class").map(({ id }) => id)).not.toContain(":none");
    expect(rowsOf("merge")).toEqual([{ kind: "merge", id: "alias", into: "pepperoni" }]);
  });

  it("calls every column as readers of version 4 know it", () => {
    const [example, review] = [rowsOf("example")[0], rowsOf("review")[0]].map((row) => Object.keys(row).join(" "));
    expect(JSON.parse(linesOf(file)[0]).version).toBe(4);
    expect(example).toBe(
      "kind photoId backboneId classId absorbedClassId embedding scale source contributor origin createdAt labelledAt confirmedAt labelledBy place purpose unseenSince",
    );
    expect(review).toBe(
      "kind photoId classId contributor backboneId embedding scale thumbnail guess origin usefulness status createdAt decidedAt skippedAt place",
    );
  });

  it("is served to admins only, is not cached and carries no secret", async () => {
    expect((await send("/v1/admin/export")).status).toBe(401);
    expect((await send("/v1/admin/import", { method: "POST" })).status).toBe(401);
    const { headers } = await sendAsAdmin("/v1/admin/export");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-disposition")).toContain("attachment");
    expect(file).not.toContain(env.ADMIN_TOKEN);
    expect(file).not.toContain(env.RECEIPT_SECRET);
  });

  it("ends with its own SHA-256 and counts", async () => {
    const end = linesOf(file).at(-1) ?? "";
    const before = new TextEncoder().encode(file.slice(0, -end.length - 1));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", before)).toHex();
    expect(JSON.parse(end).sha256).toBe(digest);
    expect(JSON.parse(end).counts).toEqual(JSON.parse(linesOf(file)[0]).counts);
  });

  it("gives the same bytes after an import into an empty deployment, in any number of parts", async () => {
    const before = await answers(2);
    for (const rowsPerPart of [1_000, 37]) {
      await resetDatabase();
      const results = await importInParts(rowsPerPart);
      for (const { body } of results) expect(body).toMatchObject({ mode: "restore", rows: [] });
      expect(results.at(-1)?.body.done).toBe(true);
      expect(firstDifference(await exportAll(), file)).toBeNull();
      expect(await answers(2)).toEqual(before);
      expect((await sendAsAdmin("/v1/admin/classes")).body.none).toEqual({
        label: ":none",
        examples: 4,
        testExamples: 0,
      });
    }
  });

  it("is read in the format of before items had an order and other names", async () => {
    await resetDatabase();
    const later = ["position", "aliases", "names", "threshold"];
    const old = rowsOf("class").map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !later.includes(name))),
    );
    const header = linesOf(file)[0].replace('"version":4', '"version":1');
    const sealed = await sealFile(
      header,
      old.map((row) => JSON.stringify(row)),
    );
    expect((await importLines(linesOf(sealed))).body).toMatchObject({
      counts: { stored: old.length, refused: 0 },
      rows: [],
    });
    const { classes } = (await sendAsAdmin("/v1/admin/classes")).body;
    expect(classes).toContainEqual(
      expect.objectContaining({ id: "四种奶酪", position: 0, aliases: [], names: {}, threshold: null }),
    );
    const asNew = await sealFile(
      linesOf(file)[0],
      old.map((row) => JSON.stringify(row)),
    );
    expect((await importLines(linesOf(asNew), "?mode=merge")).body).toMatchObject({ counts: { refused: old.length } });
  });

  it("is read in the format of before labels had a place", async () => {
    await resetDatabase();
    const old = linesOf(file)
      .slice(0, -1)
      .map((line) => line.replace('"version":4', '"version":3').replace(/,"place":null/, ""));
    const [header, ...rows] = old;
    const results = await importLines(linesOf(await sealFile(header, rows)));
    expect(results.body).toMatchObject({ counts: { stored: rows.length, refused: 0 }, rows: [] });
    expect(firstDifference(await exportAll(), file)).toBeNull();
  });

  it("goes on after an import that was broken off, and trains nothing meanwhile", async () => {
    await resetDatabase();
    await importInParts(37, 2);
    expect((await train()).body).toMatchObject({ outcome: "busy" });
    const [first, ...others] = await importInParts(37);
    expect(first.body).toMatchObject({ counts: { stored: 0, present: 37 } });
    expect(others.at(-1)?.body).toMatchObject({ mode: "restore", done: true });
    expect(firstDifference(await exportAll(), file)).toBeNull();
    const again = await importInParts(1_000);
    expect(again[0].body).toMatchObject({ mode: "restore", counts: { stored: 1, replaced: 0, kept: 0, refused: 0 } });
    expect(firstDifference(await exportAll(), file)).toBeNull();
  });

  it("names every item before its photos, even one that is added while it runs", async () => {
    await fillDeployment(backbone);
    const seen: string[] = [];
    for await (const rows of exportRows(db, { withPreviews: true, withPictures: false })) {
      if (seen.length === 0) await addItem(backbone, "late", 8);
      seen.push(...rows.map(({ kind, row }) => (kind === "class" ? `class ${row.id}` : `${kind} ${row.classId}`)));
    }
    expect(seen).toContain("class late");
    expect(seen.indexOf("class late")).toBeLessThan(seen.indexOf("example late"));
    expect(seen.filter((name) => name === "example late")).toHaveLength(8);
  });

  it("counts items at once, and has its statistics rebuilt by the next run", async () => {
    await fillDeployment(backbone);
    const overview = (await sendAsAdmin("/v1/admin/overview")).body;
    const items = (await sendAsAdmin("/v1/admin/classes")).body;
    file = await exportAll();
    await resetDatabase();
    await importLines(linesOf(file));
    expect((await sendAsAdmin("/v1/admin/classes")).body).toEqual(items);
    const { examples, pendingLabels, pendingReviews } = overview;
    expect((await sendAsAdmin("/v1/admin/overview")).body).toMatchObject({ examples, pendingLabels, pendingReviews });
    const run = await train();
    expect(run.body).toMatchObject({ outcome: "held", headVersion: 4 });
    expect(run.body.message).toMatch(/The export [0-9a-f]{64} was restored\./);
    expect((await train()).body).toMatchObject({ remaining: 0 });
    const { results } = await env.DB.prepare(
      "SELECT count, (SELECT count(*) FROM examples WHERE absorbed_class_id = s.class_id) AS marked FROM class_sums s WHERE slot = 'current'",
    ).all<{ count: number; marked: number }>();
    expect(results.map(({ count }) => count)).toEqual(results.map(({ marked }) => marked));
  });
});
