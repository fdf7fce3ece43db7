/**
 * Lists of labelled texts as people and tools write them: TSV, CSV, JSONL, Label Studio's JSON. Guesses separator, header and columns, and says
 * what it guessed. One bad row never stops the rest.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Purpose } from "../../src/shared/closed-lists.ts";
import { findColumn, LABEL_COLUMNS, TEXT_COLUMNS, toColumnKey } from "../../src/shared/text-table.ts";
import { CommandError, reasonOf } from "../shared/command.ts";
import { decodeText } from "./decode-text.ts";
import { isTask, readTextTask } from "./label-studio.ts";
import { PURPOSE_COLUMN, readPurpose } from "./labelled-list.ts";
import { type Row, splitLineRows, splitRows } from "./split-text-table.ts";

export interface LabelledText {
  readonly label: string;
  readonly text: string;
}

/** One of a list. */
export interface ListedText extends LabelledText {
  /** As `row 7`, counted with the header, or `task 12`. */
  readonly row: string;
  /** What it is for, where the list says so. */
  readonly purpose?: Purpose;
}

/** What the person says of a list. */
export interface TextListOptions {
  /** Columns by name, or by number from 1 on: the text's and the label's. */
  readonly columns?: readonly [text: string, label: string];
  readonly encoding?: string;
  /** Only the texts are wanted: labels may be missing and are not read, `label` repeats the text. A list of lines will do. */
  readonly isUnlabelled?: boolean;
}

/** A row that was left out. */
export interface SkippedRow {
  /** As `row 7`, counted with the header. */
  readonly row: string;
  readonly reason: string;
}

export interface TextList {
  readonly texts: readonly ListedText[];
  readonly skipped: readonly SkippedRow[];
  /** What was guessed, as sentences. */
  readonly notes: readonly string[];
}

const JSONS = [".json", ".jsonl", ".ndjson"];

/** True for a file that is a list of texts and not a folder, by its name. */
export function isTextList(file: string): boolean {
  return [".tsv", ".csv", ".txt", ...JSONS].includes(path.extname(file).toLowerCase());
}

/** Throws `CommandError` when the file is no such list. */
export async function readTextList(file: string, options: TextListOptions = {}): Promise<TextList> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new CommandError(`${file} cannot be read: ${reasonOf(cause)}.`);
  });
  const { text, guess } = decodeText(file, bytes, options.encoding);
  const content = text.replace(/^\uFEFF/, "");
  const isJson = JSONS.includes(path.extname(file).toLowerCase());
  const list = isJson ? readJsonTexts(content, file, options) : readTable(content, file, options);
  if (guess === null) return list;
  return { ...list, notes: [`The text is taken for ${guess}; if it looks wrong, say --encoding.`, ...list.notes] };
}

function readTable(content: string, file: string, { columns, isUnlabelled = false }: TextListOptions): TextList {
  const isLines = isUnlabelled && path.extname(file).toLowerCase() === ".txt";
  const rows = isLines ? splitLineRows(content) : splitRows(content);
  const [first, ...rest] = rows;
  if (first === undefined) throw new CommandError(`${file} is empty.`);
  if (columns !== undefined) return readChosenColumns(rows, columns, file);
  const named = findNamedColumns(first.cells, isUnlabelled);
  if (named !== undefined) return sortOut(rest, named, []);
  const guessed = guessColumns(rows, isUnlabelled);
  if (isUnlabelled && guessed !== undefined) return sortOut(rows, guessed, []);
  if (guessed === undefined) {
    throw new CommandError(
      `${file} needs two columns, named in its first line: one of ${LABEL_COLUMNS.join(", ")} and one of ` +
        `${TEXT_COLUMNS.join(", ")}. It begins with: ${first.cells.join(" | ").slice(0, 80)}`,
    );
  }
  const note = `${path.basename(file)} names no columns: column ${guessed.label + 1} was taken as the label, column ${guessed.text + 1} as the text.`;
  return sortOut(rows, guessed, [note]);
}

function readChosenColumns(rows: readonly Row[], [text, label]: readonly [string, string], file: string): TextList {
  const header = rows[0].cells;
  const keys = header.map(toColumnKey);
  const find = (column: string) => (/^\d+$/.test(column) ? Number(column) - 1 : keys.indexOf(toColumnKey(column)));
  const chosen = { text: find(text), label: find(label), purpose: keys.indexOf(PURPOSE_COLUMN) };
  if (chosen.text < 0 || chosen.label < 0 || Math.max(chosen.text, chosen.label) >= header.length) {
    throw new CommandError(
      `${file} has no columns "${text}" and "${label}". Its first line: ${header.join(" | ").slice(0, 80)}`,
    );
  }
  const hasHeader = !/^\d+$/.test(text) || !/^\d+$/.test(label);
  return sortOut(hasHeader ? rows.slice(1) : rows, chosen, []);
}

interface Columns {
  readonly label: number;
  readonly text: number;
  /** -1 or absent where no column says what rows are for. */
  readonly purpose?: number;
}

function findNamedColumns(header: readonly string[], isUnlabelled: boolean): Columns | undefined {
  const columns = {
    label: findColumn(header, isUnlabelled ? TEXT_COLUMNS : LABEL_COLUMNS),
    text: findColumn(header, TEXT_COLUMNS),
    purpose: findColumn(header, [PURPOSE_COLUMN]),
  };
  return columns.label >= 0 && columns.text >= 0 ? columns : undefined;
}

/** If two columns have no names, the one with fewer different values is the label. */
function guessColumns(rows: readonly Row[], isUnlabelled: boolean): Columns | undefined {
  const width = rows[0]?.cells.length;
  if (isUnlabelled && width === 1) return { label: 0, text: 0 };
  if (width !== 2) return undefined;
  const [left, right] = [0, 1].map((at) => new Set(rows.map(({ cells }) => cells[at])).size);
  const text = left <= right ? 1 : 0;
  return { label: isUnlabelled ? text : 1 - text, text };
}

function sortOut(rows: readonly Row[], columns: Columns, notes: readonly string[]): TextList {
  const found = rows.map(({ cells, number, fault }) => ({
    row: `row ${number}`,
    label: (cells[columns.label] ?? "").trim(),
    text: (cells[columns.text] ?? "").trim(),
    purpose: cells[columns.purpose ?? -1],
    fault,
  }));
  return { ...separate(found), notes };
}

/** One JSON value a line, or a list of them, objects or tasks of Label Studio. */
function readJsonTexts(content: string, file: string, options: TextListOptions): TextList {
  const values = parseValues(content);
  if (values === null) {
    throw new CommandError(
      `${file} is not a list of texts: neither a JSON list nor one JSON object a line. In Label Studio choose the export JSON.`,
    );
  }
  const found = values.map(({ value, row }) => {
    if (!isTask(value)) return { row, ...readJsonFields(value, options) };
    const { text, label, place } = readTextTask(value, row, TEXT_COLUMNS, options.columns);
    return { row: place, text, label };
  });
  return { ...separate(found), notes: [] };
}

interface JsonValue {
  readonly value: unknown;
  readonly row: string;
}

function parseValues(content: string): JsonValue[] | null {
  const whole = tryParse(content);
  const list = typeof whole === "object" && whole !== null && "tasks" in whole ? whole.tasks : whole;
  if (Array.isArray(list)) return list.map((value, i) => ({ value, row: `row ${i + 1}` }));
  const lines = content.split(/\r?\n/).map((line, i) => ({ line, row: `row ${i + 1}` }));
  const values = lines.flatMap(({ line, row }) => (line.trim() === "" ? [] : [{ value: tryParse(line), row }]));
  return values.some(({ value }) => typeof value === "object" && value !== null) ? values : null;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readJsonFields(value: unknown, { columns, isUnlabelled }: TextListOptions): Omit<FoundText, "row"> {
  const fields = new Map(
    Object.entries(value ?? {}).map(([name, field]) => [toColumnKey(name), String(field ?? "").trim()]),
  );
  const find = (known: readonly string[]) => known.map((name) => fields.get(name)).find((field) => field !== undefined);
  const [text, label] = columns ?? [];
  return {
    label: find(isUnlabelled ? TEXT_COLUMNS : label === undefined ? LABEL_COLUMNS : [toColumnKey(label)]) ?? "",
    text: find(text === undefined ? TEXT_COLUMNS : [toColumnKey(text)]) ?? "",
    purpose: fields.get(PURPOSE_COLUMN),
  };
}

/** A row as it was read; its purpose may be no word that we know. */
interface FoundText extends LabelledText {
  readonly row: string;
  readonly purpose?: string | undefined;
  /** Why it could not be read at all. */
  readonly fault?: string | undefined;
}

function separate(found: readonly FoundText[]): Omit<TextList, "notes"> {
  const [texts, skipped]: [ListedText[], SkippedRow[]] = [[], []];
  for (const { row, label, text, purpose, fault } of found) {
    const meant = readPurpose(purpose);
    const reason = fault ?? findFault(label, text) ?? ("reason" in meant ? meant.reason : null);
    if (reason !== null) skipped.push({ row, reason });
    else texts.push({ label, text, row, ...meant });
  }
  return { texts, skipped };
}

function findFault(label: string, text: string): string | null {
  if (label === "" && text === "") return "has no label and no text";
  if (label === "") return "has no label";
  return text === "" ? "has no text" : null;
}
