/** A table of texts cut into its cells: CSV as spreadsheets and people write it, and TSV, which mostly quotes nothing. Pure. */
import { parse } from "csv-parse/sync";
import { findDeclaredSeparator, guessSeparator } from "../../src/shared/text-table.ts";
import { reasonOf } from "../shared/command.ts";

/** The cells of a row and its number. */
export interface Row {
  readonly cells: readonly string[];
  /** Counted from 1 with the header, without empty lines. */
  readonly number: number;
  /** Why it is none. */
  readonly fault?: string;
}

function toRows(cells: readonly (readonly string[])[]): Row[] {
  return cells.map((row, i) => ({ cells: row, number: i + 1 }));
}

/** Rows of cells, whatever separates them; a byte order mark is gone already. */
export function splitRows(content: string): Row[] {
  const declared = findDeclaredSeparator(content);
  // A spreadsheet does not show this line, nor count it.
  const body = declared === undefined ? content : content.replace(/^.*(?:\r\n?|\n|$)/, "");
  const separator = declared ?? guessSeparator(body) ?? ",";
  return separator === "\t" ? toRows(splitTabs(body)) : splitQuoted(body, separator);
}

/** Each line as a row of one cell. */
export function splitLineRows(content: string): Row[] {
  return toRows(splitLines(content).map((line) => [line]));
}

function splitLines(content: string): string[] {
  return content.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "");
}

/**
 * Most TSV files quote nothing, and a text may begin with a quotation mark. Quotes are taken for the format's own only where the whole
 * file reads well with them: as many fields in each row as in the first, no field over a tab and a line end at once.
 */
function splitTabs(content: string): string[][] {
  try {
    const rows = parseRows(content, { delimiter: "\t" });
    const isSound = rows.every(
      (row) => row.length === rows[0]?.length && row.every((field) => !(field.includes("\t") && field.includes("\n"))),
    );
    if (isSound) return rows;
  } catch {
    // not quoted, then
  }
  return splitLines(content).map((line) => line.split("\t").map(unquote));
}

/** `"say ""hi"""` -> `say "hi"`; what only begins or ends with a mark stays. */
function unquote(field: string): string {
  const inner = /^"((?:[^"]|"")*)"$/s.exec(field.trim())?.[1];
  return inner === undefined ? field : inner.replaceAll('""', '"');
}

/** A quote that is never closed swallows all that follows: then each line stands for itself. */
function splitQuoted(content: string, delimiter: string): Row[] {
  const options = { delimiter, relax_quotes: true };
  try {
    return toRows(parseRows(content, options));
  } catch {
    return splitLines(content).map((line, i): Row => {
      try {
        return { cells: parseRows(line, options)[0] ?? [], number: i + 1 };
      } catch (cause) {
        const reason = reasonOf(cause);
        return {
          cells: [line],
          number: i + 1,
          fault: /quote/i.test(reason) ? "has a quote that is never closed" : reason,
        };
      }
    });
  }
}

interface CsvOptions {
  readonly delimiter: string;
  readonly relax_quotes?: boolean;
}

function parseRows(content: string, options: CsvOptions): string[][] {
  return parse(content, { ...options, skip_empty_lines: true, relax_column_count: true });
}
