import { describe, expect, it } from "vitest";
import { type ExportHeader, FORMAT_NAME, FORMAT_VERSION, zeroCounts } from "../../src/shared/transfer-format.ts";
import type { ExportedRow } from "../../src/store/transfer/export-rows.ts";
import { streamExport } from "../../src/store/transfer/write-export.ts";

const HEADER: ExportHeader = {
  format: FORMAT_NAME,
  version: FORMAT_VERSION,
  backboneId: "a".repeat(64),
  dimension: 4,
  counts: zeroCounts(),
};

describe("an export's stream", () => {
  it("reads a page when the last one was taken, and stops reading when the receiver leaves", async () => {
    let pages = 0;
    let isClosed = false;
    async function* readPages(): AsyncGenerator<readonly ExportedRow[]> {
      try {
        while (true) {
          pages += 1;
          yield [{ kind: "audit", row: { id: pages } }];
        }
      } finally {
        isClosed = true;
      }
    }
    const reader = (await streamExport(HEADER, readPages())).getReader();
    for (let taken = 1; taken <= 20; taken++) {
      await reader.read();
      await new Promise((resolve) => setTimeout(resolve, 1));
      expect(pages).toBeLessThanOrEqual(taken + 1);
    }
    await reader.cancel();
    expect(isClosed).toBe(true);
  });

  it("breaks off without an end line when the database fails", async () => {
    async function* failing(): AsyncGenerator<readonly ExportedRow[]> {
      yield [{ kind: "audit", row: { id: 1 } }];
      throw new Error("D1_ERROR: the connection was lost");
    }
    const stream = await streamExport(HEADER, failing());
    await expect(new Response(stream).text()).rejects.toThrow(/connection was lost/);
  });

  it("does not begin when the first page cannot be read", async () => {
    async function* failing(): AsyncGenerator<readonly ExportedRow[]> {
      yield [];
      throw new Error("D1_ERROR: the connection was lost");
    }
    await expect(streamExport(HEADER, failing())).rejects.toThrow(/connection was lost/);
  });
});
