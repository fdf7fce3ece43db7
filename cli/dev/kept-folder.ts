/**
 * Folders that are made once for each state of what they are made from, and kept for whoever needs the same again. Processes may ask
 * for one at the same time: each sees all of it or nothing.
 */
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { DRAFT, draftPath, removeOldDrafts, renameIfThere } from "../shared/replace.ts";

/** Of each parent; the ones that were used last. */
const KEPT = 6;

/** A folder, and whether it was made only now. */
export interface Built {
  readonly folder: string;
  readonly isNew: boolean;
}

/** The folder `key` in `parent`; where there is none, `make` fills an empty one. What it throws leaves nothing behind. */
export async function keepFolder(parent: string, key: string, make: (draft: string) => Promise<void>): Promise<Built> {
  const folder = path.join(parent, key);
  if (await isFolder(folder)) {
    const now = new Date();
    await utimes(folder, now, now); // the ones that are used are kept
    return { folder, isNew: false };
  }
  const draft = draftPath(folder);
  try {
    await mkdir(draft, { recursive: true });
    await make(draft);
    await rename(draft, folder).catch(async (cause: unknown) => {
      if (!(await isFolder(folder))) throw cause; // another process was faster
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  await removeOld(parent);
  await removeOldDrafts(parent);
  return { folder, isNew: true };
}

async function removeOld(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => !name.endsWith(DRAFT));
  const folders = await Promise.all(
    names.map(async (name) => {
      const folder = path.join(parent, name);
      return { folder, usedAt: (await stat(folder).catch(() => undefined))?.mtimeMs ?? 0 }; // another process may have removed it
    }),
  );
  const old = folders.sort((a, b) => b.usedAt - a.usedAt).slice(KEPT);
  for (const { folder } of old) await remove(folder);
}

/** Under another name first: one that is half gone, because its process was killed, must not pass for whole. */
async function remove(folder: string): Promise<void> {
  const draft = draftPath(folder);
  await renameIfThere(folder, draft);
  await rm(draft, { recursive: true, force: true });
}

async function isFolder(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => undefined))?.isDirectory() ?? false;
}
