/** One hash for the state of many files, so that nothing is built again that would come out the same. */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { listTree } from "../deploy/list-tree.ts";
import { PROJECT_ROOT } from "../shared/project-paths.ts";
import { isMissing } from "../shared/replace.ts";

const DIGITS = 24;

/** Hex digits over the names and contents of these files, and of all files below these folders; a missing one counts as such. */
export async function hashFiles(places: readonly string[]): Promise<string> {
  const files = (await Promise.all(places.map(listFiles))).flat();
  const names = [...new Set(files)].sort();
  const contents = await Promise.all(names.map((file) => readFile(file)));
  const hash = createHash("sha256");
  for (const [i, name] of names.entries()) {
    hash.update(`${path.relative(PROJECT_ROOT, name)}\0${contents[i]?.length}\0`).update(contents[i] ?? "");
  }
  return hash.digest("hex").slice(0, DIGITS);
}

async function listFiles(place: string): Promise<string[]> {
  try {
    return (await stat(place)).isDirectory() ? await listTree(place) : [place];
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}
