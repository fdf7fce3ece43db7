/**
 * A text backbone on disk in the form that the build takes: a folder with `backbone.onnx`, `tokenizer.json` and
 * `manifest.json`. Reads and writes that form; a folder is replaced as a whole, so its files never disagree.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type TextManifest, textManifestSchema } from "../../src/backbone/manifest.ts";
import { CommandError, reasonOf } from "../shared/command.ts";
import { replaceFolder } from "../shared/replace.ts";
import { sha256Of } from "./file-identity.ts";
import { readText } from "./placed-backbone.ts";
import { identifyTextBackbone } from "./text-blocks.ts";

const MANIFEST_FILE = "manifest.json";
const MODEL_FILE = "backbone.onnx";
const TOKENIZER_FILE = "tokenizer.json";

export interface PlacedTextBackbone {
  readonly manifest: TextManifest;
  /** Paths of the ONNX file and of the tokenizer. */
  readonly file: string;
  readonly tokenizerFile: string;
}

export interface TextBackboneFiles {
  readonly model: Uint8Array;
  /** A `tokenizer.json`. */
  readonly tokenizer: string;
  readonly manifest: TextManifest;
}

/** What a manifest says beside its files: how they are run, and what the embedding's numbers are. */
type Description = Pick<TextManifest, "name" | "input" | "languages" | "licence" | "origin"> & {
  readonly output: Omit<TextManifest["output"], "dimension">;
};

/** The manifest of these files; `ends`, what of them `identifyTextBackbone` is to know beside the rest. */
export function describeTextBackbone(
  { model, tokenizer }: Pick<TextBackboneFiles, "model" | "tokenizer">,
  { name, input, output, languages, licence, origin }: Description,
  ends: readonly object[] = [],
): TextManifest {
  const { blocks } = output;
  const sha256 = sha256Of(model);
  const tokenizerSha256 = sha256Of(Buffer.from(tokenizer));
  const { maxTokens } = input;
  return {
    modality: "text",
    id: identifyTextBackbone({ sha256, tokenizerSha256, maxTokens, blocks }, ends),
    name,
    file: MODEL_FILE,
    bytes: model.length,
    sha256,
    tokenizer: { file: TOKENIZER_FILE, sha256: tokenizerSha256 },
    input,
    output: { ...output, dimension: blocks.reduce((sum, { dimension }) => sum + dimension, 0) },
    languages,
    licence,
    origin,
  };
}

/** Reads and verifies the text backbone in `folder`; undefined when there is none, or one without files of its own: see `workers-ai-backbones.ts`. */
export async function findPlacedTextBackbone(folder: string): Promise<PlacedTextBackbone | undefined> {
  const text = await readText(path.join(folder, MANIFEST_FILE));
  if (text === undefined || text.includes('"service"')) return undefined;
  const manifest = parseTextManifest(text, path.join(folder, MANIFEST_FILE));
  const placed = locate(folder, manifest);
  await requireHash(placed.file, manifest.sha256);
  await requireHash(placed.tokenizerFile, manifest.tokenizer.sha256);
  return placed;
}

/** The same for a folder that may hold a backbone for photos: then undefined. */
export async function findTextBackboneIn(folder: string): Promise<PlacedTextBackbone | undefined> {
  const text = await readText(path.join(folder, MANIFEST_FILE));
  return text !== undefined && /"modality":\s*"text"/.test(text) ? findPlacedTextBackbone(folder) : undefined;
}

/** Puts the files in place together, under the names in the manifest. */
export async function placeTextBackbone(
  folder: string,
  { model, tokenizer, manifest }: TextBackboneFiles,
): Promise<PlacedTextBackbone> {
  const checked = textManifestSchema.parse(manifest);
  await replaceFolder(folder, async (draft) => {
    await writeFile(path.join(draft, checked.file), model);
    await writeFile(path.join(draft, checked.tokenizer.file), tokenizer);
    await writeFile(path.join(draft, MANIFEST_FILE), `${JSON.stringify(checked, null, 2)}\n`);
  });
  return locate(folder, checked);
}

const REMEDY = "Put one in place with `npm run backbone -- use sentences-en`.";

function locate(folder: string, manifest: TextManifest): PlacedTextBackbone {
  return {
    manifest,
    file: path.join(folder, manifest.file),
    tokenizerFile: path.join(folder, manifest.tokenizer.file),
  };
}

function parseTextManifest(text: string, source: string): TextManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CommandError(`${source} is not JSON. ${REMEDY}`);
  }
  const parsed = textManifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "the whole"}: ${issue.message}`);
  throw new CommandError(`${source} is not the manifest of a text backbone: ${faults.join("; ")}. ${REMEDY}`);
}

async function requireHash(file: string, sha256: string): Promise<void> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new CommandError(`${file} cannot be read: ${reasonOf(cause)}. ${REMEDY}`);
  });
  if (sha256Of(bytes) !== sha256) throw new CommandError(`${file} is not the file of its manifest. ${REMEDY}`);
}
