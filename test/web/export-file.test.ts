import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS } from "../../src/shared/transfer-format.ts";
import { readExportFile } from "../../src/web/client/export-file.ts";
import { addCounts, describeExport, describeImport, EMPTY_COUNTS } from "../../src/web/client/transfer-words.ts";

const HEADER = `${JSON.stringify({ format: "headstart-export", version: 2 })}\n`;

function makeFile(rows: readonly string[]): Uint8Array<ArrayBuffer> {
  const body = HEADER + rows.map((row) => `${row}\n`).join("");
  const sha256 = createHash("sha256").update(body).digest("hex");
  return new TextEncoder().encode(`${body}${JSON.stringify({ kind: "end", sha256 })}\n`);
}

async function readParts(rows: readonly string[]) {
  const read = await readExportFile(makeFile(rows));
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

describe("an export in the browser", () => {
  it("is cut into requests that carry the header and lose no line", async () => {
    const rows = Array.from({ length: MAX_IMPORT_ROWS + 20 }, (_, i) => JSON.stringify({ kind: "example", i }));
    const { parts, rows: count } = await readParts(rows);
    expect(parts.map(({ line, rows: own }) => [line, own])).toEqual([
      [2, MAX_IMPORT_ROWS],
      [2 + MAX_IMPORT_ROWS, 21],
    ]);
    expect(count).toBe(rows.length + 1);
    const texts = parts.map(({ bytes }) => new TextDecoder().decode(bytes));
    expect(texts.every((text) => text.startsWith(HEADER))).toBe(true);
    const joined = texts.map((text) => text.slice(HEADER.length)).join("");
    expect(HEADER + joined).toBe(new TextDecoder().decode(makeFile(rows)));
  });

  it("stays under what one request may weigh", async () => {
    const { parts } = await readParts(Array.from({ length: 12 }, () => JSON.stringify({ pad: "x".repeat(1_000_000) })));
    expect(parts.length).toBe(3);
    for (const { bytes } of parts) expect(bytes.length).toBeLessThanOrEqual(MAX_IMPORT_BYTES);
  });

  it.each([
    ["something else", new TextEncoder().encode("name,label\n1,2\n"), "not an export"],
    ["nothing", new Uint8Array(), "not an export"],
    ["a part of one", makeFile(["{}"]).subarray(0, HEADER.length + 2), "cut off"],
    [
      "one that was edited",
      new TextEncoder().encode(new TextDecoder().decode(makeFile(['{"a":1}'])).replace("1}", "2}")),
      "changed",
    ],
  ])("refuses %s before anything is sent", async (_, bytes, words) => {
    const read = await readExportFile(bytes);
    expect(read).toEqual({ ok: false, error: expect.stringContaining(words) });
  });

  it("is told in words", () => {
    expect(describeExport(2_400_000, 1_204)).toBe("1,203 rows, 2.4 MB");
    const counts = addCounts({ ...EMPTY_COUNTS, stored: 2, refused: 1 }, { ...EMPTY_COUNTS, stored: 3 });
    expect(describeImport("restore", counts)).toBe("Restored: 5 stored, 1 refused.");
    expect(describeImport("merge", EMPTY_COUNTS)).toBe("Merged: no rows.");
  });
});
