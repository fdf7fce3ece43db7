/** A file's lines as bytes, with their newlines, one piece of the file in memory at a time. */
import { createReadStream } from "node:fs";
import { CommandError, reasonOf } from "../shared/command.ts";

const NEWLINE = 0x0a;
/** No row of a database is longer than 2 MB; a file with a longer line is not an export. */
const MAX_LINE_BYTES = 4_000_000;

/** Yields every line; the last one may lack its newline. Throws `CommandError` when the file cannot be read. */
export async function* readLines(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        yield bytes.subarray(start, end + 1);
        start = end + 1;
      }
      rest = bytes.subarray(start);
      if (rest.length > MAX_LINE_BYTES)
        throw new CommandError(`${file} has a line that is too long: it is not an export.`);
    }
  } catch (cause) {
    throw cause instanceof CommandError ? cause : new CommandError(`${file} cannot be read: ${reasonOf(cause)}.`);
  }
  if (rest.length > 0) yield rest;
}
