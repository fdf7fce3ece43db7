/** The texts of a file that somebody drops on an item: its lines, or a column of a table as spreadsheets save them. Pure. */
import { decodeUnknownText } from "../../shared/decode-text.ts";
import { toNameKey } from "../../shared/item-names.ts";
import { splitTextLines } from "../../shared/lines.ts";
import {
  findColumn,
  findDeclaredSeparator,
  guessSeparator,
  LABEL_COLUMNS,
  namesColumns,
  TEXT_COLUMNS,
} from "../../shared/text-table.ts";

/** A text has none of these; of a workbook, a picture or a PDF more than one character in a hundred is one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const NO_TEXT = /[\x00-\x08\x0e-\x1f]/g;
/** Where nothing separates cells. */
const NOTHING = "\0";

/**
 * `names` are the item's own: of a table that has labels only the rows with one of these count. A table without a column named for
 * texts is read by its last column. Null where the file holds no text at all, such as a workbook.
 */
export function readTextRows(file: string, bytes: Uint8Array, names: readonly string[]): string[] | null {
  const content = decodeUnknownText(bytes)?.text.replace(/^\uFEFF/, "") ?? null;
  if (content === null || (content.match(NO_TEXT)?.length ?? 0) * 100 > content.length) return null;
  if (!isTable(file, content)) return splitTextLines(content);
  const [head, ...rest] = splitCells(content);
  if (head === undefined) return [];
  const textAt = findColumn(head, TEXT_COLUMNS);
  const labelAt = findColumn(head, LABEL_COLUMNS);
  const hasHead = textAt >= 0 || labelAt >= 0;
  const own = new Set(names.map(toNameKey));
  return (hasHead ? rest : [head, ...rest])
    .filter((row) => labelAt < 0 || own.has(toNameKey(row[labelAt] ?? "")))
    .map((row) => (textAt < 0 ? row.at(-1) : row[textAt]) ?? "")
    .filter((text) => text.trim() !== "");
}

/** Excel's "Unicode text" is a table too, by another ending. */
function isTable(file: string, content: string): boolean {
  return /\.[ct]sv$/i.test(file) || namesColumns(content.split(/[\r\n]/, 1)[0]?.split("\t") ?? []);
}

/** Cells by row. A cell in double quotes may hold the separator, line ends, and quotes written twice. */
function splitCells(content: string): string[][] {
  const declared = findDeclaredSeparator(content);
  const body = declared === undefined ? content : content.replace(/^.*(?:\r\n?|\n|$)/, "");
  const separator = declared ?? guessSeparator(body) ?? NOTHING;
  const mark = separator.replace(/\W/, "\\$&");
  const rows: string[][] = [[]];
  const cells = new RegExp(`(?:"((?:[^"]|"")*)"|([^${mark}\\r\\n]*))(${mark}|\\r\\n?|\\n|$)`, "gy");
  for (const [whole, quoted, plain, end] of body.matchAll(cells)) {
    if (whole === "") break;
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end !== separator) rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell.trim() !== ""));
}
