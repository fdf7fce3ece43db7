/** Reads a list of labelled photos, in whatever form it was written. Opens no photo. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { CommandError, reasonOf } from "../shared/command.ts";
import { tryParse } from "../shared/try-parse.ts";
import { readCoco } from "./coco.ts";
import { decodeText } from "./decode-text.ts";
import { readJsonRow } from "./json-rows.ts";
import { isTask, readTask } from "./label-studio.ts";
import { type LabelledList, type ListOptions, type ReadRow, sortRows } from "./labelled-list.ts";
import { readTable } from "./read-table.ts";

const TABLES = [".csv", ".tsv", ".tab", ".txt"];
const JSONS = [".json", ".jsonl", ".ndjson"];

/** True for a file that is a list, by its name. */
export function isList(file: string): boolean {
  return [...TABLES, ...JSONS].includes(path.extname(file).toLowerCase());
}

/** Throws `CommandError` when the file is not a list that is known here, and says which forms are. */
export async function readList(file: string, options: ListOptions): Promise<LabelledList> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new CommandError(`${file} cannot be read: ${reasonOf(cause)}.`);
  });
  const { text, guess } = decodeText(file, bytes, options.encoding);
  const list = JSONS.includes(path.extname(file).toLowerCase())
    ? readJson(file, text, options)
    : readTable(file, text, options);
  if (guess === null) return list;
  const stated = `The text is taken for ${guess}; if names look wrong, say --encoding.`;
  return { ...list, guesses: [stated, ...list.guesses] };
}

function readJson(file: string, text: string, options: ListOptions): LabelledList {
  const value = parseJson(file, text);
  const coco = readCoco(value);
  if (coco !== null) return sortRows(coco, []);
  const rows = findRows(value);
  if (rows === null) {
    throw new CommandError(
      `${file} is not a list of photos in a known form. In Label Studio choose the export JSON, JSON-MIN or CSV; COCO files are read too; ` +
        "from elsewhere take a CSV with the columns path and label, or folders, one per item.",
    );
  }
  const isFromTasks = rows.some(isTask);
  const read = rows.map(
    (row, i): ReadRow => (isFromTasks ? readTask(row, i, options) : readJsonRow(row, i, rows, options)),
  );
  return sortRows(read, []);
}

/** The list, alone or, page by page, in the field `tasks`. */
function findRows(value: unknown): readonly unknown[] | null {
  const rows = typeof value === "object" && value !== null && "tasks" in value ? value.tasks : value;
  return Array.isArray(rows) && rows.some((row) => typeof row === "object" && row !== null) ? rows : null;
}

/** JSON, or one JSON value per line. */
function parseJson(file: string, text: string): unknown {
  const plain = text.replace(/^\uFEFF/, "");
  try {
    return JSON.parse(plain);
  } catch (cause) {
    const lines = plain.split("\n").filter((line) => line.trim() !== "");
    const values = lines.map(tryParse);
    if (lines.length > 1 && isObject(values[0])) return values.map((line) => line ?? null);
    throw new CommandError(`${file} is not JSON: ${reasonOf(cause)}.`);
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
