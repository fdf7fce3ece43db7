/** Tables of labelled photos: CSV and TSV, as spreadsheets and other programs write them. */
import { parse } from "csv-parse/sync";
import { BROKEN_CHARACTER } from "../../src/shared/decode-text.ts";
import { findDeclaredSeparator, toColumnKey } from "../../src/shared/text-table.ts";
import { CommandError, reasonOf } from "../shared/command.ts";
import {
  endsLikePhoto,
  type LabelledList,
  type ListOptions,
  PURPOSE_COLUMN,
  type ReadRow,
  readPurpose,
  sortRows,
} from "./labelled-list.ts";

const PHOTO_COLUMNS = [
  ...["path", "file", "filename", "filepath", "image", "imagepath", "imagefile", "imagename", "imagefilename"],
  ...[
    "imageurl",
    "imageuri",
    "img",
    "imgpath",
    "photo",
    "photopath",
    "photourl",
    "picture",
    "url",
    "uri",
    "link",
    "src",
  ],
  ...["файл", "путь", "фото", "изображение", "картинка", "ссылка"],
];
const LABEL_COLUMNS = [
  ...["label", "labels", "class", "classname", "classlabel", "category", "categoryname", "item", "itemname", "tag"],
  ...["tags", "name", "choice", "target", "dish", "product", "annotation"],
  ...["метка", "класс", "название", "блюдо", "товар", "категория"],
];
const SEPARATORS = [",", ";", "\t", "|"];
const SEPARATOR_NAMES: Readonly<Record<string, string>> = { ";": "semicolons", "\t": "tabs", "|": "bars" };

interface Line {
  readonly cells: readonly string[];
  readonly line: number;
  /** Why it is none. */
  readonly fault?: string;
}

/** Where the photo and the label stand, and how many cells a row has. */
interface Layout {
  readonly photo: number;
  readonly label: number;
  /** -1 where no column says what rows are for. */
  readonly purpose: number;
  readonly width: number;
  readonly hasHeader: boolean;
  readonly guesses: readonly string[];
}

/** Reads a table. Throws `CommandError` where its columns cannot be made out. */
export function readTable(file: string, text: string, options: ListOptions): LabelledList {
  const declared = findDeclaredSeparator(text);
  const separator = declared ?? findSeparator(text);
  const lines = readLines(text, separator).filter(({ cells, line }) => !isNoRow(cells, line, declared));
  if (lines.length === 0) throw new CommandError(`${file} is empty: there is no row in it.`);
  const layout = findLayout(file, lines, options);
  const rows = (layout.hasHeader ? lines.slice(1) : lines).map((line) => readRow(line, layout));
  const named = SEPARATOR_NAMES[separator];
  return sortRows(rows, [...(named === undefined ? [] : [`Cells are separated by ${named}.`]), ...layout.guesses]);
}

/** The separator that splits the first lines into the most cells of the same number. */
function findSeparator(text: string): string {
  const first =
    text
      .split(/\r\n?|\n/)
      .filter((line) => line.trim() !== "" && !line.startsWith("#"))
      .slice(0, 1)[0] ?? "";
  const unquoted = first.replace(/"(?:[^"]|"")*"/g, "");
  const count = (separator: string) => unquoted.split(separator).length;
  return SEPARATORS.reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

/** Lines that are empty, and a comment or the separator's declaration in front of the header. */
function isNoRow(cells: readonly string[], line: number, declared: string | undefined): boolean {
  if (cells.every((cell) => cell === "")) return true;
  return cells[0]?.startsWith("# ") === true || (declared !== undefined && line === 1);
}

function readLines(text: string, delimiter: string): Line[] {
  const options = { bom: true, trim: true, relax_quotes: true, relax_column_count: true, info: true, delimiter };
  try {
    const read: unknown = parse(text, options);
    return toLines(read);
  } catch {
    // A quote that is never closed swallows all that follows: then each line stands for itself.
    return text.split(/\r\n?|\n/).map((content, i): Line => {
      try {
        return { cells: toLines(parse(content, options))[0]?.cells ?? [], line: i + 1 };
      } catch (cause) {
        return {
          cells: [content],
          line: i + 1,
          fault: /quote/i.test(reasonOf(cause)) ? "has a quote that is never closed" : reasonOf(cause),
        };
      }
    });
  }
}

/** A decoder of what csv-parse gives with `info`. */
function toLines(read: unknown): Line[] {
  const records = read as { record: string[]; info: { lines: number } }[]; // -- its types do not know what `info` makes of records
  return records.map(({ record, info }) => ({ cells: record, line: info.lines - countBreaks(record) }));
}

/** A record is counted by its last line. */
function countBreaks(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n?|\n/g)?.length ?? 0), 0);
}

function findLayout(file: string, [first]: readonly Line[], { columns }: ListOptions): Layout {
  const width = first.cells.length;
  if (columns !== undefined) return findNamedColumns(file, first.cells, columns);
  const keys = first.cells.map(toColumnKey);
  const find = (known: readonly string[]) => known.map((name) => keys.indexOf(name)).find((at) => at >= 0) ?? -1;
  const photo = find(PHOTO_COLUMNS);
  const label = find(LABEL_COLUMNS);
  if (photo >= 0 && label >= 0) {
    const twice = [photo, label].filter((at) => keys.indexOf(keys[at], at + 1) >= 0);
    const guesses = twice.map((at) => `There are several columns "${first.cells[at]}": the first one is read.`);
    return { photo, label, purpose: keys.indexOf(PURPOSE_COLUMN), width, hasHeader: true, guesses };
  }
  if (width === 2 && endsLikePhoto(first.cells[0])) {
    const guesses = [
      "The first line names no columns: the first cell is taken for the photo, the second for its label.",
    ];
    return { photo: 0, label: 1, purpose: -1, width, hasHeader: false, guesses };
  }
  const found = first.cells.map((cell) => `"${cell}"`).join(", ");
  throw new CommandError(
    `${file} needs a first line that names its columns, such as path,label. It has ${found}: say which is the photo's and which is ` +
      'the label\'s, by name or number: --columns "photo,label".',
  );
}

function findNamedColumns(file: string, header: readonly string[], columns: readonly [string, string]): Layout {
  const isNumbered = columns.every((column) => /^\d+$/.test(column));
  const [photo, label] = columns.map((column) => {
    if (isNumbered) return Number(column) - 1;
    return header.findIndex((cell) => toColumnKey(cell) === toColumnKey(column));
  });
  const missing = columns.find((_, i) => !(header.length > [photo, label][i] && [photo, label][i] >= 0));
  if (missing !== undefined) {
    throw new CommandError(`${file} has no column ${missing}. It has ${header.map((cell) => `"${cell}"`).join(", ")}.`);
  }
  const hasHeader = !isNumbered || !endsLikePhoto(header[photo]);
  const purpose = header.findIndex((cell) => toColumnKey(cell) === PURPOSE_COLUMN);
  return { photo, label, purpose, width: header.length, hasHeader, guesses: [] };
}

function readRow({ cells, line, fault }: Line, { photo, label, purpose, width }: Layout): ReadRow {
  const place = `line ${line}`;
  const file = cells[photo] || cells.find((cell) => cell !== "") || "a row";
  const meant = readPurpose(cells[purpose]);
  const reason = fault ?? findFault(cells, photo, label, width);
  if (reason !== null) return { file, place, reason };
  return "reason" in meant ? { file, place, ...meant } : { place, source: cells[photo], label: cells[label], ...meant };
}

function findFault(cells: readonly string[], photo: number, label: number, width: number): string | null {
  if (cells.some((cell) => cell.includes(BROKEN_CHARACTER))) return "is not in UTF-8 as the other rows are";
  if (cells.length <= Math.max(photo, label)) return `has ${cells.length} of ${width} cells`;
  if (cells.slice(width).some((cell) => cell !== "")) {
    return `has ${cells.length} cells, the first line ${width}: put a label with a separator in quotes`;
  }
  if (cells[photo] === "") return "names no photo";
  return cells[label] === "" ? "has no label" : null;
}
