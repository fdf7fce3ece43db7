/**
 * Turns what a person typed into a model's bytes: a path, a backbone of the project, one of the shared folder, a known
 * name or an address, in this order. Reads only.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { BackboneManifest } from "../../src/backbone/manifest.ts";
import { CommandError } from "../shared/command.ts";
import { isMissing } from "../shared/replace.ts";
import { downloadIfThere, downloadModel } from "./download.ts";
import { sha256Of } from "./file-identity.ts";
import { KNOWN_BACKBONES, type KnownBackbone } from "./known-backbones.ts";
import { backboneFolders, type SearchPlaces } from "./made-backbones.ts";
import { parseManifest, readText } from "./placed-backbone.ts";

export interface BackboneSource {
  readonly model: Uint8Array;
  /** File name without `.onnx`. */
  readonly name: string;
  /** The path or address that was read, for messages. */
  readonly place: string;
  /** The manifest that lies beside the file, if one does; it describes exactly these bytes. */
  readonly manifest?: BackboneManifest;
  /** The entry of the known list that was asked for by name; its pin must hold. */
  readonly expected?: KnownBackbone;
}

/** Finds and reads `wanted`. Throws `CommandError` when it is nowhere, ambiguous or unreadable. */
export async function findBackboneSource(wanted: string, places: SearchPlaces): Promise<BackboneSource> {
  if (/^https?:\/\//i.test(wanted)) return download(wanted);
  const found = await kindOf(wanted);
  if (found === "file") return readModel(path.resolve(wanted));
  if (found === "folder") return readModel(await onlyModelIn(path.resolve(wanted)));
  const stem = wanted.replace(/\.onnx$/, "");
  for (const folder of backboneFolders(places)) {
    const file = await findByName(folder, stem);
    if (file !== undefined) return readModel(file);
  }
  const known = KNOWN_BACKBONES.find(({ name }) => name === stem);
  if (known?.url !== undefined) return { ...(await download(known.url)), expected: known };
  throw new CommandError(
    `No backbone is called "${wanted}": it is not a file or folder, and neither models/ nor ` +
      `${places.sharedBackbonesDir} has it. \`npm run backbone -- list\` shows what there is.`,
  );
}

/** Paths of the `.onnx` files in a folder, sorted; none when the folder does not exist. */
export async function listModels(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith(".onnx"))
      .sort()
      .map((name) => path.join(folder, name));
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}

async function findByName(folder: string, stem: string): Promise<string | undefined> {
  const files = await listModels(folder);
  const exact = files.find((file) => stemOf(file) === stem);
  if (exact !== undefined) return exact;
  const [first, ...others] = files.filter((file) => stemOf(file).startsWith(stem));
  if (others.length > 0) {
    const names = [first, ...others].map((file) => stemOf(file ?? "")).join(", ");
    throw new CommandError(`"${stem}" could be any of ${names}. Write more of the name.`);
  }
  return first;
}

async function onlyModelIn(folder: string): Promise<string> {
  const files = await listModels(folder);
  const [file, ...others] = files;
  if (file === undefined) throw new CommandError(`There is no .onnx file in ${folder}.`);
  if (others.length > 0) throw new CommandError(`${folder} holds ${files.length} .onnx files. Name one of them.`);
  return file;
}

async function readModel(file: string): Promise<BackboneSource> {
  const model = await readFile(file).catch((cause: unknown) => {
    if (isMissing(cause)) throw new CommandError(`${file} has vanished. Nothing was changed.`);
    throw cause;
  });
  const manifest = await findManifest(file, model);
  return { model, name: manifest?.name ?? stemOf(file), place: file, ...(manifest && { manifest }) };
}

/** A manifest is `NAME.json` beside `NAME.onnx`, or `manifest.json` in the folder when it names this file. */
async function findManifest(file: string, model: Uint8Array): Promise<BackboneManifest | undefined> {
  const folder = path.dirname(file);
  for (const candidate of [path.join(folder, `${stemOf(file)}.json`), path.join(folder, "manifest.json")]) {
    const text = await readText(candidate);
    if (text === undefined) continue;
    const manifest = parseManifest(text, candidate);
    if (path.basename(candidate) === "manifest.json" && manifest.file !== path.basename(file)) continue;
    if (manifest.id === sha256Of(model)) return manifest;
    throw new CommandError(
      `${file} has SHA-256 ${sha256Of(model)}, but ${candidate} describes ${manifest.id}: ` +
        "the file is damaged or was exchanged. Fetch it again, or remove the manifest if it belongs to another file.",
    );
  }
  return undefined;
}

async function download(url: string): Promise<BackboneSource> {
  const model = await downloadModel(url);
  const stem = stemOf(new URL(url).pathname);
  const manifest = stem === sha256Of(model) ? await downloadManifest(url, stem) : undefined;
  return { model, name: manifest?.name ?? (stem || "backbone"), place: url, ...(manifest && { manifest }) };
}

/** A deployment has its backbone under the id, and the manifest beside it. */
async function downloadManifest(url: string, id: string): Promise<BackboneManifest | undefined> {
  const place = new URL("manifest.json", url).href;
  const bytes = await downloadIfThere(place);
  if (bytes === null) return undefined;
  const manifest = parseManifest(new TextDecoder().decode(bytes), place);
  return manifest.id === id ? manifest : undefined;
}

async function kindOf(place: string): Promise<"file" | "folder" | "nothing"> {
  try {
    return (await stat(place)).isDirectory() ? "folder" : "file";
  } catch (cause) {
    if (isMissing(cause)) return "nothing";
    throw cause;
  }
}

function stemOf(file: string): string {
  return path.basename(file).replace(/\.onnx$/, "");
}
