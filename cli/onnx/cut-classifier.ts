/**
 * Turns an image classifier into a backbone: finds the linear layer that makes the class scores, makes its input the
 * output, and drops everything that is then unused. Pure: bytes in, bytes out.
 */
import { CommandError } from "../shared/command.ts";
import { findLinearHead, type LinearHead } from "./find-linear-head.ts";
import { ATTRIBUTE_TYPE_INT, decodeOnnx, ELEMENT_TYPE_FLOAT, encodeOnnx, type OnnxModel } from "./onnx-model.ts";
import { pruneGraph } from "./prune-graph.ts";

/** How many classes the usual ImageNet classifiers have: ILSVRC, with background, the full set and its reductions. */
const IMAGENET_CLASS_COUNTS = new Set([1_000, 1_001, 10_450, 11_221, 11_821, 21_841, 21_842, 21_843]);

const EMBEDDING = "embedding";

export interface CutClassifier {
  readonly model: Uint8Array;
  /** The tensor that is the output now, as it was called. */
  readonly output: string;
  /** What was cut off, for people. */
  readonly removed: string;
  /** Length of the embedding by the shape of the removed weights. */
  readonly dimension: number;
}

/**
 * Cuts `bytes`, whose scores are in `output`. `if-classifier` returns null for a model that does not look like one; an
 * output called "embedding" never does. Throws `CommandError` when a linear layer should be there and is not.
 */
export function cutClassifier(
  bytes: Uint8Array,
  output: { readonly name: string; readonly dimension: number },
  when: "always" | "if-classifier",
): CutClassifier | null {
  if (when === "if-classifier" && output.name === EMBEDDING) return null;
  const model = decodeOnnx(bytes);
  const head = findLinearHead(model.graph, output.name);
  const isClassifier = head?.hasSoftmax === true || IMAGENET_CLASS_COUNTS.has(output.dimension);
  if (when === "if-classifier" && !isClassifier) return null;
  if (head === null) {
    throw new CommandError(
      `The output ${output.name} has ${output.dimension} numbers like a classifier's, but no linear layer makes them, ` +
        "so there is nothing to cut. Use --no-cut to take these numbers as the embedding all the same.",
    );
  }
  exposeFeatures(model, head);
  return { model: encodeOnnx(model), output: head.features, removed: head.description, dimension: head.dimension };
}

/** Makes the features the only output, as [N, length]. */
function exposeFeatures({ graph }: OnnxModel, { features }: LinearHead): void {
  const taken = new Set(graph.node.flatMap((node) => node.output));
  if (features !== EMBEDDING) {
    if (taken.has(EMBEDDING)) throw new CommandError(`The graph already uses the name "${EMBEDDING}" elsewhere.`);
    const axis = { name: "axis", i: 1, type: ATTRIBUTE_TYPE_INT };
    graph.node.push({ input: [features], output: [EMBEDDING], op_type: "Flatten", attribute: [axis] });
  }
  graph.output = [{ name: EMBEDDING, type: { tensor_type: { elem_type: ELEMENT_TYPE_FLOAT } } }];
  pruneGraph(graph);
}
