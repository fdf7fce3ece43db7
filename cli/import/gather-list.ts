/**
 * The photos of a list as an import takes them: paths under one root, by item. Paths must stay inside the list's folder, since
 * a list made by somebody else could name any file of this machine; addresses are fetched only when the person allows it.
 */
import { realpath, writeFile } from "node:fs/promises";
import path from "node:path";
import { sha256Of } from "../backbone/file-identity.ts";
import { reasonOf } from "../shared/command.ts";
import type { LabelledList, LabelledSource } from "./labelled-list.ts";
import { type ClassFolder, classIdOf, classNameOf, type LeftOut, type ScannedFolder } from "./scan-folder.ts";

const DOWNLOAD_TIMEOUT_MS = 60_000;
const MAX_DOWNLOAD_BYTES = 50_000_000;

export interface GatherOptions {
  /** The list's folder. */
  readonly root: string;
  /** Where downloads go; null when none is allowed. */
  readonly downloads: string | null;
}

/** A photo under the root, or why there is none. */
type PlacedPhoto = { readonly file: string; readonly reason?: undefined } | LeftOut;

/** Downloads what has to be, and sorts the photos by item. Photos that cannot be had are refused with the reason. */
export async function gatherList(list: LabelledList, { root, downloads }: GatherOptions): Promise<ScannedFolder> {
  const items = new Map<string, { files: string[]; refused: LeftOut[]; label: string }>();
  for (const photo of list.photos) {
    const id = classIdOf(photo.label);
    const item = items.get(id) ?? { files: [], refused: [], label: photo.label };
    items.set(id, item);
    const placed = isAddress(photo.source) ? await download(photo, root, downloads) : await locate(photo, root);
    if (placed.reason === undefined) item.files.push(placed.file);
    else item.refused.push(placed);
  }
  const classes = Array.from(items, ([id, { files, refused, label }]): ClassFolder => {
    return { folder: label, id, name: classNameOf(label), files: [...new Set(files)], refused };
  });
  return { classes, skipped: list.skipped, hidden: 0 };
}

function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** The file beside the list, by its path or, as Label Studio's uploads are often kept, by its name. */
async function locate({ source }: LabelledSource, root: string): Promise<PlacedPhoto> {
  const folder = await realpath(root);
  for (const candidate of [source, path.basename(source)]) {
    const found = await realpath(path.resolve(folder, candidate)).catch(() => undefined);
    if (found === undefined) continue;
    const file = path.relative(folder, found);
    if (file.startsWith("..") || path.isAbsolute(file))
      return { file: source, reason: "lies outside of the list's folder" };
    return { file };
  }
  return { file: source, reason: "is not there" };
}

async function download({ source }: LabelledSource, root: string, downloads: string | null): Promise<PlacedPhoto> {
  if (downloads === null) return { file: source, reason: "is an address; --allow-urls fetches it" };
  try {
    const response = await fetch(source, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
    if (!response.ok || response.body === null)
      return { file: source, reason: `the server answers ${response.status}` };
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > MAX_DOWNLOAD_BYTES) return { file: source, reason: `is larger than ${MAX_DOWNLOAD_BYTES / 1e6} MB` };
      chunks.push(chunk);
    }
    const file = path.join(downloads, nameOf(source));
    await writeFile(file, Buffer.concat(chunks));
    return { file: path.relative(root, file) };
  } catch (cause) {
    return { file: source, reason: `cannot be fetched: ${reasonOf(cause)}` };
  }
}

/** A name that says where the photo came from, and that no other address has. */
function nameOf(address: string): string {
  const readable = address
    .replace(/^https?:\/\//i, "")
    .replace(/[^a-z0-9.-]+/gi, "_")
    .slice(-80);
  return `${sha256Of(new TextEncoder().encode(address)).slice(0, 12)}-${readable}`;
}
