/** Every regular file below a folder. */
import { readdir } from "node:fs/promises";
import path from "node:path";

/** Absolute paths when `folder` is absolute, in no particular order. */
export async function listTree(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
