/** Saving and restoring a file: what the commands believe, what they send, and what they do with a cut-off one. */
import { createHash } from "node:crypto";
import { readdir, readFile, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { writeExportFile } from "../../cli/bench/transfer-file.ts";
import { createCaller } from "../../cli/import/api-client.ts";
import { exportToFile } from "../../cli/transfer/export-file.ts";
import { restoreFile } from "../../cli/transfer/restore-file.ts";
import { verifyExport } from "../../cli/transfer/verify-export.ts";
import { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS } from "../../src/shared/transfer-format.ts";
import { serveLocally } from "../support/local-server.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const SILENT = { start() {}, advance() {}, stop() {} };
const BACKBONE = { backboneId: "a".repeat(64), dimension: 1280 };
const COUNTS = { stored: 1, present: 0, replaced: 0, kept: 0, leftOut: 0, refused: 0 };

async function makeFile(examples: number): Promise<string> {
  const file = path.join(await makeTempFolder(), "backup.ndjson");
  await writeExportFile(file, BACKBONE, examples);
  return file;
}

/** A server that takes every batch, and breaks the connection of those whose turn is in `faults`. */
async function startReceiver(faults: readonly number[] = []) {
  const received: { query: URLSearchParams; body: Buffer }[] = [];
  let turn = 0;
  const url = await serveLocally(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (faults.includes(turn++)) return response.destroy();
    received.push({ query: new URL(request.url ?? "", "http://x").searchParams, body: Buffer.concat(chunks) });
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(
      JSON.stringify({
        mode: "restore",
        done: false,
        counts: COUNTS,
        rows: [],
        returning: { examples: 0, reviews: 0 },
      }),
    );
  });
  return { received, call: createCaller({ url, key: "t", firstPauseMs: 1 }) };
}

describe("an export file", () => {
  it("is verified by its counts and its SHA-256", async () => {
    const file = await makeFile(20);
    const bytes = await readFile(file);
    const end = bytes.lastIndexOf("\n", bytes.length - 2) + 1;
    const sha256 = createHash("sha256").update(bytes.subarray(0, end)).digest("hex");
    expect(await verifyExport(file)).toMatchObject({ sha256, rows: 123, bytes: bytes.length, counts: { example: 20 } });
  });

  it.each([
    ["cut off in a line", -1, /cut off/],
    ["cut off after a line", -300, /cut off/],
  ])("is refused when it was %s", async (_, by, message) => {
    const file = await makeFile(5);
    await truncate(file, (await readFile(file)).length - 10 + by);
    await expect(verifyExport(file)).rejects.toThrow(message);
  });

  it("is refused when one byte of it is another, and nothing is sent", async () => {
    const file = await makeFile(5);
    const bytes = await readFile(file);
    bytes[bytes.indexOf("Item 7")] = "i".charCodeAt(0);
    await writeFile(file, bytes);
    const { received, call } = await startReceiver();
    await expect(restoreFile(file, call, { mode: "restore", prefer: "ours" }, SILENT)).rejects.toThrow(/damaged/);
    expect(received).toHaveLength(0);
  });

  it("is refused when it is something else", async () => {
    const file = path.join(await makeTempFolder(), "photo.jpg");
    await writeFile(file, "JFIF\nno export\n");
    await expect(verifyExport(file)).rejects.toThrow(/not an export of Headstart/);
    await expect(verifyExport(`${file}x`)).rejects.toThrow(/cannot be read/);
  });
});

describe("a restore", () => {
  it("sends every line once, in batches under the server's limits, each after the header", async () => {
    const file = await makeFile(2_500);
    const { received, call } = await startReceiver([1]);
    const report = await restoreFile(file, call, { mode: "restore", prefer: "file" }, SILENT);
    expect(report).toMatchObject({ mode: "restore", counts: { stored: received.length } });
    const lines = (await readFile(file, "utf8")).split("\n").slice(0, -1);
    const batches = received.map(({ body }) => body.toString("utf8").split("\n").slice(0, -1));
    expect(batches.map(([header]) => header)).toEqual(batches.map(() => lines[0]));
    expect(batches.flatMap((batch) => batch.slice(1))).toEqual(lines.slice(1));
    for (const [i, { query, body }] of received.entries()) {
      expect(body.length).toBeLessThanOrEqual(MAX_IMPORT_BYTES);
      expect(batches[i]?.length).toBeLessThanOrEqual(MAX_IMPORT_ROWS + 1);
      expect(lines[Number(query.get("line")) - 1]).toBe(batches[i]?.[1]);
      expect(query.get("mode")).toBe("restore");
      expect(query.get("prefer")).toBe("file");
    }
  });
});

describe("saving an export", () => {
  it("puts a whole one in place, and leaves the old one when the connection breaks", async () => {
    const made = await readFile(await makeFile(200));
    let isBroken = true;
    const url = await serveLocally((_, response) => {
      response.writeHead(200, { "Content-Type": "application/x-ndjson" });
      if (!isBroken) return response.end(made);
      response.write(made.subarray(0, made.length / 2), () => response.destroy());
    });
    const folder = await makeTempFolder();
    const file = path.join(folder, "backup.ndjson");
    await writeFile(file, "the old one");
    await expect(exportToFile({ url, key: "t" }, file, SILENT)).rejects.toThrow(/broke off/);
    expect(await readFile(file, "utf8")).toBe("the old one");
    isBroken = false;
    await exportToFile({ url, key: "t" }, file, SILENT);
    expect(await readFile(file)).toEqual(made);
    expect(await readdir(folder)).toEqual(["backup.ndjson"]);
  });

  it("says what the server said when it refuses", async () => {
    const url = await serveLocally((_, response) => void response.writeHead(401).end("{}"));
    const file = path.join(await makeTempFolder(), "backup.ndjson");
    await expect(exportToFile({ url, key: "t" }, file, SILENT)).rejects.toThrow(/refuses access/);
  });
});
