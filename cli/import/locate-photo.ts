/**
 * Finds the photos that a list names, beside the list: as it names them, or as plainly meant where it was written on another
 * machine, with other slashes, another case or percent escapes. Nothing outside of the list's folder is ever read, since a
 * list made by somebody else could name any file of this machine.
 */
import { readdir, realpath } from "node:fs/promises";
import path from "node:path";

const MAX_INDEXED_FILES = 200_000;

/** The path of a photo, or why there is none. */
export type Located = { readonly path: string; readonly reason?: undefined } | { readonly reason: string };

/** Looks up one path of a list. */
export type LocatePhoto = (source: string) => Promise<Located>;

/** `root`: the list's folder. */
export async function createLocator(root: string): Promise<LocatePhoto> {
  const folder = await realpath(root);
  let index: Promise<FileIndex> | undefined;

  return async function locatePhoto(source) {
    const written = spellings(source);
    for (const candidate of written) {
      const found = await realpath(path.resolve(folder, candidate)).catch(() => undefined);
      if (found !== undefined && found !== folder && isInside(folder, found)) return { path: found };
    }
    index ??= indexFiles(folder);
    const files = await index;
    for (const candidate of written) {
      const matches = findBySuffix(files, candidate);
      if (matches.length === 1) return confine(folder, matches[0]);
      if (matches.length > 1) return { reason: `is not there, and several files beside the list are called so` };
    }
    const leadsOut = written.some((candidate) => !isInside(folder, path.resolve(folder, candidate)));
    return { reason: leadsOut ? "lies outside of the list's folder" : "is not there" };
  };
}

/** Symbolic links may lead out. */
async function confine(folder: string, file: string): Promise<Located> {
  const found = await realpath(path.join(folder, file)).catch(() => undefined);
  if (found === undefined) return { reason: "is not there" };
  return isInside(folder, found) ? { path: found } : { reason: "lies outside of the list's folder" };
}

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** A path as it is written, and as it may be meant; of Label Studio's own addresses, which its CSV holds too, what they name. */
function spellings(source: string): string[] {
  const plain = source.replace(/^file:\/\//i, "").replace(/^\/data\/local-files\/\?d=/, "");
  const slashed = plain
    .replaceAll("\\", "/")
    .replace(/^[a-z]:\//i, "/")
    .replace(/\/{2,}/g, "/");
  const all = [plain, slashed, slashed.replace(/[?#][^/]*$/, "")];
  return [...new Set([...all, ...all.map(decodePercent)])].filter((one) => one !== "" && !one.includes("\0"));
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign that escapes nothing
  }
}

/** Files below the list's folder: by their whole paths, and by their names alone, folded. */
type FileIndex = ReadonlyMap<string, readonly string[]>;

async function indexFiles(folder: string): Promise<FileIndex> {
  const byName = new Map<string, string[]>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries.slice(0, MAX_INDEXED_FILES)) {
    if (entry.isDirectory()) continue;
    const file = path.relative(folder, path.join(entry.parentPath, entry.name));
    for (const key of new Set([fold(entry.name), fold(path.parse(entry.name).name)])) {
      byName.set(key, [...(byName.get(key) ?? []), file]);
    }
  }
  return byName;
}

/** The files that a path can mean, by as many of its folders as any of them shares with it. */
function findBySuffix(index: FileIndex, candidate: string): readonly string[] {
  const wanted = fold(candidate)
    .split("/")
    .filter((part) => part !== "" && part !== ".");
  const named = (index.get(wanted.at(-1) ?? "") ?? []).map((file) => ({ file, parts: fold(file).split("/") }));
  const scored = named
    .filter(({ parts }) => isWithin(parts.slice(0, -1), wanted) || isWithin(wanted.slice(0, -1), parts))
    .map(({ file, parts }) => ({ file, shared: parts.filter((part) => wanted.includes(part)).length }));
  const most = Math.max(...scored.map(({ shared }) => shared));
  return scored.filter(({ shared }) => shared === most).map(({ file }) => file);
}

/** Whether all these folders come in that path, in their order: it was written elsewhere, above or below. */
function isWithin(folders: readonly string[], parts: readonly string[]): boolean {
  let at = -1;
  return folders.every((folder) => {
    at = parts.indexOf(folder, at + 1);
    return at >= 0;
  });
}

function fold(file: string): string {
  return file.normalize("NFC").toLowerCase().replaceAll(path.sep, "/");
}
