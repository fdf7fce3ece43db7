/**
 * Unpacks a ZIP of photos into a folder that the import throws away. Only importer of yauzl. An archive may name any path and
 * claim any size: what leads out of the folder, is a link, or is too much when unpacked is refused.
 */
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Entry, open, type ZipFile } from "yauzl";
import { CommandError, reasonOf } from "../shared/command.ts";
import { decodeText } from "./decode-text.ts";
import type { LeftOut } from "./import-source.ts";

export interface UnpackLimits {
  readonly maxFileBytes: number;
  readonly maxTotalBytes: number;
  readonly maxFiles: number;
}

const DEFAULT_LIMITS: UnpackLimits = { maxFileBytes: 50_000_000, maxTotalBytes: 8_000_000_000, maxFiles: 200_000 };
const UTF8_FLAG = 0x800;
const LINK_MODE = 0o120000;
const MODE_MASK = 0o170000;

/** Returns what was refused. Throws `CommandError` for a file that is not ZIP, and for one that is too large. */
export async function unpackZip(zip: string, folder: string, limits = DEFAULT_LIMITS): Promise<LeftOut[]> {
  const archive = await openZip(zip);
  const refused: LeftOut[] = [];
  let [files, bytes] = [0, 0];
  try {
    for (let entry = await nextEntry(archive); entry !== null; entry = await nextEntry(archive)) {
      const name = readName(entry);
      if (/[\\/]$/.test(name)) continue;
      const reason = findFault(name, entry, limits);
      if (reason !== null) {
        refused.push({ file: name, reason });
        continue;
      }
      files += 1;
      bytes += entry.uncompressedSize;
      if (files > limits.maxFiles || bytes > limits.maxTotalBytes) {
        throw new CommandError(
          `${zip} is too large when unpacked: it holds more than ${describe(limits)}. Import it in parts.`,
        );
      }
      await writeEntry(archive, entry, path.join(folder, ...name.split(/[\\/]+/))).catch((cause: unknown) => {
        refused.push({ file: name, reason: `cannot be unpacked: ${reasonOf(cause)}` });
      });
    }
  } finally {
    archive.close();
  }
  return refused;
}

function findFault(name: string, entry: Entry, { maxFileBytes }: UnpackLimits): string | null {
  const parts = name.split(/[\\/]+/);
  if (/^([\\/]|[a-z]:)/i.test(name) || parts.includes("..") || name.includes("\0")) return "leads out of the archive";
  if (((entry.externalFileAttributes >>> 16) & MODE_MASK) === LINK_MODE) return "a symbolic link (not followed)";
  if (entry.isEncrypted()) return "is encrypted: unpack it first";
  return entry.uncompressedSize > maxFileBytes ? `is larger than ${maxFileBytes / 1e6} MB` : null;
}

function describe({ maxFiles, maxTotalBytes }: UnpackLimits): string {
  return `${maxFiles} files or ${maxTotalBytes / 1e9} GB`;
}

/** In UTF-8 where the archive says so or it can be no other; otherwise in the code page that is likeliest. */
function readName({ fileName, generalPurposeBitFlag }: Entry): string {
  const bytes: unknown = fileName; // yauzl gives bytes when it is told not to decode; its types say text
  if (!Buffer.isBuffer(bytes)) return fileName;
  if ((generalPurposeBitFlag & UTF8_FLAG) !== 0) return bytes.toString("utf8");
  try {
    return decodeText("a name", bytes).text;
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function openZip(zip: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(
      zip,
      { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true },
      (cause, archive) => {
        if (cause === null) resolve(archive);
        else reject(new CommandError(`${zip} cannot be read as a ZIP: ${reasonOf(cause)}.`));
      },
    );
  });
}

function nextEntry(archive: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      archive.removeAllListeners("entry").removeAllListeners("end").removeAllListeners("error");
      act();
    };
    archive.once("entry", (entry: Entry) => settle(() => resolve(entry)));
    archive.once("end", () => settle(() => resolve(null)));
    archive.once("error", (cause: unknown) =>
      settle(() => reject(new CommandError(`The ZIP is damaged: ${reasonOf(cause)}.`))),
    );
    archive.readEntry();
  });
}

/** Nothing is awaited between opening the content and reading it: an error in between would have no listener. */
async function writeEntry(archive: ZipFile, entry: Entry, file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const content = await new Promise<Readable>((resolve, reject) => {
    archive.openReadStream(entry, (cause, stream) => (cause === null ? resolve(stream) : reject(cause)));
  });
  await pipeline(content, createWriteStream(file, { flags: "wx" }));
}
