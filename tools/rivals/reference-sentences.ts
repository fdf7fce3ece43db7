/**
 * Universal Sentence Encoder Lite as TensorFlow.js runs it, from the graph in the installed package, and SentencePiece's
 * EncodeAsIds as a plain dynamic programme. What ours is compared with; shares no code with it.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { type GraphModel, loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { sentencePackageFolder, type VocabularyPiece } from "../../cli/backbone/sentences/sentence-weights.ts";

/** Pieces before this one stand for no text. */
const RESERVED_PIECES = 6;
const BATCH = 32;

/** The likeliest pieces of `text`; characters in no piece are 0, one after the other counted once. */
export function referenceTokens(text: string, vocabulary: readonly VocabularyPiece[]): number[] {
  const pieces = new Map(vocabulary.slice(RESERVED_PIECES).map(([piece], i) => [piece, i + RESERVED_PIECES]));
  const symbols = [...`▁${text.normalize("NFKC").replaceAll(" ", "▁")}`];
  const best: { score: number; from: number; id: number }[] = [{ score: 0, from: 0, id: 0 }];
  for (let end = 1; end <= symbols.length; end++) {
    best[end] = { score: best[end - 1].score - 100, from: end - 1, id: 0 };
    for (let from = Math.max(0, end - 20); from < end; from++) {
      const id = pieces.get(symbols.slice(from, end).join(""));
      if (id === undefined) continue;
      const score = best[from].score + vocabulary[id][1];
      if (score > best[end].score) best[end] = { score, from, id };
    }
  }
  const ids: number[] = [];
  for (let end = symbols.length; end > 0; end = best[end].from) {
    if (best[end].id !== 0 || ids.at(-1) !== 0) ids.push(best[end].id);
  }
  return ids.reverse();
}

/** Loads the original graph. */
export async function loadReferenceEncoder(): Promise<
  (texts: readonly (readonly number[])[]) => Promise<Float32Array[]>
> {
  await tf.setBackend("wasm");
  const folder = sentencePackageFolder();
  const { modelTopology, weightsManifest } = JSON.parse(await readFile(path.join(folder, "model.json"), "utf8"));
  const [{ paths, weights: weightSpecs }] = weightsManifest;
  const shards = await Promise.all(paths.map((file: string) => readFile(path.join(folder, file))));
  const weightData = new Uint8Array(Buffer.concat(shards)).buffer;
  const model = await loadGraphModel({ load: async () => ({ modelTopology, weightSpecs, weightData }) });
  return async (texts) => {
    const found: Float32Array[] = [];
    for (let from = 0; from < texts.length; from += BATCH)
      found.push(...(await run(model, texts.slice(from, from + BATCH))));
    return found;
  };
}

async function run(model: GraphModel, texts: readonly (readonly number[])[]): Promise<Float32Array[]> {
  const places = texts.flatMap((ids, text) => ids.map((_, position) => [text, position]));
  const indices = tf.tensor2d(places, [places.length, 2], "int32");
  const values = tf.tensor1d(texts.flat(), "int32");
  const output = await model.executeAsync({ indices, values });
  if (Array.isArray(output)) throw new Error("The graph has one output.");
  const numbers = await output.data();
  tf.dispose([indices, values, output]);
  const width = numbers.length / texts.length;
  return texts.map((_, text) => Float32Array.from(numbers.slice(text * width, (text + 1) * width)));
}
