/**
 * A head and the network in front of it as files for any runtime of ONNX: of photos one file, of texts an archive with the tokenizer
 * and the description beside it. In pieces: the network's own bytes are not copied.
 */
import type { Head } from "../../head/predict.ts";
import { isGramFile } from "../../text/gram-tokeniser.ts";
import type { ReadBackboneFile } from "../loader.ts";
import type { BackboneManifest } from "../manifest.ts";
import type { TextManifest } from "../text-manifest.ts";
import { addToModel, readOperatorSet } from "./add-to-model.ts";
import { createGraphWriter, type GraphWriter, OLDEST_OPERATOR_SET } from "./graph-writer.ts";
import { addHead } from "./head-nodes.ts";
import { describePortable, type PortableItem } from "./portable-info.ts";
import { type StoredFile, storeFiles } from "./stored-zip.ts";
import { addTextBlocks } from "./text-nodes.ts";

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
