/**
 * Puts a file or a folder in place in one step: it is written beside its destination and renamed, so a reader sees the
 * old one or the new one, and a failure half-way leaves the old one.
 */
import { randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";

/** How the names of files and folders end that are not whole yet. */
export const DRAFT = ".draft";

/** Of a draft's name, as `draftPath` makes it. */
const DRAFT_NAME = /\.[0-9a-f]{12}\.draft$/;
/** A draft that is older was left by a process that was killed: nothing that is made takes as long. */
const OLDEST_DRAFT_MS = 24 * 60 * 60 * 1_000;

/** Writes a file atomically. `mode` is set before anything is written, so a secret is never readable in between. */
export async function replaceFile(file: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = draftPath(file);
  try {
    await writeFile(draft, content, { mode, flag: "wx" });
    await rename(draft, file);
  } catch (cause) {
    await rm(draft, { force: true });
    throw cause;
  }
}

/** Replaces a folder by what `fill` writes into a new one. When `fill` throws, the old folder stays as it was. Old drafts beside it go. */
export async function replaceFolder(folder: string, fill: (draft: string) => Promise<void>): Promise<void> {
  const draft = draftPath(folder);
  const old = draftPath(folder);
  await mkdir(draft, { recursive: true });
  await removeOldDrafts(path.dirname(folder));
  try {
    await fill(draft);
    await renameIfThere(folder, old); // a folder that is not empty cannot be renamed over
    await rename(draft, folder).catch(async (cause: unknown) => {
      await renameIfThere(old, folder);
      throw cause;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

/** Removes what killed processes have left in `parent` a day ago or earlier. What cannot be removed stays: whatever is made meanwhile does not need it gone. */
export async function removeOldDrafts(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => DRAFT_NAME.test(name));
  for (const name of names) {
    const draft = path.join(parent, name);
    const writtenAt = (await stat(draft).catch(() => undefined))?.mtimeMs ?? Date.now(); // another process may have removed it
    if (Date.now() - writtenAt > OLDEST_DRAFT_MS) {
      await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

/** Nothing happens where `from` does not exist: another process may have been faster. */
export async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
  }
}

/** True for the error of a file or folder that does not exist. */
export function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}

/** Where `target` is written before it is whole: beside it, under a name that no other process takes. */
export function draftPath(target: string): string {
  return `${target}.${randomBytes(6).toString("hex")}${DRAFT}`;
}
