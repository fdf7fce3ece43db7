/**
 * Which secrets the local server on a port has: several may run, each with a folder and an admin token of its own, and commands of this
 * checkout find the right token by the address alone.
 */
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { readText } from "../backbone/placed-backbone.ts";
import { SERVED_PORTS_DIR } from "../shared/project-paths.ts";
import { replaceFile } from "../shared/replace.ts";

/** Notes the file for as long as the server runs; the returned function takes the note away. */
export async function noteServedPort(
  port: number,
  secretsFile: string,
  folder = SERVED_PORTS_DIR,
): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const note = path.join(folder, String(port));
  await replaceFile(note, path.resolve(secretsFile));
  return () => rm(note, { force: true });
}

/** The file of the server on this port; undefined where `npm start` has noted none. */
export async function findServedSecrets(port: number, folder = SERVED_PORTS_DIR): Promise<string | undefined> {
  return readText(path.join(folder, String(port)));
}
