/** Lists of labelled photos that other tools write: a CSV, or a JSON export of Label Studio. Reads the list, opens no photo. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { CommandError, reasonOf } from "../shared/command.ts";

/** One photo of a list. */
export interface LabelledSource {
  /** A path relative to the list, or an http(s) address. */
  readonly source: string;
  readonly label: string;
}

/** What a list holds, and what of it has no label that can be used. */
export interface LabelledList {
  readonly photos: readonly LabelledSource[];
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

const SOURCE_COLUMNS = ["path", "file", "image", "url"];
const LABEL_COLUMNS = ["label", "class", "item"];

/** Image addresses stand in `data` under a name that the project chose, so any field of a task may be one. */
const taskSchema = z.object({
  id: z.union([z.number(), z.string()]).optional(),
  data: z.record(z.string(), z.unknown()),
  annotations: z.array(
    z.object({
      was_cancelled: z.boolean().optional(),
      result: z.array(
        z.object({ type: z.string(), value: z.looseObject({ choices: z.array(z.string()).optional() }) }),
      ),
    }),
  ),
});

/** True for a file that is a list and not a folder, by its name. */
export function isLabelledList(file: string): boolean {
  return [".csv", ".json"].includes(path.extname(file).toLowerCase());
}

/** Throws `CommandError` when the file is no such list. */
export async function readLabelledList(file: string): Promise<LabelledList> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new CommandError(`${file} cannot be read: ${reasonOf(cause)}.`);
  });
  return path.extname(file).toLowerCase() === ".csv" ? readCsv(file, text) : readLabelStudio(file, text);
}

function readCsv(file: string, text: string): LabelledList {
  let rows: string[][];
  try {
    rows = parse(text, { bom: true, skip_empty_lines: true, trim: true });
  } catch (cause) {
    throw new CommandError(`${file} is no CSV: ${reasonOf(cause)}.`);
  }
  const names = (rows[0] ?? []).map((name) => name.toLowerCase());
  const source = names.findIndex((name) => SOURCE_COLUMNS.includes(name));
  const label = names.findIndex((name) => LABEL_COLUMNS.includes(name));
  if (source < 0 || label < 0) {
    throw new CommandError(
      `${file} needs a first line that names its columns: one of ${SOURCE_COLUMNS.join(", ")} and one of ${LABEL_COLUMNS.join(", ")}.`,
    );
  }
  const found = rows.slice(1).map((row) => ({ source: row[source] ?? "", label: row[label] ?? "" }));
  return sortOut(found);
}

function readLabelStudio(file: string, text: string): LabelledList {
  const parsed = z.array(taskSchema).safeParse(parseJson(text));
  if (!parsed.success) throw new CommandError(`${file} is no export of Label Studio (choose the format JSON there).`);
  return sortOut(
    parsed.data.map(({ id, data, annotations }) => {
      const source = Object.values(data).find((value) => typeof value === "string" && looksLikePhoto(value));
      const last = annotations.filter((annotation) => annotation.was_cancelled !== true).at(-1);
      const choices = last?.result.filter(({ type }) => type === "choices").flatMap(({ value }) => value.choices ?? []);
      const label = choices?.length === 1 ? choices[0] : "";
      return { source: typeof source === "string" ? toLocalPath(source) : "", label: label ?? "", name: `task ${id}` };
    }),
  );
}

function sortOut(found: readonly (LabelledSource & { readonly name?: string })[]): LabelledList {
  const skipped = found.flatMap(({ source, label, name }, i) => {
    if (source !== "" && label !== "") return [];
    const reason = source === "" ? "names no photo" : "has no label, or more than one";
    return [{ file: source || (name ?? `row ${i + 2}`), reason }];
  });
  return { photos: found.filter(({ source, label }) => source !== "" && label !== ""), skipped };
}

function looksLikePhoto(value: string): boolean {
  return /^https?:\/\//i.test(value) || /\.(jpe?g|png|webp)$/i.test(value);
}

/** Label Studio's own addresses as paths beside the export: `/data/local-files/?d=a/1.jpg`, `/data/upload/3/1.jpg`. */
function toLocalPath(source: string): string {
  const local = /^\/data\/local-files\/\?d=(.+)$/.exec(source)?.[1];
  if (local !== undefined) return decodeURIComponent(local);
  return source.replace(/^\/data\//, "");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
