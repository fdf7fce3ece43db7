/**
 * Lists of labelled texts as people and tools write them: TSV, CSV or JSONL. Guesses separator, header and columns, and says
 * what it guessed. One bad row never stops the rest.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { CommandError, reasonOf } from "../shared/command.ts";

export interface LabelledText {
  readonly label: string;
  readonly text: string;
}

/** A row that was left out. */
export interface SkippedRow {
  /** As `row 7`, counted with the header. */
  readonly row: string;
  readonly reason: string;
}

export interface TextList {
  readonly texts: readonly LabelledText[];
  readonly skipped: readonly SkippedRow[];
  /** What was guessed, as sentences. */
  readonly notes: readonly string[];
}

const LABEL_COLUMNS = ["label", "class", "category", "item", "intent", "sentiment"];
const TEXT_COLUMNS = ["text", "message", "sentence", "utterance", "review", "body", "content"];

/** True for a file that is a list of texts and not a folder, by its name. */
export function isTextList(file: string): boolean {
  return [".tsv", ".csv", ".txt", ".jsonl", ".ndjson"].includes(path.extname(file).toLowerCase());
}

/** Throws `CommandError` when the file is no such list. */
export async function readTextList(file: string): Promise<TextList> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new CommandError(`${file} cannot be read: ${reasonOf(cause)}.`);
  });
  const content = decode(bytes, file);
  const isLines = [".jsonl", ".ndjson"].includes(path.extname(file).toLowerCase());
  return isLines ? readJsonLines(content) : readTable(content, file);
}

/** UTF-8 with or without a mark, UTF-16 with one, as spreadsheets save them. */
function decode(bytes: Uint8Array, file: string): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new CommandError(
      `${file} is not UTF-8. Save it as UTF-8 (in a spreadsheet: "CSV UTF-8"), then run this again.`,
    );
  }
}

function readTable(content: string, file: string): TextList {
  const separator = guessSeparator(content);
  const rows = separator === "\t" ? splitTabs(content) : splitQuoted(content, separator, file);
  const [first, ...rest] = rows;
  if (first === undefined) throw new CommandError(`${file} is empty.`);
  const named = findNamedColumns(first);
  if (named !== undefined) return sortOut(rest, named, 2, []);
  const guessed = guessColumns(rows);
  if (guessed === undefined) {
    throw new CommandError(
      `${file} needs two columns, named in its first line: one of ${LABEL_COLUMNS.join(", ")} and one of ` +
        `${TEXT_COLUMNS.join(", ")}. It begins with: ${first.join(" | ").slice(0, 80)}`,
    );
  }
  const note = `${path.basename(file)} names no columns: column ${guessed.label + 1} was taken as the label, column ${guessed.text + 1} as the text.`;
  return sortOut(rows, guessed, 1, [note]);
}

interface Columns {
  readonly label: number;
  readonly text: number;
}

function guessSeparator(content: string): string {
  const line = /\S.*/.exec(content)?.[0] ?? "";
  return ["\t", ";", ","].find((separator) => line.includes(separator)) ?? ",";
}

/**
 * Most TSV files quote nothing, and a text may begin with a quotation mark. Quotes are taken for the format's own only where the whole
 * file reads well with them: as many fields in each row as in the first, no field over a tab and a line end at once.
 */
function splitTabs(content: string): string[][] {
  try {
    const rows = parseRows(content, "\t");
    const isSound = rows.every(
      (row) => row.length === rows[0]?.length && row.every((field) => !(field.includes("\t") && field.includes("\n"))),
    );
    if (isSound) return rows;
  } catch {
    // not quoted, then
  }
  const lines = content.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "");
  return lines.map((line) => line.split("\t").map(unquote));
}

/** `"say ""hi"""` -> `say "hi"`; what only begins or ends with a mark stays. */
function unquote(field: string): string {
  const inner = /^"((?:[^"]|"")*)"$/s.exec(field.trim())?.[1];
  return inner === undefined ? field : inner.replaceAll('""', '"');
}

function splitQuoted(content: string, separator: string, file: string): string[][] {
  try {
    return parseRows(content, separator);
  } catch (cause) {
    throw new CommandError(`${file} is no CSV: ${reasonOf(cause)}.`);
  }
}

function parseRows(content: string, delimiter: string): string[][] {
  return parse(content, { delimiter, skip_empty_lines: true, relax_column_count: true });
}

function findNamedColumns(header: readonly string[]): Columns | undefined {
  const names = header.map((name) => name.trim().toLowerCase());
  const find = (known: readonly string[]) => known.map((name) => names.indexOf(name)).find((at) => at >= 0) ?? -1;
  const columns = { label: find(LABEL_COLUMNS), text: find(TEXT_COLUMNS) };
  return columns.label >= 0 && columns.text >= 0 ? columns : undefined;
}

/** Of two columns without names, the one with fewer different values is the label. */
function guessColumns(rows: readonly (readonly string[])[]): Columns | undefined {
  if (rows[0]?.length !== 2) return undefined;
  const [left, right] = [0, 1].map((at) => new Set(rows.map((row) => row[at])).size);
  return left <= right ? { label: 0, text: 1 } : { label: 1, text: 0 };
}

function sortOut(
  rows: readonly (readonly string[])[],
  columns: Columns,
  firstRow: number,
  notes: readonly string[],
): TextList {
  const found = rows.map((row, i) => ({
    row: `row ${i + firstRow}`,
    label: (row[columns.label] ?? "").trim(),
    text: (row[columns.text] ?? "").trim(),
  }));
  return { ...separate(found), notes };
}

function readJsonLines(content: string): TextList {
  const lines = content.split(/\r?\n/);
  const found = lines.flatMap((line, i) =>
    line.trim() === "" ? [] : [{ row: `row ${i + 1}`, ...readJsonLine(line) }],
  );
  return { ...separate(found), notes: [] };
}

function readJsonLine(line: string): LabelledText {
  try {
    const value: unknown = JSON.parse(line);
    const fields = new Map(
      Object.entries(value ?? {}).map(([name, field]) => [name.toLowerCase(), String(field ?? "").trim()]),
    );
    const find = (known: readonly string[]) =>
      known.map((name) => fields.get(name)).find((field) => field !== undefined);
    return { label: find(LABEL_COLUMNS) ?? "", text: find(TEXT_COLUMNS) ?? "" };
  } catch {
    return { label: "", text: "" };
  }
}

function separate(found: readonly (LabelledText & { readonly row: string })[]): Omit<TextList, "notes"> {
  const skipped = found.flatMap(({ row, label, text }) => {
    if (label !== "" && text !== "") return [];
    return [
      {
        row,
        reason:
          label === "" && text === "" ? "has no label and no text" : label === "" ? "has no label" : "has no text",
      },
    ];
  });
  const texts = found
    .filter(({ label, text }) => label !== "" && text !== "")
    .map(({ label, text }) => ({ label, text }));
  return { texts, skipped };
}
