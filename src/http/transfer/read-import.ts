/**
 * The body of an import: the header line of the file, then a stretch of its lines. Decides what can be decided without the
 * database: is it this format, is it whole, which rows can be used. A row that cannot is named and never stops the rest.
 */

import { z } from "zod";
import type { FilePart, RefusedRow } from "../../application/transfer.ts";
import {
  endOfAnotherFile,
  fileChanged,
  fileCutOff,
  noExportHeader,
  rowsOutOfOrder,
  tooManyRows,
} from "../../shared/english/files.ts";
import { rowIsMisfilled, rowIsNoJson, rowIsOfNoKind } from "../../shared/english/rows.ts";
import { sha256Hex } from "../../shared/hash.ts";
import { splitLines } from "../../shared/lines.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import * as format from "../../shared/transfer-format.ts";
import { MAX_VALUE_BYTES } from "../../store/database.ts";
import type { ImportRow } from "../../store/transfer/import-batch.ts";
import { toSchemaNames } from "../../store/transfer/tables.ts";
import { createRowSchemas } from "./row-schemas.ts";

/** The rows of a file are in the order of their kinds; each change of kind costs the database a few queries. */
const MAX_KIND_CHANGES = 100;

const count = z.number().int().min(0);
const countsSchema = z.strictObject({
  class: count,
  merge: count,
  example: count,
  picture: count.optional(),
  review: count,
  head: count,
  audit: count,
  statistics: count,
  deployment: count,
});
const headerSchema = z.object({
  format: z.literal(format.FORMAT_NAME),
  version: z.literal(format.READABLE_VERSIONS),
  backboneId: z.string().regex(/^[0-9a-f]{64}$/),
  dimension: z.number().int().min(1).max(65_536),
  counts: countsSchema,
});
const endSchema = z.object({
  kind: z.literal(format.END_KIND),
  counts: countsSchema,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Where the body stands in its file. */
interface BodyPlace {
  /** Line of the first row. */
  readonly line: number;
  /** SHA-256 of the file; may be absent when the body is the whole file. */
  readonly file?: string | undefined;
  /** What the deployment's pictures are of. */
  readonly reads: "photos" | "texts";
}

/** Reads and checks a body: `bad_request` when it is not part of an export, or a cut-off or changed one. */
export async function readImport(bytes: Uint8Array<ArrayBuffer>, place: BodyPlace): Promise<Result<FilePart, Problem>> {
  const lines = splitLines(bytes);
  const header = headerSchema.safeParse(parseLine(lines[0]));
  if (!header.success)
    return err(noExportHeader({ format: format.FORMAT_NAME, versions: format.READABLE_VERSIONS.join(", ") }));
  const end = endSchema.safeParse(parseLine(lines.at(-1)));
  const rowLines = lines.slice(1, end.success ? -1 : undefined);
  if (rowLines.length > format.MAX_IMPORT_ROWS) {
    return err(tooManyRows({ rows: rowLines.length, limit: format.MAX_IMPORT_ROWS }));
  }
  const file = place.file ?? (end.success ? end.data.sha256 : undefined);
  if (file === undefined) return err(fileCutOff());
  if (end.success && end.data.sha256 !== file) return err(endOfAnotherFile());
  const parsed = checkRows(rowLines, header.data, place);
  if (end.success && place.file === undefined) {
    const before = bytes.subarray(0, bytes.length - (lines.at(-1)?.length ?? 0));
    if ((await sha256Hex(before)) !== file) return err(fileChanged());
  }
  const changes = parsed.rows.filter(({ kind }, i) => i > 0 && parsed.rows[i - 1].kind !== kind).length;
  if (changes > MAX_KIND_CHANGES) return err(rowsOutOfOrder());
  return ok({ header: header.data, ...parsed, isEnd: end.success, file });
}

function checkRows(
  lines: readonly Uint8Array[],
  header: format.ExportHeader,
  { line: firstLine, reads }: Pick<BodyPlace, "line" | "reads">,
) {
  const schemas = createRowSchemas(header, reads);
  const rows: ImportRow[] = [];
  const refused: RefusedRow[] = [];
  for (const [i, bytes] of lines.entries()) {
    const line = firstLine + i;
    const value = bytes.length > MAX_VALUE_BYTES ? undefined : parseLine(bytes);
    const found = kindSchema.safeParse(value);
    if (!found.success) {
      const { text: reason, says } = value === undefined ? rowIsNoJson() : rowIsOfNoKind();
      refused.push({ line, kind: "", outcome: "refused", reason, says });
      continue;
    }
    const { kind, ...sent } = found.data;
    const row = { ...format.LATER_COLUMNS[header.version][kind], ...sent };
    const checked = schemas[kind].safeParse({ kind, ...row });
    if (checked.success) rows.push({ line, kind, row: toSchemaNames(row) });
    else refused.push({ line, kind, outcome: "refused", ...describeFaults(checked.error) });
  }
  return { rows, refused };
}

const kindSchema = z.looseObject({ kind: z.enum(format.ROW_KINDS) });

/** The first faults of a row; a hostile one can have thousands. */
function describeFaults({ issues }: z.ZodError): Pick<RefusedRow, "reason" | "says"> {
  const first = issues.slice(0, 3);
  const faults = first.map(({ path, message }) => `${path.join(".") || "row"}: ${message}`);
  const fields = new Set(first.map(({ path }) => path.join(".")).filter((field) => field !== ""));
  const told = rowIsMisfilled({
    faults: faults.join("; ").slice(0, 300),
    fields: [...fields].join(", ").slice(0, 300),
  });
  return { reason: told.text, says: told.says };
}

/** The value of a line, undefined where it is not JSON in UTF-8. */
function parseLine(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
