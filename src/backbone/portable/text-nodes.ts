/**
 * What lies between a sentence encoder and the head: pooling, windows of a long text, and the blocks of the embedding, as
 * `pool-tokens.ts`, `text/read-text.ts` and `text-embedder.ts` compute them.
 */
import { GRAM_NUMBERS } from "../../text/grams.ts";
import type { EmbeddingBlock, TextManifest } from "../manifest.ts";
import type { GraphWriter } from "./graph-writer.ts";
import { ELEMENT_TYPE } from "./onnx-bytes.ts";

const TINY = 1e-37;

/**
 * Adds the inputs `before` [1, d], `share` [1, 1] and `characters` [1, 512], and the output `encoded` [1, d], which is `before + share e`
 * for the vector e of this window: a long text takes one run per window, each given what the one before it gave. Returns the name of the
 * embedding that the head takes, which is a text's own after its last window.
 */
export function addTextBlocks(graph: GraphWriter, { output }: TextManifest): string {
  const { node, constant } = graph;
  const width = output.blocks.find(({ source }) => source === "encoder")?.dimension ?? output.dimension;
  const before = graph.input("before", ELEMENT_TYPE.float, [1, width]);
  const share = graph.input("share", ELEMENT_TYPE.float, [1, 1]);
  const hearsCharacters = output.blocks.some(({ source }) => source === "characters");
  if (hearsCharacters) graph.input("characters", ELEMENT_TYPE.float, [1, GRAM_NUMBERS]);
  const window = node("Mul", [pool(graph, output), share]);
  const encoded = node("Add", [before, window], {}, "encoded");
  graph.output(encoded, ELEMENT_TYPE.float, [1, width]);
  const sources = { encoder: encoded, characters: "characters" };
  const parts = output.blocks.map(({ source, weight }: EmbeddingBlock) => {
    const values = sources[source];
    const length = node("Max", [graph.reduce("ReduceL2", values), constant([TINY])]);
    return node("Mul", [node("Div", [values, length]), constant([weight])]);
  });
  return parts.length === 1 ? parts[0] : node("Concat", parts, { axis: 1 });
}

/** [1, d] of what the network gives: that itself, or [1, n, d]. */
function pool({ node, reduce, constant }: GraphWriter, { name, pooling }: TextManifest["output"]): string {
  if (pooling === undefined) return node("Flatten", [name], { axis: 1 });
  if (pooling === "mean") return node("Flatten", [reduce("ReduceMean", name)], { axis: 1 });
  const first = node("Gather", [name, node("Cast", [constant([0])], { to: ELEMENT_TYPE.int64 })], { axis: 1 });
  return node("Flatten", [first], { axis: 1 });
}
