/** The whole audit log as a file: a line per entry, oldest first, streamed page by page. */
import type { z } from "zod";
import { auditOperations, type auditQuery } from "../../operations/audit.ts";
import { NDJSON_TYPE } from "../../shared/transfer-format.ts";
import { listAuditPage, type StoredEntry } from "../../store/audit-log.ts";
import type { Database } from "../../store/database.ts";
import { serve } from "../serve.ts";

/** Rows of one query; D1 allows 1,000 queries a request. */
const PAGE_ROWS = 500;

type Format = z.infer<typeof auditQuery>["format"];

const TYPES: Readonly<Record<Format, string>> = { ndjson: NDJSON_TYPE, csv: "text/csv; charset=utf-8" };

/** Streams, so that the memory it takes does not grow with the log. */
export const auditHandlers = [
  serve(auditOperations.exportAuditLog, async (c, { query }) => {
    const { format, after } = query;
    return c.body(await streamLog(c.get("services").db, format, after), 200, {
      "content-type": TYPES[format],
      "content-disposition": `attachment; filename="headstart-audit.${format}"`,
      "cache-control": "no-store",
    });
  }),
];

/**
 * Holds one page; the next one is read when the receiver has taken the last. The first one is read before anything is answered,
 * so that a database that is away is a 503; a failure later breaks the connection.
 */
async function streamLog(db: Database, format: Format, after: number): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  let entries = await listAuditPage(db, after, PAGE_ROWS);
  let header = format === "csv" ? CSV_HEADER : "";
  return new ReadableStream({
    async pull(controller) {
      const lines = header + entries.map(format === "csv" ? toCsv : toJson).join("");
      header = "";
      if (lines !== "") controller.enqueue(encoder.encode(lines));
      if (entries.length < PAGE_ROWS) return controller.close();
      entries = await listAuditPage(db, entries[entries.length - 1].id, PAGE_ROWS);
    },
  });
}

function toJson({ id, at, ...entry }: StoredEntry): string {
  return `${JSON.stringify({ id, at: new Date(at).toISOString(), ...entry })}\n`;
}

const CSV_HEADER = "id,at,actor,action,detail\r\n";

function toCsv({ id, at, actor, action, detail }: StoredEntry): string {
  const fields = [String(id), new Date(at).toISOString(), actor, action, JSON.stringify(detail)];
  return `${fields.map(quote).join(",")}\r\n`;
}

/** RFC 4180; what a spreadsheet would take for a formula gets an apostrophe before it. */
function quote(field: string): string {
  const text = /^[=+\-@\t\r]/.test(field) ? `'${field}` : field;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
