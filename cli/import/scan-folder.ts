/**
 * Reads a folder of photos, one subfolder per item, and sorts out what is not a photo: by the endings of names, and by the first
 * bytes where a name has none that is known. Follows no symbolic link, because a link can lead out of the folder that the
 * person named.
 */
import type { Dirent } from "node:fs";
import { open, readdir } from "node:fs/promises";
import path from "node:path";
import { detectFormat, readImageHeader } from "../../src/image/header.ts";
import { BROKEN_CHARACTER } from "../../src/shared/decode-text.ts";
import { CommandError } from "../shared/command.ts";
import { isMissing } from "../shared/replace.ts";
import { groupByItem, type ImportSource, type LabelledPhoto, type LeftOut, nameOfFolder } from "./import-source.ts";

const PHOTO_ENDINGS = new Set([".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif"]);

/** Photos, but in formats that the Worker cannot decode: refused, where a text file is only left out. */
const UNREADABLE_PHOTO_ENDINGS = new Set([".heic", ".heif", ".avif", ".bmp", ".tif", ".tiff", ".dng", ".raw"]);

/** What systems leave in folders. */
const CLUTTER =
  /^(\..*|thumbs\.db|ehthumbs(_vista)?\.db|desktop\.ini|icon\r|__MACOSX|@eaDir|\$RECYCLE\.BIN|System Volume Information)$/i;
const SNIFFED_BYTES = 64;

/** Whether it is an archive, by its name. One inside another is not opened: a few bytes can hold ZIPs without end. */
export function isZip(name: string): boolean {
  return /\.zip$/i.test(name);
}

/** Whether a system left it there, by its name. */
export function isClutter(name: string): boolean {
  return CLUTTER.test(name);
}

/** Throws `CommandError` when there is no such folder. `parts`: folders in it that each hold the items' folders. */
export async function scanFolder(root: string, parts: readonly string[] = [""]): Promise<ImportSource> {
  const scanned: Scanned = { labelled: [], skipped: [], refused: [], hidden: 0 };
  for (const part of parts) await scanPart(root, part, scanned);
  const { labelled, ...rest } = scanned;
  return { items: groupByItem(labelled), guesses: [], ...rest };
}

/** The entries of a folder, sorted, without what systems leave there. Throws like `scanFolder`. */
export async function listFolder(folder: string): Promise<{ readonly entries: Dirent[]; readonly hidden: number }> {
  const all = await readEntries(folder);
  const entries = all.filter(({ name }) => !CLUTTER.test(name));
  return { entries, hidden: all.length - entries.length };
}

interface Scanned {
  readonly labelled: LabelledPhoto[];
  readonly skipped: LeftOut[];
  readonly refused: LeftOut[];
  hidden: number;
}

async function scanPart(root: string, part: string, scanned: Scanned): Promise<void> {
  const { entries, hidden } = await listFolder(path.join(root, part));
  scanned.hidden += hidden;
  for (const entry of entries) {
    const file = path.join(part, entry.name);
    if (!entry.isDirectory()) scanned.skipped.push({ file, reason: reasonToSkip(entry, "in no item's folder") });
    else if (file.includes(BROKEN_CHARACTER)) scanned.refused.push({ file, reason: BROKEN_NAME });
    else await scanItem(root, file, entry.name, scanned);
  }
}

async function scanItem(root: string, folder: string, label: string, scanned: Scanned): Promise<void> {
  const { entries, hidden } = await listFolder(path.join(root, folder));
  scanned.hidden += hidden;
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    const photo = entry.isFile() ? await sortFile(root, file) : null;
    if (photo !== null) scanned.labelled.push({ label, name: nameOfFolder(label), photo });
    else {
      const otherwise = entry.isFile() ? "not a photo" : "a folder inside an item's folder";
      scanned.skipped.push({ file, reason: reasonToSkip(entry, otherwise) });
    }
  }
}

const BROKEN_NAME = "has a name that is not in UTF-8: rename it";

/** A photo of the folder `root`, or one that cannot be read, with the reason; null for anything else. */
export async function sortFile(root: string, file: string): Promise<LabelledPhoto["photo"] | null> {
  const ending = path.extname(file).trim().toLowerCase();
  if (file.includes(BROKEN_CHARACTER)) return { file, reason: BROKEN_NAME };
  if (PHOTO_ENDINGS.has(ending)) return { file, path: path.join(root, file) };
  if (UNREADABLE_PHOTO_ENDINGS.has(ending)) {
    return { file, reason: `${ending.slice(1).toUpperCase()} cannot be read; save it as JPEG, PNG or WebP` };
  }
  const bytes = await readStart(path.join(root, file));
  if (detectFormat(bytes) !== null) return { file, path: path.join(root, file) };
  const header = readImageHeader(bytes);
  const isOtherFormat = !header.ok && header.error.code === "unsupported_media_type";
  return isOtherFormat && !KNOWN_FILES.has(ending) ? { file, reason: header.error.detail } : null;
}

/** Archives and documents are named for what they are, and no photos that somebody expected to be read. */
const KNOWN_FILES = new Set([".zip", ".pdf", ".gz", ".tgz", ".docx", ".xlsx"]);

async function readStart(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(SNIFFED_BYTES);
  const handle = await open(file).catch(() => null);
  if (handle === null) return new Uint8Array();
  try {
    const { bytesRead } = await handle.read(bytes, 0, SNIFFED_BYTES, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function reasonToSkip(entry: Dirent, otherwise: string): string {
  if (entry.isSymbolicLink()) return "a symbolic link (not followed)";
  if (entry.isFile() && isZip(entry.name)) return "a ZIP: unpack it, or import it by itself";
  return entry.isFile() || entry.isDirectory() ? otherwise : "not a regular file";
}

async function readEntries(folder: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    if (isMissing(cause)) throw new CommandError(`There is no folder ${folder}.`);
    if (cause instanceof Error && "code" in cause && cause.code === "ENOTDIR") {
      throw new CommandError(`${folder} is not a folder, and by its name not a list or ZIP either.`);
    }
    throw cause;
  }
}
