/** Answers as rows of a CSV file that grows row by row, and that a command which was stopped finds again. RFC 4180. */
import { appendFile, readFile, truncate, writeFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { CommandError } from "../shared/command.ts";
import { isMissing } from "../shared/replace.ts";
import type { Answer } from "./answers.ts";

const COLUMNS = ["file", "label", "name", "score", "unknown", "undecided", "version", "problem"];

/** The file of one run. */
export interface AnswerCsv {
  /** Files that have a row already. */
  readonly known: ReadonlySet<string>;
  /** Adds a row. */
  add(file: string, result: { readonly answer: Answer } | { readonly problem: string }): Promise<void>;
}

/** Makes the file, or continues with it: a row that was cut off is taken away. Throws `CommandError` for a file of another kind. */
export async function openAnswerCsv(csv: string): Promise<AnswerCsv> {
  const before = await readFile(csv).catch((cause: unknown) => {
    if (isMissing(cause)) return null;
    throw cause;
  });
  const whole = before === null ? 0 : before.lastIndexOf("\n") + 1;
  if (before === null || whole === 0) await writeFile(csv, toRow(COLUMNS));
  else if (whole < before.length) await truncate(csv, whole);
  const known = before === null ? new Set<string>() : readFiles(csv, before.subarray(0, whole).toString("utf8"));
  return { known, add: (file, result) => appendFile(csv, toRow([file, ...describe(result)])) };
}

function readFiles(csv: string, text: string): Set<string> {
  const [head, ...rows]: string[][] = parse(text, { relax_column_count: true, skip_empty_lines: true });
  if (head === undefined || head.join() === COLUMNS.join())
    return new Set(rows.map(([file = ""]) => file.replace(/^'(?=[=+\-@])/, "")));
  throw new CommandError(`${csv} is there and has other columns (${head.join(", ")}). Name another file.`);
}

function describe(result: Parameters<AnswerCsv["add"]>[1]): string[] {
  if ("problem" in result) return ["", "", "", "", "", "", result.problem];
  const { predictions, unknown, undecided = false, headVersion } = result.answer;
  const [best] = predictions;
  const first = best === undefined ? ["", "", ""] : [best.label, best.name, best.score.toFixed(4)];
  return [...first, String(unknown), String(undecided), String(headVersion), ""];
}

function toRow(cells: readonly string[]): string {
  return `${cells.map(quote).join(",")}\n`;
}

/** What a spreadsheet would take for a formula gets an apostrophe before it. */
function quote(cell: string): string {
  const text = /^[=+\-@]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
