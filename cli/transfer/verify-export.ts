/** Reads an export from its first byte to its last before anything of it is used: is it one, is it whole, is it unchanged? */
import { createHash } from "node:crypto";
import { z } from "zod";
import { END_KIND, FORMAT_NAME, READABLE_VERSIONS, ROW_KINDS } from "../../src/shared/transfer-format.ts";
import { CommandError } from "../shared/command.ts";
import { readLines } from "./read-lines.ts";

const countsSchema = z.partialRecord(z.enum(ROW_KINDS), z.number());
const headerSchema = z.object({ format: z.literal(FORMAT_NAME), version: z.number(), counts: countsSchema });
const endSchema = z.object({ kind: z.literal(END_KIND), counts: countsSchema, sha256: z.string() });

/** An export that has been read and found whole. */
export interface VerifiedExport {
  /** SHA-256 of its rows, by which it is known. */
  readonly sha256: string;
  readonly rows: number;
  readonly bytes: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** Takes an export line by line; `finish` says what it was. Both throw `CommandError` with what is wrong. */
export function createVerifier(name: string) {
  const hash = createHash("sha256");
  let lines = 0;
  let bytes = 0;
  let last: Buffer | undefined;

  function take(line: Buffer): void {
    if (lines === 0) checkHeader(name, line);
    if (last !== undefined) hash.update(last);
    last = Buffer.from(line); // -- a copy: the piece of the file that it lies in must not stay in memory
    lines += 1;
    bytes += line.length;
  }

  function finish(): VerifiedExport {
    const end = endSchema.safeParse(parseLine(last));
    if (!end.success) throw new CommandError(`${name} is cut off after ${lines} lines: it has no end line.`);
    const { counts, sha256 } = end.data;
    if (hash.digest("hex") !== sha256) throw new CommandError(`${name} is damaged: its SHA-256 is another one.`);
    return { sha256, rows: lines - 2, bytes, counts };
  }

  return { take, finish };
}

/** Reads the whole file. */
export async function verifyExport(file: string): Promise<VerifiedExport> {
  const verifier = createVerifier(file);
  for await (const line of readLines(file)) verifier.take(line);
  return verifier.finish();
}

function checkHeader(name: string, line: Buffer): void {
  const header = headerSchema.safeParse(parseLine(line));
  if (!header.success) throw new CommandError(`${name} is not an export of Headstart.`);
  const { version } = header.data;
  if (!READABLE_VERSIONS.some((readable) => readable === version)) {
    throw new CommandError(
      `${name} has version ${version} of the format; this command reads ${READABLE_VERSIONS.join(" and ")}.`,
    );
  }
}

function parseLine(line: Buffer | undefined): unknown {
  try {
    return JSON.parse(line?.toString("utf8") ?? "");
  } catch {
    return undefined;
  }
}
