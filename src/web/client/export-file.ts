/**
 * An export as a browser has it: whole or not, and cut into requests. The format is explained in `docs/transfer-format.md`:
 * a header line, rows, and an end line with the SHA-256 of all bytes before it. Pure but for that hash.
 */
import { sha256Hex } from "../../shared/hash.ts";
import { splitLines } from "../../shared/lines.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { END_KIND, FORMAT_NAME, MAX_IMPORT_BYTES, MAX_IMPORT_ROWS } from "../../shared/transfer-format.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { object, text } from "./decode.ts";

/** One request: the header and some of the lines after it. */
export interface ExportPart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Line of the first row, as the file counts. */
  readonly line: number;
  readonly rows: number;
}

/** A file that has been read to its end and found whole. */
export interface ExportFile {
  readonly sha256: string;
  /** Lines after the header. */
  readonly rows: number;
  readonly parts: readonly ExportPart[];
}

const header = object({ format: text });
const end = object({ kind: text, sha256: text });
const texts = kitchen.transfer.faults;

/** Reads a file that is complete and unchanged; otherwise says what is wrong with it. */
export async function readExportFile(bytes: Uint8Array<ArrayBuffer>): Promise<Result<ExportFile, string>> {
  const lines = splitLines(bytes);
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined || read(header, first)?.format !== FORMAT_NAME) {
    return err(texts.foreign);
  }
  const closing = read(end, last);
  if (closing?.kind !== END_KIND) return err(texts.cutOff);
  const before = bytes.subarray(0, last.byteOffset - bytes.byteOffset);
  const sha256 = await sha256Hex(before);
  if (sha256 !== closing.sha256) return err(texts.changed);
  return ok({ sha256, rows: lines.length - 1, parts: makeParts(first, lines.slice(1)) });
}

function makeParts(head: Uint8Array, rows: readonly Uint8Array[]): readonly ExportPart[] {
  const parts: ExportPart[] = [];
  for (let from = 0; from < rows.length; ) {
    let to = from;
    let size = head.length;
    while (
      to < rows.length &&
      to - from < MAX_IMPORT_ROWS &&
      (to === from || size + rows[to].length <= MAX_IMPORT_BYTES)
    ) {
      size += rows[to].length;
      to += 1;
    }
    parts.push({ bytes: join([head, ...rows.slice(from, to)], size), line: from + 2, rows: to - from });
    from = to;
  }
  return parts;
}

function join(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function read<T>(decoder: (value: unknown, path: string) => T, line: Uint8Array): T | null {
  try {
    return decoder(JSON.parse(new TextDecoder().decode(line)), "line");
  } catch {
    return null;
  }
}
