import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type Backbone,
  exportAll,
  fillDeployment,
  importLines,
  linesOf,
  readBackbone,
  sealFile,
} from "../support/transfer-deployment.ts";
import { resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

type Row = Record<string, unknown>;

const FILE = "f".repeat(64);
let backbone: Backbone;
let lines: string[];

/** The first row of a kind that is no tombstone, no purged head and no decided correction. */
function sample(kind: string): Row {
  const rows: Row[] = lines.map((line) => JSON.parse(line));
  const found = rows.find(
    (row) => row.kind === kind && row.classId !== null && row.weights !== "" && row.scale !== null,
  );
  if (found === undefined) throw new Error(`the file has no ${kind}`);
  return found;
}

async function countRows(): Promise<number> {
  const tables = ["classes WHERE id <> ':none'", "examples", "reviews", "heads", "statistics", "audit_log", "rebuild"];
  const sql = `SELECT ${tables.map((table) => `(SELECT count(*) FROM ${table})`).join(" + ")} AS n`;
  return (await env.DB.prepare(sql).first<number>("n")) ?? -1;
}

describe("a file that is not what it should be", () => {
  beforeAll(async () => {
    backbone = await readBackbone();
    await fillDeployment(backbone);
    lines = linesOf(await exportAll());
  });
  beforeEach(resetDatabase);

  const whole: [string, (lines: string[]) => string[], number, string][] = [
    ["is cut off", (all) => all.slice(0, -1), 400, "bad_request"],
    ["lost a line", (all) => all.toSpliced(5, 1), 400, "bad_request"],
    ["was changed", (all) => all.with(1, all[1].replace("alias", "alios")), 400, "bad_request"],
    ["has no header", (all) => all.slice(1), 400, "bad_request"],
    ["is of a later version", (all) => all.with(0, all[0].replace('"version":4', '"version":5')), 400, "bad_request"],
    ["is another format", () => ["hello", "world"], 400, "bad_request"],
    ["is empty", () => [""], 400, "bad_request"],
  ];

  it.each(whole)("is refused as a whole when it %s, and nothing is written", async (_, change, status, code) => {
    expect(await importLines(change(lines))).toMatchObject({ status, body: { code } });
    expect(await countRows()).toBe(0);
  });

  it("is refused with 409 when another backbone made it, and nothing is written", async () => {
    const other = lines.map((line) => line.replaceAll(backbone.id, "a".repeat(64)));
    const file = linesOf(await sealFile(other[0], other.slice(1, -1)));
    expect(await importLines(file)).toMatchObject({ status: 409, body: { code: "backbone_mismatch" } });
    expect(await countRows()).toBe(0);
  });

  it("is refused when it is too large or no NDJSON", async () => {
    const post = (body: string, type: string) =>
      sendAsAdmin("/v1/admin/import", { method: "POST", body, headers: { "content-type": type } });
    expect((await post("x".repeat(4 * 1024 * 1024 + 1), "application/x-ndjson")).status).toBe(413);
    expect((await post(lines.join("\n"), "application/json")).status).toBe(415);
    expect((await importLines([lines[0], ...Array(501).fill("{}")], `?file=${FILE}`)).status).toBe(400);
  });

  const embedding = (change: (values: Int8Array) => void) => () => {
    const values = new Int8Array(Uint8Array.fromBase64(String(sample("example").embedding)).buffer);
    change(values);
    return { embedding: new Uint8Array(values.buffer).toBase64() };
  };

  const rows: [string, string, () => Row][] = [
    ["example", "has an embedding that is too short", () => ({ embedding: "AAAA" })],
    ["example", "has no base64", () => ({ embedding: "<script>" })],
    ["example", "has an embedding of another length than 1", embedding((values) => values.fill(1))],
    ["example", "holds -128", embedding((values) => (values[0] = -128))],
    ["example", "has a scale of 0", () => ({ scale: 0 })],
    ["example", "has a negative scale", () => ({ scale: -Number(sample("example").scale) })],
    ["example", "has a scale that float32 does not hold", () => ({ scale: Number(sample("example").scale) + 1e-12 })],
    ["example", "has a photo id of another form", () => ({ photoId: "../../etc/passwd" })],
    ["example", "has no source that exists", () => ({ source: "root" })],
    ["example", "names an unknown item", () => ({ classId: "nothing" })],
    ["example", "has a time beyond all dates", () => ({ createdAt: 8.65e15 })],
    ["example", "has a fraction of a millisecond", () => ({ labelledAt: 1.5 })],
    ["example", "lacks a column", () => ({ contributor: undefined })],
    ["example", "has a column too many", () => ({ isAdmin: true })],
    ["example", "was made by another backbone", () => ({ backboneId: "a".repeat(64) })],
    ["review", "waits without an embedding", () => ({ status: "pending", embedding: null, scale: null })],
    ["review", "has a thumbnail that is no picture", () => ({ thumbnail: "data:text/html;base64,PHNjcmlwdD4=" })],
    ["class", "has an id that is no id", () => ({ id: "a b" })],
    ["class", "has an endless name", () => ({ name: "x".repeat(81) })],
    ["class", "has a name with spaces around it", () => ({ name: " x " })],
    ["class", "is deleted and on the menu", () => ({ archivedAt: null, deletedAt: 1 })],
    ["merge", "is merged into itself", () => ({ into: "alias" })],
    ["merge", "is merged into nothing", () => ({ into: "nothing" })],
    ["head", "has weights that are no head", () => ({ weights: "AAAA" })],
    ["head", "names other items than its weights", () => ({ classIds: ["pepperoni"] })],
    ["head", "counts the photos of more items than it has", () => ({ classCounts: [1, 2, 3, 4, 5, 6, 7, 8, 9] })],
    ["head", "was learnt from a negative number of photos", () => ({ classCounts: [-1] })],
    ["head", "tells of mistakes with items that it has not", () => ({ mistakes: [["0".repeat(64), 0, 99, 0.1, 0.9]] })],
    ["head", "is purged and keeps its weights", () => ({ purgedAt: 1 })],
    ["audit", "has a detail that is no object", () => ({ detail: "[" })],
    ["statistics", "is of version 0", () => ({ version: 0 })],
    ["deployment", "points to no head", () => ({ liveHead: 99 })],
    ["table", "is of no known kind", () => ({ kind: "table" })],
  ];

  it.each(rows)("loses only the %s that %s, named by its line", async (kind, _, change) => {
    const bad = JSON.stringify({ ...(kind === "table" ? {} : sample(kind)), ...change() });
    const classLines = lines.filter((line) => line.includes('"kind":"class"') && kind !== "class");
    const answer = await importLines([lines[0], ...classLines, bad, JSON.stringify(sample("audit"))], `?file=${FILE}`);
    expect(answer).toMatchObject({ status: 200, body: { counts: { stored: classLines.length + 1, refused: 1 } } });
    expect(answer.body.rows).toMatchObject([{ line: classLines.length + 2, outcome: "refused" }]);
  });

  it("may have a head from before its items' photos were counted and its mistakes kept", async () => {
    const { classCounts, mistakes, ...head } = sample("head");
    expect(classCounts).toEqual(expect.arrayContaining([expect.any(Number)]));
    expect(mistakes).toEqual(expect.any(Array));
    const answer = await importLines([lines[0], JSON.stringify(head)], `?file=${FILE}`);
    expect(answer).toMatchObject({ status: 200, body: { counts: { stored: 1, refused: 0 } } });
    const { results } = await env.DB.prepare("SELECT class_counts, mistakes FROM heads").all();
    expect(results).toEqual([{ class_counts: null, mistakes: null }]);
  });

  it("cannot break a line with bytes that are no text, nor the rest with a nesting without end", async () => {
    const deep = `{"kind":"audit","id":1,"at":1,"actor":"a","action":"b","detail":${"[".repeat(100_000)}`;
    const answer = await importLines(
      [lines[0], "\u0000\ud800", deep, JSON.stringify(sample("class"))],
      `?file=${FILE}`,
    );
    expect(answer.body).toMatchObject({ counts: { stored: 1, refused: 2 } });
  });
});
