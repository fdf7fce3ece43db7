/** The texts of a file that somebody drops on an item: its lines, or a column of a CSV (RFC 4180) or TSV table. Pure. */
import { splitTextLines } from "../../shared/lines.ts";

/** Names of columns, in lower case. */
const TEXT_COLUMNS = new Set([
  "text",
  "message",
  "mail",
  "email",
  "body",
  "content",
  "review",
  "текст",
  "сообщение",
  "отзыв",
]);
const LABEL_COLUMNS = new Set(["label", "class", "category", "kind", "метка", "тема", "класс"]);

/**
 * `names` are the item's own: of a table that has labels only the rows with one of these count. A table without a column named for
 * texts is read by its last column.
 */
export function readTextRows(file: string, content: string, names: readonly string[]): string[] {
  const delimiter = /\.tsv$/i.test(file) ? "\t" : /\.csv$/i.test(file) ? "," : null;
  if (delimiter === null) return splitTextLines(content);
  const rows = parseTable(content, delimiter);
  const [head] = rows;
  if (head === undefined) return [];
  const titles = head.map((cell) => cell.trim().toLowerCase());
  const textAt = titles.findIndex((title) => TEXT_COLUMNS.has(title));
  const labelAt = titles.findIndex((title) => LABEL_COLUMNS.has(title));
  const hasHead = textAt >= 0 || labelAt >= 0;
  const own = new Set(names.map((name) => name.trim().toLowerCase()));
  return rows
    .slice(hasHead ? 1 : 0)
    .filter((row) => labelAt < 0 || own.has((row[labelAt] ?? "").trim().toLowerCase()))
    .map((row) => (textAt < 0 ? row.at(-1) : row[textAt]) ?? "")
    .filter((text) => text.trim() !== "");
}

/** Cells by row. A cell in double quotes may hold the delimiter, line ends, and quotes written twice. */
function parseTable(content: string, delimiter: string): string[][] {
  const rows: string[][] = [[]];
  const cells = new RegExp(`(?:"((?:[^"]|"")*)"|([^${delimiter}\\r\\n]*))(${delimiter}|\\r?\\n|$)`, "gy");
  for (const [whole, quoted, plain, end] of content.replace(/^\uFEFF/, "").matchAll(cells)) {
    if (whole === "") break;
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end !== delimiter) rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell.trim() !== ""));
}
