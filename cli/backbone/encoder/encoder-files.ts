/**
 * Finds the files of a sentence encoder as Hugging Face lays them out: `tokenizer.json`, the network as ONNX beside it or
 * in `onnx/`, and, where they are, the files that say how it is read. In a folder or at an address. Reads only.
 */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { CommandError } from "../../shared/command.ts";
import { isMissing } from "../../shared/replace.ts";
import { downloadIfThere } from "../download.ts";

/** Quantised ones first: of an encoder for sentences hardly another form fits a Worker. */
const MODEL_FILES = ["model_quantized.onnx", "model_int8.onnx", "model.onnx"].flatMap((name) => [name, `onnx/${name}`]);
export const TOKENIZER_FILE = "tokenizer.json";

export interface EncoderFiles {
  /** The folder's or the address' last name. */
  readonly name: string;
  /** Where the files were read, for people. */
  readonly place: string;
  readonly modelFile: string;
  readonly model: Uint8Array;
  readonly tokenizer: string;
  /** `1_Pooling/config.json`, `sentence_bert_config.json` and `tokenizer_config.json`, where they are and are JSON. */
  readonly poolingConfig: unknown;
  readonly sentenceConfig: unknown;
  readonly tokenizerConfig: unknown;
}

/** Reads a file of the encoder, null when it is absent. */
type ReadPart = (file: string) => Promise<Uint8Array | null>;

/** True for what can only be a sentence encoder: a folder with a `tokenizer.json`, or an address that names no `.onnx` file. */
export async function isEncoderPlace(wanted: string): Promise<boolean> {
  if (/^https?:\/\//i.test(wanted)) return !/\.onnx$/i.test(new URL(wanted).pathname);
  return stat(path.join(wanted, TOKENIZER_FILE)).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Throws `CommandError` naming the file that is missing. */
export async function readEncoderFiles(wanted: string): Promise<EncoderFiles> {
  const isAddress = /^https?:\/\//i.test(wanted);
  const place = isAddress ? fileAddress(wanted) : path.resolve(wanted);
  const read = isAddress ? readFrom(place) : readIn(place);
  const tokenizer = await read(TOKENIZER_FILE);
  if (tokenizer === null) throw new CommandError(`${place} has no ${TOKENIZER_FILE}. ${LAYOUT}`);
  const json = async (file: string) => parseJson(await read(file));
  return {
    ...(await findModel(read, place)),
    name: path.basename(isAddress ? new URL(wanted).pathname : place),
    place: isAddress ? wanted : place,
    tokenizer: new TextDecoder().decode(tokenizer),
    poolingConfig: await json("1_Pooling/config.json"),
    sentenceConfig: await json("sentence_bert_config.json"),
    tokenizerConfig: await json("tokenizer_config.json"),
  };
}

const LAYOUT = `A sentence encoder is a folder, or an address, with ${TOKENIZER_FILE} and ${MODEL_FILES.join(", ")}.`;

async function findModel(read: ReadPart, place: string): Promise<Pick<EncoderFiles, "model" | "modelFile">> {
  for (const modelFile of MODEL_FILES) {
    const model = await read(modelFile);
    if (model !== null) return { model, modelFile };
  }
  throw new CommandError(`${place} has no network. ${LAYOUT}`);
}

/** The part of a model's page on huggingface.co where its files lie. */
function fileAddress(wanted: string): string {
  const url = new URL(wanted);
  const base = url.href.replace(/\/+$/, "");
  return url.hostname === "huggingface.co" && !url.pathname.includes("/resolve/") ? `${base}/resolve/main` : base;
}

function readIn(folder: string): ReadPart {
  return (file) =>
    readFile(path.join(folder, file)).catch((cause: unknown) => {
      if (isMissing(cause)) return null;
      throw cause;
    });
}

function readFrom(address: string): ReadPart {
  return (file) => downloadIfThere(`${address}/${file}`);
}

function parseJson(bytes: Uint8Array | null): unknown {
  if (bytes === null) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
