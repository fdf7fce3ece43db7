/**
 * A backbone on disk in the form that the build takes: a folder with `backbone.onnx` and `manifest.json`. Reads and
 * writes that form; a folder is replaced as a whole, so model and manifest never disagree.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type BackboneManifest, backboneManifestSchema } from "../../src/backbone/manifest.ts";
import { CommandError } from "../shared/command.ts";
import { isMissing, replaceFolder } from "../shared/replace.ts";
import { sha256Of } from "./file-identity.ts";

const MODEL_FILE = "backbone.onnx";
const MANIFEST_FILE = "manifest.json";

export interface PlacedBackbone {
  readonly manifest: BackboneManifest;
  /** Path of the ONNX file. */
  readonly file: string;
}

/** Reads and verifies the backbone in `folder`; undefined when there is none. */
export async function findPlacedBackbone(folder: string): Promise<PlacedBackbone | undefined> {
  const text = await readText(path.join(folder, MANIFEST_FILE));
  if (text === undefined) return undefined;
  const manifest = parseManifest(text, path.join(folder, MANIFEST_FILE));
  const file = path.join(folder, manifest.file);
  const model = await readFile(file).catch((cause: unknown) => {
    if (isMissing(cause)) throw new CommandError(`${file} is missing beside its manifest. ${REMEDY}`);
    throw cause;
  });
  if (sha256Of(model) !== manifest.id) throw new CommandError(`${file} is not the file of its manifest. ${REMEDY}`);
  return { manifest, file };
}

/** As `findPlacedBackbone`, for callers that cannot go on without one. */
export async function readPlacedBackbone(folder: string): Promise<PlacedBackbone> {
  const placed = await findPlacedBackbone(folder);
  if (placed === undefined) throw new CommandError(`There is no backbone in ${folder}. ${REMEDY}`);
  return placed;
}

const REMEDY = "Put one in place with `npm run backbone -- use <file.onnx|folder|URL|name>`.";

/** Puts model and manifest in place together. `manifest.file` is set to the name used there. */
export async function placeBackbone(
  folder: string,
  model: Uint8Array,
  manifest: BackboneManifest,
): Promise<PlacedBackbone> {
  const placed = backboneManifestSchema.parse({ ...manifest, file: MODEL_FILE });
  await replaceFolder(folder, async (draft) => {
    await writeFile(path.join(draft, MODEL_FILE), model);
    await writeFile(path.join(draft, MANIFEST_FILE), `${JSON.stringify(placed, null, 2)}\n`);
  });
  return { manifest: placed, file: path.join(folder, MODEL_FILE) };
}

/** Parses a manifest. `source` names it in the error. */
export function parseManifest(text: string, source: string): BackboneManifest {
  const parsed = backboneManifestSchema.safeParse(parseJson(text, source));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "the whole"}: ${issue.message}`);
  throw new CommandError(`${source} is not a backbone manifest: ${faults.join("; ")}.`);
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`${source} is not JSON. ${REMEDY}`);
  }
}

/** The text of a file, or undefined when it does not exist. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}
