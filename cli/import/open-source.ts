/** Reads whatever a person hands to an import: a folder, a list, or a ZIP of either. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { CommandError } from "../shared/command.ts";
import { gatherList } from "./gather-list.ts";
import { groupByItem, type ImportSource } from "./import-source.ts";
import type { ListOptions } from "./labelled-list.ts";
import { explainZips, openFolder } from "./open-folder.ts";
import { isList, readList } from "./read-list.ts";
import { isZip, listFolder } from "./scan-folder.ts";
import { unpackZip } from "./unpack-zip.ts";

export interface SourceOptions extends ListOptions {
  readonly allowUrls: boolean;
}

/** Calls `work` with what `given` holds, and afterwards deletes what it had to download or unpack. Throws `CommandError`. */
export async function withSource<T>(
  given: string,
  options: SourceOptions,
  work: (source: ImportSource) => Promise<T>,
): Promise<T> {
  const scratch = await mkdtemp(path.join(tmpdir(), "headstart-import-"));
  try {
    return await work(await openSource(given, options, scratch));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function openSource(given: string, options: SourceOptions, scratch: string): Promise<ImportSource> {
  if (/\.(zip|tm)$/i.test(given)) return openZip(given, options, scratch);
  if (!isList(given)) return openFolder(given, options);
  const downloads = options.allowUrls ? scratch : null;
  return gatherList(await readList(given, options), { root: path.dirname(path.resolve(given)), downloads });
}

async function openZip(zip: string, options: SourceOptions, scratch: string): Promise<ImportSource> {
  const unpackedFaults = await unpackZip(zip, scratch);
  const source = await openUnpacked(zip, options, scratch);
  return { ...source, refused: [...unpackedFaults, ...source.refused] };
}

async function openUnpacked(zip: string, options: SourceOptions, scratch: string): Promise<ImportSource> {
  const { entries } = await listFolder(scratch);
  if (entries.length === 0) throw new CommandError(`${zip} holds no photos.`);
  if (entries.some((entry) => entry.isDirectory())) {
    const lists = entries.filter((entry) => entry.isFile() && isList(entry.name) && entry.name !== "manifest.json");
    if (lists.length !== 1 || entries.filter((entry) => entry.isDirectory()).length > 1)
      return openFolder(scratch, options, zip);
    return gatherList(await readList(path.join(scratch, lists[0].name), options), { root: scratch, downloads: null });
  }
  const names = entries.map(({ name }) => name);
  return readSamples(zip, scratch, names) ?? openFlat(zip, scratch, names, options);
}

/** A class's samples as Teachable Machine saves them: photos alone, in "Burrito-samples.zip". */
function readSamples(zip: string, folder: string, names: readonly string[]): ImportSource | null {
  const label = /^(.+?)-samples( ?\(\d+\))?\.zip$/i.exec(path.basename(zip))?.[1];
  if (label === undefined) return null;
  const photos = names.filter((name) => /\.(jpe?g|png|webp)$/i.test(name));
  const labelled = photos.map((name) => ({ label, name: label, photo: { file: name, path: path.join(folder, name) } }));
  const guesses = [`The photos are taken for "${label}", as the ZIP is called.`];
  return { items: groupByItem(labelled), refused: [], skipped: [], hidden: 0, guesses };
}

async function openFlat(
  zip: string,
  folder: string,
  names: readonly string[],
  options: SourceOptions,
): Promise<ImportSource> {
  const lists = names.filter((name) => isList(name) && name !== "manifest.json");
  if (lists.length === 1) {
    return gatherList(await readList(path.join(folder, lists[0]), options), { root: folder, downloads: null });
  }
  const inner = names.find(isZip);
  if (inner !== undefined) throw new CommandError(explainZips(zip, inner));
  const advice = names.includes("manifest.json")
    ? 'A project of Teachable Machine has no folders: there choose "Download Samples" of each class instead, and import those ZIPs.'
    : "Put one folder per item into it, named like the item, with its photos.";
  throw new CommandError(`${zip} holds photos without folders or a list, so nothing says what they show. ${advice}`);
}
