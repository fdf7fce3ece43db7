/**
 * A head and the network in front of it as files for any runtime of ONNX: of photos one file, of texts an archive with the tokenizer
 * and the description beside it. In pieces: the network's own bytes are not copied.
 */

import type { Head } from "../../head/predict.ts";
import type { TranslatedNames } from "../../shared/language.ts";
import { READING_VERSION } from "../../text/read-text.ts";
import { GRAMS_AT_ONCE, isGramFile } from "../../text/tokeniser.ts";
import type { ReadBackboneFile } from "../loader.ts";
import type { BackboneManifest, TextManifest } from "../manifest.ts";
import { createGraphWriter, type GraphWriter, OLDEST_OPERATOR_SET } from "./graph-writer.ts";
import { addHead } from "./head-nodes.ts";
import { addToModel, readOperatorSet } from "./onnx-bytes.ts";
import { type StoredFile, storeFiles } from "./stored-zip.ts";
import { addTextBlocks } from "./text-nodes.ts";

/*
 * What a program has to know beside the numbers of an exported file: which items the scores are for, and how a photo or a text becomes
 * what the file takes. It lies in the file's metadata under `headstart`, as JSON. Pure.
 */

/** Changes when a program that reads the description would have to: since there are views, for a file that has some. */
const FORMAT_VERSION = 1;
const FORMAT_VERSION_WITH_VIEWS = 2;

/** An item, at the place of its score. */
export interface PortableItem {
  readonly id: string;
  readonly name: string;
  readonly names: TranslatedNames;
  /** The least score with which it is answered; null where there is none. */
  readonly threshold: number | null;
}

/** The head's part, as it is exported. */
interface PortableHead {
  readonly version: number;
  readonly items: readonly PortableItem[];
}

/** The description as JSON. `isHashed` of texts whose tokenizer has no vocabulary: a library that reads `tokenizer.json` cannot read that one. */
function describePortable(
  manifest: BackboneManifest | TextManifest,
  { version, items }: PortableHead,
  isHashed = false,
): string {
  const { id, name, licence, origin, modality } = manifest;
  const input = modality === "text" ? describeTokens(manifest, isHashed) : describePixels(manifest);
  const backbone = { id, name, licence, origin, ...quantisationOf(manifest) };
  const hasViews = modality === "image" && manifest.input.views !== undefined;
  const formatVersion = hasViews ? FORMAT_VERSION_WITH_VIEWS : FORMAT_VERSION;
  return JSON.stringify({ formatVersion, headVersion: version, modality, items, input, backbone });
}

/** Of a backbone in whole numbers, what it was made of: a head of it does not fit the one in floats. */
function quantisationOf(manifest: BackboneManifest | TextManifest) {
  if (manifest.modality === "text" || manifest.quantisation === undefined) return {};
  return { quantisation: manifest.quantisation };
}

/** In the order in which it is to be done; lengths in pixels. */
function describePixels({ input }: BackboneManifest) {
  const { name, layout, height, width, crop, resizeShortSide, views, mean, std } = input;
  return {
    name,
    orientation: "turn the photo upright as its EXIF says",
    transparency: "lay it on white",
    resize: {
      fit: crop,
      ...(crop === "center" ? { shortSide: resizeShortSide } : {}),
      ...(views === undefined ? {} : { shortSides: views, views: "a picture of each short side, all in one tensor" }),
      filter: "triangle (bilinear), wider where it shrinks, as Pillow's BILINEAR; in floats, not rounded in between",
    },
    height,
    width,
    layout,
    channels: "RGB",
    normalise: "(value / 255 - mean) / std; what no pixel covers is 0",
    mean,
    std,
  };
}

function describeTokens({ input, output }: TextManifest, isHashed: boolean) {
  const { name, frame, attentionMask, tokenTypeIds } = input;
  const maxTokens = isHashed ? GRAMS_AT_ONCE : input.maxTokens;
  return {
    name,
    normalise:
      "NFC; without invisible characters; one space for each run of spaces, line ends and control characters; trimmed",
    tokenizer: isHashed
      ? "hashed grams, as examples/portable computes them with the numbers of tokenizer.json"
      : "tokenizer.json, without special tokens",
    frame: frame ?? { before: [], after: [] },
    ...(attentionMask === undefined ? {} : { attentionMask }),
    ...(tokenTypeIds === undefined ? {} : { tokenTypeIds }),
    windows: `ceil(n / ${maxTokens}) parts of equal length; one run each, with share = length / n and before = the last run's encoded`,
    maxTokens,
    numbers: output.blocks.find(({ source }) => source === "encoder")?.dimension ?? output.dimension,
    characters: output.blocks.some(({ source }) => source === "characters")
      ? "hashed characters, as examples/portable computes them"
      : null,
    readingVersion: READING_VERSION,
  };
}

/** A head with those of its items that are on the menu. */
export interface ExportedHead {
  readonly version: number;
  readonly head: Head;
  readonly items: readonly PortableItem[];
}

/** A file to be sent. */
export interface PortableFile {
  readonly type: "application/onnx" | "application/zip";
  /** How its name ends. */
  readonly extension: "onnx" | "zip";
  readonly pieces: readonly Uint8Array[];
}

/** Null where the network's operators are too old to put a head behind them. Throws `BackboneError` where a file is damaged. */
export async function makePortableFile(
  manifest: BackboneManifest | TextManifest,
  read: ReadBackboneFile,
  exported: ExportedHead,
): Promise<PortableFile | null> {
  const { id, name } = manifest;
  const network = await read(name, `${id}.onnx`, manifest.modality === "text" ? manifest.sha256 : id);
  const operatorSet = readOperatorSet(network);
  if (operatorSet < OLDEST_OPERATOR_SET) return null;
  const tokenizer = manifest.modality === "text" ? await readTokenizer(manifest, read) : null;
  const info = describePortable(manifest, exported, tokenizer?.isHashed);
  const graph = createGraphWriter(operatorSet);
  const raw = manifest.modality === "text" ? addTextBlocks(graph, manifest) : manifest.output.name;
  addServedHead(graph, raw, exported);
  const model = addToModel(network, graph.finish(), { headstart: info });
  if (tokenizer === null) return { type: "application/onnx", extension: "onnx", pieces: model };
  const files: StoredFile[] = [
    { name: "model.onnx", pieces: model },
    { name: "tokenizer.json", pieces: [tokenizer.file] },
    { name: "labels.json", pieces: [new TextEncoder().encode(info)] },
  ];
  return { type: "application/zip", extension: "zip", pieces: storeFiles(files) };
}

async function readTokenizer({ id, name, tokenizer }: TextManifest, read: ReadBackboneFile) {
  const file = await read(name, `${id}.tokenizer.json`, tokenizer.sha256);
  return { file, isHashed: isGramFile(JSON.parse(new TextDecoder().decode(file))) };
}

function addServedHead(graph: GraphWriter, raw: string, { head, items }: ExportedHead): void {
  const rows = items.map(({ id }) => head.classIds.indexOf(id));
  addHead(graph, raw, head, { rows, thresholds: items.map(({ threshold }) => threshold ?? 0) });
}
