/**
 * Reads a folder of photos, one subfolder per class, and sorts out what is not a photo. Opens no file; follows no
 * symbolic link, because a link can lead out of the folder that the person named.
 */
import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { CommandError } from "../shared/command.ts";
import { isMissing } from "../shared/replace.ts";

const PHOTO_EXTENSIONS = new Set([".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp"]);

/** Photos, but in formats that the Worker cannot decode: refused, where a text file is only left out. */
const UNREADABLE_PHOTO_EXTENSIONS = new Set([
  ".heic",
  ".heif",
  ".avif",
  ".gif",
  ".bmp",
  ".tif",
  ".tiff",
  ".dng",
  ".raw",
]);

const MAX_ID_CHARACTERS = 64;

export interface LeftOut {
  /** Relative to the imported folder. */
  readonly file: string;
  readonly reason: string;
}

export interface ClassFolder {
  /** The folder's own name. */
  readonly folder: string;
  readonly id: string;
  readonly name: string;
  /** Paths of the photos relative to the imported folder, sorted. */
  readonly files: readonly string[];
  /** Photos in a format that cannot be read. */
  readonly refused: readonly LeftOut[];
}

export interface ScannedFolder {
  readonly classes: readonly ClassFolder[];
  /** What is no photo and was not sent. Hidden files are not listed, only counted. */
  readonly skipped: readonly LeftOut[];
  readonly hidden: number;
}

/** Throws `CommandError` when the folder cannot be an import. */
export async function scanFolder(root: string): Promise<ScannedFolder> {
  const entries = await list(root);
  const classes: ClassFolder[] = [];
  const skipped: LeftOut[] = [];
  let hidden = 0;
  for (const entry of entries) {
    if (isHidden(entry)) hidden += 1;
    else if (!entry.isDirectory())
      skipped.push({ file: entry.name, reason: reasonToSkip(entry, "in no class folder") });
    else {
      const scanned = await scanClass(root, entry.name);
      classes.push(scanned.found);
      skipped.push(...scanned.skipped);
      hidden += scanned.hidden;
    }
  }
  if (classes.length === 0) {
    throw new CommandError(
      `${root} has no subfolders. Make one folder per class, named like the class, with its photos.`,
    );
  }
  return { classes, skipped, hidden };
}

async function scanClass(root: string, folder: string) {
  const files: string[] = [];
  const refused: LeftOut[] = [];
  const skipped: LeftOut[] = [];
  let hidden = 0;
  for (const entry of await list(path.join(root, folder))) {
    const file = path.join(folder, entry.name);
    const extension = path.extname(entry.name).toLowerCase();
    if (isHidden(entry)) hidden += 1;
    else if (!entry.isFile()) skipped.push({ file, reason: reasonToSkip(entry, "a folder inside a class folder") });
    else if (PHOTO_EXTENSIONS.has(extension)) files.push(file);
    else if (UNREADABLE_PHOTO_EXTENSIONS.has(extension)) {
      refused.push({
        file,
        reason: `${extension.slice(1).toUpperCase()} cannot be read; save it as JPEG, PNG or WebP`,
      });
    } else skipped.push({ file, reason: "not a photo (JPEG, PNG or WebP) by its name" });
  }
  return { found: { folder, id: classIdOf(folder), name: classNameOf(folder), files, refused }, skipped, hidden };
}

/** The id of a folder's class: "Four Cheese" -> "four-cheese", "four_cheese" as it is. */
export function classIdOf(folder: string): string {
  const slug = folder
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_-]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  if (slug === "") throw new CommandError(`The folder "${folder}" needs a name with letters or digits.`);
  return slug.slice(0, MAX_ID_CHARACTERS);
}

/** The name of a folder's class for people: "four_cheese" -> "Four Cheese". */
export function classNameOf(folder: string): string {
  const words = folder.normalize("NFC").replace(/[_-]+/g, " ").trim().split(/\s+/);
  return words.map((word) => word.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())).join(" ");
}

function reasonToSkip(entry: Dirent, otherwise: string): string {
  if (entry.isSymbolicLink()) return "a symbolic link (not followed)";
  return entry.isFile() || entry.isDirectory() ? otherwise : "not a regular file";
}

function isHidden(entry: Dirent): boolean {
  return entry.name.startsWith(".") || entry.name === "Thumbs.db" || entry.name === "desktop.ini";
}

async function list(folder: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    if (isMissing(cause)) throw new CommandError(`There is no folder ${folder}.`);
    if (cause instanceof Error && "code" in cause && cause.code === "ENOTDIR") {
      throw new CommandError(`${folder} is not a folder.`);
    }
    throw cause;
  }
}
