/** Finds out how a folder is laid out: items' folders, parts for training and testing, one folder around all, or a dataset's list. */
import type { Dirent } from "node:fs";
import path from "node:path";
import { CommandError } from "../shared/command.ts";
import { gatherList } from "./gather-list.ts";
import { type ImportSource, mergeItems } from "./import-source.ts";
import type { ListOptions } from "./labelled-list.ts";
import { isList, readList } from "./read-list.ts";
import { isZip, listFolder, scanFolder } from "./scan-folder.ts";

/** What datasets call the parts that a model is trained, tuned and judged on. */
const PARTS = /^(train|training|valid|validation|val|test|testing)$/i;
const COCO_LIST = "_annotations.coco.json";

/** Reads it; `zip` is what it was unpacked from. Throws `CommandError` with what to do where there are no items in it. */
export async function openFolder(root: string, options: ListOptions, zip?: string): Promise<ImportSource> {
  const shown = zip ?? root;
  const { entries } = await listFolder(root);
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const parts = folders.length > 0 && folders.every((name) => PARTS.test(name)) ? folders : null;
  const lists = await findCocoLists(root, parts ?? [""]);
  if (lists.length > 0) return readLists(root, lists, options);
  if (folders.length === 0) throw new CommandError(explainNoFolders(shown, entries));
  refuseBoxes(shown, entries);
  if (parts !== null && (await haveFolders(root, parts))) {
    const source = await scanFolder(root, parts);
    const said = `${parts.join(", ")} are read as parts of one set; to keep photos for testing apart, import one of these folders alone.`;
    return { ...source, guesses: [said] };
  }
  const [only] = folders;
  const isWrapped = folders.length === 1 && !entries.some(isPhotoFile) && (await haveOnlyFolders(root, only));
  if (isWrapped && zip !== undefined) {
    const inner = await openFolder(path.join(root, only), options, zip);
    return { ...inner, guesses: [`The folders of ${only} are taken for the items.`, ...inner.guesses] };
  }
  const source = await scanFolder(root);
  const hint = `${only} holds folders and no photos. If these are the items, import ${path.join(shown, only)}.`;
  return isWrapped ? { ...source, guesses: [hint] } : source;
}

async function findCocoLists(root: string, parts: readonly string[]): Promise<string[]> {
  const lists: string[] = [];
  for (const part of parts) {
    const { entries } = await listFolder(path.join(root, part));
    if (entries.some(({ name }) => name === COCO_LIST)) lists.push(path.join(part, COCO_LIST));
  }
  return lists;
}

async function readLists(root: string, lists: readonly string[], options: ListOptions): Promise<ImportSource> {
  const sources: ImportSource[] = [];
  for (const list of lists) {
    const file = path.join(root, list);
    sources.push(await gatherList(await readList(file, options), { root: path.dirname(file), downloads: null }));
  }
  return joinSources(sources, [`Labels come from ${lists.join(", ")}.`]);
}

function joinSources(sources: readonly ImportSource[], guesses: readonly string[]): ImportSource {
  return {
    items: mergeItems(sources.flatMap(({ items }) => items)),
    refused: sources.flatMap(({ refused }) => refused),
    skipped: sources.flatMap(({ skipped }) => skipped),
    hidden: sources.reduce((sum, { hidden }) => sum + hidden, 0),
    guesses: [...guesses, ...sources.flatMap((source) => source.guesses)],
  };
}

async function haveFolders(root: string, parts: readonly string[]): Promise<boolean> {
  for (const part of parts) {
    const { entries } = await listFolder(path.join(root, part));
    if (entries.some((entry) => entry.isDirectory())) return true;
  }
  return false;
}

/** Whether it holds folders, and no photos beside them. */
async function haveOnlyFolders(root: string, folder: string): Promise<boolean> {
  const { entries } = await listFolder(path.join(root, folder));
  return entries.some((entry) => entry.isDirectory()) && !entries.some(isPhotoFile);
}

function isPhotoFile(entry: Dirent): boolean {
  return entry.isFile() && /\.(jpe?g|jpe|jfif|png|webp|gif|heic)$/i.test(entry.name);
}

/** Datasets for finding things in pictures have no folders of items. */
function refuseBoxes(root: string, entries: readonly Dirent[]): void {
  const names = new Set(entries.map(({ name }) => name.toLowerCase()));
  if (!names.has("data.yaml") && !(names.has("images") && names.has("labels"))) return;
  throw new CommandError(
    `${root} is laid out for YOLO: boxes in pictures, no folders of items. In Roboflow choose "Folder Structure" or "COCO" instead.`,
  );
}

function explainNoFolders(root: string, entries: readonly Dirent[]): string {
  const zip = entries.find((entry) => entry.isFile() && isZip(entry.name))?.name;
  if (zip !== undefined) return explainZips(root, zip);
  const list = entries.find((entry) => entry.isFile() && isList(entry.name))?.name;
  const hint = list === undefined ? "" : ` Or import the list in it: ${path.join(root, list)}.`;
  return `${root} has no subfolders. Make one folder per item, named like the item, with its photos.${hint}`;
}

/** What to do with a folder or a ZIP that holds ZIPs, `first` among them, instead of items' folders. */
export function explainZips(root: string, first: string): string {
  return `${root} holds ZIPs and no folders. Import each of them by itself (${first} and so on); one that is inside another must be taken out first.`;
}
